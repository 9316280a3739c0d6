package kmemsh.view;

/** Flags of a cache, as they stand in its flags word. Spec: slab-allocators.md 0.4 */
public final class SlabFlags {
  public static final int SLAB_CONSISTENCY_CHECKS = 0x100;
  public static final int SLAB_RED_ZONE = 0x400;
  public static final int SLAB_POISON = 0x800;
  public static final int SLAB_KMALLOC = 0x1000;
  public static final int SLAB_HWCACHE_ALIGN = 0x2000;
  public static final int SLAB_CACHE_DMA = 0x4000;
  public static final int SLAB_CACHE_DMA32 = 0x8000;
  public static final int SLAB_STORE_USER = 0x10000;
  public static final int SLAB_RECLAIM_ACCOUNT = 0x20000;
  public static final int SLAB_PANIC = 0x40000;
  public static final int SLAB_TYPESAFE_BY_RCU = 0x80000;
  public static final int SLAB_MEM_SPREAD = 0x100000;
  public static final int SLAB_TRACE = 0x200000;
  public static final int SLAB_DEBUG_OBJECTS = 0x400000;
  public static final int SLAB_NOLEAKTRACE = 0x800000;
  public static final int SLAB_ACCOUNT = 0x4000000;
  public static final int SLAB_NO_USER_FLAGS = 0x10000000;

  /** SLAB: the index array lies in a free object. */
  public static final int CFLGS_OBJFREELIST_SLAB = 0x40000000;

  /** SLAB: the index array lies in an object of another cache. */
  public static final int CFLGS_OFF_SLAB = 0x80000000;

  /** SLUB: the processor can exchange two words at once. */
  public static final int CMPXCHG_DOUBLE = 0x40000000;

  /** SLUB: the bytes of the objects are poisoned. */
  public static final int OBJECT_POISON = 0x80000000;

  /** Flags of debugging that make a SLUB cache a debug cache. */
  public static final int DEBUG_FLAGS =
      SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER | SLAB_TRACE;

  /** A cache with one of these is never shared. */
  public static final int NEVER_MERGE =
      SLAB_RED_ZONE
          | SLAB_POISON
          | SLAB_STORE_USER
          | SLAB_TRACE
          | SLAB_TYPESAFE_BY_RCU
          | SLAB_NOLEAKTRACE;

  /** These must be equal in caches that are shared. */
  public static final int MERGE_SAME =
      SLAB_RECLAIM_ACCOUNT | SLAB_CACHE_DMA | SLAB_CACHE_DMA32 | SLAB_ACCOUNT;

  /** What a caller may ask for. */
  public static final int PERMITTED =
      SLAB_HWCACHE_ALIGN
          | SLAB_CACHE_DMA
          | SLAB_CACHE_DMA32
          | SLAB_PANIC
          | SLAB_TYPESAFE_BY_RCU
          | SLAB_DEBUG_OBJECTS
          | SLAB_RED_ZONE
          | SLAB_POISON
          | SLAB_STORE_USER
          | SLAB_TRACE
          | SLAB_CONSISTENCY_CHECKS
          | SLAB_MEM_SPREAD
          | SLAB_NOLEAKTRACE
          | SLAB_RECLAIM_ACCOUNT
          | SLAB_ACCOUNT
          | SLAB_NO_USER_FLAGS;

  private SlabFlags() {}
}
