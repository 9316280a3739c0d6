package kmemsh.mm.slab;

import kmemsh.view.SlabFlags;

/** What the kmalloc caches are created with. Spec: slab-allocators.md 1.9 */
public final class KmallocSpecs {
  private static final KmallocTable SLAB_TABLE = new KmallocTable(SlabKind.SLAB, true);

  private KmallocSpecs() {}

  /** The flags of the caches of a type of {@link KmallocTable}. */
  public static int flags(int type, SlabKind kind) {
    int flags = SlabFlags.SLAB_KMALLOC;
    if (kind == SlabKind.SLAB) {
      flags |= SlabFlags.SLAB_HWCACHE_ALIGN;
    }
    if (type == KmallocTable.DMA) {
      flags |= SlabFlags.SLAB_CACHE_DMA;
    }
    return type == KmallocTable.RECLAIM ? flags | SlabFlags.SLAB_RECLAIM_ACCOUNT : flags;
  }

  /** The alignment of a boot cache of {@code bytes}: natural for powers of two. */
  public static int alignment(SlabConfig config, int bytes, int flags) {
    int natural = SlabSizes.isPowerOfTwo(bytes) ? bytes : 0;
    int asked = Math.max(SlabConfig.MIN_ALIGN, natural);
    return SlabSizes.calculateAlignment(config, flags, asked, bytes);
  }

  /** The distance between objects of SLAB's kmalloc cache for {@code bytes}. */
  static int slabSpacing(SlabConfig config, int bytes) {
    int objectSize = KmallocTable.bytes(SLAB_TABLE.index(bytes));
    int align = alignment(config, objectSize, SlabFlags.SLAB_HWCACHE_ALIGN);
    return SlabGeometry.spacing(config, objectSize, align);
  }
}
