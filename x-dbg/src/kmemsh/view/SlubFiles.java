package kmemsh.view;

/**
 * What the files of a cache under /sys/kernel/slab show. Arrays have an element a node, if nothing
 * else is said.
 *
 * @param refcount creators; negative for caches the allocator made for itself
 * @param mergeable whether later creations may share it
 * @param cpuPartial free objects a CPU's partial chain should hold
 * @param usersize bytes that user space may be given
 * @param nrPartial slabs on the partial list
 * @param partialInuse objects in use in those
 * @param partialFree free objects in those
 * @param cpuSlabs slabs of CPUs, with their partial chains
 * @param chains slabs of the partial chain of each CPU
 */
public record SlubFiles(
    CacheInfo cache,
    boolean smp,
    boolean numa,
    boolean zoneDma,
    int refcount,
    boolean mergeable,
    int minPartial,
    int cpuPartial,
    int usersize,
    int remoteNodeDefragRatio,
    long[] nrSlabs,
    long[] totalObjects,
    long[] nrPartial,
    long[] partialInuse,
    long[] partialFree,
    long[] cpuSlabs,
    long[] chains) {}
