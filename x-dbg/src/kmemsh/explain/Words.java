package kmemsh.explain;

import java.util.List;
import kmemsh.view.Migratetype;

/** How numbers are written in an explanation. */
final class Words {
  private static final int MOST_RUNS = 12;

  private static final int[] ALLOC_FLAGS = {0x4, 0x8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x200, 0x800};
  private static final String[] ALLOC_FLAG_NAMES = {
    "ALLOC_NO_WATERMARKS",
    "ALLOC_OOM",
    "ALLOC_NON_BLOCK",
    "ALLOC_MIN_RESERVE",
    "ALLOC_CPUSET",
    "ALLOC_CMA",
    "ALLOC_NOFRAGMENT",
    "ALLOC_HIGHATOMIC",
    "ALLOC_KSWAPD",
  };
  private static final String[] MARKS = {"min", "low", "high", "promo"};

  private Words() {}

  /** A count with commas: {@code 219,112}. */
  static String count(long number) {
    String digits = Long.toString(Math.abs(number));
    StringBuilder out = new StringBuilder(number < 0 ? "-" : "");
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        out.append(',');
      }
      out.append(digits.charAt(i));
    }
    return out.toString();
  }

  /** {@code 1 page}, {@code 2 pages}. */
  static String pages(long number) {
    return things(number, "page");
  }

  /** A count and what is counted, in its plural where needed. */
  static String things(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }

  static String pfn(long pfn) {
    return "0x" + Long.toHexString(pfn);
  }

  static String type(int migratetype) {
    return Migratetype.name(migratetype);
  }

  /** The name of the watermark an index stands for. */
  static String mark(int allocFlags) {
    return MARKS[allocFlags & 3];
  }

  static String allocFlags(int flags) {
    StringBuilder out = new StringBuilder("WMARK_");
    out.append(mark(flags).toUpperCase(java.util.Locale.ROOT));
    for (int i = 0; i < ALLOC_FLAGS.length; i++) {
      if ((flags & ALLOC_FLAGS[i]) != 0) {
        out.append(", ").append(ALLOC_FLAG_NAMES[i]);
      }
    }
    return out.toString();
  }

  /** A list of a page set: {@code cpu 0, order 3, Movable}. */
  static String pcpList(int cpu, int order, int migratetype) {
    return "cpu " + cpu + ", order " + order + ", " + type(migratetype);
  }

  /** A block with its order behind it: {@code 0x1600(9)}. */
  static String block(int pfn, int order) {
    return pfn(pfn) + "(" + order + ")";
  }

  /**
   * Blocks in their order, neighbours joined: {@code 0x1029..0x1026 0x1000..0x1006}. At most
   * {@value #MOST_RUNS} parts, then how many blocks are left out.
   */
  static String runs(List<Integer> pfns, int order) {
    StringBuilder out = new StringBuilder();
    int nrRuns = 0;
    int at = 0;
    while (at < pfns.size() && nrRuns < MOST_RUNS) {
      int start = at;
      int step = step(pfns, at, order);
      while (step != 0 && step(pfns, at, order) == step) {
        at++;
      }
      out.append(nrRuns++ == 0 ? "" : " ").append(pfn(pfns.get(start)));
      if (at > start) {
        out.append(at == start + 1 ? " " : "..").append(pfn(pfns.get(at)));
      }
      at++;
    }
    if (at < pfns.size()) {
      out.append(" and ").append(count(pfns.size() - at)).append(" more");
    }
    return out.toString();
  }

  /** How far the block after {@code at} is when it is a neighbour, otherwise 0. */
  private static int step(List<Integer> pfns, int at, int order) {
    if (at + 1 >= pfns.size()) {
      return 0;
    }
    int step = pfns.get(at + 1) - pfns.get(at);
    return Math.abs(step) == 1 << order ? step : 0;
  }
}
