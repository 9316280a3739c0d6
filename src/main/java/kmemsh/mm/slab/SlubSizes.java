package kmemsh.mm.slab;

import static kmemsh.view.SlabFlags.SLAB_CACHE_DMA;
import static kmemsh.view.SlabFlags.SLAB_CACHE_DMA32;
import static kmemsh.view.SlabFlags.SLAB_CONSISTENCY_CHECKS;
import static kmemsh.view.SlabFlags.SLAB_KMALLOC;
import static kmemsh.view.SlabFlags.SLAB_POISON;
import static kmemsh.view.SlabFlags.SLAB_RECLAIM_ACCOUNT;
import static kmemsh.view.SlabFlags.SLAB_RED_ZONE;
import static kmemsh.view.SlabFlags.SLAB_STORE_USER;
import static kmemsh.view.SlabFlags.SLAB_TRACE;
import static kmemsh.view.SlabFlags.SLAB_TYPESAFE_BY_RCU;

import kmemsh.mm.page.PageAllocator;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;

/** The geometry of SLUB's caches. Spec: slab-allocators.md 3.2, 3.3 */
final class SlubSizes {
  private static final int PAGE_BYTES = 4096;
  private static final int NR_ORDERS = 11;
  private static final int MAX_OBJECTS = 32767;
  private static final int TRACK_BYTES_64 = 32;
  private static final int TRACK_BYTES_32 = 20;
  private static final int ORIG_SIZE_BYTES = 4;
  private static final int MIN_PARTIAL = 5;
  private static final int MAX_PARTIAL = 10;

  private final SlabConfig config;

  SlubSizes(SlabConfig config) {
    this.config = config;
  }

  /** Computes the sizes: 0 or -22. */
  int compute(SlubCache cache, boolean debugging) {
    if (cache.objectSize <= 0) {
      return SlabAllocator.EINVAL;
    }
    layOut(cache);
    int order = order(cache.size);
    if (order < 0) {
      return SlabAllocator.EINVAL;
    }
    cache.order = order;
    cache.nrObjects = objects(order, cache.size);
    cache.minOrder = PageAllocator.orderOf(cache.size);
    cache.minObjects = objects(cache.minOrder, cache.size);
    cache.allocFlags = allocFlags(cache);
    cache.debug = debugging && cache.has(SlabFlags.DEBUG_FLAGS);
    int half = (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(cache.size)) / 2;
    cache.minPartial = Math.min(MAX_PARTIAL, Math.max(MIN_PARTIAL, half));
    if (config.smp()) {
      setCpuPartial(cache, cache.debug ? 0 : cpuPartial(cache.size));
    }
    if (!cache.has(SLAB_CONSISTENCY_CHECKS | SLAB_STORE_USER | SLAB_TRACE)) {
      cache.flags |= SlabFlags.CMPXCHG_DOUBLE;
    }
    cache.setReciprocal();
    return 0;
  }

  /** Steps 1 to 8: where free pointer, red zones and tracks lie, and the spacing. */
  private void layOut(SlubCache cache) {
    int word = config.wordBytes();
    int objectSize = cache.objectSize;
    boolean redZone = cache.has(SLAB_RED_ZONE);
    int size = align(objectSize, word);
    if (cache.has(SLAB_POISON) && !cache.has(SLAB_TYPESAFE_BY_RCU) && !cache.ctor) {
      cache.flags |= SlabFlags.OBJECT_POISON;
    }
    if (redZone && size == objectSize) {
      size += word;
    }
    cache.inuse = size;
    boolean behind =
        cache.has(SLAB_TYPESAFE_BY_RCU | SLAB_POISON)
            || (redZone && objectSize < word)
            || cache.ctor;
    if (behind) {
      cache.offset = size;
      size += word;
    } else {
      cache.offset = objectSize / 2 & -word;
    }
    if (cache.has(SLAB_STORE_USER)) {
      size += 2 * (word == Long.BYTES ? TRACK_BYTES_64 : TRACK_BYTES_32);
      size += cache.has(SLAB_KMALLOC) ? ORIG_SIZE_BYTES : 0;
    }
    cache.redLeftPad = redZone ? align(word, cache.align) : 0;
    size += redZone ? word + cache.redLeftPad : 0;
    cache.size = align(size, cache.align);
  }

  private static int allocFlags(SlubCache cache) {
    int gfp = cache.order > 0 ? Gfp.__GFP_COMP : 0;
    gfp |= cache.has(SLAB_CACHE_DMA) ? Gfp.__GFP_DMA : 0;
    gfp |= cache.has(SLAB_CACHE_DMA32) ? Gfp.__GFP_DMA32 : 0;
    return gfp | (cache.has(SLAB_RECLAIM_ACCOUNT) ? Gfp.__GFP_RECLAIMABLE : 0);
  }

  private static int cpuPartial(int size) {
    if (size >= PAGE_BYTES) {
      return 6;
    } else if (size >= 1024) {
      return 24;
    }
    return size >= 256 ? 52 : 120;
  }

  /** Sets how many objects a CPU's partial chain should hold, and so how many slabs. */
  static void setCpuPartial(SlubCache cache, int objects) {
    cache.cpuPartial = objects;
    cache.cpuPartialSlabs = (2 * objects + cache.nrObjects - 1) / cache.nrObjects;
  }

  /** The order of a slab for objects {@code size} bytes apart, or -1. Spec: 3.3 */
  int order(int size) {
    int max = config.slubMaxOrder();
    long room = ((long) PAGE_BYTES << max) / size;
    for (int m = (int) Math.min(minObjects(), room); m > 1; m--) {
      for (int fraction = 16; fraction >= 4; fraction /= 2) {
        int order = fit(size, m, max, fraction);
        if (order <= max) {
          return order;
        }
      }
    }
    int order = fit(size, 1, max, 1);
    if (order <= max) {
      return order;
    }
    order = fit(size, 1, NR_ORDERS, 1);
    return order < NR_ORDERS ? order : -1;
  }

  private int minObjects() {
    if (config.slubMinObjects() > 0) {
      return config.slubMinObjects();
    }
    int cpus = config.nrPresentCpus() <= 1 ? config.nrCpuIds() : config.nrPresentCpus();
    return 4 * (Integer.SIZE - Integer.numberOfLeadingZeros(cpus) + 1);
  }

  private int fit(int size, int minObjects, int maxOrder, int fraction) {
    int minOrder = config.slubMinOrder();
    if (((long) PAGE_BYTES << minOrder) / size > MAX_OBJECTS) {
      return PageAllocator.orderOf((long) size * MAX_OBJECTS) - 1;
    }
    int order = Math.max(minOrder, PageAllocator.orderOf((long) minObjects * size));
    while (order <= maxOrder) {
      long bytes = (long) PAGE_BYTES << order;
      if (bytes % size <= bytes / fraction) {
        break;
      }
      order++;
    }
    return order;
  }

  static int objects(int order, int size) {
    return (int) (((long) PAGE_BYTES << order) / size);
  }

  static int align(int value, int to) {
    return (value + to - 1) & -to;
  }
}
