package kmemsh.mm.page;

/**
 * Where blocks of one zone, order and migratetype come from and go back to, for requests and frees
 * like the ones before: what is known about them, and for which mask it holds.
 *
 * <p>Spec: page-allocator.md 5, 7
 */
abstract class Lane {
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

  /** State of a block that was handed out. */
  final int handedOut;

  /** The mask for which this is the lane, as long as a route leads here. */
  private long gfpMask = NO_MASK;

  /**
   * The same while such a request needs no look at the zone's watermark nor at the free factor:
   * that one comparison tells all three.
   */
  private long openMask = NO_MASK;

  /**
   * @param zone null for a lane nothing belongs to
   */
  Lane(Zone zone, PerCpuPages pcp, int order, int migratetype) {
    this.zone = zone;
    this.pcp = pcp;
    this.order = order;
    this.migratetype = migratetype;
    nrPages = 1 << order;
    owner = zone == null ? NO_OWNER : Pageblocks.owner(zone, migratetype);
    handedOut = PageFrames.allocatedState(order, migratetype);
  }

  /** Makes this the lane for {@code mask}, once {@link #open} says so. */
  final void lead(int mask) {
    gfpMask = mask;
    shut();
  }

  /** Whether this is the lane for {@code mask}. */
  final boolean serves(int mask) {
    return gfpMask == mask;
  }

  final boolean isOpenTo(int mask) {
    return openMask == mask;
  }

  /** To be called when the zone is open to the order and its free factor is 0. */
  final void open() {
    openMask = gfpMask;
  }

  final void shut() {
    openMask = NO_MASK;
  }

  /** Adds what was taken and given back here to the zone's counts. */
  abstract void foldEvents();
}
