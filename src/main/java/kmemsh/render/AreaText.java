package kmemsh.render;

import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;
import kmemsh.view.AreaFreed;
import kmemsh.view.AreaInfo;
import kmemsh.view.AreaPage;
import kmemsh.view.AreaResult;
import kmemsh.view.KmemAreas;
import kmemsh.view.Purged;
import kmemsh.view.VmallocInfo;

/** Areas of kernel addresses: what calls answer, and pictures of what is behind them. */
final class AreaText {
  private static final long PAGE_BYTES = 4096;
  private static final int MOST_LINES = 40;
  private static final int VM_MAP_RAM = 0;
  private static final String[] KINDS = {"ioremap", "vmalloc", "vmap", "user"};

  private AreaText() {}

  /** Appends a record; false when it is none of areas. */
  static boolean render(Object record, Text out, int columns) {
    if (record instanceof AreaResult area) {
      result(area, out, columns);
    } else if (record instanceof AreaFreed freed) {
      freed(freed, out, columns);
    } else if (record instanceof AreaInfo area) {
      picture(area, out, columns);
    } else if (record instanceof VmallocInfo info) {
      list(info, out, columns);
    } else if (record instanceof KmemAreas kmem) {
      kmem(kmem, out);
    } else if (record instanceof Purged purged) {
      out.add("purged ").add(Draw.count(purged.pages(), "page")).add(" of addresses").line();
    } else {
      return false;
    }
    return true;
  }

  /** {@code vmalloc 0xf7bfe000..0xf7c00fff 3 pages and guard HighMem, 3 pieces}. */
  private static void result(AreaResult area, Text out, int columns) {
    long start = area.start().value();
    long pages = area.nrPages() * PAGE_BYTES;
    Text line = new Text();
    line.add(area.kind()).add(" ").add(Draw.hex(area.virt().value())).add("..");
    line.add(Draw.hex(start + pages - 1)).add("  ").add(Draw.count(area.nrPages(), "page"));
    line.add(area.guard() ? " and a guard page" : "");
    line.add(area.zones().isEmpty() ? "" : "  " + area.zones());
    if (area.nrPages() > 1) {
      line.add("  ").add(area.nrRuns() == 1 ? "contiguous" : area.nrRuns() + " pieces");
    }
    String text = line.plain();
    if (Draw.column(out) + text.length() <= columns) {
      out.add(text).line();
    } else {
      Draw.broken(text, out, columns);
    }
  }

  private static void freed(AreaFreed freed, Text out, int columns) {
    if (freed.virt().value() == 0) {
      out.add("NULL: nothing to free").line();
      return;
    }
    String virt = Draw.hex(freed.virt().value());
    if (freed.passedOver()) {
      out.add(virt).add(" is low memory, which iounmap passes over: nothing was freed").line();
      return;
    }
    if (freed.deferred()) {
      String when = " waits for a worker: vfree in an interrupt puts it off";
      Draw.words(virt + when + " until the CPU runs a process again", out, columns, 2);
      out.line();
      return;
    }
    Draw.words(
        "freed "
            + virt
            + "; "
            + Draw.count(freed.lazyPages(), "page")
            + " of addresses wait for a purge, which comes above "
            + Draw.grouped(freed.lazyMaxPages()),
        out,
        columns,
        2);
    out.line();
  }

  // One area: each virtual page and the frame behind it.

  private static void picture(AreaInfo area, Text out, int columns) {
    long start = area.start().value();
    String head =
        area.kind()
            + " area "
            + Draw.hex(start)
            + ".."
            + Draw.hex(start + area.sizeBytes() - 1)
            + ", "
            + Draw.size(area.sizeBytes() / PAGE_BYTES)
            + (area.guard() ? " with its guard page" : ", no guard page");
    Draw.words(head, out.style(Style.HEAD), columns, 2);
    out.style(Style.PLAIN).line();
    Table table = new Table("rllll");
    boolean many = area.pages().size() > MOST_LINES;
    int shown = many ? runs(area, table) : rows(area, table);
    if (shown < area.pages().size()) {
      table.row("...", "", "", Draw.grouped(area.pages().size() - shown) + " more pages");
    } else if (area.guard()) {
      table.row("guard", Draw.hex(start + area.sizeBytes() - PAGE_BYTES), "-|", "nothing");
    }
    table.render(out, "  ");
    sentence(summary(area), out, columns);
    if (area.array() != null) {
      String where = area.arrayIsArea() ? " in an area of its own" : " from kmalloc";
      sentence("page pointers at " + Draw.hex(area.array().value()) + where, out, columns);
    }
  }

