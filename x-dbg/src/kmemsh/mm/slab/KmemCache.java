package kmemsh.mm.slab;

import kmemsh.view.SlabFlags;

/**
 * A cache: what all allocators keep of it. Each extends it by its own geometry, arrays and lists.
 *
 * <p>Spec: slab-allocators.md 1.1
 */
public class KmemCache {
  /** Number of the cache, given in order of creation and never twice. */
  public final int id;

  public final String name;

  /** Bytes as requested; grows when a larger cache is merged into this one. */
  public int objectSize;

  /** Bytes from one object to the next. */
  public int size;

  public int align;
  public int flags;
  public boolean ctor;
  public int useroffset;
  public int usersize;

  /** Creators that have not destroyed it; -1 for the caches boot made for the allocator itself. */
  public int refcount = 1;

  /** Order of a slab's page block. */
  public int order;

  /** Objects of a slab. */
  public int nrObjects;

  /** gfp bits that a request for slab pages gets from the cache. */
  public int allocFlags;

  /** Addresses of the descriptor and of the copy of the name; 0 where there is none. */
  long descriptor;

  long nameCopy;

  /** Its neighbours in {@code slab_caches}. */
  KmemCache newer;

  KmemCache older;

  protected KmemCache(int id, CacheSpec spec, int align, int flags) {
    this.id = id;
    this.name = spec.name();
    this.objectSize = (int) spec.size();
    this.align = align;
    this.flags = flags;
    this.ctor = spec.ctor();
    this.useroffset = spec.useroffset();
    this.usersize = spec.usersize();
  }

  /** The next cache of {@code slab_caches}, or null. */
  public final KmemCache older() {
    return older;
  }

  /** The cache before this one in {@code slab_caches}, or null. */
  public final KmemCache newer() {
    return newer;
  }

  public final boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Whether later creations may share it. Spec: slab-allocators.md 1.4 */
  public final boolean isMergeable() {
    return !has(SlabFlags.NEVER_MERGE) && !ctor && usersize == 0 && refcount >= 0;
  }
}
