package kmemsh.mm.page;

import static kmemsh.view.Migratetype.MIGRATE_MOVABLE;
import static kmemsh.view.Migratetype.MIGRATE_PCPTYPES;

import java.util.Arrays;
import kmemsh.base.NodeLists;
import kmemsh.trace.Trace;
import kmemsh.view.Gfp;

/**
 * The zoned page allocator of Linux 6.1: requests in, pfns out.
 *
 * <p>Here are the fast lanes. Most requests and frees are like the one before of their order: the
 * first zone is well above its low watermark and the page set has a block, or the pageblock belongs
 * to the page set used last. These take a few dozen steps with nothing to look up. Any doubt leaves
 * them, with nothing changed, to {@link AllocWalk} and {@link FreePath}, which know all the rules;
 * while somebody listens to facts, the lanes are shut.
 *
 * <p>Left out: ranges outside CMA areas (spec section 9), memory cgroups, dirty limits; no request
 * starts {@link Compaction}, which finds nothing to move where there are no processes.
 *
 * <p>Spec: page-allocator.md 5 to 7
 */
public final class PageAllocator {
  /** No page. */
  public static final int NO_PFN = -1;

  static final int PAGE_ALLOC_COSTLY_ORDER = 3;
  private static final int PCP_HUGE_LIST = 12;

  final PageConfig config;
  private final boolean thp;
  final Zone[] zones;
  final Buddy buddy;
  final Watermarks watermarks;
  final PageFrames frames;
  private final NodeLists nodes;
  private final Pageblocks blocks;

  /** Those of {@link #blocks}, at hand. */
  private final byte[] owners;

  final Zonelists zonelists;
  final ZoneMap zoneMap;
  final AllocWalk walk;
  private final FreePath frees;

  /** Made by the first request for many pages. */
  private PageRuns runs;

  Trace trace = Trace.OFF;
  boolean tracing;

  private FailureLog failures;

  /** What is in memory; null as long as nobody looks. */
  FrameBytes contents;

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

  /** For each small order the list to take from, and the list that got the last block. */
  private final PcpList[] routes = new PcpList[PAGE_ALLOC_COSTLY_ORDER + 1];

  private final PcpList[] homes = new PcpList[PAGE_ALLOC_COSTLY_ORDER + 1];

  /** The same for larger ones. */
  private final BuddyLane[] bigRoutes = new BuddyLane[PageFrames.NR_ORDERS];

