package kmemsh.mm.page;

import kmemsh.base.IntDeque;

/** What a mask and an order meant last time, worked out for the fast lane. */
final class Route {
  static final Route NONE = new Route();

  final int gfpMask;
  final Zone first;
  final PerCpuPages pcp;

  /** The list of the page set, or null where blocks come from the buddy lists at once. */
  final IntDeque list;

  final int migratetype;
  final int nrPages;

  /** State of an allocation, its cached type left out. */
  final int state;

  private Route() {
    gfpMask = -1;
    first = null;
    pcp = null;
    list = null;
    migratetype = 0;
    nrPages = 0;
    state = 0;
  }

  Route(int gfpMask, Zone first, PerCpuPages pcp, int order, int migratetype) {
    boolean small = order <= PageAllocator.PAGE_ALLOC_COSTLY_ORDER;
    this.gfpMask = gfpMask;
    this.first = first;
    this.pcp = pcp;
    this.list = small ? pcp.list(PageAllocator.pcpIndex(order, migratetype)) : null;
    this.migratetype = migratetype;
    this.nrPages = 1 << order;
    this.state = PageFrames.allocatedState(order, 0);
  }
}
