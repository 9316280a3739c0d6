package kmemsh.mm.page;

import kmemsh.base.ByteColumn;
import kmemsh.trace.Trace;
import kmemsh.view.PageState;

/**
 * The page allocator as the rest of the machine sees it: calls, checkpoints, checks and counters by
 * number.
 */
public final class PageMachine {
  private final PageAllocator pages;

  /** Frames that boot took for the page tables of vmalloc, in the order of their addresses. */
  private int[] vmallocTables = {};

  private int turn;

  public PageMachine(PageAllocator pages) {
    this.pages = pages;
  }

  /** Notes the frames that boot took for the page tables of vmalloc. */
  public void setVmallocTables(int[] pfns) {
    vmallocTables = pfns;
  }

  public int[] vmallocTables() {
    return vmallocTables;
  }

  public void setTrace(Trace trace) {
    pages.setTrace(trace);
  }

  /** From now on __GFP_ZERO clears {@code bytes}; null for nobody looks at memory. */
  public void setContents(FrameBytes bytes) {
    pages.setContents(bytes);
  }

  /** What {@link #setContents} was given. */
  public FrameBytes contents() {
    return pages.contents;
  }

  /** The allocator itself, for the calls that need no check. */
  public PageAllocator allocator() {
    return pages;
  }

  public int cpu() {
    return pages.cpu;
  }

  /** The CPU on which the following calls run. */
  public void setCpu(int cpu) {
    pages.runOn(cpu);
    newTurn();
  }

  /** Another number whenever what was looked up for the present CPU may no longer be so. */
  public int turn() {
    return turn;
  }

  /** Whoever has looked up something has to do so again. */
  public void newTurn() {
    turn++;
  }

  /** Whether the task of {@code cpu} spreads its requests over the nodes. Spec: 5.1 */
  public void setInterleave(int cpu, boolean on, int lastNode) {
    pages.interleave[cpu] = on;
    pages.interleaveNode[cpu] = lastNode;
  }

  /** The node that a task which spreads its requests used last. */
  public int interleaveNode(int cpu) {
    return pages.interleaveNode[cpu];
  }

  /** Numbers of the zones that a request made on {@code nid} may use, in order. */
  public int[] zonelist(int nid, int gfpMask) {
    return pages.zonelists.zones(nid, pages.highestZone(gfpMask), false);
  }

  public int nodeOfZone(int zone) {
    return pages.zones[zone].nid;
  }

  /** End of physical memory, a pfn. */
  public int nrFrames() {
    return pages.config.nrFrames();
  }

  /** {@code alloc_pages_node}: like allocPages, the zonelist begun on {@code nid}. */
  public int allocPagesNode(int nid, int gfpMask, int order) {
    pages.askedNode = nid;
    int pfn = pages.allocPages(gfpMask, order);
    pages.askedNode = PageAllocator.NO_NODE;
    return pfn;
  }

  /** Empties the page sets of {@code cpu}, or of all CPUs for -1; returns how many pages. */
  public long drainPages(int cpu) {
    long before = pagesOnPageSets();
    if (cpu < 0) {
      pages.drainAllPages();
    } else {
      pages.drainPages(cpu);
    }
    return before - pagesOnPageSets();
  }

  /** Folds every pending counter difference in, as reading stat_refresh does. */
  public void refreshCounters() {
    for (Zone zone : pages.zones) {
      zone.foldPending();
    }
  }

  private long pagesOnPageSets() {
    long sum = 0;
    for (Zone zone : pages.zones) {
      for (PerCpuPages pcp : zone.pcps) {
        sum += pcp.countPages();
      }
    }
    return sum;
  }

  // Single frames.

  /** The order with which the allocation that begins at {@code pfn} must be freed, or -1. */
  public int allocatedOrder(int pfn) {
    return pages.frames.allocatedOrder(pfn);
  }

  public boolean isKernelOwn(int pfn) {
    return pages.frames.hasFlag(pfn, PageFrames.FLAG_KERNEL);
  }

  public boolean isCompound(int pfn) {
    return pages.frames.hasFlag(pfn, PageFrames.FLAG_COMPOUND);
  }

  /** The first pfn of the block around {@code pfn}, free, on a page set or allocated; or -1. */
  public int blockHead(int pfn) {
    return pages.frames.headOf(pfn, pages.config.pageblockOrder());
  }

  /** The order of the free block that begins at {@code pfn}, or -1. */
  public int freeOrder(int pfn) {
    return pages.frames.freeOrder(pfn);
  }

  /** Kernel name of the zone of {@code pfn}, or empty. */
  public String zoneName(int pfn) {
    int z = pages.zoneMap.zoneOf(pfn);
    return z < 0 ? "" : pages.zones[z].name;
  }

  /** Index of the zone of {@code pfn} in its node; the frame must be of a zone. */
  public int zoneIndex(int pfn) {
    return pages.zones[pages.zoneMap.zoneOf(pfn)].index;
  }

