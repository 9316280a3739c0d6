package kmemsh.view;

/**
 * A cache and its counters at one moment.
 *
 * <p>What SLOB cannot know, because its objects share one heap, is 0.
 *
 * @param descriptor address of its descriptor; null for those that are part of the kernel image
 * @param objectSize bytes as asked for when the cache was created
 * @param size bytes from one object to the next
 * @param flags {@link SlabFlags}
 * @param aliases further names that share it
 * @param order of a slab's page block
 * @param objsPerSlab objects of such a slab
 * @param activeObjs objects as /proc/slabinfo counts them: those that wait in arrays or on a CPU's
 *     freelist are active
 * @param usedObjs objects in the hands of users
 * @param waitingObjs free objects in arrays, on CPUs' freelists and on partial chains
 * @param activeSlabs slabs as /proc/slabinfo counts them
 * @param pages pages of all slabs
 * @param limit of a CPU's array, SLAB only, as are the other tunables
 * @param sharedAvail objects in shared arrays
 */
public record CacheInfo(
    String name,
    Addr descriptor,
    int objectSize,
    int size,
    int align,
    long flags,
    int aliases,
    boolean ctor,
    int order,
    int objsPerSlab,
    long activeObjs,
    long numObjs,
    long usedObjs,
    long waitingObjs,
    long activeSlabs,
    long numSlabs,
    long pages,
    int limit,
    int batchcount,
    int sharedFactor,
    long sharedAvail) {

  /** Bytes of all slabs. */
  public long slabBytes() {
    return pages << 12;
  }

  /** Bytes inside the objects of users that rounding up added. */
  public long roundedBytes() {
    return usedObjs * (size - objectSize);
  }

  /** Bytes of slabs that hold no object: colour, index, red zones apart from objects, rest. */
  public long spareBytes() {
    return slabBytes() - numObjs * size;
  }
}