  private final BuddyLane[] bigHomes = new BuddyLane[PageFrames.NR_ORDERS];

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
    owners = blocks.owners;
    watermarks = new Watermarks(config, zones);
    zonelists = new Zonelists(config, zones);
    walk = new AllocWalk(this);
    frees = new FreePath(this);
    interleave = new boolean[config.nrCpus()];
    interleaveNode = new int[config.nrCpus()];
    allocstall = new long[config.maxNrZones()];
    forgetLanes();
  }

  public void setTrace(Trace trace) {
    this.trace = trace;
    this.tracing = trace != Trace.OFF;
    forgetLanes();
    buddy.setTrace(trace);
    watermarks.setTrace(trace);
  }

  /** From now on __GFP_ZERO clears {@code bytes}; null for nobody looks. */
  void setContents(FrameBytes bytes) {
    contents = bytes;
    forgetLanes();
  }

  /** Whether anybody looks at what is in memory. */
  public boolean hasContents() {
    return contents != null;
  }

  /** Whether memory has contents, and a request wants them cleared. */
  boolean clears(int gfp) {
    return contents != null && (gfp & Gfp.__GFP_ZERO) != 0;
  }

  /** Clears what a request wants cleared, which the fast lane does not. */
  void clear(int pfn, int gfp, int order) {
    if (clears(gfp)) {
      contents.fill((long) pfn << 12, 4096L << order, 0);
    }
  }

  /** Hears of every request that gives nothing; null for nobody. */
  public void setFailureLog(FailureLog log) {
    failures = log;
  }

  void failed(int gfp, int order, int reason) {
    lastFailure = reason;
    if (failures != null) {
      failures.failed(gfp, order, reason);
    }
  }

  /** The CPU on which the following requests run. */
  void runOn(int nr) {
    cpu = nr;
    forgetLanes();
  }

  private void forgetLanes() {
    Arrays.fill(routes, PcpList.NONE);
    Arrays.fill(homes, PcpList.NONE);
    Arrays.fill(bigRoutes, BuddyLane.NONE);
    Arrays.fill(bigHomes, BuddyLane.NONE);
    if (runs != null) {
      runs.forgetRoute();
    }
  }

  // Allocating.

  /** Takes {@code 1 << order} pages for {@code gfpMask}; the first pfn or {@link #NO_PFN}. */
  public int allocPages(int gfpMask, int order) {
    if (order > PAGE_ALLOC_COSTLY_ORDER) {
      return allocBig(gfpMask, order);
    }
    PcpList[] known = routes;
    if (order >= 0 && order < known.length) {
      PcpList list = known[order];
      if (list.isOpenTo(gfpMask) && list.isEasy()) {
        return take(list);
      }
      if (list.serves(gfpMask)) {
        int pfn = takeAside(list);
        if (pfn != NO_PFN) {
          return pfn;
        }
      }
    }
    return walk.alloc(gfpMask, order);
  }

  private int allocBig(int gfpMask, int order) {
    if (order < PageFrames.NR_ORDERS) {
      BuddyLane lane = bigRoutes[order];
      if (lane.isOpenTo(gfpMask)) {
        int pfn = nodes.next(lane.head);
        if (pfn != lane.head) {
          return takeBig(lane, pfn);
        }
      }
      if (lane.serves(gfpMask)) {
        int pfn = takeBigAside(lane);
        if (pfn != NO_PFN) {
          return pfn;
        }
      }
    }
    return walk.alloc(gfpMask, order);
  }

  private int take(PcpList list) {
    int pfn = list.popHead();
    nodes.setStateAgain(pfn, list.handedOut);
    return pfn;
  }

  /** Blocks for which the zone, the free factor or the list has to be looked at anew. */
  private int takeAside(PcpList list) {
    if (!list.zone.opens(list.order) || !(list.isEasy() || findEasy(list))) {
      return NO_PFN;
    }
    PerCpuPages pcp = list.pcp;
    if (pcp.freeFactor != 0) {
      pcp.lowerFreeFactor();
    }
    if (pcp.freeFactor == 0) {
      list.open();
    }
    return take(list);
  }

  /** Makes the first blocks of a list easy, as far as their cached type is the list's. */
  private boolean findEasy(PcpList list) {
    int nr = 0;
    while (nr < list.size() && frames.cachedType(list.get(nr)) == list.migratetype) {
      nodes.setState(list.get(nr), list.listed);
      nr++;
    }
    list.easyUpTo(nr);
    return nr > 0;
  }

  /** Takes the first block of a lane's free list. */
  private int takeBig(BuddyLane lane, int pfn) {
    Zone zone = lane.zone;
    if (nodes.takeFirst(lane.head, pfn, lane.handedOut)) {
      zone.listEnded(lane.order);
    }
    zone.modFreePages(lane.pcp, -lane.nrPages);
    lane.nrTaken++;
    return pfn;
  }

  /** Large blocks for which the zone has to be looked at anew, or a larger one is split. */
  private int takeBigAside(BuddyLane lane) {
    Zone zone = lane.zone;
    if (!zone.opens(lane.order)) {
      return NO_PFN;
    }
    // A block of order 10 on its list is a node of its own, not a frame.
    if (lane.order != PageFrames.BIG_ORDER) {
      lane.open();
    }
    int pfn = buddy.smallest(zone, lane.order, lane.migratetype);
    if (pfn == Buddy.NOTHING) {
      return NO_PFN;
    }
    nodes.setState(pfn, lane.handedOut);
    zone.modFreePages(lane.pcp, -lane.nrPages);
    zone.pgalloc += lane.nrPages;
    return pfn;
  }

  /** Keeps for the fast lane what the walk has found out about a mask. */
  void remember(int gfpMask, int order, int gfp, int highest, int migratetype, int preferred) {
    boolean plain =
        gfpMask == gfp
            && preferred != NO_PFN
            && !config.numa()
            && !config.cma()
            && (gfp & Gfp.__GFP_COMP) == 0
            && (contents == null || (gfp & Gfp.__GFP_ZERO) == 0);
    boolean hugeSet = thp && order > PAGE_ALLOC_COSTLY_ORDER;
    if (plain && !hugeSet && !tracing) {
      Zone first = zones[preferred];
      first.findEasyMark(highest);
      leadTo(first, gfpMask, order, migratetype);
    }
  }

  private void leadTo(Zone zone, int gfpMask, int order, int migratetype) {
    PerCpuPages pcp = zone.pcps[cpu];
    Lane lane;
    if (order <= PAGE_ALLOC_COSTLY_ORDER) {
      routes[order] = pcp.list(pcpIndex(order, migratetype));
      lane = routes[order];
    } else {
      bigRoutes[order] = pcp.lane(order, migratetype);
      lane = bigRoutes[order];
    }
    lane.lead(gfpMask);
    zone.lanes[order] = lane;
  }

  /** Index of the highest zone a request may use. */
  public int highestZone(int gfp) {
    return walk.highestZone(gfp);
  }

  int migratetypeOf(int gfp) {
    return walk.migratetypeOf(gfp);
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

  // Freeing.

  /**
   * Drops the reference of an allocated block: {@code __free_pages}. Spec: page-allocator.md 7.1
   */
  public void freePages(int pfn, int order) {
    if (order > PAGE_ALLOC_COSTLY_ORDER) {
      BuddyLane lane = bigHomes[order];
      if (owners[pfn >>> Pageblocks.OWNER_SHIFT] == lane.owner) {
        putBig(lane, pfn);
        return;
      }
    } else {
      PcpList list = homes[order];
      if (owners[pfn >>> Pageblocks.OWNER_SHIFT] == list.owner) {
        put(list, pfn);
        return;
      }
    }
    freeAside(pfn, order);
  }

  /** Frees a single page if that takes no more than a few steps. */
  public boolean freeEasy(int pfn) {
    PcpList list = homes[0];
    if (owners[pfn >>> Pageblocks.OWNER_SHIFT] != list.owner || !list.pushInRoom(pfn)) {
      return false;
    }
    nodes.setStateAgain(pfn, list.listed);
    return true;
  }

  /** Frees the single pages {@code pfns[start..end-1]} one after the other. */
  public void freeSingles(int[] pfns, int start, int end) {
    for (int i = start; i < end; i++) {
      int pfn = pfns[i];
      PcpList list = homes[0];
      if (owners[pfn >>> Pageblocks.OWNER_SHIFT] == list.owner) {
        put(list, pfn);
      } else {
        freeAside(pfn, 0);
      }
    }
  }

  /** Most large blocks stay alone: their buddies and the larger blocks beside are in use. */
  private void putBig(BuddyLane lane, int pfn) {
    Zone zone = lane.zone;
    NodeLists in = nodes;
    int order = lane.order;
    if (order != PageFrames.BIG_ORDER - 1
        || in.state(pfn ^ lane.nrPages) >>> PageFrames.CODE_SHIFT == PageFrames.BIG_ORDER) {
      in.setStateAgain(pfn, 0);
      zone.pgfree += lane.nrPages;
      buddy.freePlain(zone, lane.pcp, pfn, order, lane.migratetype);
      return;
    }
    zone.addFreePages(lane.pcp, lane.nrPages);
    lane.nrGiven++;
    if (in.insertFirstAgain(lane.head, pfn, lane.free)) {
      zone.listFilled(order, lane.migratetype);
    }
  }

  private void put(PcpList list, int pfn) {
    boolean look = list.pushHead(pfn);
    nodes.setStateAgain(pfn, list.listed);
    if (look) {
      frees.lookIfFull(list);
    }
  }

  /** A block for another list than the last one of its order, a larger one, or an unknown one. */
  private void freeAside(int pfn, int order) {
    if (tracing) {
      trace.mmPageFree(pfn, order);
    } else if (order <= PAGE_ALLOC_COSTLY_ORDER) {
      int owner = blocks.ownerOf(pfn);
      if (owner != Pageblocks.NOBODY) {
        int index = pcpIndex(order, Pageblocks.typeOfOwner(owner));
        PcpList list = zones[Pageblocks.zoneOfOwner(owner)].pcps[cpu].list(index);
        rememberHome(list);
        frames.clearCompound(pfn);
        put(list, pfn);
        return;
      }
    }
    frees.free(pfn, order);
  }

  /** Keeps for the fast lanes to which list a pageblock's pages go back. */
  void rememberOwner(int pfn, int order, Zone zone, int migratetype) {
    if (tracing || !zone.isPlain(pfn) || !Pageblocks.isMergeable(migratetype)) {
      return;
    }
    blocks.setOwner(pfn, Pageblocks.owner(zone, migratetype));
    if (order <= PAGE_ALLOC_COSTLY_ORDER) {
      rememberHome(zone.pcps[cpu].list(pcpIndex(order, migratetype)));
    } else if (!thp && !frames.anyCompound) {
      bigHomes[order] = zone.pcps[cpu].lane(order, migratetype);
    }
  }

  /** The fast lane of small blocks does not look whether one is a compound page. */
  private void rememberHome(PcpList list) {
    if (list.order == 0 || !frames.anyCompound) {
      homes[list.order] = list;
    }
  }

  /** Marks a compound page. */
  void makeCompound(int pfn) {
    if (!frames.anyCompound) {
      frames.anyCompound = true;
      forgetLanes();
    }
    frames.setFlag(pfn, PageFrames.FLAG_COMPOUND);
  }

  /** Empties the page sets of one CPU. Spec: page-allocator.md 7.3 */
  public void drainPages(int owner) {
    frees.drainPages(owner);
  }

  /** Empties the page set of one CPU for one zone. */
  void drainZone(Zone zone, int owner) {
    frees.drainZone(zone, owner);
  }

  public void drainAllPages() {
    frees.drainAllPages();
  }

  // Many pages.

  private PageRuns runs() {
    if (runs == null) {
      runs = new PageRuns(this, walk, frees);
    }
    return runs;
  }

  /** Takes up to {@code wanted} single pages into {@code out}, in array order; how many. */
  public int allocPagesBulk(int gfpMask, int wanted, int[] out) {
    return runs().allocPagesBulk(gfpMask, wanted, out);
  }

  /**
   * Whether the fast lane has {@code wanted} single pages for a request in bulk; if so {@link
   * #takeEasy} gives them.
   */
  public boolean hasEasy(int gfpMask, int wanted) {
    return runs != null && runs.hasEasy(gfpMask, wanted);
  }

  /** The next of the pages that {@link #hasEasy} promised. */
  public int takeEasy() {
    return runs.takeEasy();
  }

  /** Takes just enough single pages for {@code bytes}; the first pfn or {@link #NO_PFN}. */
  public int allocPagesExact(long bytes, int gfpMask) {
    return runs().allocPagesExact(bytes, gfpMask);
  }

  /** Frees single pages one after another: {@code free_pages_exact}. */
  public void freePagesExact(int pfn, long bytes) {
    runs().freePagesExact(pfn, bytes);
  }

  /** Makes {@code 1 << order} single pages of an allocated block. */
  public void splitPage(int pfn, int order) {
    runs().splitPage(pfn, order);
  }

  /** Frees the first {@code nr} single pages of {@code pfns}, as reclaim does. */
  public void freeUnrefPageList(int[] pfns, int nr) {
    runs().freeUnrefPageList(pfns, nr);
  }

  /** The smallest order whose block holds {@code bytes}; 11 or more when none does. */
  public static int orderOf(long bytes) {
    return PageRuns.orderOf(bytes);
  }

  public static int pagesOf(long bytes) {
    return PageRuns.pagesOf(bytes);
  }
}