  /** Name of the migratetype of the pageblock of {@code pfn}; the frame must be of a zone. */
  public int pageblockType(int pfn) {
    return pages.buddy.blocks.type(pages.zoneMap.zoneOf(pfn), pfn);
  }

  /** Node of {@code pfn}, or -1. */
  public int nodeOf(int pfn) {
    int z = pages.zoneMap.zoneOf(pfn);
    return z < 0 ? -1 : pages.zones[z].nid;
  }

  // State.

  /** Fills this fresh allocator from {@code state}. */
  public void load(PageState state) {
    new PageStates(pages).load(state);
  }

  public PageState pageState() {
    return new PageStates(pages).save();
  }

  public State checkpoint() {
    return State.of(pages);
  }

  public void restore(State state) {
    state.restore(pages);
    newTurn();
  }

  /** The allocator at one moment; its columns are shared until written. */
  public static final class State {
    private final Zone.State[] zones;
    private final PageFrames.State frames;
    private final ByteColumn.State pageblocks;
    private final int[] sysctls;
    private final int[] reserveRatio;
    private final boolean[] interleave;
    private final int[] interleaveNode;
    private final long[] allocstall;

    private State(
        Zone.State[] zones,
        PageFrames.State frames,
        ByteColumn.State pageblocks,
        int[] sysctls,
        int[] reserveRatio,
        boolean[] interleave,
        int[] interleaveNode,
        long[] allocstall) {
      this.zones = zones;
      this.frames = frames;
      this.pageblocks = pageblocks;
      this.sysctls = sysctls;
      this.reserveRatio = reserveRatio;
      this.interleave = interleave;
      this.interleaveNode = interleaveNode;
      this.allocstall = allocstall;
    }

    static State of(PageAllocator pages) {
      Zone.State[] zones = new Zone.State[pages.zones.length];
      for (int z = 0; z < zones.length; z++) {
        zones[z] = pages.zones[z].checkpoint();
      }
      Watermarks marks = pages.watermarks;
      int[] sysctls = {
        pages.cpu,
        marks.minFreeKbytes,
        marks.userMinFreeKbytes,
        marks.scaleFactor,
        marks.highFraction,
        pages.buddy.boostFactor,
        pages.lastFailure,
      };
      return new State(
          zones,
          pages.frames.checkpoint(),
          pages.buddy.blocks.checkpoint(),
          sysctls,
          marks.reserveRatio.clone(),
          pages.interleave.clone(),
          pages.interleaveNode.clone(),
          pages.allocstall.clone());
    }

    void restore(PageAllocator pages) {
      for (int z = 0; z < pages.zones.length; z++) {
        pages.zones[z].restore(zones[z]);
      }
      pages.frames.restore(frames);
      pages.buddy.blocks.restore(pageblocks);
      Watermarks marks = pages.watermarks;
      pages.runOn(sysctls[0]);
      marks.minFreeKbytes = sysctls[1];
      marks.userMinFreeKbytes = sysctls[2];
      marks.scaleFactor = sysctls[3];
      marks.highFraction = sysctls[4];
      pages.buddy.boostFactor = sysctls[5];
      pages.lastFailure = sysctls[6];
      System.arraycopy(reserveRatio, 0, marks.reserveRatio, 0, reserveRatio.length);
      System.arraycopy(interleave, 0, pages.interleave, 0, interleave.length);
      System.arraycopy(interleaveNode, 0, pages.interleaveNode, 0, interleaveNode.length);
      System.arraycopy(allocstall, 0, pages.allocstall, 0, allocstall.length);
    }
  }

  // Counters, as recordings print them at a checkpoint.

  /** What recordings print of lists and page sets. */
  public Fingerprints fingerprints() {
    return new Fingerprints(pages);
  }

  public int nrZones() {
    return pages.zones.length;
  }

  public boolean isPopulated(int zone) {
    return pages.zones[zone].isPopulated();
  }

  public long nrFreePages(int zone) {
    return pages.zones[zone].nrFreePages;
  }

  public long nrFreeCmaPages(int zone) {
    return pages.zones[zone].nrFreeCmaPages;
  }

  public long watermarkBoost(int zone) {
    return pages.zones[zone].watermarkBoost;
  }

  public int zoneFlags(int zone) {
    return pages.zones[zone].flags;
  }

  public long nrReservedHighatomic(int zone) {
    return pages.zones[zone].nrReservedHighatomic;
  }

  /** One free list, head first. */
  public int[] freeList(int zone, int order, int migratetype) {
    return new PageStates(pages).freeList(pages.zones[zone], order, migratetype);
  }

  /** Heap the page columns hold beyond an untouched machine's, in bytes. */
  public long ownBytes() {
    return pages.frames.ownBytes();
  }

  /** Pages that the buddy lists were given at boot, in all zones. */
  /** NR_FREE_PAGES of all zones together. */
  public long freePages() {
    long sum = 0;
    for (Zone zone : pages.zones) {
      sum += zone.nrFreePages;
    }
    return sum;
  }

  public long managedPages() {
    long sum = 0;
    for (Zone zone : allocator().zones) {
      sum += zone.managedPages;
    }
    return sum;
  }
}
