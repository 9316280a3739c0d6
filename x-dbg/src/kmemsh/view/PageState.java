package kmemsh.view;

import java.util.List;

/**
 * The whole visible state of a page allocator: what a STATE record of a recording holds, what a
 * machine can be loaded from and what two machines are compared by.
 *
 * <p>A zone id is {@code nid * maxNrZones + zone index}. Lists are in list order, head first.
 *
 * @param zones populated zones by ascending zone id
 */
public record PageState(List<Zone> zones) {

  /** One zone. All numbers are pages unless said otherwise. Spec: page-allocator.md 1.6 */
  public record Zone(
      int id,
      int nid,
      String name,
      int zoneStartPfn,
      int spannedPages,
      int presentPages,
      int managedPages,
      long[] watermark,
      long watermarkBoost,
      long nrReservedHighatomic,
      long nrFreePages,
      long nrFreeCmaPages,
      int flags,
      long driftMark,
      long cmaPages,
      long[] lowmemReserve,
      List<FreeList> freeLists,
      List<Pcp> pcps,
      int[] pageblocks,
      int[] lruPfns) {}

  /** A free list that is not empty. */
  public record FreeList(int order, int migratetype, int[] pfns) {}

  /**
   * The page set of one CPU for one zone.
   *
   * @param vdiff pending difference of NR_FREE_PAGES, 0 on UP
   * @param vthreshold size beyond which it is folded in
   * @param cmaDiff pending difference of NR_FREE_CMA_PAGES
   * @param strays pairs of pfn and migratetype: pages whose cached type is not their list's
   */
  public record Pcp(
      int cpu,
      int count,
      int high,
      int batch,
      int freeFactor,
      int expire,
      int vdiff,
      int vthreshold,
      int cmaDiff,
      List<FreeList> lists,
      int[] strays) {}
}
