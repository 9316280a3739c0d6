package kmemsh.machine;

import kmemsh.mm.slab.SlabAllocator;

/**
 * Misuse of objects that a kernel does not notice at once: whether its effect can be shown here,
 * and what it does.
 *
 * <p>Spec: slab-allocators.md 2.13, 3.13
 */
public final class Injuries {
  private final Slabs slabs;
  private final SlabAllocator allocator;

  Injuries(Slabs slabs, SlabAllocator allocator) {
    this.slabs = slabs;
    this.allocator = allocator;
  }

  /**
   * Whether freeing the free object at {@code address} once more, into {@code cache} or with kfree
   * for {@link Slabs#NO_CACHE}, has an effect that can be shown.
   */
  public boolean showsDoubleFree(int cache, long address) {
    int owner = slabs.cacheOf(address);
    return owner != Slabs.NO_CACHE
        && (cache == Slabs.NO_CACHE || cache == owner)
        && !slabs.isInternal(owner)
        && slabs.stateOf(address) == Slabs.FREE
        && allocator.showsDoubleFree(address)
        && freesLeft(address) > 0;
  }

  /**
   * How many more objects the slab of {@code address} can count down and still count those that the
   * kernel itself will free.
   */
  public long freesLeft(long address) {
    long left = allocator.freesLeft(address);
    if (left == Long.MAX_VALUE) {
      return left;
    }
    long start = (long) allocator.slabPfn(address) << 12;
    long end = start + (4096L << allocator.cacheOf(address).order);
    return left - slabs.nrKernelObjects(start, end);
  }

  /** Whether freeing the object at {@code address} into another cache than its own can be shown. */
  public boolean showsWrongFree(int cache, long address) {
    int owner = slabs.cacheOf(address);
    return cache != Slabs.NO_CACHE
        && owner != Slabs.NO_CACHE
        && cache != owner
        && !slabs.isBootCache(cache)
        && !slabs.isInternal(owner)
        && !slabs.isKernelOwn(address)
        && slabs.stateOf(address) == Slabs.IN_USE
        && freesLeft(address) > 0
        && allocator.showsWrongFree(slabs.cache(cache), address);
  }

  /** {@code kmem_cache_free} of an object of another cache. */
  public void wrongFree(int cache, long address) {
    allocator.wrongFree(slabs.cache(cache), address);
  }

  /** Whether objects of other caches wait in the arrays of {@code cache}. */
  public boolean holdsForeign(int cache) {
    return allocator.holdsForeign(slabs.cache(cache));
  }

  /** How many more objects can be freed into {@code cache} before its arrays are emptied. */
  public int room(int cache) {
    return allocator.room(slabs.cache(cache));
  }

  /** Number of a CPU whose freelist of {@code cache} never ends, or -1. */
  public int cpuWithCycle(int cache) {
    return allocator.cpuWithCycle(slabs.cache(cache));
  }
}
