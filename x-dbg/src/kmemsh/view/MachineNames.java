package kmemsh.view;

/**
 * What a reader needs to tell facts in words: the names of zones and the sizes of things.
 *
 * @param zones kernel name of each zone id
 * @param populated whether the zone of that id has memory
 * @param zonesPerNode zone ids of one node
 * @param nrNodes NUMA nodes
 * @param pageblockOrder 9 or 10
 */
public record MachineNames(
    String[] zones, boolean[] populated, int zonesPerNode, int nrNodes, int pageblockOrder) {

  /** The zone of that id: {@code Normal}, on a machine of several nodes {@code Node 1 Normal}. */
  public String zone(int id) {
    return nrNodes == 1 ? zones[id] : "Node " + id / zonesPerNode + " " + zones[id];
  }

  /** The zones with memory whose index in their node is above {@code highest}, commas between. */
  public String above(int highest) {
    String names = "";
    for (int index = highest + 1; index < zonesPerNode; index++) {
      boolean any = false;
      for (int id = index; id < zones.length; id += zonesPerNode) {
        any |= populated[id];
      }
      if (any) {
        names += (names.isEmpty() ? "" : ", ") + zones[index];
      }
    }
    return names;
  }
}
