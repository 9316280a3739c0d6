package kmemsh.mm.slab;

import java.util.Arrays;
import kmemsh.base.IntColumn;
import kmemsh.base.ShortColumn;

/**
 * The slabs of SLUB: a slab is a number from 1 on, 0 is none.
 *
 * <pre>
 *   rows   [nrSlabs][8]  PFN       first page
 *                        CACHE     cache number &lt;&lt; 4 | order
 *                        FREELIST  first object of the slab's own freelist, or -1
 *                        COUNTS    bit 31 frozen, bits 30..16 inuse, bits 15..0 objects
 *                        NEXT PREV neighbours on the list it is on, 0 at the ends
 *                        PLACE     slabs &lt;&lt; 3 | which list
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

  private static final int ROW_SHIFT = 3;
  private static final int PFN = 0;
  private static final int CACHE = 1;
  private static final int FREELIST = 2;
  private static final int COUNTS = 3;
  private static final int NEXT = 4;
  private static final int PREV = 5;
  private static final int PLACE = 6;
  private static final int LINKS = 7;

  private static final int FROZEN = 1 << 31;
  private static final int INUSE_SHIFT = 16;
  private static final int INUSE_MASK = 0x7fff;
  private static final int OBJECTS_MASK = 0xffff;
  private static final int ORDER_BITS = 4;
  private static final int PLACE_BITS = 3;

  private final IntColumn rows = new IntColumn(1 << ROW_SHIFT, 0);
  final ShortColumn links = new ShortColumn(0, 0);
  private int nextSlab = 1;
  private int nextLink;

  /**
   * For each number of objects the first of the numbers that can be used again, chained by NEXT.
   */
  private int[] unused = new int[64];

  /** The cache of each slab, a copy of what the rows say. */
  private SlubCache[] caches = new SlubCache[64];

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
    }
    if (slab >= caches.length) {
      caches = Arrays.copyOf(caches, 2 * caches.length);
    }
    caches[slab] = cache;
    int row = slab << ROW_SHIFT;
    rows.set(row + PFN, pfn);
    rows.set(row + CACHE, cache.id << ORDER_BITS | order);
    rows.set(row + FREELIST, NO_OBJECT);
    rows.set(row + COUNTS, objects);
    rows.set(row + NEXT, NO_SLAB);
    rows.set(row + PREV, NO_SLAB);
    rows.set(row + PLACE, NOWHERE);
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
    return rows.get((slab << ROW_SHIFT) + CACHE) >>> ORDER_BITS;
  }

  int order(int slab) {
    return rows.get((slab << ROW_SHIFT) + CACHE) & ((1 << ORDER_BITS) - 1);
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
    int[] chunk = rows.chunkToWrite(slab << ROW_SHIFT);
    int row = IntColumn.inChunk(slab << ROW_SHIFT);
    int prior = chunk[row + FREELIST];
    int counts = chunk[row + COUNTS] - (nr << INUSE_SHIFT);
    links.set(chunk[row + LINKS] + tail, prior);
    chunk[row + FREELIST] = head;
    chunk[row + COUNTS] = counts;
    if (counts >>> INUSE_SHIFT != 0 && prior != NO_OBJECT) {
      return false;
    }
    wasEmpty = prior == NO_OBJECT;
    countsAfter = counts;
    return counts >= 0;
  }

  /** Makes {@code slab}, with the objects of its freelist, the cpu slab of {@code cpu}. */
  void giveTo(SlubCpu cpu, int slab) {
    int[] chunk = rows.chunkToWrite(slab << ROW_SHIFT);
    int row = IntColumn.inChunk(slab << ROW_SHIFT);
    int objects = chunk[row + COUNTS] & OBJECTS_MASK;
    cpu.slab = slab;
    cpu.freelist = chunk[row + FREELIST];
    cpu.linkBase = chunk[row + LINKS];
    cpu.base = ((long) chunk[row + PFN] << SlabAllocator.PAGE_SHIFT) + cpu.cache.redLeftPad;
    chunk[row + FREELIST] = NO_OBJECT;
    chunk[row + COUNTS] = FROZEN | objects << INUSE_SHIFT | objects;
    chunk[row + PLACE] = CPU_SLAB;
  }

  /** Lets go of a cpu slab that has no free object; false, and nothing changes, if it has. */
  boolean letGo(int slab) {
    int[] chunk = rows.chunkToWrite(slab << ROW_SHIFT);
    int row = IntColumn.inChunk(slab << ROW_SHIFT);
    if (chunk[row + FREELIST] != NO_OBJECT) {
      return false;
    }
    chunk[row + COUNTS] &= ~FROZEN;
    chunk[row + PLACE] = NOWHERE;
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
    return rows.get((slab << ROW_SHIFT) + PLACE) & ((1 << PLACE_BITS) - 1);
  }

  /** Slabs of a CPU's partial chain from this one on. */
  int slabsFrom(int slab) {
    return rows.get((slab << ROW_SHIFT) + PLACE) >>> PLACE_BITS;
  }

  void setPlace(int slab, int place, int slabsFrom) {
    rows.set((slab << ROW_SHIFT) + PLACE, slabsFrom << PLACE_BITS | place);
  }

  /** Puts a slab on a list between two others. */
  void place(int slab, int place, int next, int prev) {
    int[] chunk = rows.chunkToWrite(slab << ROW_SHIFT);
    int row = IntColumn.inChunk(slab << ROW_SHIFT);
    chunk[row + NEXT] = next;
    chunk[row + PREV] = prev;
    chunk[row + PLACE] = place;
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
    nextSlab = 1;
    nextLink = 0;
    Arrays.fill(unused, NO_SLAB);
  }

  State checkpoint() {
    return new State(rows.checkpoint(), links.checkpoint(), nextSlab, nextLink, unused.clone());
  }

  void restore(State state) {
    rows.restore(state.rows);
    links.restore(state.links);
    nextSlab = state.nextSlab;
    nextLink = state.nextLink;
    unused = state.unused.clone();
  }

  /** The slabs at one moment. */
  record State(
      IntColumn.State rows, ShortColumn.State links, int nextSlab, int nextLink, int[] unused) {}
}
