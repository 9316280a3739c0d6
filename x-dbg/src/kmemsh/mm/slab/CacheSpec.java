package kmemsh.mm.slab;

/**
 * What {@code kmem_cache_create} is given.
 *
 * @param size bytes of an object
 * @param align least alignment in bytes, 0 for none
 * @param flags {@link kmemsh.view.SlabFlags}
 * @param ctor whether there is a constructor
 * @param useroffset first byte that user space may be given, with {@code usersize}
 */
public record CacheSpec(
    String name, long size, int align, int flags, boolean ctor, int useroffset, int usersize) {

  /** A cache that user space never sees into. */
  public CacheSpec(String name, long size, int align, int flags, boolean ctor) {
    this(name, size, align, flags, ctor, 0, 0);
  }
}
