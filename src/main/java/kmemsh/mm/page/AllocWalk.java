package kmemsh.mm.page;

import static kmemsh.mm.page.AllocFlags.ALLOC_CMA;
import static kmemsh.mm.page.AllocFlags.ALLOC_HIGHATOMIC;
import static kmemsh.mm.page.AllocFlags.ALLOC_KSWAPD;
import static kmemsh.mm.page.AllocFlags.ALLOC_NOFRAGMENT;
import static kmemsh.mm.page.AllocFlags.ALLOC_NON_BLOCK;
import static kmemsh.mm.page.AllocFlags.ALLOC_NO_WATERMARKS;
import static kmemsh.mm.page.AllocFlags.ALLOC_OOM;
import static kmemsh.mm.page.AllocFlags.WMARK_LOW;
import static kmemsh.mm.page.AllocFlags.WMARK_MASK;
import static kmemsh.mm.page.PageAllocator.NO_PFN;
import static kmemsh.view.Migratetype.MIGRATE_CMA;
import static kmemsh.view.Migratetype.MIGRATE_HIGHATOMIC;
import static kmemsh.view.Migratetype.MIGRATE_MOVABLE;
import static kmemsh.view.Migratetype.MIGRATE_PCPTYPES;

import kmemsh.trace.Trace;
import kmemsh.view.Gfp;

/**
 * The whole way of a request: along its zonelist to the first zone whose watermark holds, and there
 * to the per-CPU list of its order and migratetype, which is refilled from the buddy lists when
 * empty, or to the buddy lists at once.
 *
 * <p>Spec: page-allocator.md 5, 6.2, 6.3
 */
final class AllocWalk {
  private static final int MIGRATETYPE_SHIFT = 3;
  private static final int ZONE_BITS = 0xf;

  /** Boot interleaves over nodes of at least 16 MiB. Spec: page-allocator.md 5.1 */
  private static final int MIN_INTERLEAVED_PAGES = 4096;

  private final PageAllocator pages;
  private final PageConfig config;
  private final Zone[] zones;
  private final Buddy buddy;
  private final PageFrames frames;
  private final Watermarks watermarks;
  private final Zonelists zonelists;

  /** Made by the first request that needs it. */
  private SlowPath slowPath;

  AllocWalk(PageAllocator pages) {
    this.pages = pages;
    config = pages.config;
    zones = pages.zones;
    buddy = pages.buddy;
    frames = pages.frames;
    watermarks = pages.watermarks;
    zonelists = pages.zonelists;
  }

  /** Serves a request in full: the walk above the low watermark, then the slow path. */
  int alloc(int gfpMask, int order) {
    if (order >= PageFrames.NR_ORDERS) {
      if (pages.tracing) {
        pages.trace.slowPath(Trace.STEP_ORDER_TOO_BIG, order);
      }
      pages.failed(gfpMask, order, Trace.STEP_ORDER_TOO_BIG);
      return NO_PFN;
    }
    int gfp = gfpMask & pages.allowedGfp;
    int highest = highestZone(gfp);
    int[] list = zonelists.zones(startingNode(gfp), highest, (gfp & Gfp.__GFP_THISNODE) != 0);
    int migratetype = migratetypeOf(gfp);
    int preferred = list.length == 0 ? NO_PFN : list[0];
    pages.remember(gfpMask, order, gfp, highest, migratetype, preferred);
    if (pages.tracing) {
      pages.trace.allocRequest(order, gfp, migratetype, highest, preferred);
    }
    int allocFlags = fastFlags(gfp, migratetype, preferred);
    int pfn =
        getPageFromFreelist(list, gfp, order, migratetype, highest, allocFlags, Trace.STAGE_FAST);
    if (pfn == NO_PFN) {
      pfn = slowPath().alloc(list, gfp, order, migratetype, highest);
    }
    if (pages.tracing) {
      pages.trace.mmPageAlloc(pfn, order, gfp, migratetype);
    }
    return pfn;
  }

  private SlowPath slowPath() {
    if (slowPath == null) {
      slowPath = new SlowPath(pages, this);
    }
    return slowPath;
  }

  /** Index of the highest zone a request may use. */
  int highestZone(int gfp) {
    int zone = config.zoneOfGfp()[gfp & ZONE_BITS];
    return Math.max(zone, 0);
  }

