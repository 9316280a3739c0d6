package kmemsh.mm.page;

/**
 * The lane of blocks that come from the buddy lists and go back to them.
 *
 * <p>Spec: page-allocator.md 6.2, 7.4
 */
final class BuddyLane extends Lane {
  /** A lane for no request and no block. */
  static final BuddyLane NONE = new BuddyLane(null, null, 0, 0);

  /** State of a free block. */
  final int free;

  /** Head of the free list. */
  final int head;

  /**
   * Blocks that were taken from the free list and put on it, whole, and that the zone has not yet
   * counted.
   */
  long nrTaken;

  long nrGiven;

  BuddyLane(Zone zone, PerCpuPages pcp, int order, int migratetype) {
    super(zone, pcp, order, migratetype);
    free = PageFrames.freeState(order, migratetype);
    head = zone == null ? 0 : zone.listHead(order, migratetype);
  }

  @Override
  void foldEvents() {
    zone.nrFree[order] += (int) (nrGiven - nrTaken);
    zone.pgalloc += nrTaken << order;
    zone.pgfree += nrGiven << order;
    nrTaken = 0;
    nrGiven = 0;
  }
}
