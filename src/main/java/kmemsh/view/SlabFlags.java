package kmemsh.view;

/** The flags word of a cache ({@code slab_flags_t}). Spec: slab-allocators.md 0.4 */
public final class SlabFlags {
  public static final int SLAB_CONSISTENCY_CHECKS = 0x00000100;
  public static final int SLAB_RED_ZONE = 0x00000400;
  public static final int SLAB_POISON = 0x00000800;
  public static final int SLAB_KMALLOC = 0x00001000;
  public static final int SLAB_HWCACHE_ALIGN = 0x00002000;
  public static final int SLAB_CACHE_DMA = 0x00004000;
  public static final int SLAB_CACHE_DMA32 = 0x00008000;
  public static final int SLAB_STORE_USER = 0x00010000;
  public static final int SLAB_RECLAIM_ACCOUNT = 0x00020000;
  public static final int SLAB_PANIC = 0x00040000;
  public static final int SLAB_TYPESAFE_BY_RCU = 0x00080000;
  public static final int SLAB_MEM_SPREAD = 0x00100000;
  public static final int SLAB_TRACE = 0x00200000;
  public static final int SLAB_DEBUG_OBJECTS = 0x00400000;
  public static final int SLAB_NOLEAKTRACE = 0x00800000;
  public static final int SLAB_FAILSLAB = 0x02000000;
  public static final int SLAB_ACCOUNT = 0x04000000;
  public static final int SLAB_KASAN = 0x08000000;
  public static final int SLAB_NO_USER_FLAGS = 0x10000000;
  public static final int SLAB_SKIP_KFENCE = 0x20000000;

  /** SLAB: the freelist is kept in a free object. */
  public static final int CFLGS_OBJFREELIST_SLAB = 0x40000000;

  /** SLAB: the freelist is an object of a kmalloc cache. */
  public static final int CFLGS_OFF_SLAB = 0x80000000;

  /** SLUB: the double-word compare-exchange is used; seen in a dump of the flags only. */
  public static final int __CMPXCHG_DOUBLE = 0x40000000;

  /** SLUB: the bytes of objects are poisoned. */
  public static final int __OBJECT_POISON = 0x80000000;

  /** SLUB: any of these makes a debug cache. */
  public static final int SLAB_DEBUG_FLAGS =
      SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER | SLAB_TRACE | SLAB_CONSISTENCY_CHECKS;

  private SlabFlags() {}
}
