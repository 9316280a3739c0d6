package kmemsh.view;

import java.util.List;

/**
 * Page sets: the pages each CPU keeps to itself.
 *
 * @param all whether every page is to be shown
 * @param sets by zone, then by CPU
 */
public record PcpInfo(boolean all, List<PageSet> sets) {

  /**
   * The page set of one CPU for one zone. Numbers are pages.
   *
   * @param nid node of the zone, or -1 on a machine with one node
   * @param zone kernel name of the zone
   * @param count pages on its lists
   * @param high a free that brings the count to this many drains
   * @param batch what a refill takes
   * @param freeFactor doublings of the next drain
   * @param lists the lists that are not empty
   */
  public record PageSet(
      int nid,
      String zone,
      int cpu,
      int count,
      int high,
      int batch,
      int freeFactor,
      List<PcpList> lists) {}

  /**
   * One list of a page set.
   *
   * @param migratetype name of its type
   * @param pfns head first: the head is the next to be taken, the tail the next to be drained
   */
  public record PcpList(int order, String migratetype, int[] pfns) {}
}
