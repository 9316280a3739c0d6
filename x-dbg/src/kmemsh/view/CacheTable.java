package kmemsh.view;

import java.util.List;

/**
 * Caches in a table.
 *
 * @param layout {@link #SLABINFO}, {@link #SLABTOP}, {@link #KMEM} or {@link #CHAIN}
 * @param allocator slab, slub or slob
 * @param caches in the order to be shown
 * @param heapPages pages of SLOB's heap, 0 for the others
 */
public record CacheTable(String layout, String allocator, List<CacheInfo> caches, long heapPages) {
  /** Columns as in /proc/slabinfo, in words for people. */
  public static final String SLABINFO = "slabinfo";

  /** Columns of slabtop. */
  public static final String SLABTOP = "slabtop";

  /** Columns of the crash utility's {@code kmem -s}. */
  public static final String KMEM = "kmem";

  /** The list of all caches. */
  public static final String CHAIN = "cache_chain";

  /** What is asked for, given and lost. */
  public static final String WASTE = "waste";
}
