package kmemsh.machine;

import kmemsh.mm.slab.KmallocSpecs;
import kmemsh.mm.slab.KmallocTable;
import kmemsh.mm.slab.SlabConfig;
import kmemsh.mm.slab.SlabGeometry;
import kmemsh.mm.slab.SlabKind;
import kmemsh.mm.slab.SlabSizes;
import kmemsh.mm.slab.SlobGeometry;
import kmemsh.mm.slab.SlubGeometry;
import kmemsh.view.CacheGeometry;
import kmemsh.view.KmallocAnswer;
import kmemsh.view.SlabFlags;

/**
 * The sizes of caches and the way of kmalloc on a machine, without making a cache.
 *
 * <p>Spec: slab-allocators.md 1.3, 1.9, 2.2, 3.2, 4.8
 */
public final class CacheGeometries {
  private static final int SLOB_MAX_BLOCK = 4096 - 8;
  private static final int MAX_ORDER = 10;

  private final SlabKind kind;
  private final SlabConfig config;
  private final KmallocTable table;

  private CacheGeometries(SlabKind kind, SlabConfig config) {
    this.kind = kind;
    this.config = config;
    this.table = new KmallocTable(kind, config.zoneDma());
  }

  /** The sizes on {@code profile} booted with {@code options}; SLAB's if they name no allocator. */
  public static CacheGeometries of(Profile profile, SlabOptions options) {
    SlabKind kind = SlabKind.of(options.kind());
    return new CacheGeometries(kind == null ? SlabKind.SLAB : kind, options.config(profile));
  }

  /**
   * The geometry of a cache, which is never merged with another.
   *
   * @param name what it is called, which the boot option may name; empty for any
   * @param size bytes of an object, above 0
   * @param align asked for, 0 for any
   * @param flags {@link SlabFlags}, those the allocator does not know left out
   */
  public CacheGeometry cache(String name, int size, int align, int flags, boolean ctor) {
    int all = kind == SlabKind.SLUB ? config.withDebug(name, flags) : flags;
    int aligned = SlabSizes.calculateAlignment(config, all, align, size);
    return switch (kind) {
      case SLAB -> SlabGeometry.of(config, size, aligned, all, ctor);
      case SLUB -> SlubGeometry.of(config, size, aligned, all, ctor, config.debugs());
      case SLOB -> SlobGeometry.of(config, size, aligned, all & SlobGeometry.SUPPORTED_FLAGS);
    };
  }

  /** What serves {@code kmalloc(bytes, gfpMask)}; {@code bytes} is at least 0. */
  public KmallocAnswer kmalloc(long bytes, int gfpMask) {
    if (bytes == 0) {
      return KmallocAnswer.nothing(KmallocAnswer.ZERO_SIZE_PTR);
    }
    if (kind == SlabKind.SLOB && bytes < SLOB_MAX_BLOCK) {
      int even = SlabSizes.align((int) bytes, SlobGeometry.UNIT_BYTES);
      return new KmallocAnswer(KmallocAnswer.HEAP, even, -1);
    }
    if (kind == SlabKind.SLOB || bytes > KmallocTable.MAX_CACHE_BYTES) {
      int order = SlabSizes.getOrder(bytes);
      return order > MAX_ORDER
          ? KmallocAnswer.nothing(KmallocAnswer.FAIL)
          : KmallocAnswer.pages(order);
    }
    int type = table.type(gfpMask);
    int index = table.index((int) bytes);
    return new KmallocAnswer(KmallocTable.name(type, index), ksize(type, index), -1);
  }

  private int ksize(int type, int index) {
    int bytes = KmallocTable.bytes(index);
    if (kind == SlabKind.SLAB) {
      return bytes;
    }
    CacheGeometry geometry = kmallocCache(type, index);
    if ((geometry.flags() & (SlabFlags.SLAB_RED_ZONE | SlabFlags.SLAB_POISON)) != 0) {
      return bytes;
    }
    boolean tracked = (geometry.flags() & SlabFlags.SLAB_STORE_USER) != 0;
    return tracked ? ((CacheGeometry.Slub) geometry).inuse() : geometry.size();
  }

  /** The name of a kmalloc cache of SLAB or SLUB. */
  public static String kmallocName(int type, int index) {
    return KmallocTable.name(type, index);
  }

  /**
   * The geometry of a kmalloc cache of SLAB or SLUB.
   *
   * @param type 0 normal, 1 reclaimable, 2 DMA
   * @param index 1 for 96 bytes, 2 for 192, else the power of two
   */
  public CacheGeometry kmallocCache(int type, int index) {
    int bytes = KmallocTable.bytes(index);
    int flags = KmallocSpecs.flags(type, kind);
    return cache(
        KmallocTable.name(type, index),
        bytes,
        KmallocSpecs.alignment(config, bytes, flags),
        flags,
        false);
  }
}
