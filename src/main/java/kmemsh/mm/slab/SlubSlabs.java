package kmemsh.mm.slab;

import java.util.Arrays;
import kmemsh.base.FlatIntColumn;
import kmemsh.base.FlatShortColumn;
import kmemsh.base.IntColumn;

/**
 * The slabs of SLUB: a slab is a number from 1 on, 0 is none.
 *
 * <pre>
 *   rows   [nrSlabs][8]  PFN       first page
 *                        CACHE     cache number &lt;&lt; 7 | which list &lt;&lt; 4 | order
 *                        FREELIST  first object of the slab's own freelist, or -1
 *                        COUNTS    bit 31 frozen, bits 30..16 inuse, bits 15..0 objects
 *                        NEXT      the next slab of the list it is on, 0 at the end
 *                        PREV      the one before; on a CPU's partial chain: slabs from here on
 *                        INVERSE   2^32 / bytes of an object, rounded up
 *                        LINKS     where its links begin
 *   links  [all objects] number of the next free object of a freelist, -1 at its end
 * </pre>
 *
 * <p>A number that was given back is used again by a slab with as many objects, so that it keeps
 * its links: 32 bytes for a slab and 2 for an object.
 */
final class SlubSlabs {
  static final int NO_SLAB = 0;
  static final int NO_OBJECT = -1;

  /** On no list: full, or in other hands for a moment. */
  static final int NOWHERE = 0;

  static final int CPU_SLAB = 1;
  static final int CPU_PARTIAL = 2;
  static final int PARTIAL = 3;
  static final int FULL = 4;

  static final int ROW_SHIFT = 3;
  static final int PFN = 0;
  static final int CACHE = 1;
  static final int FREELIST = 2;
  static final int COUNTS = 3;
  static final int NEXT = 4;
  static final int PREV = 5;
  static final int INVERSE = 6;
  static final int LINKS = 7;

  static final int FROZEN = 1 << 31;
  private static final int INUSE_SHIFT = 16;
  private static final int INUSE_MASK = 0x7fff;
  static final int OBJECTS_MASK = 0xffff;
  static final int ONE_IN_USE = 1 << INUSE_SHIFT;
  private static final int ORDER_MASK = 15;
  private static final int PLACE_SHIFT = 4;
  private static final int PLACE_MASK = 7;
  private static final int CACHE_SHIFT = 7;
  static final int INVERSE_SHIFT = 32;
  static final long INVERSE_MASK = (1L << INVERSE_SHIFT) - 1;

  final FlatIntColumn rows = new FlatIntColumn();
  final FlatShortColumn links = new FlatShortColumn();
  final SlubPlain plain = new SlubPlain(this);
  private int nextSlab = 1;
  private int nextLink;

  /**
   * For each number of objects the first of the numbers that can be used again, chained by NEXT.
   */
  private int[] unused = new int[64];

  /** The cache of each slab, a copy of what the rows say. */
  private SlubCache[] caches = new SlubCache[64];

  SlubSlabs() {
    showArrays();
  }

  private void showArrays() {
    plain.use(rows.rows(), rows.touched(), links.rows());
  }

  SlubCache cacheOf(int slab) {
    return caches[slab];
  }

  /** Finds the caches of all slabs again by their numbers. */
  void findCaches(CacheList list) {
    caches = new SlubCache[Math.max(64, nextSlab)];
    for (int slab = 1; slab < nextSlab; slab++) {
      if (isUsed(slab)) {
        caches[slab] = (SlubCache) list.get(cache(slab));
      }
    }
  }

  /** A number for a new slab; its fields are set, its links are not. */
  int add(SlubCache cache, int order, int pfn, int objects) {
    int slab = objects < unused.length ? unused[objects] : NO_SLAB;
    if (slab != NO_SLAB) {
      unused[objects] = next(slab);
    } else {
      slab = nextSlab++;
      rows.ensureRows((slab + 1) << ROW_SHIFT);
      links.ensureRows(nextLink + objects);
      rows.set((slab << ROW_SHIFT) + LINKS, nextLink);
      nextLink += objects;
      showArrays();
    }
    if (slab >= caches.length) {
      caches = Arrays.copyOf(caches, 2 * caches.length);
    }
    caches[slab] = cache;
    int row = slab << ROW_SHIFT;
    rows.set(row + PFN, pfn);
    rows.set(row + CACHE, cache.id << CACHE_SHIFT | order);
    rows.set(row + FREELIST, NO_OBJECT);
    rows.set(row + COUNTS, objects);
    rows.set(row + NEXT, NO_SLAB);
    rows.set(row + PREV, NO_SLAB);
    rows.set(row + INVERSE, (int) (INVERSE_MASK / cache.size + 1));
    return slab;
  }