  int migratetypeOf(int gfp) {
    return config.mobilityDisabled() ? 0 : (gfp >>> MIGRATETYPE_SHIFT & 3) % MIGRATE_PCPTYPES;
  }

  private int startingNode(int gfp) {
    if (pages.askedNode != PageAllocator.NO_NODE) {
      return pages.askedNode;
    }
    int nid = config.cpuNode()[pages.cpu];
    if (!pages.interleave[pages.cpu] || (gfp & Gfp.__GFP_THISNODE) != 0) {
      return nid;
    }
    pages.interleaveNode[pages.cpu] = nextInterleaved(pages.interleaveNode[pages.cpu]);
    return pages.interleaveNode[pages.cpu];
  }

  /** The node after {@code nid}, those passed over that boot found too small to interleave over. */
  private int nextInterleaved(int nid) {
    int next = nid;
    do {
      next = (next + 1) % config.nrNodes();
    } while (next != nid && presentPages(next) < MIN_INTERLEAVED_PAGES);
    return next;
  }

  private long presentPages(int nid) {
    long sum = 0;
    for (Zone zone : zones) {
      sum += zone.nid == nid ? zone.presentPages : 0;
    }
    return sum;
  }

  int fastFlags(int gfp, int migratetype, int preferred) {
    int allocFlags = WMARK_LOW | (gfp & ALLOC_KSWAPD);
    if (config.cma() && migratetype == MIGRATE_MOVABLE) {
      allocFlags |= ALLOC_CMA;
    }
    if (config.noFragment() && preferred != NO_PFN) {
      Zone zone = zones[preferred];
      if (zone.index == config.normalIndex()
          && (config.nrNodes() == 1
              || zones[zone.nid * config.maxNrZones() + config.dma32Index()].isPopulated())) {
        allocFlags |= ALLOC_NOFRAGMENT;
      }
    }
    return allocFlags;
  }

  /** One walk over the zonelist. Spec: page-allocator.md 5.3 */
  int getPageFromFreelist(
      int[] list, int gfp, int order, int migratetype, int highest, int walkFlags, int stage) {
    int allocFlags = walkFlags;
    if (pages.tracing) {
      pages.trace.walk(stage, allocFlags);
    }
    while (true) {
      boolean again = false;
      for (int i = 0; i < list.length; i++) {
        Zone zone = zones[list[i]];
        if ((allocFlags & ALLOC_NOFRAGMENT) != 0
            && i > 0
            && config.nrNodes() > 1
            && zone.nid != zones[list[0]].nid) {
          again = true;
          break;
        }
        long mark = zone.wmark(allocFlags & WMARK_MASK);
        if (!watermarks.fastOk(zone, order, gfp, mark, highest, allocFlags)
            && (allocFlags & ALLOC_NO_WATERMARKS) == 0) {
          continue;
        }
        int pfn = rmqueue(zone, list[0], order, migratetype, allocFlags);
        if (pfn != NO_PFN) {
          prepare(zone, pfn, gfp, order, allocFlags);
          return pfn;
        }
      }
      if (!again && (allocFlags & ALLOC_NOFRAGMENT) == 0) {
        return NO_PFN;
      }
      allocFlags &= ~ALLOC_NOFRAGMENT;
      if (pages.tracing) {
        pages.trace.walk(Trace.STAGE_FAST_FRAGMENT, allocFlags);
      }
    }
  }

  private void prepare(Zone zone, int pfn, int gfp, int order, int allocFlags) {
    if (order > 0 && (gfp & Gfp.__GFP_COMP) != 0) {
      pages.makeCompound(pfn);
    }
    pages.clear(pfn, gfp, order);
    if ((allocFlags & ALLOC_HIGHATOMIC) != 0) {
      buddy.reserveHighatomic(zone.id, pfn);
    }
  }

