package kmemsh.mm.slab;

import kmemsh.view.SlabFlags;

/**
 * How SLAB lays the objects of a cache out.
 *
 * @param size bytes from one object to the next
 * @param align alignment of every object, at least 8
 * @param num objects of a slab, 1..255
 * @param gfporder order of a slab's page block
 * @param colour colours: offsets the first object may have; 0 and 1 both mean none but 0
 * @param colourOff bytes from one colour to the next
 * @param mode where the index array of a slab is: one of the {@code FREELIST} constants
 *     <p>Spec: slab-allocators.md 2.2 to 2.4
 */
record SlabGeometry(
    int size, int align, int num, int gfporder, int colour, int colourOff, int mode) {

  /** The index array is in a free object of the slab. */
  static final int FREELIST_OBJ = 0;

  /** The index array is an object of a kmalloc cache. */
  static final int FREELIST_OFF = 1;

  /** The index array is at the end of the slab's page block. */
  static final int FREELIST_ON = 2;

  /** The kmalloc cache that would hold an index array does not exist or may not be used. */
  static final int NO_FREELIST_CACHE = Integer.MAX_VALUE;

  private static final int MAX_NUM = 255;
  private static final int MIN_SIZE = 16;
  private static final int MAX_ORDER = 10;
  private static final int MAX_SIZE = 4096 << MAX_ORDER;
  private static final int NOTHING = -1;

  /**
   * The geometry of a cache, or null when no order holds an object.
   *
   * @param cache has its size as asked for, its flags and the alignment common code calculated
   * @param freelistCaches spacing of the kmalloc cache of each kmalloc index, or {@link
   *     #NO_FREELIST_CACHE}
   */
  static SlabGeometry of(
      SlabConfig config, int slabMaxOrder, KmemCache cache, int[] freelistCaches) {
    int word = config.wordBytes();
    int objectSize = cache.objectSize;
    if (objectSize < 0 || objectSize > MAX_SIZE) {
      return null;
    }
    int ralign = Math.max(word, cache.align);
    int size = alignUp(alignUp(objectSize, word), ralign);
    if (size < MIN_SIZE) {
      size = alignUp(MIN_SIZE, ralign);
    }
    Chooser chooser = new Chooser(slabMaxOrder, objectSize, size, cache.flags, freelistCaches);
    int order = chooser.choose(cache.ctor);
    if (order == NOTHING) {
      return null;
    }
    int mode = chooser.mode;
    int num = numOf(order, size, mode);
    int colourOff = Math.max(config.cacheLine(), ralign);
    int colour = leftOver(order, size, mode) / colourOff;
    return new SlabGeometry(size, ralign, num, order, colour, colourOff, mode);
  }

  static int alignUp(int value, int align) {
    return value + align - 1 & -align;
  }

  private static int numOf(int order, int size, int mode) {
    int spacing = mode == FREELIST_ON ? size + 1 : size;
    return (4096 << order) / spacing;
  }

  private static int leftOver(int order, int size, int mode) {
    int spacing = mode == FREELIST_ON ? size + 1 : size;
    return (4096 << order) % spacing;
  }

  /** Tries the modes and the orders. */
  private static final class Chooser {
    private final int slabMaxOrder;
    private final int objectSize;
    private final int size;
    private final int flags;
    private final int[] freelistCaches;
    private int mode;

    Chooser(int slabMaxOrder, int objectSize, int size, int flags, int[] freelistCaches) {
      this.slabMaxOrder = slabMaxOrder;
      this.objectSize = objectSize;
      this.size = size;
      this.flags = flags;
      this.freelistCaches = freelistCaches;
    }

    /** Sets {@link #mode} to the first that works; the order, or {@link #NOTHING}. */
    int choose(boolean hasCtor) {
      if (!hasCtor && (flags & SlabFlags.SLAB_TYPESAFE_BY_RCU) == 0) {
        int order = chooseOrder(FREELIST_OBJ);
        if (order != NOTHING && numOf(order, size, FREELIST_OBJ) <= objectSize) {
          return order;
        }
      }
      if ((flags & SlabFlags.SLAB_NOLEAKTRACE) == 0) {
        int order = chooseOrder(FREELIST_OFF);
        if (order != NOTHING
            && leftOver(order, size, FREELIST_OFF) < numOf(order, size, FREELIST_OFF)) {
          return order;
        }
      }
      return chooseOrder(FREELIST_ON);
    }

    private int chooseOrder(int tried) {
      mode = tried;
      int found = NOTHING;
      for (int order = 0; order <= MAX_ORDER; order++) {
        int num = numOf(order, size, tried);
        if (num > MAX_NUM) {
          break;
        }
        if (num == 0 || (tried == FREELIST_OFF && !freelistFits(num))) {
          continue;
        }
        found = order;
        if ((flags & SlabFlags.SLAB_RECLAIM_ACCOUNT) != 0
            || order >= slabMaxOrder
            || leftOver(order, size, tried) * 8L <= 4096L << order) {
          break;
        }
      }
      return found;
    }

    /** Whether an index array of its own is worth it. Spec: slab-allocators.md 2.3 step 3 */
    private boolean freelistFits(int num) {
      return freelistCaches[freelistIndex(num)] <= objectSize / 2;
    }
  }

  /** The kmalloc index of the cache for an index array of {@code num} bytes, 1..255. */
  static int freelistIndex(int num) {
    if (num <= 32) {
      return 5;
    }
    if (num <= 64) {
      return 6;
    }
    if (num <= 96) {
      return 1;
    }
    if (num <= 128) {
      return 7;
    }
    return num <= 192 ? 2 : 8;
  }

  /** Objects a CPU's array holds at most, for objects {@code size} bytes apart. Spec: slab-allocators.md 2.6 */
  static int limitOf(int size) {
    if (size > 131072) {
      return 1;
    }
    if (size > 4096) {
      return 8;
    }
    if (size > 1024) {
      return 24;
    }
    return size > 256 ? 54 : 120;
  }
}
