package kmemsh.render;

import java.util.Locale;
import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;
import kmemsh.view.DmaInfo;
import kmemsh.view.LayoutInfo;
import kmemsh.view.OldLayout;
import kmemsh.view.PhysToVirt;
import kmemsh.view.TableWalk;
import kmemsh.view.TablesInUse;

/** Pictures of the address space: regions, walks through page tables, tables, buffers for DMA. */
final class SpaceText {
  private static final long PAGE_BYTES = 4096;
  private static final int BAR = 20;
  private static final int MOST_TABLES = 40;

  private SpaceText() {}

  /** Appends a record; false when it is none of the address space. */
  static boolean render(Object record, Text out, int columns) {
    if (record instanceof LayoutInfo layout) {
      layout(layout, out, columns);
    } else if (record instanceof TableWalk walk) {
      walk(walk, out, columns);
    } else if (record instanceof TablesInUse tables) {
      tables(tables, out);
    } else if (record instanceof DmaInfo dma) {
      dma(dma, out, columns);
    } else if (record instanceof OldLayout old) {
      old(old, out, columns);
    } else if (record instanceof PhysToVirt ptov) {
      ptov(ptov, out, columns);
    } else {
      return false;
    }
    return true;
  }

  // layout: the highest address on top, as address spaces are drawn.

  private static void layout(LayoutInfo layout, Text out, int columns) {
    String options = layout.options().isEmpty() ? "" : ", " + layout.options();
    Draw.words(layout.arch() + options, out.style(Style.HEAD), columns, 2);
    out.style(Style.PLAIN).line();
    int digits = layout.arch().equals("i386") ? 8 : 16;
    boolean wide = columns >= 70 + digits;
    for (int i = layout.regions().size() - 1; i >= 0; i--) {
      region(layout.regions().get(i), digits, wide, out, columns);
    }
  }

  private static void region(
      LayoutInfo.Region region, int digits, boolean wide, Text out, int columns) {
    long start = region.start().value();
    long end = region.end().value();
    Text line = new Text();
    line.hexDigits(end, digits).add(" +").repeat('-', BAR).add('+').line();
    line.hexDigits(start, digits).add(" |").left(region.name(), BAR).add("| ");
    line.add(sizeOf(start, end)).add(used(region, start, end));
    String note = region.note().isEmpty() ? "" : "  " + region.note();
    int width = line.length() - line.plain().lastIndexOf('\n') - 1;
    if (wide && width + note.length() <= columns) {
      line.add(note);
    }
    out.add(line.plain()).line();
  }

  private static String sizeOf(long start, long end) {
    long pages = (end >>> 12) - (start >>> 12) + 1;
    return Draw.size(pages);
  }

  private static String used(LayoutInfo.Region region, long start, long end) {
    if (region.usedBytes() < 0) {
      return "";
    }
    long pages = Math.max(1, (end >>> 12) - (start >>> 12) + 1);
    long used = region.usedBytes() / PAGE_BYTES;
    return ", " + Draw.size(used) + " used, " + used * 100 / pages + "%";
  }

  private static void old(OldLayout old, Text out, int columns) {
    Draw.words("(kernels before 5.7 printed this at boot; 6.1 does not)", out, columns, 2);
    out.line().add("virtual kernel memory layout:").line();
    oldLine("fixmap ", old.fixmapStart().value(), old.fixmapEnd().value(), 10, out);
    if (old.hasPkmap()) {
      oldLine("pkmap  ", old.pkmapStart().value(), old.pkmapEnd().value(), 10, out);
    }
    oldLine("vmalloc", old.vmallocStart().value(), old.vmallocEnd().value(), 20, out);
    oldLine("lowmem ", old.lowmemStart().value(), old.lowmemEnd().value(), 20, out);
  }

  /** The kernel's columns: sizes in units of 2^{@code shift} bytes, rounded down. */
  private static void oldLine(String name, long start, long end, int shift, Text out) {
    out.add("    ").add(name).add(" : 0x").hexDigits(start, 8).add(" - 0x").hexDigits(end, 8);
    String size = Long.toString((end - start) >>> shift);
    out.add("   (").right(size, 4).add(shift == 10 ? " kB)" : " MB)").line();
  }

  // vtop.

  private static void walk(TableWalk walk, Text out, int columns) {
    out.add(Style.HEAD, "VIRTUAL " + Draw.hex(walk.virt().value())).add("  ");
    out.add(walk.region()).line();
    if (walk.levels().isEmpty()) {
      sentence(
          walk.region().equals("non-canonical")
              ? "not canonical: bits 63..47 differ, the CPU refuses it before any table"
              : "it has 32 bits: no register of it holds such an address",
          out,
          columns);
      return;
    }
    out.add("page directory: phys ").add(Draw.hex(walk.top().value())).line();
    Table table = new Table("lrlll");
    for (TableWalk.Level level : walk.levels()) {
      table.row(
          "  " + level.name().toUpperCase(Locale.ROOT),
          "[" + level.index() + "]",
          Draw.hex(level.at().value()),
          "=> " + Draw.hex(level.entry().value()),
          level.flags());
    }
    Text drawn = new Text();
    table.render(drawn, "");
    if (widest(drawn.plain()) <= columns) {
      out.add(drawn);
    } else {
      narrow(walk, out, columns);
    }
    outcome(walk, out, columns);
  }