  /** Takes a block from one zone. Spec: page-allocator.md 6.2 */
  private int rmqueue(Zone zone, int preferred, int order, int migratetype, int allocFlags) {
    int pfn = NO_PFN;
    if (pages.pcpAllowed(order)
        && (!config.cma() || (allocFlags & ALLOC_CMA) != 0 || migratetype != MIGRATE_MOVABLE)) {
      PerCpuPages pcp = zone.pcps[pages.cpu];
      pcp.lowerFreeFactor();
      pfn = takeFromPcp(zone, pcp, order, migratetype, allocFlags);
    }
    if (pfn == NO_PFN) {
      pfn = takeFromBuddy(zone, order, migratetype, allocFlags);
    }
    if (pfn != NO_PFN && config.numa()) {
      countNuma(zone, zones[preferred]);
    }
    if ((zone.flags & Zone.ZONE_BOOSTED_WATERMARK) != 0) {
      zone.flags &= ~Zone.ZONE_BOOSTED_WATERMARK;
      if (pages.tracing) {
        pages.trace.wakeKswapd(zone.id, 0);
      }
    }
    return pfn;
  }

  private void countNuma(Zone zone, Zone preferred) {
    boolean hit = zone.nid == preferred.nid;
    zone.numaEvents[hit ? 0 : 1]++;
    if (!hit) {
      preferred.numaEvents[2]++;
    }
    zone.numaEvents[zone.nid == config.cpuNode()[pages.cpu] ? 4 : 5]++;
  }

  int takeFromPcp(Zone zone, PerCpuPages pcp, int order, int migratetype, int allocFlags) {
    PcpList list = pcp.list(PageAllocator.pcpIndex(order, migratetype));
    if (list.isEmpty() && refill(zone, pcp, list, order, migratetype, allocFlags) == 0) {
      return NO_PFN;
    }
    int pfn = list.popAny();
    frames.handOut(pfn, order);
    if (pages.tracing) {
      pages.trace.pcpTake(zone.id, pages.cpu, order, migratetype, pfn, pcp.countPages());
    }
    return pfn;
  }

  /** Moves blocks from the buddy lists to an empty per-CPU list. Spec: page-allocator.md 6.3 */
  private int refill(
      Zone zone, PerCpuPages pcp, PcpList list, int order, int migratetype, int allocFlags) {
    int wanted = pcp.batch;
    if (wanted > 1) {
      wanted = Math.max(pcp.batch >> order, 2);
    }
    int got = 0;
    while (got < wanted) {
      int pfn = buddy.take(zone, order, migratetype, allocFlags);
      if (pfn == Buddy.NOTHING) {
        break;
      }
      int type = buddy.takenType;
      frames.setPcp(pfn, order, type);
      list.pushTail(pfn, type == list.migratetype);
      if (pages.tracing) {
        pages.trace.mmPageAllocZoneLocked(pfn, order, migratetype, 1);
      }
      if (type == MIGRATE_CMA) {
        zone.modFreeCmaPages(pages.cpu, -(1 << order));
      }
      got++;
    }
    pcp.refilled(got << order);
    zone.modFreePages(pages.cpu, -(got << order));
    if (pages.tracing) {
      pages.trace.pcpRefill(zone.id, pages.cpu, order, migratetype, wanted, got);
    }
    return got;
  }

  private int takeFromBuddy(Zone zone, int order, int migratetype, int allocFlags) {
    int pfn = Buddy.NOTHING;
    if ((allocFlags & ALLOC_HIGHATOMIC) != 0) {
      pfn = buddy.smallest(zone, order, MIGRATE_HIGHATOMIC);
    }
    if (pfn == Buddy.NOTHING) {
      pfn = buddy.take(zone, order, migratetype, allocFlags);
    }
    if (pfn == Buddy.NOTHING && (allocFlags & (ALLOC_OOM | ALLOC_NON_BLOCK)) != 0) {
      pfn = buddy.smallest(zone, order, MIGRATE_HIGHATOMIC);
    }
    if (pfn == Buddy.NOTHING) {
      return NO_PFN;
    }
    zone.pgalloc += 1L << order;
    int type = buddy.takenType;
    frames.setAllocated(pfn, order, type);
    zone.modFreePages(pages.cpu, -(1 << order));
    if (type == MIGRATE_CMA) {
      zone.modFreeCmaPages(pages.cpu, -(1 << order));
    }
    if (pages.tracing) {
      pages.trace.mmPageAllocZoneLocked(pfn, order, migratetype, 0);
    }
    return pfn;
  }
}
