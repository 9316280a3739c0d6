package kmemsh.mm.page;

/**
 * The build options and the topology the page allocator is made for.
 *
 * @param nrFrames end of physical memory, a pfn; at most 2^28 (1 TiB)
 * @param pageblockOrder 9 or 10
 * @param nrTypes rows of the free lists: 4, or 6 with CMA and isolation
 * @param maxNrZones zone indexes of a node, empty ones included
 * @param cpuNode node of each CPU
 * @param nodeOrder fallback order of the nodes for each node
 * @param zoneOfGfp zone index for each value of the low four gfp bits, -1 where invalid
 * @param noFragment whether ALLOC_NOFRAGMENT exists (a kernel with ZONE_DMA32)
 * @param normalIndex zone index of Normal
 * @param dma32Index zone index of DMA32, or -1
 * @param cma whether CMA is built in
 * @param compaction whether compaction is built in
 * @param thp whether per-CPU lists hold blocks of the huge page order
 * @param smp whether counters have per-CPU differences
 * @param numa whether NUMA is built in
 * @param sparse whether pageblock types belong to memory sections and not to zones
 * @param mobilityDisabled whether every request is Unmovable
 * @param maxFlatRows up to so many rows the columns of frames stand in one piece, beyond it in
 *     chunks; changes nothing but time and heap
 */
public record PageConfig(
    int nrFrames,
    int pageblockOrder,
    int nrTypes,
    int maxNrZones,
    int[] cpuNode,
    int[][] nodeOrder,
    int[] zoneOfGfp,
    boolean noFragment,
    int normalIndex,
    int dma32Index,
    boolean cma,
    boolean compaction,
    boolean thp,
    boolean smp,
    boolean numa,
    boolean sparse,
    boolean mobilityDisabled,
    int maxFlatRows) {

  int nrCpus() {
    return cpuNode.length;
  }

  int nrNodes() {
    return nodeOrder.length;
  }

  int pageblockPages() {
    return 1 << pageblockOrder;
  }
}