  /** Gives a number back. */
  void remove(int slab) {
    int objects = objects(slab);
    if (objects >= unused.length) {
      unused = Arrays.copyOf(unused, objects * 2);
    }
    int row = slab << ROW_SHIFT;
    rows.set(row + PFN, -1);
    rows.set(row + NEXT, unused[objects]);
    unused[objects] = slab;
  }

  /** Numbers below this one have been given. */
  int end() {
    return nextSlab;
  }

  boolean isUsed(int slab) {
    return pfn(slab) >= 0;
  }

  int pfn(int slab) {
    return rows.get((slab << ROW_SHIFT) + PFN);
  }

  int cache(int slab) {
    return rows.get((slab << ROW_SHIFT) + CACHE) >>> CACHE_SHIFT;
  }

  int order(int slab) {
    return rows.get((slab << ROW_SHIFT) + CACHE) & ORDER_MASK;
  }

  /** Where the links of the slab's objects begin. */
  int linkBase(int slab) {
    return rows.get((slab << ROW_SHIFT) + LINKS);
  }

  int freelist(int slab) {
    return rows.get((slab << ROW_SHIFT) + FREELIST);
  }

  void setFreelist(int slab, int object) {
    rows.set((slab << ROW_SHIFT) + FREELIST, object);
  }

  /** The packed counters, to be taken apart by {@link #inuseOf} and {@link #isFrozen(int)}. */
  int counts(int slab) {
    return rows.get((slab << ROW_SHIFT) + COUNTS);
  }

  static int inuseOf(int counts) {
    return counts >>> INUSE_SHIFT & INUSE_MASK;
  }

  static boolean frozenOf(int counts) {
    return counts < 0;
  }

  int objects(int slab) {
    return counts(slab) & OBJECTS_MASK;
  }

  int inuse(int slab) {
    return inuseOf(counts(slab));
  }

  boolean isFrozen(int slab) {
    return counts(slab) < 0;
  }

  void setCounts(int slab, int inuse, boolean frozen) {
    int counts = (counts(slab) & OBJECTS_MASK) | (inuse << INUSE_SHIFT) | (frozen ? FROZEN : 0);
    rows.set((slab << ROW_SHIFT) + COUNTS, counts);
  }

  void setFrozen(int slab, boolean frozen) {
    int counts = counts(slab);
    rows.set((slab << ROW_SHIFT) + COUNTS, frozen ? counts | FROZEN : counts & ~FROZEN);
  }

  /** What {@link #pushFree} found: whether the freelist was empty, and the counters after. */
  boolean wasEmpty;

  int countsAfter;

  /**
   * Puts objects linked from {@code head} to {@code tail} in front of the slab's freelist and takes
   * {@code nr} off inuse. True when the slab may have to move: it is not frozen, and its freelist
   * was empty or nothing is in use any more.
   */
  boolean pushFree(int slab, int head, int tail, int nr) {
    int[] row = rows.rows();
    int at = slab << ROW_SHIFT;
    rows.touch(at);
    int prior = row[at + FREELIST];
    int counts = row[at + COUNTS] - nr * ONE_IN_USE;
    links.set(row[at + LINKS] + tail, prior);
    row[at + FREELIST] = head;
    row[at + COUNTS] = counts;
    if (counts >>> INUSE_SHIFT != 0 && prior != NO_OBJECT) {
      return false;
    }
    wasEmpty = prior == NO_OBJECT;
    countsAfter = counts;
    return counts >= 0;
  }

  /** Makes {@code slab}, with the objects of its freelist, the cpu slab of {@code cpu}. */
  void giveTo(SlubCpu cpu, int slab) {
    int[] row = rows.rows();
    int at = slab << ROW_SHIFT;
    rows.touch(at);
    int objects = row[at + COUNTS] & OBJECTS_MASK;
    cpu.slab = slab;
    cpu.linkBase = row[at + LINKS];
    cpu.base = ((long) row[at + PFN] << SlabAllocator.PAGE_SHIFT) + cpu.cache.redLeftPad;
    cpu.free(row[at + FREELIST]);
    row[at + FREELIST] = NO_OBJECT;
    row[at + COUNTS] = FROZEN | objects << INUSE_SHIFT | objects;
    row[at + CACHE] = placed(row[at + CACHE], CPU_SLAB);
  }

  /** Lets go of a cpu slab that has no free object; false, and nothing changes, if it has. */
  boolean letGo(int slab) {
    int[] row = rows.rows();
    int at = slab << ROW_SHIFT;
    rows.touch(at);
    if (row[at + FREELIST] != NO_OBJECT) {
      return false;
    }
    row[at + COUNTS] &= ~FROZEN;
    row[at + CACHE] = placed(row[at + CACHE], NOWHERE);
    return true;
  }

