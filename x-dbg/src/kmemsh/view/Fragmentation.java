package kmemsh.view;

import java.util.List;

/**
 * How broken up free memory is, and what rounding to powers of two costs.
 *
 * <p>Spec: page-allocator.md 10.1, 11.5
 *
 * @param zones populated zones in kernel order
 */
public record Fragmentation(List<Zone> zones) {

  /**
   * One zone.
   *
   * @param nid its node, or -1 on a machine with one node
   * @param zone kernel name
   * @param freePages pages on its free lists
   * @param largestOrder of a free block, -1 when nothing is free
   * @param nrFree free blocks of each order
   * @param unusable unusable free space index of each order, in thousandths: the part of free
   *     memory that lies in smaller blocks
   * @param extfrag fragmentation index of each order, in thousandths: near 0 a request fails for
   *     lack of memory, near 1000 because of fragmentation; -1000 it would not fail
   * @param allocated blocks handed out of each order
   * @param wastePages the most that rounding up to those orders can waste: the caller of a block of
   *     2^k pages needed at least 2^(k-1) + 1 of them
   */
  public record Zone(
      int nid,
      String zone,
      long freePages,
      int largestOrder,
      int[] nrFree,
      int[] unusable,
      int[] extfrag,
      int[] allocated,
      long wastePages) {}
}
