package kmemsh.lang;

import kmemsh.view.SlabFlags;

/** Flags of a cache as words: {@code SLAB_HWCACHE_ALIGN|SLAB_POISON} or a number. */
public final class SlabFlagWords {
  private static final String[] NAMES = {
    "SLAB_CONSISTENCY_CHECKS",
    "SLAB_RED_ZONE",
    "SLAB_POISON",
    "SLAB_HWCACHE_ALIGN",
    "SLAB_CACHE_DMA",
    "SLAB_CACHE_DMA32",
    "SLAB_STORE_USER",
    "SLAB_RECLAIM_ACCOUNT",
    "SLAB_PANIC",
    "SLAB_TYPESAFE_BY_RCU",
    "SLAB_MEM_SPREAD",
    "SLAB_TRACE",
    "SLAB_DEBUG_OBJECTS",
    "SLAB_NOLEAKTRACE",
    "SLAB_ACCOUNT",
    "SLAB_NO_USER_FLAGS",
  };

  private static final int[] BITS = {
    SlabFlags.SLAB_CONSISTENCY_CHECKS,
    SlabFlags.SLAB_RED_ZONE,
    SlabFlags.SLAB_POISON,
    SlabFlags.SLAB_HWCACHE_ALIGN,
    SlabFlags.SLAB_CACHE_DMA,
    SlabFlags.SLAB_CACHE_DMA32,
    SlabFlags.SLAB_STORE_USER,
    SlabFlags.SLAB_RECLAIM_ACCOUNT,
    SlabFlags.SLAB_PANIC,
    SlabFlags.SLAB_TYPESAFE_BY_RCU,
    SlabFlags.SLAB_MEM_SPREAD,
    SlabFlags.SLAB_TRACE,
    SlabFlags.SLAB_DEBUG_OBJECTS,
    SlabFlags.SLAB_NOLEAKTRACE,
    SlabFlags.SLAB_ACCOUNT,
    SlabFlags.SLAB_NO_USER_FLAGS,
  };

  private SlabFlagWords() {}

  /** The names of all flags. */
  public static String[] names() {
    return NAMES.clone();
  }

  /**
   * The flags that {@code word} means.
   *
   * @throws LineError when a part of it is neither a flag nor a number
   */
  public static int parse(String word) {
    int flags = 0;
    int start = 0;
    while (start <= word.length()) {
      int bar = word.indexOf('|', start);
      int stop = bar < 0 ? word.length() : bar;
      flags |= part(word.substring(start, stop));
      start = stop + 1;
    }
    return flags;
  }

  private static int part(String part) {
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].equals(part)) {
        return BITS[i];
      }
    }
    if (part.isEmpty() || part.charAt(0) < '0' || part.charAt(0) > '9') {
      throw new LineError(
          (part.isEmpty() ? "an empty name" : Words.show(part))
              + " is no flag of a cache: flags are SLAB_HWCACHE_ALIGN, SLAB_POISON, ... or a"
              + " number",
          Suggest.nearest(part, NAMES));
    }
    long bits = Numbers.parse(part);
    if (bits < 0 || bits > 0xffffffffL) {
      throw new LineError(Words.show(part) + " has bits that no flags word has: it has 32");
    }
    return (int) bits;
  }
}
