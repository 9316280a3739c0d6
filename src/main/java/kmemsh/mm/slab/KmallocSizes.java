package kmemsh.mm.slab;

import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;

/**
 * Which kmalloc cache serves a request.
 *
 * <pre>
 *   index   1   2   3   4   5   6    7    8    9   10   11   12   13
 *   bytes  96 192   8  16  32  64  128  256  512   1k   2k   4k   8k     SLAB has none below 5
 * </pre>
 *
 * <p>Spec: slab-allocators.md 1.9
 */
public final class KmallocSizes {
  public static final int NORMAL = 0;
  public static final int RECLAIM = 1;
  public static final int DMA = 2;
  public static final int NR_TYPES = 3;

  /** One more than the largest index. */
  public static final int NR_INDEXES = 14;

  public static final int SLAB_MIN_INDEX = 5;
  public static final int SLUB_MIN_INDEX = 3;

  /** SLAB and SLUB: larger requests go to the page allocator. */
  public static final int MAX_CACHE_SIZE = 8192;

  /** What kmalloc(0) returns. */
  public static final long ZERO_SIZE_PTR = 16;

  private static final int INDEX_96 = 1;
  private static final int INDEX_192 = 2;
  private static final int TABLE_BYTES = 192;
  private static final String[] SIZE_NAMES = {
    "", "96", "192", "8", "16", "32", "64", "128", "256", "512", "1k", "2k", "4k", "8k"
  };
  private static final String[] TYPE_NAMES = {"kmalloc-", "kmalloc-rcl-", "dma-kmalloc-"};

  private KmallocSizes() {}

  /**
   * The index of the cache for {@code bytes}.
   *
   * @param bytes 1 to {@link #MAX_CACHE_SIZE}
   * @param minIndex {@link #SLAB_MIN_INDEX} or {@link #SLUB_MIN_INDEX}
   */
  public static int index(int bytes, int minIndex) {
    if (bytes <= TABLE_BYTES) {
      if (bytes > 128) {
        return INDEX_192;
      }
      if (bytes > 64 && bytes <= 96) {
        return INDEX_96;
      }
    }
    return Math.max(minIndex, SlabSizes.fls(bytes - 1));
  }

  /** The object size of the cache with {@code index}. */
  public static int bytes(int index) {
    if (index == INDEX_96) {
      return 96;
    }
    return index == INDEX_192 ? TABLE_BYTES : 1 << index;
  }

  /** Which of the types serves a mask. The kernel has ZONE_DMA and no cgroup accounting. */
  public static int type(int gfpMask) {
    if ((gfpMask & Gfp.__GFP_DMA) != 0) {
      return DMA;
    }
    return (gfpMask & Gfp.__GFP_RECLAIMABLE) != 0 ? RECLAIM : NORMAL;
  }

  public static String name(int type, int index) {
    return TYPE_NAMES[type] + SIZE_NAMES[index];
  }

  /** The flags a kmalloc cache is created with. */
  public static int flags(int type, boolean slab) {
    int flags = SlabFlags.SLAB_KMALLOC | (slab ? SlabFlags.SLAB_HWCACHE_ALIGN : 0);
    if (type == DMA) {
      return flags | SlabFlags.SLAB_CACHE_DMA;
    }
    return type == RECLAIM ? flags | SlabFlags.SLAB_RECLAIM_ACCOUNT : flags;
  }

  /** The alignment of the kmalloc cache of {@code bytes}: natural for powers of two. */
  public static int alignment(SlabConfig config, int bytes, int flags) {
    int natural = SlabSizes.isPowerOfTwo(bytes) ? bytes : 0;
    int asked = Math.max(SlabConfig.MIN_ALIGN, natural);
    return SlabSizes.calculateAlignment(config, flags, asked, bytes);
  }

  /** The distance between objects of SLAB's kmalloc cache for {@code bytes}. */
  static int slabSpacing(SlabConfig config, int bytes) {
    int objectSize = bytes(index(bytes, SLAB_MIN_INDEX));
    int align = alignment(config, objectSize, SlabFlags.SLAB_HWCACHE_ALIGN);
    return SlabGeometry.spacing(config, objectSize, align);
  }
}
