package kmemsh.view;

import java.util.List;

/**
 * Free lists in list order.
 *
 * @param all whether every block is to be shown, however many there are
 * @param lists the lists asked for that have a block, by zone, order and migratetype
 */
public record FreeListInfo(boolean all, List<FreeList> lists) {

  /**
   * One list; the next request for this order and type takes its head.
   *
   * @param nid node of its zone, or -1 on a machine with one node
   * @param zone kernel name of its zone
   * @param migratetype name of its type
   * @param pfns the blocks, head first
   */
  public record FreeList(int nid, String zone, int order, String migratetype, int[] pfns) {}
}
