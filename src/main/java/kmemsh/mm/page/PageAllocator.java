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
import static kmemsh.view.Migratetype.MIGRATE_CMA;
import static kmemsh.view.Migratetype.MIGRATE_HIGHATOMIC;
import static kmemsh.view.Migratetype.MIGRATE_ISOLATE;
import static kmemsh.view.Migratetype.MIGRATE_MOVABLE;
import static kmemsh.view.Migratetype.MIGRATE_PCPTYPES;

import java.util.Arrays;
import kmemsh.base.IntDeque;
import kmemsh.base.NodeLists;
import kmemsh.trace.Trace;
import kmemsh.view.Gfp;

/**
 * The zoned page allocator of Linux 6.1: requests in, pfns out.
 *
 * <p>A request walks its zonelist. The first zone whose watermark holds serves it: from the per-CPU
 * list of its order and migratetype, which is refilled from the buddy lists when empty, or from the
 * buddy lists at once. When no zone serves, {@link SlowPath} lowers the bar step by step.
 *
 * <p>Left out: isolation, contiguous ranges and compaction (spec sections 9, 10), memory cgroups,
 * dirty limits.
 *
 * <p>Spec: page-allocator.md 5 to 7
 */
public final class PageAllocator {
  /** No page. */
  public static final int NO_PFN = -1;

  static final int PAGE_ALLOC_COSTLY_ORDER = 3;
  private static final int PCP_HUGE_LIST = 12;
  private static final int MIGRATETYPE_SHIFT = 3;
  private static final int ZONE_BITS = 0xf;
  private static final int DRAIN_BATCHES = 32;

  final PageConfig config;
  private final boolean thp;
  final Zone[] zones;
  final Buddy buddy;
  final Watermarks watermarks;
  final PageFrames frames;
  private final NodeLists nodes;
  private final Pageblocks blocks;
  final Zonelists zonelists;
  final ZoneMap zoneMap;
  private final SlowPath slowPath;
  Trace trace = Trace.OFF;
  private boolean tracing;

  /** What is in memory; null as long as nobody looks. */
  private FrameBytes contents;

  static final int NO_NODE = -1;

  /** The node a caller names for its request, or {@link #NO_NODE}. */
  int askedNode = NO_NODE;

  /** The CPU on which operations run. */
  int cpu;

  /** Bits a request may have; fewer while the machine boots. Spec: page-allocator.md 2.5 */
  int allowedGfp = Gfp.VALID;

  /** Per CPU: whether its task interleaves over the nodes, and the node it used last. */
  final boolean[] interleave;

  final int[] interleaveNode;

  /** How often direct reclaim was entered, by the highest zone index a request could use. */
  final long[] allocstall;

  /** Requests that gave nothing, and why the last one did: a {@code Trace.STEP_*}. */
  int lastFailure;

  public PageAllocator(PageConfig config, ZoneShape[] shapes) {
    this.config = config;
    thp = config.thp();
    zones = new Zone[shapes.length];
    for (int z = 0; z < shapes.length; z++) {
      zones[z] = new Zone(z, shapes[z], config);
    }
    zoneMap = new ZoneMap(config.nrFrames(), zones);
    buddy = new Buddy(config, zones, zoneMap);
    frames = buddy.frames;
    nodes = frames.nodes;
    blocks = buddy.blocks;
    home = zones[0];
    homePcp = home.pcps[0];
    forgetRoutes();
    watermarks = new Watermarks(config, zones);
    zonelists = new Zonelists(config, zones);
    slowPath = new SlowPath(this);
    interleave = new boolean[config.nrCpus()];
    interleaveNode = new int[config.nrCpus()];
    allocstall = new long[config.maxNrZones()];
  }

  public void setTrace(Trace trace) {
    this.trace = trace;
    this.tracing = trace != Trace.OFF;
    forgetRoutes();
    buddy.setTrace(trace);
    watermarks.setTrace(trace);
  }

  /** From now on __GFP_ZERO clears {@code bytes}; null for nobody looks. */
  void setContents(FrameBytes bytes) {
    contents = bytes;
    forgetRoutes();
  }

  /** The CPU on which the following requests run. */
  void runOn(int nr) {
    cpu = nr;
    forgetRoutes();
    homePcp = home.pcps[nr];
  }

  // Allocating.

