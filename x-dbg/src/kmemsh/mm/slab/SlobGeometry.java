package kmemsh.mm.slab;

import kmemsh.view.CacheGeometry;
import kmemsh.view.SlabFlags;

/** The sizes of a SLOB cache. Spec: slab-allocators.md 4.8 */
public final class SlobGeometry {
  /** Bytes of a unit, the grain of the heap. */
  public static final int UNIT_BYTES = 2;

  /** What SLOB keeps of the flags a cache asks for; the others are dropped in silence. */
  public static final int SUPPORTED_FLAGS =
      SlabFlags.SLAB_HWCACHE_ALIGN
          | SlabFlags.SLAB_CACHE_DMA
          | SlabFlags.SLAB_CACHE_DMA32
          | SlabFlags.SLAB_PANIC
          | SlabFlags.SLAB_TYPESAFE_BY_RCU
          | SlabFlags.SLAB_DEBUG_OBJECTS
          | SlabFlags.SLAB_NOLEAKTRACE;

  private static final int RCU_FOOTER_32 = 12;
  private static final int RCU_FOOTER_64 = 24;

  private SlobGeometry() {}

  /**
   * @param objectSize bytes asked for
   * @param align from {@link SlabSizes#calculateAlignment}
   */
  public static CacheGeometry.Slob of(SlabConfig config, int objectSize, int align, int flags) {
    int size = objectSize;
    if ((flags & SlabFlags.SLAB_TYPESAFE_BY_RCU) != 0) {
      size += config.wordBytes() == Long.BYTES ? RCU_FOOTER_64 : RCU_FOOTER_32;
    }
    return new CacheGeometry.Slob(0, objectSize, SlabSizes.align(size, UNIT_BYTES), align, flags);
  }
}
