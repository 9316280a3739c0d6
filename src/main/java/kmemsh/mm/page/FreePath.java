package kmemsh.mm.page;

import static kmemsh.mm.page.PageAllocator.PAGE_ALLOC_COSTLY_ORDER;
import static kmemsh.view.Migratetype.MIGRATE_ISOLATE;
import static kmemsh.view.Migratetype.MIGRATE_MOVABLE;
import static kmemsh.view.Migratetype.MIGRATE_PCPTYPES;

import kmemsh.base.NodeLists;

/**
 * The whole way of a freed block: to the page set of its type, or to the buddy lists; and from page
 * sets that are too full to the buddy lists.
 *
 * <p>Spec: page-allocator.md 7.1 to 7.3
 */
final class FreePath {
  private static final int DRAIN_BATCHES = 32;

  private final PageAllocator pages;
  private final PageConfig config;
  private final Zone[] zones;
  private final ZoneMap zoneMap;
  private final Buddy buddy;
  private final Pageblocks blocks;
  private final PageFrames frames;
  private final NodeLists nodes;

  /** The zone of the block freed last: the guess for the next one. */
  private Zone home;

  FreePath(PageAllocator pages) {
    this.pages = pages;
    config = pages.config;
    zones = pages.zones;
    zoneMap = pages.zoneMap;
    buddy = pages.buddy;
    blocks = buddy.blocks;
    frames = pages.frames;
    nodes = frames.nodes;
    home = zones[0];
  }

  void free(int pfn, int order) {
    Zone zone = home;
    if (!zone.isPlain(pfn)) {
      zone = zones[zoneMap.zoneOf(pfn)];
      home = zone;
    }
    if (order > 0) {
      frames.clearCompound(pfn);
    }
    int type = blocks.predictedType(zone, pfn);
    if (!pages.pcpAllowed(order) || type == MIGRATE_ISOLATE) {
      zone.pgfree += 1L << order;
      nodes.setState(pfn, 0);
      pages.rememberOwner(pfn, order, zone, type);
      buddy.freeOne(zone, pages.cpu, pfn, order, type, false);
      return;
    }
    int listType = type >= MIGRATE_PCPTYPES ? MIGRATE_MOVABLE : type;
    PcpList list = zone.pcps[pages.cpu].list(PageAllocator.pcpIndex(order, listType));
    put(list, pfn, type);
  }

  private void put(PcpList list, int pfn, int type) {
    Zone zone = list.zone;
    PerCpuPages pcp = list.pcp;
    int order = list.order;
    frames.setPcp(pfn, order, type);
    boolean look = list.pushHead(pfn);
    if (type != list.migratetype) {
      list.easyUpTo(0);
    } else if (order <= PAGE_ALLOC_COSTLY_ORDER) {
      pages.rememberOwner(pfn, order, zone, type);
    }
    if (pages.tracing) {
      pages.trace.pcpPut(zone.id, pages.cpu, pfn, order, type, pcp.countPages(), pcp.highPages);
    }
    if (look) {
      lookIfFull(list);
    }
  }

  /** After a put on a {@code list} without room: drains its page set, or makes room. */
  void lookIfFull(PcpList list) {
    if (!list.pcp.makeRoom(list)) {
      drainIfFull(list);
    }
  }

  /** Gives pages back when a put has brought the page set of {@code list} to its limit. */
  private void drainIfFull(PcpList list) {
    Zone zone = list.zone;
    PerCpuPages pcp = list.pcp;
    int order = list.order;
    boolean freeHigh = pcp.freeFactor != 0 && order >= 1 && order <= PAGE_ALLOC_COSTLY_ORDER;
    int high = freeHigh ? 0 : pcp.drainPages();
    if (pcp.countPages() >= high) {
      drainSome(zone, pcp, pages.cpu, pcp.nrToDrain(high, freeHigh), list.index);
    }
  }

  /** Gives {@code nr} pages of {@code pcp} back, from the tails of its lists. */
  private void drainSome(Zone zone, PerCpuPages pcp, int owner, int nr, int firstList) {
    int count = pcp.countPages();
    int left = Math.min(nr, count);
    if (pages.tracing) {
      pages.trace.pcpDrain(zone.id, owner, left, count, pcp.freeFactor);
    }
    int index = firstList;
    while (left > 0) {
      PcpList list = pcp.lists[index];
      int order = list.order;
      while (left > 0 && !list.isEmpty()) {
        int pfn = list.popTail();
        left -= 1 << order;
        int type =
            zone.nrIsolatePageblock > 0 ? buddy.blocks.type(zone.id, pfn) : frames.cachedType(pfn);
        frames.setNothing(pfn);
        if (pages.tracing) {
          pages.trace.mmPagePcpuDrain(pfn, order, type);
        }
        buddy.freeOne(zone, pages.cpu, pfn, order, type, false);
      }
      index = index + 1 == pcp.lists.length ? 0 : index + 1;
    }
    pcp.closeRoom();
  }

  /** Empties the page sets of one CPU. Spec: page-allocator.md 7.3 */
  void drainPages(int owner) {
    for (Zone zone : zones) {
      drainZone(zone, owner);
    }
  }

  void drainZone(Zone zone, int owner) {
    PerCpuPages pcp = zone.pcps[owner];
    for (int left = pcp.countPages(); left > 0; left = pcp.countPages()) {
      drainSome(zone, pcp, owner, Math.min(left, pcp.batch * DRAIN_BATCHES), 0);
    }
  }

  void drainAllPages() {
    for (int owner = 0; owner < config.nrCpus(); owner++) {
      drainPages(owner);
    }
  }
}