  /** Takes {@code 1 << order} pages for {@code gfpMask}; the first pfn or {@link #NO_PFN}. */
  public int allocPages(int gfpMask, int order) {
    Route[] known = routes;
    if (order < known.length) {
      Route route = known[order];
      if (route.gfpMask == gfpMask) {
        int pfn = allocByRoute(route, order);
        if (pfn != NO_PFN) {
          return pfn;
        }
      }
    }
    return allocByWalk(gfpMask, order);
  }

  /**
   * The commonest request, on its own for speed: the first zone is well above its low watermark,
   * and the page set, or for larger orders a list of the wanted type, has a block. Any doubt leaves
   * it to {@link #allocByWalk}, with nothing changed.
   */
  private int allocByRoute(Route route, int order) {
    Zone zone = route.first;
    if (zone.nrFreePages - route.nrPages < zone.easyMark) {
      return NO_PFN;
    }
    IntDeque list = route.list;
    if (list == null) {
      return splitByRoute(route, order);
    }
    if (list.isEmpty() || (order != 0 && !zone.hasBlock(order))) {
      return NO_PFN;
    }
    int pfn = list.popHead();
    PerCpuPages pcp = route.pcp;
    pcp.freeFactor >>= 1;
    pcp.countPages -= route.nrPages;
    nodes.replaceState(pfn, PageFrames.TYPE_MASK, route.state);
    zone.pgalloc += route.nrPages;
    return pfn;
  }

  private int splitByRoute(Route route, int order) {
    Zone zone = route.first;
    if (zone.nonEmpty[route.migratetype] >>> order == 0) {
      return NO_PFN;
    }
    int pfn = buddy.smallest(zone, order, route.migratetype);
    nodes.setState(pfn, route.state | route.migratetype);
    zone.modFreePages(cpu, -route.nrPages);
    zone.pgalloc += route.nrPages;
    return pfn;
  }

  private int allocByWalk(int gfpMask, int order) {
    if (order >= PageFrames.NR_ORDERS) {
      lastFailure = Trace.STEP_ORDER_TOO_BIG;
      if (tracing) {
        trace.slowPath(Trace.STEP_ORDER_TOO_BIG, order);
      }
      return NO_PFN;
    }
    int gfp = gfpMask & allowedGfp;
    int highest = highestZone(gfp);
    int[] list = zonelists.zones(startingNode(gfp), highest, (gfp & Gfp.__GFP_THISNODE) != 0);
    int migratetype = migratetypeOf(gfp);
    int preferred = list.length == 0 ? NO_PFN : list[0];
    remember(gfpMask, order, gfp, highest, migratetype, preferred);
    if (tracing) {
      trace.allocRequest(order, gfp, migratetype, highest, preferred);
    }
    int allocFlags = fastFlags(gfp, migratetype, preferred);
    int pfn =
        getPageFromFreelist(list, gfp, order, migratetype, highest, allocFlags, Trace.STAGE_FAST);
    if (pfn == NO_PFN) {
      pfn = slowPath.alloc(list, gfp, order, migratetype, highest);
    }
    if (tracing) {
      trace.mmPageAlloc(pfn, order, gfp, migratetype);
    }
    return pfn;
  }

  /** One route an order; all unknown while facts are wanted. */
  private final Route[] routes = new Route[PageFrames.NR_ORDERS];

  private void forgetRoutes() {
    Arrays.fill(routes, Route.NONE);
  }

  private void remember(
      int gfpMask, int order, int gfp, int highest, int migratetype, int preferred) {
    boolean plain =
        gfpMask == gfp
            && preferred != NO_PFN
            && !config.numa()
            && !config.cma()
            && (gfp & Gfp.__GFP_COMP) == 0;
    boolean hugeSet = thp && order > PAGE_ALLOC_COSTLY_ORDER;
    if (plain && !hugeSet && !tracing && contents == null) {
      Zone first = zones[preferred];
      first.findEasyMark(highest);
      if (gfpMask != routes[order].gfpMask) {
        routes[order] = new Route(gfpMask, first, first.pcps[cpu], order, migratetype);
      }
    }
  }

  /** Index of the highest zone a request may use. */
  public int highestZone(int gfp) {
    int zone = config.zoneOfGfp()[gfp & ZONE_BITS];
    return Math.max(zone, 0);
  }

  int migratetypeOf(int gfp) {
    return config.mobilityDisabled() ? 0 : (gfp >>> MIGRATETYPE_SHIFT & 3) % MIGRATE_PCPTYPES;
  }

