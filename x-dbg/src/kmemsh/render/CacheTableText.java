package kmemsh.render;

import java.util.ArrayList;
import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;
import kmemsh.view.KmallocCaches;

/** Caches in tables: for people, as slabtop, as the crash utility, as a chain. */
final class CacheTableText {
  private static final long KIB = 1024;

  private CacheTableText() {}

  static void render(CacheTable table, Text out, int columns) {
    if (table.layout().equals(CacheTable.SLABTOP)) {
      slabtop(table, out, columns);
    } else if (table.layout().equals(CacheTable.KMEM)) {
      kmem(table.caches(), out, columns);
    } else if (table.layout().equals(CacheTable.CHAIN)) {
      chain(table, out, columns);
    } else if (table.allocator().equals("slob")) {
      slob(table, out, columns);
    } else if (table.layout().equals(CacheTable.WASTE)) {
      waste(table, out, columns);
    } else {
      slabinfo(table, out, columns);
    }
  }

  private static void slabinfo(CacheTable table, Text out, int columns) {
    Fitted rows =
        new Fitted(
            "lrrrrrrrrr",
            "cache",
            "size",
            "used",
            "objects",
            "slabs",
            "pages",
            "waiting",
            "per slab",
            "order",
            "names");
    long pages = 0;
    for (CacheInfo cache : table.caches()) {
      rows.row(
          cache.name(),
          "" + cache.size(),
          "" + cache.usedObjs(),
          "" + cache.numObjs(),
          "" + cache.numSlabs(),
          "" + cache.pages(),
          "" + cache.waitingObjs(),
          "" + cache.objsPerSlab(),
          "" + cache.order(),
          "" + (cache.aliases() + 1));
      pages += cache.pages();
    }
    rows.render(out, columns);
    String sum =
        Draw.count(table.caches().size(), "cache")
            + ", newest first, "
            + Draw.count(pages, "page")
            + "; waiting: free, in an array or on a CPU's freelist (/proc/slabinfo calls it"
            + " active)";
    Draw.words(sum, out, columns, 2);
    out.line();
  }

  private static void slob(CacheTable table, Text out, int columns) {
    Fitted rows = new Fitted("lrrr", "cache", "size", "asked", "align");
    for (CacheInfo cache : table.caches()) {
      rows.row(cache.name(), "" + cache.size(), "" + cache.objectSize(), "" + cache.align());
    }
    rows.render(out, columns);
    String words =
        "SLOB: one heap of "
            + Draw.count(table.heapPages(), "page")
            + " for all caches and for kmalloc; nothing knows which cache an object is of, and"
            + " there is no /proc/slabinfo";
    Draw.words(words, out, columns, 2);
    out.line();
  }

  private static void waste(CacheTable table, Text out, int columns) {
    Fitted rows =
        new Fitted(
            "lrrrrrr", "cache", "used", "asked for", "given", "rounded up", "unused", "spare");
    long asked = 0;
    long given = 0;
    for (CacheInfo cache : table.caches()) {
      if (cache.numSlabs() == 0) {
        continue;
      }
      long bytes = cache.usedObjs() * cache.objectSize();
      rows.row(
          cache.name(),
          "" + cache.usedObjs(),
          "" + bytes,
          "" + cache.slabBytes(),
          "" + cache.roundedBytes(),
          "" + (cache.numObjs() - cache.usedObjs()) * cache.size(),
          "" + cache.spareBytes());
      asked += bytes;
      given += cache.slabBytes();
    }
    rows.render(out, columns);
    String words =
        "in bytes: "
            + Draw.grouped(asked)
            + " asked for, "
            + Draw.grouped(given)
            + " given in slabs, "
            + percent(given - asked, given)
            + " lost. rounded up: inside used objects; unused: free objects; spare: outside"
            + " objects, for colours and index. A kmalloc cache counts its own size as asked for";
    Draw.words(words, out, columns, 2);
    out.line();
  }

  private static String percent(long part, long all) {
    long tenths = all == 0 ? 0 : part * 1000 / all;
    return tenths / 10 + "." + tenths % 10 + "%";
  }

