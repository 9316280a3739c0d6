package kmemsh.mm.slab;

import static kmemsh.view.SlabFlags.CMPXCHG_DOUBLE;
import static kmemsh.view.SlabFlags.DEBUG_FLAGS;
import static kmemsh.view.SlabFlags.OBJECT_POISON;
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

import kmemsh.view.CacheGeometry;
import kmemsh.view.Gfp;

/**
 * The sizes of a SLUB cache: a pure function of its request, the machine and the boot options.
 *
 * <pre>
 *   |&lt;- redLeftPad -&gt;|&lt;- object -&gt;| red |  free ptr  | tracks, pad |   one object, size bytes
 *                    0            |     inuse        |
 *                    |  offset: in the middle of the object, or at inuse when it must stay whole
 * </pre>
 *
 * <p>Spec: slab-allocators.md 3.2, 3.3
 */
public final class SlubGeometry {
  static final int EINVAL = -22;

  private static final int MAX_OBJECTS = 32767;
  private static final int TRACK_32 = 20;
  private static final int TRACK_64 = 32;
  private static final int MIN_PARTIAL = 5;
  private static final int MAX_PARTIAL = 10;
  private static final int KMALLOC_ORIGINAL_SIZE = 4;

  private SlubGeometry() {}

  /**
   * @param objectSize bytes asked for, above 0
   * @param align from {@link SlabSizes#calculateAlignment}
   * @param flags with those of slub_debug that apply
   * @param ctor whether there is a constructor
   * @param debugging whether run-time debugging has been switched on
   */
  public static CacheGeometry.Slub of(
      SlabConfig config, int objectSize, int align, int flags, boolean ctor, boolean debugging) {
    int word = config.wordBytes();
    boolean redZone = (flags & SLAB_RED_ZONE) != 0;
    boolean poison = (flags & SLAB_POISON) != 0;
    boolean rcu = (flags & SLAB_TYPESAFE_BY_RCU) != 0;
    int size = SlabSizes.align(objectSize, word);
    if (redZone && size == objectSize) {
      size += word;
    }
    final int inuse = size;
    int offset = SlabSizes.alignDown(objectSize / 2, word);
    if (rcu || poison || ctor || (redZone && objectSize < word)) {
      offset = size;
      size += word;
    }
    size += trackBytes(flags, word);
    int redLeftPad = 0;
    if (redZone) {
      redLeftPad = SlabSizes.align(word, align);
      size += word + redLeftPad;
    }
    size = SlabSizes.align(size, align);
    int debugSizes = flags & (SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER);
    if (debugSizes != 0
        && config.slubDebug() != null
        && config.slubDebug().noLargerOrder()
        && SlabSizes.getOrder(size) > SlabSizes.getOrder(objectSize)) {
      return of(config, objectSize, align, flags & ~debugSizes, ctor, debugging);
    }
    int order = calculateOrder(config, size);
    if (order < 0) {
      return CacheGeometry.Slub.failed(EINVAL);
    }
    int objects = (SlabSizes.PAGE_SIZE << order) / size;
    int minOrder = SlabSizes.getOrder(size);
    int cpuPartial = cpuPartial(config, size, debugging && (flags & DEBUG_FLAGS) != 0);
    return new CacheGeometry.Slub(
        0,
        objectSize,
        size,
        align,
        finalFlags(flags, poison && !rcu && !ctor),
        objects,
        order,
        (SlabSizes.PAGE_SIZE << minOrder) / size,
        minOrder,
        inuse,
        offset,
        redLeftPad,
        allocFlags(flags, order),
        minPartial(size),
        cpuPartial,
        (2 * cpuPartial + objects - 1) / objects);
  }

  private static int trackBytes(int flags, int word) {
    if ((flags & SLAB_STORE_USER) == 0) {
      return 0;
    }
    int bytes = 2 * (word == Long.BYTES ? TRACK_64 : TRACK_32);
    return (flags & SLAB_KMALLOC) != 0 ? bytes + KMALLOC_ORIGINAL_SIZE : bytes;
  }

  private static int finalFlags(int flags, boolean poisonBytes) {
    int result = poisonBytes ? flags | OBJECT_POISON : flags;
    boolean plain = (flags & (SLAB_CONSISTENCY_CHECKS | SLAB_STORE_USER | SLAB_TRACE)) == 0;
    return plain ? result | CMPXCHG_DOUBLE : result;
  }

  private static int allocFlags(int flags, int order) {
    return (order > 0 ? Gfp.__GFP_COMP : 0) | zoneAndMobility(flags);
  }

  /** The gfp bits that a cache's flags stand for. */
  static int zoneAndMobility(int flags) {
    return ((flags & SLAB_CACHE_DMA) != 0 ? Gfp.__GFP_DMA : 0)
        | ((flags & SLAB_CACHE_DMA32) != 0 ? Gfp.__GFP_DMA32 : 0)
        | ((flags & SLAB_RECLAIM_ACCOUNT) != 0 ? Gfp.__GFP_RECLAIMABLE : 0);
  }

  private static int minPartial(int size) {
    int half = (SlabSizes.fls(size) - 1) / 2;
    return Math.max(MIN_PARTIAL, Math.min(MAX_PARTIAL, half));
  }

  private static int cpuPartial(SlabConfig config, int size, boolean debugCache) {
    if (!config.smp() || debugCache) {
      return 0;
    }
    if (size >= SlabSizes.PAGE_SIZE) {
      return 6;
    }
    if (size >= 1024) {
      return 24;
    }
    return size >= 256 ? 52 : 120;
  }

  /** The preferred order of slabs with objects of {@code size} bytes, or -1 when none holds one. */
  public static int calculateOrder(SlabConfig config, int size) {
    int maxOrder = config.slubMaxOrder();
    int objects = minObjects(config);
    objects = Math.min(objects, (SlabSizes.PAGE_SIZE << maxOrder) / size);
    for (; objects > 1; objects--) {
      for (int fraction = 16; fraction >= 4; fraction /= 2) {
        int order = fit(config, size, objects, maxOrder, fraction);
        if (order <= maxOrder) {
          return order;
        }
      }
    }
    int order = fit(config, size, 1, maxOrder, 1);
    if (order <= maxOrder) {
      return order;
    }
    order = fit(config, size, 1, SlabSizes.NR_ORDERS, 1);
    return order < SlabSizes.NR_ORDERS ? order : -1;
  }

  private static int minObjects(SlabConfig config) {
    if (config.slubMinObjects() != 0) {
      return config.slubMinObjects();
    }
    int cpus = config.nrPresentCpus() <= 1 ? config.nrCpuIds() : config.nrPresentCpus();
    return 4 * (SlabSizes.fls(cpus) + 1);
  }

  /**
   * The first order that wastes at most one in {@code fraction}; above {@code maxOrder} if none.
   */
  private static int fit(SlabConfig config, int size, int objects, int maxOrder, int fraction) {
    int minOrder = config.slubMinOrder();
    if ((SlabSizes.PAGE_SIZE << minOrder) / size > MAX_OBJECTS) {
      return SlabSizes.getOrder((long) size * MAX_OBJECTS) - 1;
    }
    int order = Math.max(minOrder, SlabSizes.getOrder((long) objects * size));
    while (order <= maxOrder) {
      long bytes = (long) SlabSizes.PAGE_SIZE << order;
      if (bytes % size <= bytes / fraction) {
        break;
      }
      order++;
    }
    return order;
  }
}
