package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.CacheGeometry;
import kmemsh.view.GeometryAnswer;
import kmemsh.view.LeakReport;
import kmemsh.view.ObjectPlace;
import kmemsh.view.SlabComparison;
import kmemsh.view.SlabInfo;
import kmemsh.view.WhatIsObject;

/** Answers about objects: what an address is, what a size costs, what leaks, who does better. */
final class SlabAnswerText {
  private static final int INDENT = 2;
  private static final int MOST_LEAKS = 40;

  private SlabAnswerText() {}

  /** Appends one of these records; false when {@code record} is none of them. */
  static boolean render(Object record, Text out, int columns) {
    if (record instanceof WhatIsObject what) {
      whatIs(what, out, columns);
    } else if (record instanceof GeometryAnswer answer) {
      geometry(answer, out, columns);
    } else if (record instanceof LeakReport report) {
      leaks(report, out, columns);
    } else if (record instanceof SlabComparison comparison) {
      comparison(comparison, out, columns);
    } else {
      return false;
    }
    return true;
  }

  private static void whatIs(WhatIsObject what, Text out, int columns) {
    WhatIsText.render(what.page(), out, columns);
    ObjectPlace place = what.object();
    if (place.slab() == null) {
      line(
          "large block of kmalloc: "
              + Draw.size(place.bytes() >> 12)
              + " from "
              + Draw.hex(place.start().value())
              + ", byte "
              + place.offset(),
          out,
          columns);
      return;
    }
    SlabInfo slab = place.slab();
    String owner = (slab.list().startsWith("cpu") ? "cpu " : "node ") + slab.owner();
    line(
        "cache "
            + place.cache()
            + ", slab "
            + slab.nr()
            + " ("
            + slab.list()
            + ", "
            + owner
            + "), "
            + slab.used()
            + " of "
            + slab.objects()
            + " used",
        out,
        columns);
    if (place.offset() < 0) {
      line("in no object: colour, index or what is left over", out, columns);
      return;
    }
    line(
        "object "
            + place.object()
            + " at "
            + Draw.hex(place.start().value())
            + (place.offset() == 0 ? "" : " + " + place.offset())
            + ", "
            + place.bytes()
            + " bytes, "
            + state(place),
        out,
        columns);
    line(neighbours(place), out, columns);
  }

  private static String state(ObjectPlace place) {
    if (place.place() < 0) {
      return "used";
    }
    String when = place.place() == 0 ? ", next to be taken" : ", " + place.place() + " before it";
    boolean waiting = place.state().equals("waiting");
    return waiting ? "free in the " + place.holder() + when : "free on its slab's freelist" + when;
  }

  private static String neighbours(ObjectPlace place) {
    String before =
        place.before().isEmpty()
            ? "it is the first"
            : "object " + (place.object() - 1) + " is " + place.before();
    String after =
        place.after().isEmpty()
            ? "it is the last"
            : "object " + (place.object() + 1) + " is " + place.after();
    return before + ", " + after;
  }

  private static void geometry(GeometryAnswer answer, Text out, int columns) {
    CacheGeometry geometry = answer.geometry();
    out.add(Style.NAME, name(geometry)).add(": ");
    Draw.words(
        geometry.objectSize()
            + " bytes take "
            + geometry.size()
            + ", align "
            + geometry.align()
            + (answer.roundedBytes() == 0 ? "" : "; " + answer.roundedBytes() + " rounded up"),
        out,
        columns,
        INDENT);
    out.line();
    if (answer.objects() > 0) {
      slab(answer, out, columns);
    }
    line(details(answer), out, columns);
    String by =
        answer.kmallocBytes() == 0
            ? "kmalloc of this size: " + answer.kmalloc()
            : "kmalloc of this size: "
                + answer.kmalloc()
                + ", "
                + answer.kmallocBytes()
                + " bytes, "
                + (answer.kmallocBytes() - geometry.objectSize())
                + " lost";
    line(by, out, columns);
  }

  private static void slab(GeometryAnswer answer, Text out, int columns) {
    int lost = answer.slabBytes() - answer.objects() * answer.geometry().objectSize();
    line(
        answer.objects()
            + " in a slab of "
            + Draw.size(answer.slabBytes() >> 12)
            + "; left over "
            + answer.wasteBytes()
            + (answer.indexBytes() == 0 ? "" : ", index " + answer.indexBytes())
            + "; lost in all "
            + Draw.grouped(lost)
            + " ("
            + lost * 100 / answer.slabBytes()
            + "%)",
        out,
        columns);
  }

