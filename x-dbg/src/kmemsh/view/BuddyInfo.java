package kmemsh.view;

import java.util.List;

/**
 * Free blocks by zone and order.
 *
 * @param zones populated zones in kernel order
 */
public record BuddyInfo(List<Zone> zones) {

  /**
   * One zone.
   *
   * @param nid its node, or -1 on a machine with one node
   * @param zone kernel name
   * @param freePages pages on its free lists
   * @param managedPages pages the allocator has to give
   * @param nrFree free blocks of each order, of all migratetypes
   */
  public record Zone(int nid, String zone, long freePages, long managedPages, int[] nrFree) {}
}
