package kmemsh.mm.slab;

import kmemsh.base.Fill;
import kmemsh.view.Gfp;

/**
 * {@code kmalloc_caches}: which cache serves a request of some bytes.
 *
 * <pre>
 *   caches  [NR_TYPES][NR_INDEXES]  index 1 is 96 bytes, 2 is 192, n from 3 on is 2^n; null where none
 *   bySize  [NR_TYPES][1024]        the cache for 8 * n + 1 to 8 * n + 8 bytes
 * </pre>
 *
 * <p>Spec: slab-allocators.md 1.9
 */
public final class KmallocTable {
  public static final int NORMAL = 0;
  public static final int RECLAIM = 1;
  public static final int DMA = 2;
  public static final int NR_TYPES = 3;

  /** Indexes of SLAB and SLUB: up to 2^13 bytes. */
  public static final int NR_INDEXES = 14;

  /** Largest request that a cache serves under SLAB and SLUB. */
  public static final int MAX_CACHE_BYTES = 8192;

  /** Largest request at all. */
  public static final int MAX_BYTES = 4 << 20;

  static final int NR_ORDERS = 11;

  private static final String[] PREFIXES = {"kmalloc-", "kmalloc-rcl-", "dma-kmalloc-"};
  private static final int TABLE_BYTES = 192;

  private final boolean zoneDma;
  private final byte[] small = new byte[TABLE_BYTES / 8];
  private final int smallestIndex;
  private final KmemCache[][] caches = new KmemCache[NR_TYPES][NR_INDEXES];
  private final KmemCache[][] bySize = new KmemCache[NR_TYPES][MAX_CACHE_BYTES / 8];

  public KmallocTable(SlabKind kind, boolean zoneDma) {
    this.zoneDma = zoneDma;
    this.smallestIndex = kind == SlabKind.SLAB ? 5 : 3;
    for (int i = 0; i < small.length; i++) {
      small[i] = (byte) smallIndex(8 * (i + 1));
    }
  }

  private int smallIndex(int size) {
    if (size > 64 && size <= 96) {
      return 1;
    }
    if (size > 128) {
      return 2;
    }
    return Math.max(smallestIndex, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
  }

  /** The smallest index: 5 for SLAB, else 3. */
  public int smallestIndex() {
    return smallestIndex;
  }

  /** The index for 1 to {@link #MAX_CACHE_BYTES} bytes. */
  public int index(int size) {
    return size <= TABLE_BYTES
        ? small[(size - 1) >>> 3]
        : Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
  }

  /** Bits of a mask with any of which the type may not be {@link #NORMAL}. */
  static final int NOT_NORMAL = Gfp.__GFP_DMA | Gfp.__GFP_RECLAIMABLE;

  /** The type for a mask: {@link #NORMAL}, {@link #RECLAIM} or {@link #DMA}. */
  public int type(int gfpMask) {
    if ((gfpMask & NOT_NORMAL) == 0) {
      return NORMAL;
    }
    return (gfpMask & Gfp.__GFP_DMA) != 0 && zoneDma ? DMA : typeWithoutDma(gfpMask);
  }

  private static int typeWithoutDma(int gfpMask) {
    return (gfpMask & Gfp.__GFP_RECLAIMABLE) != 0 ? RECLAIM : NORMAL;
  }

  /** The cache for a request, or null where there is none (yet). */
  public KmemCache cache(int size, int gfpMask) {
    return bySize[type(gfpMask)][(size - 1) >>> 3];
  }

  public KmemCache get(int type, int index) {
    return caches[type][index];
  }

  public void set(int type, int index, KmemCache cache) {
    caches[type][index] = cache;
    for (int i = 0; i < small.length; i++) {
      if (small[i] == index) {
        bySize[type][i] = cache;
      }
    }
    int end = (1 << index) / 8;
    if (end > small.length) {
      Fill.references(bySize[type], Math.max(small.length, end / 2), end, cache);
    }
  }

  /** Object bytes of an index. */
  public static int bytes(int index) {
    return index == 1 ? 96 : index == 2 ? 192 : 1 << index;
  }

  /** The cache's name, such as {@code kmalloc-rcl-1k}. */
  public static String name(int type, int index) {
    int bytes = bytes(index);
    String size = bytes >= 1024 ? (bytes >> 10) + "k" : Integer.toString(bytes);
    return PREFIXES[type] + size;
  }

  KmemCache[][] checkpoint() {
    KmemCache[][] copy = new KmemCache[NR_TYPES][];
    for (int type = 0; type < NR_TYPES; type++) {
      copy[type] = caches[type].clone();
    }
    return copy;
  }

  void restore(KmemCache[][] saved) {
    for (int type = 0; type < NR_TYPES; type++) {
      for (int index = 1; index < NR_INDEXES; index++) {
        set(type, index, saved[type][index]);
      }
    }
  }
}
