package kmemsh.view;

import java.util.List;

/**
 * The same script on several object allocators.
 *
 * @param file the script
 */
public record SlabComparison(String file, List<Side> sides) {
  /**
   * What one allocator made of it; boot is not counted.
   *
   * @param allocator slab, slub or slob
   * @param pages more pages in slabs or in the heap than after boot
   * @param slabs more slabs than after boot; pages for SLOB
   * @param allocations objects and blocks that were given
   * @param fastAllocations of these, those served by a CPU's own array or freelist
   * @param frees objects and blocks that came back
   * @param fastFrees of these, those that a CPU's own array or freelist took
   * @param newSlabs slabs or heap pages that were made
   * @param freedSlabs slabs or heap pages that were given back
   * @param askedBytes bytes asked for by what is still held
   * @param refused lines that were refused
   */
  public record Side(
      String allocator,
      long pages,
      long slabs,
      long allocations,
      long fastAllocations,
      long frees,
      long fastFrees,
      long newSlabs,
      long freedSlabs,
      long askedBytes,
      long refused) {}
}