  int next(int slab) {
    return rows.get((slab << ROW_SHIFT) + NEXT);
  }

  void setNext(int slab, int next) {
    rows.set((slab << ROW_SHIFT) + NEXT, next);
  }

  int prev(int slab) {
    return rows.get((slab << ROW_SHIFT) + PREV);
  }

  void setPrev(int slab, int prev) {
    rows.set((slab << ROW_SHIFT) + PREV, prev);
  }

  /** Which list the slab is on: NOWHERE to FULL. */
  int place(int slab) {
    return rows.get((slab << ROW_SHIFT) + CACHE) >>> PLACE_SHIFT & PLACE_MASK;
  }

  void setPlace(int slab, int place) {
    int row = slab << ROW_SHIFT;
    rows.set(row + CACHE, placed(rows.get(row + CACHE), place));
  }

  static int placed(int cacheAndOrder, int place) {
    return (cacheAndOrder & ~(PLACE_MASK << PLACE_SHIFT)) | place << PLACE_SHIFT;
  }

  /** Slabs of a CPU's partial chain from this one on. */
  int slabsFrom(int slab) {
    return prev(slab);
  }

  /** Puts a slab on a CPU's partial chain, in front of {@code next}. */
  void placeOnChain(int slab, int next, int slabsFrom) {
    place(slab, CPU_PARTIAL, next, slabsFrom);
  }

  /** Puts a slab on a list between two others. */
  void place(int slab, int place, int next, int prev) {
    int[] row = rows.rows();
    int at = slab << ROW_SHIFT;
    rows.touch(at);
    row[at + NEXT] = next;
    row[at + PREV] = prev;
    row[at + CACHE] = placed(row[at + CACHE], place);
  }

  /** Links the objects 0, 1, ... in this order. */
  void linkInOrder(int slab) {
    int base = linkBase(slab);
    int last = objects(slab) - 1;
    for (int i = 0; i < last; i++) {
      links.set(base + i, i + 1);
    }
    links.set(base + last, NO_OBJECT);
  }

  /** Links {@code objects} in this order and gives the first, or NO_OBJECT. */
  int linkAll(int slab, int[] objects) {
    int base = linkBase(slab);
    int next = NO_OBJECT;
    for (int i = objects.length - 1; i >= 0; i--) {
      links.set(base + objects[i], next);
      next = objects[i];
    }
    return next;
  }

  /** The freelist that begins with {@code first}; a cycle ends it after all objects. */
  int[] listFrom(int slab, int first) {
    int base = linkBase(slab);
    int[] list = new int[objects(slab)];
    int nr = 0;
    for (int i = first; i != NO_OBJECT && nr < list.length; i = links.get(base + i)) {
      list[nr++] = i;
    }
    return Arrays.copyOf(list, nr);
  }

  void clear() {
    for (int slab = 1; slab < nextSlab; slab++) {
      touchLinks(slab);
    }
    nextSlab = 1;
    nextLink = 0;
    Arrays.fill(unused, NO_SLAB);
  }

  /** Notes the links of a slab as written. */
  void touchLinks(int slab) {
    int base = linkBase(slab);
    links.touch(base, base + objects(slab));
  }

  /** Notes the links of every slab whose row was written. */
  private void touchAllLinks() {
    for (int slab = rows.firstTouched(0) >>> ROW_SHIFT; slab < nextSlab; slab++) {
      int row = slab << ROW_SHIFT;
      int touched = rows.firstTouched(row);
      if (touched == row && slab > NO_SLAB) {
        touchLinks(slab);
      } else if (touched > row) {
        slab = (touched >>> ROW_SHIFT) - 1;
      }
    }
  }

  /** The present state; {@link #touchLinks} was called for the slabs of all CPUs. */
  State checkpoint() {
    touchAllLinks();
    return new State(rows.checkpoint(), links.checkpoint(), nextSlab, nextLink, unused.clone());
  }

  /** Goes back to {@code state}; {@link #touchLinks} was called for the slabs of all CPUs. */
  void restore(State state) {
    touchAllLinks();
    rows.restore(state.rows);
    links.restore(state.links);
    nextSlab = state.nextSlab;
    nextLink = state.nextLink;
    unused = state.unused.clone();
  }

  /** The slabs at one moment. */
  record State(
      IntColumn.State rows,
      FlatShortColumn.State links,
      int nextSlab,
      int nextLink,
      int[] unused) {}
}
