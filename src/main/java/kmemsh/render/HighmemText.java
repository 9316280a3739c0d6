package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;
import kmemsh.view.ContextInfo;
import kmemsh.view.FixmapInfo;
import kmemsh.view.Kmapped;
import kmemsh.view.PkmapInfo;

/** Answers of kmap and its kin, the two windows, contexts. */
final class HighmemText {
  private static final int INDENT = 2;
  private static final int SLOT_COLUMN = 6;
  private static final int MOST_SLOTS = 16;
  private static final int MOST_PER_ROW = 128;
  private static final int NARROW = 60;

  private HighmemText() {}

  /** Renders {@code record}; false when it is none of those. */
  static boolean render(Object record, Text out, int columns) {
    if (record instanceof Kmapped mapped) {
      mapped(mapped, out, columns);
    } else if (record instanceof PkmapInfo window) {
      pkmap(window, out, columns);
    } else if (record instanceof FixmapInfo fixmap) {
      fixmap(fixmap, out, columns);
    } else if (record instanceof ContextInfo context) {
      context(context, out, columns);
    } else {
      return false;
    }
    return true;
  }

  private static void mapped(Kmapped mapped, Text out, int columns) {
    boolean undone = mapped.call().startsWith("kunmap");
    StringBuilder line = new StringBuilder(undone ? mapped.call() + "  " : "");
    if (mapped.virt() != null) {
      line.append("virt ").append(Draw.hex(mapped.virt().value()));
    }
    if (mapped.pfn() >= 0) {
      line.append("  pfn ").append(Draw.hex(mapped.pfn())).append("  ").append(mapped.zone());
    }
    line.append("  ").append(place(mapped, undone));
    if (mapped.preemptCount() >= 0) {
      line.append("  preempt_count ").append(Integer.toHexString(mapped.preemptCount()));
    }
    Draw.broken(line.toString(), out, columns);
  }

  private static String place(Kmapped mapped, boolean undone) {
    return switch (mapped.window()) {
      case "pkmap" -> "slot " + mapped.slot() + ", " + users(mapped.users(), undone);
      case "fixmap" ->
          "fixmap slot "
              + mapped.slot()
              + ", cpu "
              + mapped.cpu()
              + " level "
              + mapped.level()
              + (undone ? ": empty now" : "");
      default -> undone ? "linear map: nothing to undo" : "linear map";
    };
  }

  private static String users(int users, boolean undone) {
    if (users == 0) {
      return "no user; the address stays until a flush";
    }
    return Draw.count(users, "user") + (undone ? " left" : "");
  }

  private static void pkmap(PkmapInfo window, Text out, int columns) {
    if (window.base() == null) {
      Draw.words("no kmap window: the linear map reaches all memory", out, columns, INDENT);
      out.line();
      return;
    }
    int used = 0;
    for (PkmapInfo.Slot slot : window.slots()) {
      used += slot.count() > 1 ? 1 : 0;
    }
    int mapped = window.slots().size();
    long end = window.base().value() + window.nrSlots() * 4096L - 1;
    Draw.words(
        "kmap window "
            + Draw.hex(window.base().value())
            + ".."
            + Draw.hex(end)
            + ": "
            + Draw.count(window.nrSlots(), "slot")
            + ", "
            + Draw.grouped(used)
            + " in use, "
            + Draw.grouped(mapped - used)
            + " without a user, "
            + Draw.grouped(window.nrSlots() - mapped)
            + " free; last new one "
            + window.last(),
        out,
        columns,
        INDENT);
    out.line();
    picture(window, out, columns);
    slots(window, out, columns);
  }

  /** One mark a slot: . free, o no user, 1 to 9 users, + more. */
  private static void picture(PkmapInfo window, Text out, int columns) {
    int perRow = MOST_PER_ROW;
    while (SLOT_COLUMN + perRow > columns && perRow > 1) {
      perRow /= 2;
    }
    for (int row = 0; row < window.nrSlots(); row += perRow) {
      if (row > 0 && empty(window, row, perRow)) {
        continue;
      }
      out.number(row, SLOT_COLUMN - 1).add(' ');
      for (int slot = row; slot < Math.min(row + perRow, window.nrSlots()); slot++) {
        int count = window.counts()[slot];
        out.style(count == 0 ? Style.FREE : count == 1 ? Style.RESERVED : Style.USED);
        out.add(mark(count));
      }
      out.style(Style.PLAIN).line();
    }
    Draw.words(
        ". free  o no user, flushed at the next wrap  1-9 + users; empty rows left out",
        out.blanks(INDENT),
        columns,
        INDENT);
    out.line();
  }

