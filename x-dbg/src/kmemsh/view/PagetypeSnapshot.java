package kmemsh.view;

import java.util.List;

/**
 * What /proc/pagetypeinfo shows.
 *
 * @param pageblockOrder 9 or 10
 * @param types names of the migratetypes this kernel has, in the order of their values
 * @param nrNodes nodes with memory are those that have a zone here
 * @param zones populated zones by ascending zone id
 */
public record PagetypeSnapshot(
    int pageblockOrder, List<String> types, int nrNodes, List<Zone> zones) {

  /**
   * One zone.
   *
   * @param nrFree {@code [type][order]} blocks on each free list; counting stops beyond 100000
   * @param nrBlocks pageblocks by type
   */
  public record Zone(int nid, String name, long[][] nrFree, long[] nrBlocks) {}
}