  private static void slabtop(CacheTable table, Text out, int columns) {
    List<CacheInfo> caches = table.caches();
    long objects = 0;
    long active = 0;
    long slabs = 0;
    long activeSlabs = 0;
    long activeCaches = 0;
    long bytes = 0;
    long activeBytes = 0;
    for (CacheInfo cache : caches) {
      objects += cache.numObjs();
      active += cache.activeObjs();
      slabs += cache.numSlabs();
      activeSlabs += cache.activeSlabs();
      activeCaches += cache.activeSlabs() > 0 ? 1 : 0;
      bytes += cache.slabBytes();
      activeBytes += cache.activeObjs() * cache.size();
    }
    total("Objects", active, objects, out, columns);
    total("Slabs", activeSlabs, slabs, out, columns);
    total("Caches", activeCaches, caches.size(), out, columns);
    total("KiB", activeBytes / KIB, bytes / KIB, out, columns);
    Fitted rows =
        new Fitted(
            "lrrrrrrr", "NAME", "OBJS", "ACTIVE", "USE", "OBJ SIZE", "SLABS", "OBJ/SLAB", "CACHE");
    for (CacheInfo cache : caches) {
      rows.row(
          cache.name(),
          "" + cache.numObjs(),
          "" + cache.activeObjs(),
          (cache.numObjs() == 0 ? 0 : cache.activeObjs() * 100 / cache.numObjs()) + "%",
          kib(cache.size()),
          "" + cache.numSlabs(),
          "" + cache.objsPerSlab(),
          cache.slabBytes() / KIB + "K");
    }
    rows.render(out, columns);
  }

  private static void total(String what, long active, long all, Text out, int columns) {
    String line = "active of all " + what + ": " + active + " of " + all;
    Draw.words(line + " (" + percent(active, all) + ")", out, columns, 2);
    out.line();
  }

  private static String kib(int bytes) {
    long hundredths = bytes * 100L / KIB;
    return hundredths / 100 + "." + (hundredths % 100 < 10 ? "0" : "") + hundredths % 100 + "K";
  }

  /** The columns of the crash utility's {@code kmem -s}. */
  static void kmem(List<CacheInfo> caches, Text out, int columns) {
    if (columns >= 80) {
      out.add(Style.HEAD, "CACHE             OBJSIZE  ALLOCATED     TOTAL  SLABS  SSIZE  NAME");
      out.line();
    }
    for (CacheInfo cache : caches) {
      String address =
          cache.descriptor() == null
              ? "(in the image)"
              : Long.toHexString(cache.descriptor().value());
      if (columns < 80) {
        String line =
            cache.name()
                + ": objsize "
                + cache.objectSize()
                + " allocated "
                + cache.usedObjs()
                + " total "
                + cache.numObjs()
                + " slabs "
                + cache.numSlabs();
        Draw.words(line, out, columns, 2);
        out.line();
        continue;
      }
      out.left(address, 16).add("  ").number(cache.objectSize(), 7).add("  ");
      out.number(cache.usedObjs(), 9).add("  ").number(cache.numObjs(), 8).add("  ");
      out.number(cache.numSlabs(), 5).add("  ");
      out.right((4L << cache.order()) + "k", 5).add("  ").add(cache.name()).line();
    }
  }

  private static void chain(CacheTable table, Text out, int columns) {
    out.add(Style.NAME, "slab_caches").add(": ");
    List<String> names = new ArrayList<>();
    for (CacheInfo cache : table.caches()) {
      names.add(cache.name());
    }
    Draw.words(names.isEmpty() ? "empty" : String.join(" -> ", names), out, columns, 2);
    out.line();
    String words =
        Draw.count(names.size(), "cache")
            + ", the newest at the head; cache_chain until 2.6, where cache_cache was the first";
    Draw.words(words, out, columns, 2);
    out.line();
  }

  static void kmalloc(KmallocCaches table, Text out, int columns) {
    if (table.rows().isEmpty()) {
      Draw.words(
          "SLOB has no caches for kmalloc: a block of its heap has its size in the 8 bytes before"
              + " it; 4088 bytes and more are whole pages, at most "
              + Draw.size(table.maxBytes() >> 12),
          out,
          columns,
          2);
      out.line();
      return;
    }
    Fitted rows =
        new Fitted(
            "rlrrrrrl", "bytes", "cache", "size", "lost", "per slab", "order", "used", "also");
    for (KmallocCaches.Row row : table.rows()) {
      CacheInfo first = row.caches().get(0);
      List<String> others = new ArrayList<>();
      for (CacheInfo cache : row.caches().subList(1, row.caches().size())) {
        others.add(cache.name().startsWith("dma") ? "dma" : "rcl");
      }
      int size = first.size();
      rows.row(
          row.from() + ".." + row.to(),
          first.name(),
          "" + size,
          (size - row.to()) + ".." + (size - row.from()),
          "" + first.objsPerSlab(),
          "" + first.order(),
          "" + first.usedObjs(),
          String.join(" ", others));
    }
    rows.render(out, columns);
    Draw.words(
        "larger requests get page blocks of their own, at most "
            + Draw.size(table.maxBytes() >> 12)
            + "; also: rcl, kmalloc-rcl-N for __GFP_RECLAIMABLE, dma, dma-kmalloc-N for GFP_DMA",
        out,
        columns,
        2);
    out.line();
  }
}
