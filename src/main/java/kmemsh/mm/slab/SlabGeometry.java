package kmemsh.mm.slab;

import static kmemsh.view.SlabFlags.CFLGS_OBJFREELIST_SLAB;
import static kmemsh.view.SlabFlags.CFLGS_OFF_SLAB;
import static kmemsh.view.SlabFlags.SLAB_NOLEAKTRACE;
import static kmemsh.view.SlabFlags.SLAB_RECLAIM_ACCOUNT;
import static kmemsh.view.SlabFlags.SLAB_TYPESAFE_BY_RCU;

import kmemsh.view.CacheGeometry;
import kmemsh.view.CacheGeometry.Freelist;
import kmemsh.view.Gfp;

/**
 * The sizes of a SLAB cache: a pure function of its request and the machine.
 *
 * <pre>
 *   | colour | object 0 | object 1 | ... | object num-1 | left over | num index bytes |
 *                                                                     freelist ON only
 * </pre>
 *
 * <p>Left out: the extra bytes of kernels built with SLAB debugging. Spec: slab-allocators.md 2.2
 * to 2.6
 */
public final class SlabGeometry {
  static final int E2BIG = -7;

  /** The most objects a slab holds: an index is one byte. */
  public static final int MAX_OBJECTS = 255;

  private static final int MIN_SIZE = 16;
  private static final int NOTHING = -1;
  private static final int SMALL_MACHINE_PAGES = 8192;

  private final SlabConfig config;
  private final int objectSize;
  private final int size;
  private final int flags;
  private int order;
  private int num;
  private int left;

  private SlabGeometry(SlabConfig config, int objectSize, int size, int flags) {
    this.config = config;
    this.objectSize = objectSize;
    this.size = size;
    this.flags = flags;
  }

  /**
   * @param objectSize bytes asked for
   * @param align from {@link SlabSizes#calculateAlignment}
   * @param ctor whether there is a constructor
   */
  public static CacheGeometry.Slab of(
      SlabConfig config, int objectSize, int align, int flags, boolean ctor) {
    int size = spacing(config, objectSize, align);
    return new SlabGeometry(config, objectSize, size, flags).geometry(align, ctor);
  }

  /** The distance between objects of {@code objectSize} bytes at {@code align}. */
  static int spacing(SlabConfig config, int objectSize, int align) {
    int size = SlabSizes.align(SlabSizes.align(objectSize, config.wordBytes()), align);
    return size < MIN_SIZE ? SlabSizes.align(MIN_SIZE, align) : size;
  }

  private CacheGeometry.Slab geometry(int align, boolean ctor) {
    Freelist freelist = chooseFreelist(ctor);
    if (num == 0) {
      return CacheGeometry.Slab.failed(E2BIG);
    }
    // No switch: that would bring a class of its own to every first object.
    int mark = freelist == Freelist.OFF ? CFLGS_OFF_SLAB : 0;
    if (freelist == Freelist.OBJ) {
      mark = CFLGS_OBJFREELIST_SLAB;
    }
    int colourOff = Math.max(config.cacheLine(), align);
    int limit = arrayLimit(size);
    int batchcount = (limit + 1) / 2;
    return new CacheGeometry.Slab(
        0,
        objectSize,
        size,
        align,
        flags | mark,
        num,
        order,
        Gfp.__GFP_COMP | SlubGeometry.zoneAndMobility(flags),
        left / colourOff,
        colourOff,
        num,
        freelist,
        limit,
        batchcount,
        sharedFactor(config, size),
        freeLimit(config, batchcount, num));
  }

  /** Objects a CPU's array holds for objects of {@code size} bytes. */
  public static int arrayLimit(int size) {
    if (size > 131072) {
      return 1;
    }
    if (size > SlabSizes.PAGE_SIZE) {
      return 8;
    }
    if (size > 1024) {
      return 24;
    }
    return size > 256 ? 54 : 120;
  }

  /** Batchcounts a node's shared array holds; 0 for no shared array. */
  public static int sharedFactor(SlabConfig config, int size) {
    return size <= SlabSizes.PAGE_SIZE && config.nrCpuIds() > 1 ? 8 : 0;
  }

  /**
   * Free objects a node keeps of a cache created once all CPUs are up. All CPUs count for each node
   * (recording x86_64-slab-numa-geom: 3 of 4 CPUs are on node 0, every row has 5 batchcounts).
   */
  static int freeLimit(SlabConfig config, int batchcount, int num) {
    return (1 + config.cpuNode().length) * batchcount + num;
  }

  private Freelist chooseFreelist(boolean ctor) {
    if (!ctor && (flags & SLAB_TYPESAFE_BY_RCU) == 0) {
      chooseOrder(Freelist.OBJ);
      if (num > 0 && num <= objectSize) {
        return Freelist.OBJ;
      }
    }
    if ((flags & SLAB_NOLEAKTRACE) == 0) {
      chooseOrder(Freelist.OFF);
      if (num > 0 && left < num) {
        return Freelist.OFF;
      }
    }
    chooseOrder(Freelist.ON);
    return Freelist.ON;
  }

  /** Sets order, num and left; num is 0 when no order will do. */
  private void chooseOrder(Freelist freelist) {
    num = 0;
    order = NOTHING;
    int unit = freelist == Freelist.ON ? size + 1 : size;
    int maxOrder = slabMaxOrder(config);
    for (int o = 0; o < SlabSizes.NR_ORDERS; o++) {
      int bytes = SlabSizes.PAGE_SIZE << o;
      int objects = bytes / unit;
      if (objects > MAX_OBJECTS) {
        return;
      }
      if (objects == 0 || (freelist == Freelist.OFF && !offSlabAllowed(objects))) {
        continue;
      }
      num = objects;
      order = o;
      left = bytes % unit;
      boolean enough = (flags & SLAB_RECLAIM_ACCOUNT) != 0 || o >= maxOrder;
      if (enough || left * 8 <= bytes) {
        return;
      }
    }
  }

  /** The order that caches do not exceed while a smaller one holds an object. */
  public static int slabMaxOrder(SlabConfig config) {
    if (config.slabMaxOrder() >= 0) {
      return config.slabMaxOrder();
    }
    return config.totalramPages() > SMALL_MACHINE_PAGES ? 1 : 0;
  }

  /** Whether an index array of {@code nrIndexes} bytes may be a kmalloc object of its own. */
  private boolean offSlabAllowed(int nrIndexes) {
    return KmallocSpecs.slabSpacing(config, nrIndexes) <= objectSize / 2;
  }
}