  /** Rows of pages, those without a frame in one; gives how many pages they show. */
  private static int rows(AreaInfo area, Table table) {
    List<AreaPage> pages = area.pages();
    int before = -1;
    int at = 0;
    for (int rows = 0; at < pages.size() && rows < MOST_LINES; rows++) {
      AreaPage page = pages.get(at);
      String virt = Draw.hex(page.virt().value());
      if (page.pfn() < 0) {
        int end = at + 1;
        while (end < pages.size() && pages.get(end).pfn() < 0) {
          end++;
        }
        String label = end - at == 1 ? Integer.toString(at) : at + ".." + (end - 1);
        table.row(label, virt, "-|", "nothing");
        at = end;
      } else {
        boolean joined = before >= 0 && page.pfn() == before + 1;
        String frame = "pfn " + Draw.hex(page.pfn());
        frame += page.zone().isEmpty() ? "" : " " + page.zone();
        String note = joined ? "contiguous" : at == 0 ? "" : "elsewhere";
        table.row(Integer.toString(at), virt, "->", frame, note);
        at++;
      }
      before = page.pfn();
    }
    return at;
  }

  /** Rows of contiguous frames; gives how many pages they show. */
  private static int runs(AreaInfo area, Table table) {
    List<AreaPage> pages = area.pages();
    int at = 0;
    for (int rows = 0; at < pages.size() && rows < MOST_LINES; rows++) {
      AreaPage first = pages.get(at);
      boolean none = first.pfn() < 0;
      int end = at + 1;
      while (end < pages.size() && pages.get(end).pfn() == (none ? -1 : first.pfn() + end - at)) {
        end++;
      }
      int last = first.pfn() + end - at - 1;
      String frames = "pfn " + Draw.hex(first.pfn()) + (end - at > 1 ? ".." + Draw.hex(last) : "");
      table.row(
          end - at == 1 ? Integer.toString(at) : at + ".." + (end - 1),
          Draw.hex(first.virt().value()),
          none ? "-|" : "->",
          none ? "nothing" : frames,
          none ? "" : first.zone());
      at = end;
    }
    return at;
  }

  private static String summary(AreaInfo area) {
    String pieces =
        area.nrRuns() == 1
            ? "one contiguous piece of physical memory"
            : Draw.count(area.nrRuns(), "piece") + " of physical memory, one virtual range";
    String phys = area.phys() == null ? "" : ", from phys " + Draw.hex(area.phys().value()) + " on";
    return pieces + phys + (area.nrPages() == 0 ? "; the pages are not its own" : "");
  }

  private static void sentence(String words, Text out, int columns) {
    Draw.words(words, out.blanks(2), columns, 4);
    out.line();
  }

  // All areas.

  private static void kmem(KmemAreas kmem, Text out) {
    Table table = new Table("lllr");
    table.row(Style.HEAD, "VMAP_AREA", "VM_STRUCT", "ADDRESS RANGE", "SIZE");
    for (KmemAreas.Area area : kmem.areas()) {
      table.row(
          Long.toHexString(area.vmapArea().value()),
          area.vmStruct() == null ? "-" : Long.toHexString(area.vmStruct().value()),
          Long.toHexString(area.start().value()) + " - " + Long.toHexString(area.end().value()),
          Long.toString(area.sizeBytes()));
    }
    table.render(out, "");
  }

  private static void list(VmallocInfo info, Text out, int columns) {
    if (info.areas().isEmpty() && info.unpurged().isEmpty()) {
      out.add("no area is in use and none waits for a purge").line();
      return;
    }
    Table table = new Table("llrrl");
    table.row(Style.HEAD, "start", "end", "bytes", "pages", "kind");
    long bytes = 0;
    for (VmallocInfo.Area area : info.areas()) {
      bytes += area.end() - area.start();
      String phys = area.phys() == 0 ? "" : " phys " + Draw.hex(area.phys());
      table.row(
          Draw.hex(area.start()),
          Draw.hex(area.end() - 1),
          Draw.grouped(area.end() - area.start()),
          area.nrPages() == 0 ? "" : Draw.grouped(area.nrPages()),
          kind(area) + phys + (area.vpages() ? " vpages" : ""));
    }
    for (long[] range : info.unpurged()) {
      table.row(
          Draw.hex(range[0]),
          Draw.hex(range[1] - 1),
          Draw.grouped(range[1] - range[0]),
          "",
          "unpurged");
    }
    table.render(out, "");
    Draw.words(
        Draw.count(info.areas().size(), "area")
            + ", "
            + Draw.size(bytes / PAGE_BYTES)
            + " of addresses in use",
        out,
        columns,
        2);
    out.line();
  }

  private static String kind(VmallocInfo.Area area) {
    if (area.flags() == VM_MAP_RAM) {
      return "vm_map_ram";
    }
    StringBuilder words = new StringBuilder();
    for (int bit = 0; bit < KINDS.length; bit++) {
      if ((area.flags() >>> bit & 1) != 0) {
        words.append(words.length() == 0 ? "" : " ").append(KINDS[bit]);
      }
    }
    return words.toString();
  }
}