  private int startingNode(int gfp) {
    if (askedNode != NO_NODE) {
      return askedNode;
    }
    int nid = config.cpuNode()[cpu];
    if (!interleave[cpu] || (gfp & Gfp.__GFP_THISNODE) != 0) {
      return nid;
    }
    interleaveNode[cpu] = (interleaveNode[cpu] + 1) % config.nrNodes();
    return interleaveNode[cpu];
  }

  private int fastFlags(int gfp, int migratetype, int preferred) {
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
    if (tracing) {
      trace.walk(stage, allocFlags);
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
      if (tracing) {
        trace.walk(Trace.STAGE_FAST_FRAGMENT, allocFlags);
      }
    }
  }

  private void prepare(Zone zone, int pfn, int gfp, int order, int allocFlags) {
    if (order > 0 && (gfp & Gfp.__GFP_COMP) != 0) {
      frames.setFlag(pfn, PageFrames.FLAG_COMPOUND);
    }
    clear(pfn, gfp, order);
    if ((allocFlags & ALLOC_HIGHATOMIC) != 0) {
      buddy.reserveHighatomic(zone.id, pfn);
    }
  }

  private void clear(int pfn, int gfp, int order) {
    if (contents != null && (gfp & Gfp.__GFP_ZERO) != 0) {
      contents.fill((long) pfn << 12, 4096L << order, 0);
    }
  }

