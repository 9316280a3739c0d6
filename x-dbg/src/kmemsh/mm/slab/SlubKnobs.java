package kmemsh.mm.slab;

/**
 * What writing to the files of a cache under /sys/kernel/slab does.
 *
 * <p>Spec: slab-allocators.md 3.16
 */
public final class SlubKnobs {
  public static final int ERANGE = -34;

  /** These can be written. */
  public static final String MIN_PARTIAL = "min_partial";

  public static final String CPU_PARTIAL = "cpu_partial";
  public static final String REMOTE_NODE_DEFRAG_RATIO = "remote_node_defrag_ratio";
  public static final String SHRINK = "shrink";
  public static final String VALIDATE = "validate";

  private static final int MAX_PER_CENT = 100;
  private static final int PER_MILLE = 10;

  private final Slub slub;
  private final SlubCache cache;

  public SlubKnobs(SlabAllocator allocator, KmemCache cache) {
    this.slub = (Slub) allocator;
    this.cache = (SlubCache) cache;
  }

  /** What the kernel would say to {@code value} in {@code file}: 0 or a negative errno. */
  public int check(String file, long value) {
    return switch (file) {
      case CPU_PARTIAL ->
          value != 0 && (cache.debug || !slub.config.smp()) ? SlabAllocator.EINVAL : 0;
      case REMOTE_NODE_DEFRAG_RATIO -> value > MAX_PER_CENT ? ERANGE : 0;
      case SHRINK -> value == 1 ? 0 : SlabAllocator.EINVAL;
      case VALIDATE -> value == 1 && cache.debug ? 0 : SlabAllocator.EINVAL;
      default -> 0;
    };
  }

  /** Writes a value that was checked. */
  public void write(String file, int value) {
    switch (file) {
      case MIN_PARTIAL -> cache.minPartial = value;
      case CPU_PARTIAL -> setCpuPartial(value);
      case REMOTE_NODE_DEFRAG_RATIO -> cache.remoteNodeDefragRatio = value * PER_MILLE;
      case SHRINK -> slub.shrink(cache);
      default -> validate();
    }
  }

  private void validate() {
    slub.flushAll(cache);
    slub.validate(cache);
  }

  private void setCpuPartial(int objects) {
    cache.cpuPartial = objects;
    cache.cpuPartialSlabs = (int) ((2L * objects + cache.nrObjects - 1) / cache.nrObjects);
    slub.flushAll(cache);
  }
}
