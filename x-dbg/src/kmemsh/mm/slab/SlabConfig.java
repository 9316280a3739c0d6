package kmemsh.mm.slab;

/**
 * The machine and the boot options an object allocator is made for.
 *
 * <p>Spec: slab-allocators.md 0.3
 *
 * @param wordBytes 4 or 8
 * @param cacheLine bytes of a cache line, as the kernel sees it
 * @param nrCpuIds possible CPUs
 * @param nrPresentCpus CPUs present at boot
 * @param cpuNode node of each CPU
 * @param nrNodes nodes
 * @param smp whether the kernel is built for several CPUs
 * @param numa whether NUMA is built in
 * @param zoneDma whether there is a DMA zone, so DMA caches
 * @param totalramPages pages of RAM when the allocator starts
 * @param kmemCacheBytes size of a cache descriptor
 * @param nodeBytes size of a cache's node structure
 * @param nomerge {@code slab_nomerge}
 * @param aliens whether SLAB has alien arrays (no {@code noaliencache})
 * @param slabMaxOrder {@code slab_max_order=}, or -1
 * @param slubMinOrder {@code slub_min_order=}, default 0
 * @param slubMaxOrder {@code slub_max_order=}, default 3
 * @param slubMinObjects {@code slub_min_objects=}, default 0
 * @param slubDebug {@code slub_debug=}, null when it was not given
 */
public record SlabConfig(
    int wordBytes,
    int cacheLine,
    int nrCpuIds,
    int nrPresentCpus,
    int[] cpuNode,
    int nrNodes,
    boolean smp,
    boolean numa,
    boolean zoneDma,
    long totalramPages,
    int kmemCacheBytes,
    int nodeBytes,
    boolean nomerge,
    boolean aliens,
    int slabMaxOrder,
    int slubMinOrder,
    int slubMaxOrder,
    int slubMinObjects,
    SlubDebugOption slubDebug) {

  /** The flags of a cache called {@code name} with those of the boot option. */
  public int withDebug(String name, int flags) {
    return slubDebug == null ? flags : slubDebug.apply(name, flags);
  }

  /** Whether the boot option switches debugging on. */
  public boolean debugs() {
    return slubDebug != null && slubDebug.isOn();
  }

  /** Smallest alignment of an object and of a kmalloc block, on both architectures. */
  public static final int MIN_ALIGN = 8;
}