  /** Takes a block from one zone. Spec: page-allocator.md 6.2 */
  private int rmqueue(Zone zone, int preferred, int order, int migratetype, int allocFlags) {
    int pfn = NO_PFN;
    if (pcpAllowed(order)
        && (!config.cma() || (allocFlags & ALLOC_CMA) != 0 || migratetype != MIGRATE_MOVABLE)) {
      PerCpuPages pcp = zone.pcps[cpu];
      pcp.freeFactor >>= 1;
      pfn = takeFromPcp(zone, pcp, order, migratetype, allocFlags);
    }
    if (pfn == NO_PFN) {
      pfn = takeFromBuddy(zone, order, migratetype, allocFlags);
    }
    if (pfn != NO_PFN) {
      zone.pgalloc += 1L << order;
      if (config.numa()) {
        countNuma(zone, zones[preferred]);
      }
    }
    if ((zone.flags & Zone.ZONE_BOOSTED_WATERMARK) != 0) {
      zone.flags &= ~Zone.ZONE_BOOSTED_WATERMARK;
      if (tracing) {
        trace.wakeKswapd(zone.id, 0);
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
    zone.numaEvents[zone.nid == config.cpuNode()[cpu] ? 4 : 5]++;
  }

  boolean pcpAllowed(int order) {
    return order <= PAGE_ALLOC_COSTLY_ORDER || (thp && order == config.pageblockOrder());
  }

  static int pcpIndex(int order, int migratetype) {
    if (order <= PAGE_ALLOC_COSTLY_ORDER) {
      return MIGRATE_PCPTYPES * order + migratetype;
    }
    return PCP_HUGE_LIST + (migratetype == MIGRATE_MOVABLE ? 1 : 0);
  }

  int orderOfPcpIndex(int index) {
    return index < PCP_HUGE_LIST ? index / MIGRATE_PCPTYPES : config.pageblockOrder();
  }

  private int takeFromPcp(Zone zone, PerCpuPages pcp, int order, int migratetype, int allocFlags) {
    IntDeque list = pcp.list(pcpIndex(order, migratetype));
    if (list.isEmpty() && refill(zone, pcp, list, order, migratetype, allocFlags) == 0) {
      return NO_PFN;
    }
    int pfn = list.popHead();
    pcp.countPages -= 1 << order;
    frames.handOut(pfn, order);
    if (tracing) {
      trace.pcpTake(zone.id, cpu, order, migratetype, pfn, pcp.countPages);
    }
    return pfn;
  }

  /** Moves blocks from the buddy lists to an empty per-CPU list. Spec: page-allocator.md 6.3 */
  private int refill(
      Zone zone, PerCpuPages pcp, IntDeque list, int order, int migratetype, int allocFlags) {
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
      list.pushTail(pfn);
      frames.setPcp(pfn, order, type);
      if (tracing) {
        trace.mmPageAllocZoneLocked(pfn, order, migratetype, 1);
      }
      if (type == MIGRATE_CMA) {
        zone.modFreeCmaPages(cpu, -(1 << order));
      }
      got++;
    }
    pcp.countPages += got << order;
    zone.modFreePages(cpu, -(got << order));
    if (tracing) {
      trace.pcpRefill(zone.id, cpu, order, migratetype, wanted, got);
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
    int type = buddy.takenType;
    frames.setAllocated(pfn, order, type);
    zone.modFreePages(cpu, -(1 << order));
    if (type == MIGRATE_CMA) {
      zone.modFreeCmaPages(cpu, -(1 << order));
    }
    if (tracing) {
      trace.mmPageAllocZoneLocked(pfn, order, migratetype, 0);
    }
    return pfn;
  }

  /**
   * Takes up to {@code wanted} single pages into {@code out}, in array order, and returns how many.
   * Spec: page-allocator.md 7.6
   */
  public int allocPagesBulk(int gfpMask, int wanted, int[] out) {
    int nr = wanted > 1 ? bulkFromPcp(gfpMask & allowedGfp, wanted, out) : 0;
    if (nr == 0 && wanted > 0) {
      out[0] = allocPages(gfpMask, 0);
      nr = out[0] == NO_PFN ? 0 : 1;
    }
    return nr;
  }

  private int bulkFromPcp(int gfp, int wanted, int[] out) {
    int highest = highestZone(gfp);
    int nid = config.cpuNode()[cpu];
    int[] list = zonelists.zones(nid, highest, (gfp & Gfp.__GFP_THISNODE) != 0);
    int migratetype = migratetypeOf(gfp);
    int allocFlags = fastFlags(gfp, migratetype, NO_PFN) & ~ALLOC_KSWAPD;
    if (tracing) {
      trace.walk(Trace.STAGE_BULK, allocFlags);
    }
    Zone zone = null;
    for (int i = 0; i < list.length && zone == null; i++) {
      Zone candidate = zones[list[i]];
      // The node is the preferred zone's, which may be a remote one: with GFP_DMA on a node without
      // DMA (recording x86_64-numa-page5120, seed=160103, line 13059).
      if (candidate.nid != zones[list[0]].nid) {
        break;
      }
      long mark = candidate.wmark(WMARK_LOW) + wanted;
      if (watermarks.fastOk(candidate, 0, gfp, mark, zones[list[0]].index, allocFlags)) {
        zone = candidate;
      }
    }
    if (zone == null) {
      return 0;
    }
    PerCpuPages pcp = zone.pcps[cpu];
    int nr = 0;
    while (nr < wanted) {
      int pfn = takeFromPcp(zone, pcp, 0, migratetype, allocFlags);
      if (pfn == NO_PFN) {
        break;
      }
      if (tracing) {
        trace.mmPageAlloc(pfn, 0, gfp, migratetype);
      }
      clear(pfn, gfp, 0);
      out[nr++] = pfn;
    }
    zone.pgalloc += nr;
    return nr;
  }

  /** Takes just enough single pages for {@code bytes}; the rest of the block goes back at once. */
  public int allocPagesExact(long bytes, int gfpMask) {
    int order = orderOf(bytes);
    int pfn = allocPages(gfpMask & ~(Gfp.__GFP_COMP | Gfp.__GFP_HIGHMEM), order);
    if (pfn == NO_PFN) {
      return NO_PFN;
    }
    int used = pagesOf(bytes);
    splitPage(pfn, order);
    for (int tail = pfn + used; tail < pfn + (1 << order); tail++) {
      int z = zoneMap.zoneOf(tail);
      frames.setNothing(tail);
      if (tracing) {
        trace.mmPageFree(tail, 0);
      }
      zones[z].pgfree++;
      buddy.freeOne(zones[z], cpu, tail, 0, buddy.blocks.type(z, tail), true);
    }
    return pfn;
  }

  /** The smallest order whose block holds {@code bytes}; 11 or more when none does. */
  public static int orderOf(long bytes) {
    int order = 0;
    while (order < Long.SIZE - 13 && (4096L << order) < bytes) {
      order++;
    }
    return order;
  }

  public static int pagesOf(long bytes) {
    return (int) ((bytes + 4095) >>> 12);
  }

  /** Makes {@code 1 << order} single pages of an allocated block. Spec: page-allocator.md 7.6 */
  public void splitPage(int pfn, int order) {
    int type = frames.cachedType(pfn);
    for (int page = pfn; page < pfn + (1 << order); page++) {
      frames.setAllocated(page, 0, type);
    }
  }

  // Freeing.

  /**
   * Drops the reference of an allocated block: {@code __free_pages}. Spec: page-allocator.md 7.1
   */
  public void freePages(int pfn, int order) {
    if (tracing) {
      trace.mmPageFree(pfn, order);
    }
    freeUnit(pfn, order);
  }

  /** The zone of the block freed last: the guess for the next one. */
  private Zone home;

  /** The page set of {@link #cpu} for {@link #home}. */
  private PerCpuPages homePcp;

  private void freeUnit(int pfn, int order) {
    Zone zone = home;
    if (!zone.isPlain(pfn)) {
      zone = zones[zoneMap.zoneOf(pfn)];
      home = zone;
      homePcp = zone.pcps[cpu];
    }
    int nrPages = 1 << order;
    zone.pgfree += nrPages;
    if (order > 0) {
      frames.clearCompound(pfn);
    }
    int type = blocks.predictedType(zone, pfn);
    if (!pcpAllowed(order) || type == MIGRATE_ISOLATE) {
      nodes.setState(pfn, 0);
      buddy.freeOne(zone, cpu, pfn, order, type, false);
      return;
    }
    PerCpuPages pcp = homePcp;
    int listType = type >= MIGRATE_PCPTYPES ? MIGRATE_MOVABLE : type;
    int index = pcpIndex(order, listType);
    pcp.list(index).pushHead(pfn);
    frames.setPcp(pfn, order, type);
    pcp.countPages += nrPages;
    if (tracing) {
      trace.pcpPut(zone.id, cpu, pfn, order, type, pcp.countPages, pcp.highPages);
    }
    // Only a free factor or a flag of the zone can lower the limit.
    if (pcp.countPages >= pcp.highPages || (pcp.freeFactor | zone.flags) != 0) {
      drainIfFull(zone, pcp, order, index);
    }
  }

  private void drainIfFull(Zone zone, PerCpuPages pcp, int order, int index) {
    boolean freeHigh = pcp.freeFactor != 0 && order >= 1 && order <= PAGE_ALLOC_COSTLY_ORDER;
    int high = freeHigh ? 0 : pcp.highPages;
    if (high != 0 && (zone.flags & Zone.ZONE_RECLAIM_ACTIVE) != 0) {
      high = Math.min(4 * pcp.batch, high);
    }
    if (pcp.countPages >= high) {
      drainSome(zone, pcp, cpu, pcp.nrToDrain(high, freeHigh), index);
    }
  }

  /** Gives {@code nr} pages of {@code pcp} back, from the tails of its lists. */
  private void drainSome(Zone zone, PerCpuPages pcp, int owner, int nr, int firstList) {
    int left = Math.min(nr, pcp.countPages);
    if (tracing) {
      trace.pcpDrain(zone.id, owner, left, pcp.countPages, pcp.freeFactor);
    }
    int index = firstList;
    while (left > 0) {
      IntDeque list = pcp.lists[index];
      int order = orderOfPcpIndex(index);
      while (list != null && !list.isEmpty() && left > 0) {
        int pfn = list.popTail();
        left -= 1 << order;
        pcp.countPages -= 1 << order;
        int type =
            zone.nrIsolatePageblock > 0 ? buddy.blocks.type(zone.id, pfn) : frames.cachedType(pfn);
        frames.setNothing(pfn);
        if (tracing) {
          trace.mmPagePcpuDrain(pfn, order, type);
        }
        buddy.freeOne(zone, cpu, pfn, order, type, false);
      }
      index = index + 1 == pcp.lists.length ? 0 : index + 1;
    }
  }

  /** Empties the page sets of one CPU. Spec: page-allocator.md 7.3 */
  public void drainPages(int owner) {
    for (Zone zone : zones) {
      PerCpuPages pcp = zone.pcps[owner];
      while (pcp.countPages > 0) {
        drainSome(zone, pcp, owner, Math.min(pcp.countPages, pcp.batch * DRAIN_BATCHES), 0);
      }
    }
  }

  public void drainAllPages() {
    for (int owner = 0; owner < config.nrCpus(); owner++) {
      drainPages(owner);
    }
  }

  /** Frees single pages one after another: {@code free_pages_exact}. */
  public void freePagesExact(int pfn, long bytes) {
    for (int page = pfn; page < pfn + pagesOf(bytes); page++) {
      freePages(page, 0);
    }
  }

  /** Frees the first {@code nr} single pages of {@code pfns}, as reclaim does. */
  public void freeUnrefPageList(int[] pfns, int nr) {
    for (int i = 0; i < nr; i++) {
      if (tracing) {
        trace.mmPageFreeBatched(pfns[i]);
      }
      freeUnit(pfns[i], 0);
    }
  }
}
