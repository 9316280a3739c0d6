package kmemsh.mm.slab;

/**
 * Objects of one cache, that are taken and given back in a few steps, or not at all: then nothing
 * has changed, and the caller goes the whole way. So that stays out of the caller's fast lane.
 *
 * <p>This one never has an object; SLUB has its own.
 *
 * <p>Spec: slab-allocators.md 3.5, 3.6
 */
public class QuickObjects {
  /** An object, or {@link SlabAllocator#NULL}. */
  public long take() {
    return SlabAllocator.NULL;
  }

  /** Gives an object of the cache back; false: it is not given back. */
  public boolean give(long object) {
    return false;
  }
}
