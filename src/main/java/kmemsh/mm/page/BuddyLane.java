package kmemsh.mm.page;

/**
 * What the fast lanes know about blocks of one order and migratetype that come from the buddy lists
 * and go back to them.
 *
 * <p>Spec: page-allocator.md 6.2, 7.4
 */
final class BuddyLane {
  /** A lane for no request and no block. */
  static final BuddyLane NONE = new BuddyLane(null, null, 0, 0);

  private static final int NO_OWNER = -1;

  /** The mask of no request. */
  private static final long NO_MASK = Long.MIN_VALUE;

  final Zone zone;
  final PerCpuPages pcp;
  final int order;
  final int migratetype;
  final int nrPages;

  /** What {@link Pageblocks#ownerOf} says of blocks that come back here. */
  final int owner;

  /** State of a block that was handed out, and of a free one. */
  final int handedOut;

  final int free;

  /** Head of the free list. */
  final int head;

  /** The mask for which this is the lane, as long as a route leads here. */
  private long gfpMask = NO_MASK;

  /** The same while such a request needs no look at the zone's watermark. */
  private long openMask = NO_MASK;

  /**
   * Blocks that were taken from the free list and put on it, whole, and that the zone has not yet
   * counted.
   */
  long nrTaken;

  long nrGiven;

  BuddyLane(Zone zone, PerCpuPages pcp, int order, int migratetype) {
    this.zone = zone;
    this.pcp = pcp;
    this.order = order;
    this.migratetype = migratetype;
    nrPages = 1 << order;
    owner = zone == null ? NO_OWNER : Pageblocks.owner(zone, migratetype);
    handedOut = PageFrames.allocatedState(order, migratetype);
    free = PageFrames.freeState(order, migratetype);
    head = zone == null ? 0 : zone.listHead(order, migratetype);
  }

  /** Makes this the lane for {@code mask}, once {@link #open} says so. */
  void lead(int mask) {
    gfpMask = mask;
    shut();
  }

  /** Whether this is the lane for {@code mask}. */
  boolean serves(int mask) {
    return gfpMask == mask;
  }

  boolean isOpenTo(int mask) {
    return openMask == mask;
  }

  /** To be called when the zone is open to the order. */
  void open() {
    openMask = gfpMask;
  }

  void shut() {
    openMask = NO_MASK;
  }

  /** Adds what was taken and given back to the zone's events and free blocks. */
  void foldEvents() {
    zone.nrFree[order] += (int) (nrGiven - nrTaken);
    zone.pgalloc += nrTaken << order;
    zone.pgfree += nrGiven << order;
    nrTaken = 0;
    nrGiven = 0;
  }
}
