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
  private final AllocWalk walk;
  private final FreePath frees;
  private final PageRuns runs;
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

  /** For each order the list to take from and its mask, and the list that got the last block. */
  private final PcpList[] routes = new PcpList[PageFrames.NR_ORDERS];

  private final PcpList[] homes = new PcpList[PageFrames.NR_ORDERS];

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
    runs = new PageRuns(this, walk, frees);
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
    runs.forgetRoute();
  }

  // Allocating.

  /** Takes {@code 1 << order} pages for {@code gfpMask}; the first pfn or {@link #NO_PFN}. */
  public int allocPages(int gfpMask, int order) {
    PcpList[] known = routes;
    if (order >= 0 && order < known.length) {
      PcpList list = known[order];
      if (list.isOpenTo(gfpMask) && list.isEasy()) {
        return take(list);
      }
      if (list.serves(gfpMask)) {
        int pfn = order > PAGE_ALLOC_COSTLY_ORDER ? takeBig(list) : takeAside(list);
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
    list.nrTaken++;
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

  private int takeBig(PcpList list) {
    Zone zone = list.zone;
    if (!zone.opens(list.order)) {
      return NO_PFN;
    }
    NodeLists in = nodes;
    int pfn = in.next(list.buddyHead);
    if (pfn == list.buddyHead || list.bit == 0) {
      pfn = buddy.smallest(zone, list.order, list.migratetype);
      if (pfn == Buddy.NOTHING) {
        return NO_PFN;
      }
      in.setState(pfn, list.handedOut);
    } else {
      zone.nrFree[list.order]--;
      if (in.takeFirst(list.buddyHead, pfn, list.handedOut)) {
        zone.listEnded(list.order, list.migratetype);
      }
    }
    zone.modFreePages(list.pcp, -list.nrPages);
    list.nrTaken++;
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
      PcpList list = routeOf(first, order, migratetype);
      list.lead(gfpMask);
      first.lanes[order] = list;
      routes[order] = list;
    }
  }

  private PcpList routeOf(Zone zone, int order, int migratetype) {
    PerCpuPages pcp = zone.pcps[cpu];
    if (order <= PAGE_ALLOC_COSTLY_ORDER) {
      return pcp.list(pcpIndex(order, migratetype));
    }
    return pcp.bigList(order, migratetype);
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
    PcpList[] known = homes;
    if (order >= 0 && order < known.length) {
      PcpList list = known[order];
      if (owners[pfn >>> Pageblocks.OWNER_SHIFT] == list.owner) {
        if (order > PAGE_ALLOC_COSTLY_ORDER) {
          putBig(list, pfn);
        } else {
          put(list, pfn);
        }
        return;
      }
    }
    freeAside(pfn, order);
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
  private void putBig(PcpList list, int pfn) {
    Zone zone = list.zone;
    NodeLists in = nodes;
    int order = list.order;
    list.nrGiven++;
    frames.clearCompound(pfn);
    if (order != PageFrames.BIG_ORDER - 1
        || in.state(pfn ^ list.nrPages) >>> PageFrames.CODE_SHIFT == PageFrames.BIG_ORDER) {
      in.setStateAgain(pfn, 0);
      buddy.freePlain(zone, list.pcp, pfn, order, list.migratetype);
      return;
    }
    zone.addFreePages(list.pcp, list.nrPages);
    zone.nrFree[PageFrames.BIG_ORDER - 1]++;
    int[] nonEmpty = zone.nonEmpty;
    int orders = nonEmpty[list.migratetype];
    if ((orders & list.bit) == 0) {
      nonEmpty[list.migratetype] = orders | list.bit;
      in.insertOnly(list.buddyHead, pfn, list.free);
    } else {
      in.insertFirst(list.buddyHead, pfn, list.free);
    }
  }

  private void put(PcpList list, int pfn) {
    boolean look = list.pushHead(pfn);
    nodes.setStateAgain(pfn, list.listed);
    list.nrGiven++;
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
    } else if (!thp) {
      homes[order] = zone.pcps[cpu].bigList(order, migratetype);
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

  public void drainAllPages() {
    frees.drainAllPages();
  }

  // Many pages.

  /** Takes up to {@code wanted} single pages into {@code out}, in array order; how many. */
  public int allocPagesBulk(int gfpMask, int wanted, int[] out) {
    return runs.allocPagesBulk(gfpMask, wanted, out);
  }

  /**
   * Whether the fast lane has {@code wanted} single pages for a request in bulk; if so they are
   * counted, and have to be taken by {@link #takeEasy} at once.
   */
  public boolean beginEasy(int gfpMask, int wanted) {
    return runs.beginEasy(gfpMask, wanted);
  }

  public int takeEasy() {
    return runs.takeEasy();
  }

  /** Takes just enough single pages for {@code bytes}; the first pfn or {@link #NO_PFN}. */
  public int allocPagesExact(long bytes, int gfpMask) {
    return runs.allocPagesExact(bytes, gfpMask);
  }

  /** Frees single pages one after another: {@code free_pages_exact}. */
  public void freePagesExact(int pfn, long bytes) {
    runs.freePagesExact(pfn, bytes);
  }

  /** Makes {@code 1 << order} single pages of an allocated block. */
  public void splitPage(int pfn, int order) {
    runs.splitPage(pfn, order);
  }

  /** Frees the first {@code nr} single pages of {@code pfns}, as reclaim does. */
  public void freeUnrefPageList(int[] pfns, int nr) {
    runs.freeUnrefPageList(pfns, nr);
  }

  /** The smallest order whose block holds {@code bytes}; 11 or more when none does. */
  public static int orderOf(long bytes) {
    return PageRuns.orderOf(bytes);
  }

  public static int pagesOf(long bytes) {
    return PageRuns.pagesOf(bytes);
  }
}
