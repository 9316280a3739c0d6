package kmemsh.view;

import java.util.List;

/**
 * A cache with its arrays or CPU slabs, its lists and its slabs.
 *
 * @param allocator slab, slub or slob
 * @param freelist where SLAB keeps the index of a slab: on, off or obj; else empty
 * @param colours how many colours SLAB has for its slabs
 * @param colourOff bytes from one colour to the next
 * @param minPartial slabs SLUB keeps on a node's partial list even when they are empty
 * @param cpuPartialSlabs slabs SLUB's chain of a CPU should hold
 * @param arrays SLAB's arrays with their objects
 * @param slabs in list order, list by list
 */
public record CachePicture(
    String allocator,
    CacheInfo cache,
    String freelist,
    int colours,
    int colourOff,
    int minPartial,
    int cpuPartialSlabs,
    List<ObjectArray> arrays,
    List<SlabInfo> slabs) {

  /**
   * An array of object addresses.
   *
   * @param kind cpu, shared or alien
   * @param owner the CPU, or the node
   * @param other the node whose objects an alien array holds, else -1
   * @param touched whether the reaper spares it next time
   * @param entries addresses, the next to be taken first
   */
  public record ObjectArray(
      String kind, int owner, int other, int limit, int batch, boolean touched, Addr[] entries) {}
}
