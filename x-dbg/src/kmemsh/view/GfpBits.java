package kmemsh.view;

/**
 * The single bits of a GFP mask and what each asks for.
 *
 * <p>Spec: page-allocator.md 4.1
 */
public final class GfpBits {
  private static final String[] NAMES = {
    "__GFP_DMA",
    "__GFP_HIGHMEM",
    "__GFP_DMA32",
    "__GFP_MOVABLE",
    "__GFP_RECLAIMABLE",
    "__GFP_HIGH",
    "__GFP_IO",
    "__GFP_FS",
    "__GFP_ZERO",
    "__GFP_ATOMIC",
    "__GFP_DIRECT_RECLAIM",
    "__GFP_KSWAPD_RECLAIM",
    "__GFP_WRITE",
    "__GFP_NOWARN",
    "__GFP_RETRY_MAYFAIL",
    "__GFP_NOFAIL",
    "__GFP_NORETRY",
    "__GFP_MEMALLOC",
    "__GFP_COMP",
    "__GFP_NOMEMALLOC",
    "__GFP_HARDWALL",
    "__GFP_THISNODE",
    "__GFP_ACCOUNT",
    "__GFP_ZEROTAGS",
  };

  private static final String[] MEANINGS = {
    "from zone DMA, the first 16 MiB",
    "HighMem will do; no use for an address",
    "from below 4 GiB",
    "movable; with HIGHMEM also from zone Movable",
    "can be reclaimed through a shrinker",
    "important: may take half of the min reserve",
    "reclaim may start I/O",
    "reclaim may call into file systems",
    "the pages are filled with zeros",
    "cannot sleep and is important",
    "may sleep and reclaim memory itself",
    "wakes kswapd when memory gets low",
    "the page will be dirtied soon",
    "no failure report in the log",
    "tries hard, but without the OOM killer",
    "never fails: tries for ever",
    "gives up after one round of reclaim",
    "ignores watermarks: frees more than it takes",
    "a compound page: one head, the rest tails",
    "never touches the emergency reserves",
    "keeps to the memory nodes of its cpuset",
    "from its own node only",
    "is charged to a memory cgroup",
    "memory tags are zeroed as well",
  };

  private GfpBits() {}

  /** How many bits have a name. */
  public static int count() {
    return NAMES.length;
  }

  /** The kernel's name of bit {@code i}, counted from the lowest. */
  public static String name(int i) {
    return NAMES[i];
  }

  /** What bit {@code i} asks for, in a few words. */
  public static String meaning(int i) {
    return MEANINGS[i];
  }
}