  private static int widest(String lines) {
    int widest = 0;
    for (String line : lines.split("\n")) {
      widest = Math.max(widest, line.length());
    }
    return widest;
  }

  private static void narrow(TableWalk walk, Text out, int columns) {
    for (TableWalk.Level level : walk.levels()) {
      String name = level.name() + "[" + level.index() + "] ";
      String entry = Draw.hex(level.at().value()) + " => " + Draw.hex(level.entry().value());
      sentence(name + entry + " " + level.flags().replace("|", " "), out, columns);
    }
  }

  private static void outcome(TableWalk walk, Text out, int columns) {
    if (walk.phys() == null) {
      String at = walk.levels().get(walk.levels().size() - 1).name();
      sentence("(not mapped: the " + at + " entry is not present)", out, columns);
      return;
    }
    long phys = walk.phys().value();
    long page = phys & -walk.pageBytes();
    String frame = walk.page() == null ? "no RAM" : Frames.describe(walk.page().frame());
    sentence(
        "PAGE "
            + Draw.hex(page)
            + ", "
            + Draw.size(walk.pageBytes() / PAGE_BYTES)
            + (phys == page ? "" : ", byte " + Draw.hex(phys - page) + " of it"),
        out,
        columns);
    sentence(
        "PHYSICAL " + Draw.hex(phys) + "  pfn " + Draw.hex(phys >>> 12) + ": " + frame,
        out,
        columns);
  }

  // pgd.

  private static void tables(TablesInUse tables, Text out) {
    Table table = new Table("lllrl");
    table.row(Style.HEAD, "table", "frame", "maps from", "entries", "");
    int shown = 0;
    int empty = 0;
    for (TablesInUse.Table one : tables.tables()) {
      if (one.used() == 0) {
        empty++;
      } else if (shown++ < MOST_TABLES) {
        String large = one.large() == 0 ? "" : Draw.grouped(one.large()) + " large";
        table.row(
            "  ".repeat(one.level()) + tables.levels().get(one.level()),
            "pfn " + Draw.hex(one.pfn()),
            Draw.hex(one.start().value()),
            one.used() + "/" + one.nrEntries(),
            large + (one.boot() ? (large.isEmpty() ? "boot" : ", boot") : ""));
      }
    }
    table.render(out, "");
    if (shown > MOST_TABLES) {
      out.add("... ").grouped(shown - (long) MOST_TABLES).add(" more").line();
    }
    out.add(Draw.count(shown, "table")).add(", ").add(Draw.size(shown));
    out.add(empty == 0 ? "" : "; and " + Draw.grouped(empty) + " empty, " + Draw.size(empty))
        .line();
  }

  // dma, ptov.

  private static void dma(DmaInfo dma, Text out, int columns) {
    out.add(Style.HEAD, Draw.hex(dma.virt().value())).add("  ");
    out.number(dma.sizeBytes()).add(" bytes  ").add(dma.region()).line();
    int i = 0;
    for (DmaInfo.Piece piece : dma.pieces()) {
      sentence(
          "piece "
              + ++i
              + ": phys "
              + Draw.hex(piece.phys().value())
              + ".."
              + Draw.hex(piece.phys().value() + piece.sizeBytes() - 1)
              + ", "
              + Draw.grouped(piece.sizeBytes())
              + " bytes",
          out,
          columns);
    }
    if (dma.nrPieces() > i) {
      sentence("... " + Draw.count(dma.nrPieces() - i, "more piece"), out, columns);
    }
    String verdict =
        dma.problem().isEmpty() ? "yes: one piece of the linear map" : "no: " + dma.problem();
    sentence("dma_map_single: " + verdict, out, columns);
    if (!dma.advice().isEmpty()) {
      sentence(dma.advice(), out, columns);
    }
    if (dma.nrPieces() > 0) {
      sentence(
          "device with 24 address bits (ISA): "
              + (dma.isa() ? "reaches it" : "does not reach it")
              + "; with 32 bits: "
              + (dma.bits32() ? "reaches it" : "does not reach it"),
          out,
          columns);
    }
  }

  private static void ptov(PhysToVirt ptov, Text out, int columns) {
    if (ptov.virt() == null) {
      Draw.words("phys " + Draw.hex(ptov.phys().value()) + ": " + ptov.why(), out, columns, 2);
      out.line();
      return;
    }
    out.add("VIRTUAL ").add(Draw.hex(ptov.virt().value()));
    out.add("  PHYSICAL ").add(Draw.hex(ptov.phys().value())).line();
  }

  private static void sentence(String words, Text out, int columns) {
    Draw.words(words, out.blanks(2), columns, 4);
    out.line();
  }
}