  private static String name(CacheGeometry geometry) {
    if (geometry instanceof CacheGeometry.Slab) {
      return "SLAB";
    }
    return geometry instanceof CacheGeometry.Slub ? "SLUB" : "SLOB";
  }

  private static String details(GeometryAnswer answer) {
    if (answer.geometry() instanceof CacheGeometry.Slab slab) {
      String colours =
          slab.colour() < 2 ? "one colour" : slab.colour() + " colours of " + slab.colourOff();
      String index =
          switch (slab.freelist()) {
            case OBJ -> "in a free object";
            case OFF -> "off the slab";
            case ON -> "at the end of the slab";
          };
      return colours
          + ", index "
          + index
          + "; arrays of "
          + slab.limit()
          + ", batches of "
          + slab.batchcount()
          + (slab.shared() == 0 ? "" : ", shared array of " + slab.shared() * slab.batchcount());
    }
    if (answer.geometry() instanceof CacheGeometry.Slub slub) {
      return "free pointer at byte "
          + slub.offset()
          + ", at least order "
          + slub.minOrder()
          + " with "
          + slub.minObjects()
          + "; min_partial "
          + slub.minPartial()
          + (slub.cpuPartialSlabs() == 0
              ? ""
              : ", cpu_partial " + slub.cpuPartial() + " in " + slub.cpuPartialSlabs() + " slabs")
          + "; for "
          + Draw.count(answer.cpus(), "CPU");
    }
    return "no slabs: blocks of a heap of single pages, first fit";
  }

  private static void leaks(LeakReport report, Text out, int columns) {
    String since = report.since() == 0 ? "" : " since entry " + report.since() + " of the history";
    long objects = 0;
    long bytes = 0;
    for (LeakReport.Leak leak : report.leaks()) {
      objects += leak.objects();
      bytes += leak.givenBytes();
    }
    String words =
        objects == 0
            ? "no object is held that was taken" + since
            : Draw.count(objects, "object")
                + " still held, "
                + Draw.grouped(bytes)
                + " bytes"
                + since;
    Draw.words(words, out, columns, INDENT);
    out.line();
    int shown = 0;
    for (LeakReport.Leak leak : report.leaks()) {
      if (shown++ == MOST_LEAKS) {
        line("... " + (report.leaks().size() - MOST_LEAKS) + " more lines not shown", out, columns);
        return;
      }
      leak(leak, out, columns);
    }
  }

  private static void leak(LeakReport.Leak leak, Text out, int columns) {
    String from = leak.cache().isEmpty() ? "" : " of " + leak.cache();
    String given =
        leak.askedBytes() == leak.givenBytes()
            ? leak.givenBytes() + " bytes"
            : leak.askedBytes() + " bytes asked for, " + leak.givenBytes() + " given";
    String words =
        leak.n()
            + "  "
            + leak.line()
            + ": "
            + Draw.count(leak.objects(), "object")
            + from
            + ", "
            + given
            + ", at "
            + Draw.hex(leak.first().value());
    line(words, out, columns);
  }

  private static void comparison(SlabComparison comparison, Text out, int columns) {
    Fitted rows =
        new Fitted(
            "lrrrrrr", "", "pages", "slabs", "waste", "fast allocs", "fast frees", "made/freed");
    for (SlabComparison.Side side : comparison.sides()) {
      rows.row(
          side.allocator(),
          "" + side.pages(),
          "" + side.slabs(),
          "" + Math.max(0, (side.pages() << 12) - side.askedBytes()),
          side.fastAllocations() + " of " + side.allocations(),
          side.fastFrees() + " of " + side.frees(),
          side.newSlabs() + "/" + side.freedSlabs());
    }
    rows.render(out, columns);
    Draw.words(
        "what "
            + comparison.file()
            + " did since boot; waste: bytes of these pages that nobody asked for; fast: served by"
            + " a CPU's own array or freelist; made/freed: slabs, for SLOB pages of its heap",
        out,
        columns,
        INDENT);
    out.line();
    for (SlabComparison.Side side : comparison.sides()) {
      if (side.refused() > 0) {
        line(
            side.allocator() + ": " + Draw.count(side.refused(), "line") + " refused",
            out,
            columns);
      }
    }
  }

  private static void line(String words, Text out, int columns) {
    Draw.words(words, out.blanks(INDENT), columns, INDENT + 2);
    out.line();
  }
}
