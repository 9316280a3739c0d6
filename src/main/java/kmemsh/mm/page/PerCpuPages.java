package kmemsh.mm.page;

/**
 * The page set of one CPU for one zone: short lists of pages that are taken and given back without
 * touching the buddy lists.
 *
 * <pre>
 *   lists  [nrLists]  by {@code 3 * order + migratetype} for orders 0..3, then two of the huge page
 *                     order where the kernel has transparent huge pages (Movable last)
 * </pre>
 *
 * <p>Spec: page-allocator.md 6.1
 */
final class PerCpuPages {
  static final int NR_LISTS = 12;
  static final int NR_LISTS_THP = 14;

  private static final int NR_TYPES = 3;
  private static final int PCP_BATCH_SCALE_MAX = 5;

  /** Blocks for which a list gets room at once. */
  private static final int ROOM_BLOCKS = 16;

  private static final int CLOSED = -1;

  private static final int[] NO_PAGES = {};

  private final Zone zone;
  final PcpList[] lists;

  /** For larger blocks, by order and type; made when first used. */
  private final BuddyLane[] lanes = new BuddyLane[NR_TYPES * PageFrames.NR_ORDERS];

  /** A free that brings the count to this many pages drains. */
  int highPages;

  /** Pages taken by one refill. */
  int batch;

  /** Doublings of a drain, 0..5. */
  int freeFactor;

  /**
   * A free that brings the count to this many pages has to look whether to drain: the highest count
   * of the zone as it is, or nothing as long as there is a free factor.
   */
  int lookPages;

  /**
   * How many pages more than are on the lists and in their rooms stay below that; {@link #CLOSED}
   * when nobody knows and no list has room. So a free into a list's room need not count pages.
   */
  private int sparePages = CLOSED;

  int expire;

  /** Pending difference of NR_FREE_PAGES, and the size beyond which it is folded in. */
  int vdiff;

  int vthreshold;

  /** Pending difference of NR_FREE_CMA_PAGES. */
  int cmaDiff;

  PerCpuPages(Zone zone, int nrLists, int hugeOrder) {
    this.zone = zone;
    lists = new PcpList[nrLists];
    for (int i = 0; i < NR_LISTS; i++) {
      lists[i] = new PcpList(zone, this, i, i / NR_TYPES, i % NR_TYPES);
    }
    for (int i = NR_LISTS; i < nrLists; i++) {
      lists[i] = new PcpList(zone, this, i, hugeOrder, i - NR_LISTS);
    }
  }

  PcpList list(int index) {
    return lists[index];
  }

  /** The lane of an order that comes from the buddy lists. */
  BuddyLane lane(int order, int migratetype) {
    int at = NR_TYPES * order + migratetype;
    if (lanes[at] == null) {
      lanes[at] = new BuddyLane(zone, this, order, migratetype);
    }
    return lanes[at];
  }

  /** The count at which frees drain, which is lower while somebody reclaims from the zone. */
  int drainPages() {
    boolean reclaim = (zone.flags & Zone.ZONE_RECLAIM_ACTIVE) != 0;
    return reclaim && highPages != 0 ? Math.min(4 * batch, highPages) : highPages;
  }

  /** Pages on all lists together. */
  int countPages() {
    int nr = 0;
    for (PcpList list : lists) {
      nr += list.size() << list.order;
    }
    return nr;
  }

  /**
   * After a block came onto a list that had no room: makes room there. False: the page set is full,
   * and nobody has room.
   */
  boolean makeRoom(PcpList list) {
    if (sparePages >= list.nrPages) {
      sparePages -= list.nrPages;
    } else {
      for (PcpList each : lists) {
        each.makeRoom(0);
      }
      sparePages = lookPages - 1 - countPages();
      if (sparePages < 0) {
        closeRoom();
        return false;
      }
    }
    sparePages -= list.makeRoom(Math.min(ROOM_BLOCKS, sparePages >> list.order));
    return true;
  }

  /** After {@code nr} pages came onto a list from the buddy lists. */
  void refilled(int nr) {
    sparePages -= nr;
    if (sparePages < 0) {
      closeRoom();
    }
  }

  /** To be called when the limit may have sunk, and when pages have gone back. */
  void closeRoom() {
    sparePages = CLOSED;
    for (PcpList list : lists) {
      list.closeRoom();
    }
  }

  /** Whether pages, rooms and what is spare make up the limit: for checks. */
  boolean isRoomRight() {
    int pages = sparePages;
    boolean room = false;
    for (PcpList list : lists) {
      pages += list.pagesWithRoom();
      room |= list.hasRoom();
    }
    return sparePages < 0 ? !room : pages == lookPages - 1;
  }

  /** Halves the free factor, as every allocation does. */
  void lowerFreeFactor() {
    if (freeFactor != 0) {
      freeFactor >>= 1;
      findLookPages();
    }
  }

  /** To be called after any of what it depends on has changed. */
  void findLookPages() {
    lookPages = freeFactor != 0 ? 0 : drainPages();
    closeRoom();
  }

  /** How many pages go back when a page set is too full. Spec: page-allocator.md 7.2 step 6 */
  int nrToDrain(int high, boolean freeHigh) {
    if (freeHigh) {
      return countPages();
    }
    if (high < batch) {
      return 1;
    }
    int most = high - batch;
    int nr = batch << freeFactor;
    if (nr < most && freeFactor < PCP_BATCH_SCALE_MAX) {
      freeFactor++;
      findLookPages();
      zone.shutLanes();
    }
    return Math.min(Math.max(nr, batch), most);
  }

  /** Adds what passed the lists and the fast lanes to the zone's events. */
  void foldEvents() {
    for (PcpList list : lists) {
      list.foldEvents();
    }
    for (BuddyLane lane : lanes) {
      if (lane != null) {
        lane.foldEvents();
      }
    }
  }

  State checkpoint() {
    int[][] pages = new int[lists.length][];
    for (int i = 0; i < lists.length; i++) {
      pages[i] = lists[i].isEmpty() ? NO_PAGES : lists[i].toArray();
      lists[i].easyUpTo(0);
    }
    return new State(pages, highPages, batch, freeFactor, expire, vdiff, vthreshold, cmaDiff);
  }

  void restore(State state) {
    for (int i = 0; i < lists.length; i++) {
      lists[i].setAll(state.pages[i]);
    }
    highPages = state.highPages;
    batch = state.batch;
    freeFactor = state.freeFactor;
    expire = state.expire;
    vdiff = state.vdiff;
    vthreshold = state.vthreshold;
    cmaDiff = state.cmaDiff;
    findLookPages();
  }

  record State(
      int[][] pages,
      int highPages,
      int batch,
      int freeFactor,
      int expire,
      int vdiff,
      int vthreshold,
      int cmaDiff) {}
}
