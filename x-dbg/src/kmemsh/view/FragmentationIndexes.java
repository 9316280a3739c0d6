package kmemsh.view;

import java.util.List;

/** What the files of /sys/kernel/debug/extfrag show, populated zones in kernel order. */
public record FragmentationIndexes(List<Zone> zones) {

  /**
   * One zone.
   *
   * @param unusable of each order, in thousandths
   * @param extfrag of each order, in thousandths; -1000 where a request would not fail
   */
  public record Zone(int nid, String name, int[] unusable, int[] extfrag) {}
}
