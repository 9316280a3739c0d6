package kmemsh.view;

/**
 * What the sizes of caches depend on: the machine and the boot options.
 *
 * @param wordBytes 4 on i386, 8 on x86_64
 * @param cacheLine the kernel's cache line size in bytes
 * @param nrPresentCpus CPUs present at boot
 * @param nrCpuIds possible CPUs
 * @param nrCpusOfNode CPUs counted for SLAB's free_limit of a node
 * @param cpuPartial whether SLUB has per-CPU partial lists, that is, a kernel built for SMP
 * @param slabMaxOrder SLAB: the order caches prefer not to exceed
 * @param slubMinOrder boot option slub_min_order
 * @param slubMaxOrder boot option slub_max_order
 * @param slubMinObjects boot option slub_min_objects, 0 for the rule by CPUs
 * @param slubDebugging SLUB: whether debugging was switched on at run time
 */
public record SlabRules(
    int wordBytes,
    int cacheLine,
    int nrPresentCpus,
    int nrCpuIds,
    int nrCpusOfNode,
    boolean cpuPartial,
    int slabMaxOrder,
    int slubMinOrder,
    int slubMaxOrder,
    int slubMinObjects,
    boolean slubDebugging) {

  /** Smallest alignment of an object and of kmalloc, on both architectures. */
  public static final int MIN_ALIGN = 8;

  private static final int SLUB_MAX_ORDER = 3;
  private static final int SMALL_MACHINE_PAGES = 8192;

  /**
   * The rules without boot options.
   *
   * @param nrCpus CPUs present and possible, all on one node
   * @param smp whether the kernel is built for several CPUs
   * @param totalramPages free RAM when the allocator starts
   */
  public static SlabRules of(
      int wordBytes, int cacheLine, int nrCpus, boolean smp, long totalramPages) {
    return new SlabRules(
        wordBytes,
        cacheLine,
        nrCpus,
        nrCpus,
        nrCpus,
        smp,
        totalramPages > SMALL_MACHINE_PAGES ? 1 : 0,
        0,
        SLUB_MAX_ORDER,
        0,
        false);
  }
}