  private static boolean empty(PkmapInfo window, int row, int perRow) {
    for (int slot = row; slot < Math.min(row + perRow, window.nrSlots()); slot++) {
      if (window.counts()[slot] != 0) {
        return false;
      }
    }
    return true;
  }

  private static char mark(int count) {
    if (count < 2) {
      return count == 0 ? '.' : 'o';
    }
    return count > 10 ? '+' : (char) ('0' + count - 1);
  }

  private static void slots(PkmapInfo window, Text out, int columns) {
    if (window.slots().isEmpty()) {
      return;
    }
    Table table = new Table("rlrl");
    table.row("slot", "virt", "count", "pfn");
    int shown = 0;
    for (PkmapInfo.Slot slot : window.slots()) {
      if (window.all() || shown < MOST_SLOTS) {
        String virt = Draw.hex(slot.virt().value());
        table.row("" + slot.slot(), virt, "" + slot.count(), Draw.hex(slot.pfn()));
        shown++;
      }
    }
    table.render(out, "  ");
    if (shown < window.slots().size()) {
      String rest =
          "... "
              + Draw.grouped(window.slots().size() - shown)
              + " more not shown; --all shows them";
      Draw.words(rest, out.blanks(INDENT), columns, INDENT);
      out.line();
    }
  }

  private static void fixmap(FixmapInfo fixmap, Text out, int columns) {
    if (fixmap.nrLevels() == 0) {
      Draw.words(
          "no fixmap slots for local maps: the linear map reaches all memory",
          out,
          columns,
          INDENT);
      out.line();
      return;
    }
    Table table = new Table("lll");
    boolean narrow = columns < NARROW;
    table.row("slots", narrow ? "virt" : "virt, downwards", "use");
    for (FixmapInfo.Range range : fixmap.ranges()) {
      boolean one = range.first() == range.last();
      String top = Draw.hex(range.top().value());
      table.row(
          range.first() + (one ? "" : ".." + range.last()),
          one || narrow ? top : top + ".." + Draw.hex(range.bottom().value()),
          range.use());
    }
    table.render(out, "");
    if (fixmap.maps().isEmpty()) {
      Draw.words(
          "no local map is in use; a CPU can have " + fixmap.nrLevels(), out, columns, INDENT);
      out.line();
      return;
    }
    Table maps = new Table("rrrlll");
    maps.row("cpu", "level", "slot", "virt", "pfn", narrow ? "" : "mapped by");
    for (FixmapInfo.Local map : fixmap.maps()) {
      maps.row(
          "" + map.cpu(),
          "" + map.level(),
          "" + map.slot(),
          Draw.hex(map.virt().value()),
          Draw.hex(map.pfn()),
          narrow ? "" : map.call());
    }
    maps.render(out, "");
  }

  private static void context(ContextInfo info, Text out, int columns) {
    String head = "cpu " + info.cpu() + ": " + info.context() + " context";
    out.add(Style.HEAD, head);
    String maps = info.atomicMaps() == 0 ? "" : ", " + info.atomicMaps() + " of it by kmap_atomic";
    Draw.words(
        ", preempt_count " + Integer.toHexString(info.preemptCount()) + maps, out, columns, INDENT);
    out.line();
    Draw.words(
        "in_task() "
            + bit(info.inTask())
            + ", in_interrupt() "
            + bit(info.inInterrupt())
            + ", irqs_disabled() "
            + bit(info.irqsDisabled()),
        out.blanks(INDENT),
        columns,
        INDENT);
    out.line();
    String sleep = info.maySleep() ? "may sleep" : "may not sleep";
    String mask =
        info.mask().isEmpty() ? ": no memory can be had here" : ": " + info.mask() + " is its mask";
    Draw.words(sleep + mask, out.blanks(INDENT), columns, INDENT);
    out.line();
  }

  private static int bit(boolean value) {
    return value ? 1 : 0;
  }
}
