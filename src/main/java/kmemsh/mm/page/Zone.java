package kmemsh.mm.page;

import kmemsh.base.NodeLists;

/**
 * One zone of one node: its span, its counters, its watermarks and its page sets. Numbers are
 * pages.
 *
 * <pre>
 *   nrFree    [NR_ORDERS]    free blocks of an order on all its lists together, but for those that
 *                            {@link #foldEvents} has yet to count
 *   filled    [nrTypes]      bit o clear: the list of order o and this type is empty; a bit stays set
 *                            after the last block has left, until somebody looks
 *   pcps      [nrCpus]
 * </pre>
 *
 * <p>Spec: page-allocator.md 1.4, 1.6
 */
public final class Zone {
  /** A pageblock was stolen from and kswapd has yet to be told. */
  static final int ZONE_BOOSTED_WATERMARK = 1;

  static final int ZONE_RECLAIM_ACTIVE = 2;

  /** Zone id: {@code nid * maxNrZones + index}. */
  final int id;

  final int nid;
  final int index;
  final String name;
  final boolean highmem;
  int zoneStartPfn;
  int endPfn;
  int presentPages;
  int managedPages;
  int cmaPages;

  /** Managed pages that were already taken, by nobody we know, when a recorded state was loaded. */
  int foreignPages;

  final long[] watermark = new long[4];
  long watermarkBoost;
  final long[] lowmemReserve;
  long nrReservedHighatomic;
  int nrIsolatePageblock;
  int flags;
  long driftMark;

  final int[] nrFree = new int[PageFrames.NR_ORDERS];
  final int[] filled;
  long nrFreePages;
  long nrFreeCmaPages;
  final PerCpuPages[] pcps;

  /** The easy mark of a zone of which nothing has been found out. */
  private static final long UNKNOWN_MARK = Long.MAX_VALUE;

  private static final int CLOSED = -1;

  /**
   * Beyond this many free pages a plain request, for the mask seen last, passes its watermark check
   * whatever else is the case. Whoever changes a mark, a reserve or the boost calls {@link
   * #forgetEasyMark}.
   */
  private long easyMark = UNKNOWN_MARK;

  /** What has to be free beyond the pages of a request in bulk like the one seen last. */
  long bulkMark = UNKNOWN_MARK;

  /**
   * Plain requests up to this order surely pass the watermark check: there are pages enough beyond
   * the easy mark and a block as large. Found by {@link #opens}, and lost when the zone has fewer
   * than {@link #openPages} or its largest list ends.
   */
  int openOrder = CLOSED;

  private long openPages = Long.MIN_VALUE;

  /** By order: where a route leads or led, or null. What is open shuts with the zone. */
  final Lane[] lanes = new Lane[PageFrames.NR_ORDERS];

  /** The free lists, and the head of that of order 0 and migratetype 0. */
  private NodeLists lists;

  private int firstHead;

  /** Whether counters have per-CPU differences, which only a kernel for several CPUs keeps. */
  private final boolean smp;

  /**
   * Frames that are surely of this zone, as is every block of order 10 around them, its buddy and
   * its uncle: {@code [plainStart, plainEnd)}, found by {@link ZoneMap}.
   */
  int plainStart;

  int plainEnd;

  /** What to add to a pageblock number to find this zone's entry in {@link Pageblocks}. */
  int pageblockBase;

  /** Events: numa_hit, numa_miss, numa_foreign, numa_interleave, numa_local, numa_other. */
  final long[] numaEvents = new long[6];

  /** Events so far, but for those that {@link #foldEvents} has yet to add. */
  long pgalloc;

  long pgfree;

  Zone(int id, ZoneShape shape, PageConfig config) {
    this.id = id;
    this.nid = shape.nid();
    this.index = shape.index();
    this.name = shape.name();
    this.highmem = shape.highmem();
    this.zoneStartPfn = shape.startPfn();
    this.endPfn = shape.endPfn();
    this.presentPages = shape.presentPages();
    this.lowmemReserve = new long[config.maxNrZones()];
    this.filled = new int[config.nrTypes()];
    this.smp = config.smp();
    this.pcps = new PerCpuPages[config.nrCpus()];
    int nrLists = config.thp() ? PerCpuPages.NR_LISTS_THP : PerCpuPages.NR_LISTS;
    for (int cpu = 0; cpu < pcps.length; cpu++) {
      pcps[cpu] = new PerCpuPages(this, nrLists, config.pageblockOrder());
      pcps[cpu].batch = 1;
    }
  }

  boolean isPopulated() {
    return presentPages != 0;
  }

  int spannedPages() {
    return endPfn - zoneStartPfn;
  }

  boolean spans(int pfn) {
    return pfn >= zoneStartPfn && pfn < endPfn;
  }

  /** Gives the zone its lists, whose heads follow {@code head} as {@link PageFrames} says. */
  void setLists(NodeLists nodes, int head) {
    lists = nodes;
    firstHead = head;
  }

  /** Whether the list of an order and a migratetype has a block. */
  boolean hasBlock(int order, int migratetype) {
    int head = listHead(order, migratetype);
    return (filled[migratetype] >>> order & 1) != 0 && lists.next(head) != head;
  }

  /** The largest order of which a migratetype has a block, or -1. */
  int largestOrder(int migratetype) {
    int orders = filled[migratetype];
    int order = orders == 0 ? -1 : Integer.SIZE - 1 - Integer.numberOfLeadingZeros(orders);
    while (order >= 0 && !hasBlock(order, migratetype)) {
      order--;
    }
    return order;
  }

  /** The head of the list of an order and a migratetype. */
  int listHead(int order, int migratetype) {
    return firstHead + (order << PageFrames.ORDER_SHIFT) + migratetype;
  }

  boolean isPlain(int pfn) {
    return pfn >= plainStart && pfn < plainEnd;
  }

  /** NR_FREE_PAGES as watermark checks read it: pending per-CPU differences are not in it. */
  long readFreePages() {
    return Math.max(0, nrFreePages);
  }

  long readFreeCmaPages() {
    return Math.max(0, nrFreeCmaPages);
  }

  /** NR_FREE_PAGES with every pending difference. */
  long exactFreePages() {
    long sum = nrFreePages;
    for (PerCpuPages pcp : pcps) {
      sum += pcp.vdiff;
    }
    return sum;
  }

  long exactFreeCmaPages() {
    long sum = nrFreeCmaPages;
    for (PerCpuPages pcp : pcps) {
      sum += pcp.cmaDiff;
    }
    return sum;
  }

  /** Adds to NR_FREE_PAGES on behalf of {@code cpu}. Spec: page-allocator.md 11.1 */
  void modFreePages(int cpu, int delta) {
    modFreePages(pcps[cpu], delta);
  }

  /** Adds to NR_FREE_PAGES on behalf of the CPU of one of this zone's page sets. */
  void modFreePages(PerCpuPages pcp, int delta) {
    if (smp) {
      modFreePagesOf(pcp, delta);
    } else {
      nrFreePages += delta;
      closeIfLow();
    }
  }

  /** {@link #modFreePages} for pages that come back; more of them never close a zone. */
  void addFreePages(PerCpuPages pcp, int nr) {
    if (smp) {
      modFreePagesOf(pcp, nr);
    } else {
      nrFreePages += nr;
    }
  }

  private void modFreePagesOf(PerCpuPages pcp, int delta) {
    int pending = pcp.vdiff + delta;
    if (pending > pcp.vthreshold || -pending > pcp.vthreshold) {
      nrFreePages += pending;
      pending = 0;
      closeIfLow();
    }
    pcp.vdiff = pending;
  }

  /** Adds to NR_FREE_CMA_PAGES on behalf of {@code cpu}. */
  void modFreeCmaPages(int cpu, int delta) {
    PerCpuPages pcp = pcps[cpu];
    int pending = pcp.cmaDiff + delta;
    if (pending > pcp.vthreshold || -pending > pcp.vthreshold) {
      nrFreeCmaPages += pending;
      pending = 0;
    }
    pcp.cmaDiff = pending;
  }

  /** Moves every pending difference to the counter. */
  void foldPending() {
    for (PerCpuPages pcp : pcps) {
      nrFreePages += pcp.vdiff;
      pcp.vdiff = 0;
      nrFreeCmaPages += pcp.cmaDiff;
      pcp.cmaDiff = 0;
    }
  }

  /** The watermark of an index with the boost, as every check but two uses it. */
  long wmark(int index) {
    return watermark[index] + watermarkBoost;
  }

  void forgetEasyMark() {
    easyMark = UNKNOWN_MARK;
    bulkMark = UNKNOWN_MARK;
    close();
  }

  /** Finds out {@link #bulkMark} for requests that may use zones up to {@code highestZone}. */
  void findBulkMark(int highestZone) {
    bulkMark = wmark(AllocFlags.WMARK_LOW) + lowmemReserve[highestZone] + nrReservedHighatomic;
  }

  /** Finds out the easy mark for requests that may use zones up to {@code highestZone}. */
  void findEasyMark(int highestZone) {
    boolean kswapdWaits = (flags & ZONE_BOOSTED_WATERMARK) != 0;
    long needed = wmark(AllocFlags.WMARK_LOW) + lowmemReserve[highestZone];
    long mark = kswapdWaits ? UNKNOWN_MARK : needed + nrReservedHighatomic;
    if (mark != easyMark) {
      easyMark = mark;
      close();
    }
  }

  /** Whether a plain request of {@code order} surely passes; looks anew when that is not known. */
  boolean opens(int order) {
    if (order <= openOrder) {
      return true;
    }
    int found = Math.max(0, largestOrder(0));
    found = Math.max(found, Math.max(largestOrder(1), largestOrder(2)));
    while (found >= 0 && nrFreePages - (1 << found) < easyMark) {
      found--;
    }
    openOrder = found;
    openPages = found == CLOSED ? Long.MIN_VALUE : easyMark + (1 << found);
    return order <= found;
  }

  private void close() {
    openOrder = CLOSED;
    openPages = Long.MIN_VALUE;
    shutLanes();
  }

  void shutLanes() {
    for (Lane lane : lanes) {
      if (lane != null) {
        lane.shut();
      }
    }
  }

  /** Free blocks by order, up to date; not to be written. */
  int[] nrFree() {
    foldEvents();
    return nrFree;
  }

  /** Brings {@link #pgalloc}, {@link #pgfree} and {@link #nrFree} up to date. */
  void foldEvents() {
    for (PerCpuPages pcp : pcps) {
      pcp.foldEvents();
    }
  }

  private void closeIfLow() {
    if (nrFreePages < openPages) {
      close();
    }
  }

  /** A list has got a block. */
  void listFilled(int order, int migratetype) {
    int orders = filled[migratetype];
    if ((orders >>> order & 1) == 0) {
      filled[migratetype] = orders | 1 << order;
    }
  }

  /** A list of {@code order} has lost its last block. */
  void listEnded(int order) {
    if (order >= openOrder && openOrder != CLOSED) {
      close();
    }
  }

  State checkpoint() {
    foldEvents();
    PerCpuPages.State[] sets = new PerCpuPages.State[pcps.length];
    for (int cpu = 0; cpu < pcps.length; cpu++) {
      sets[cpu] = pcps[cpu].checkpoint();
    }
    long[] scalars = {
      presentPages,
      managedPages,
      cmaPages,
      watermarkBoost,
      nrReservedHighatomic,
      nrIsolatePageblock,
      flags,
      driftMark,
      nrFreePages,
      nrFreeCmaPages,
      pgalloc,
      pgfree
    };
    return new State(
        scalars,
        watermark.clone(),
        lowmemReserve.clone(),
        nrFree.clone(),
        filled.clone(),
        numaEvents.clone(),
        sets);
  }

  void restore(State state) {
    long[] scalars = state.scalars;
    forgetEasyMark();
    foldEvents();
    presentPages = (int) scalars[0];
    managedPages = (int) scalars[1];
    cmaPages = (int) scalars[2];
    watermarkBoost = scalars[3];
    nrReservedHighatomic = scalars[4];
    nrIsolatePageblock = (int) scalars[5];
    flags = (int) scalars[6];
    driftMark = scalars[7];
    nrFreePages = scalars[8];
    nrFreeCmaPages = scalars[9];
    pgalloc = scalars[10];
    pgfree = scalars[11];
    System.arraycopy(state.watermark, 0, watermark, 0, watermark.length);
    System.arraycopy(state.lowmemReserve, 0, lowmemReserve, 0, lowmemReserve.length);
    System.arraycopy(state.nrFree, 0, nrFree, 0, nrFree.length);
    System.arraycopy(state.filled, 0, filled, 0, filled.length);
    System.arraycopy(state.numaEvents, 0, numaEvents, 0, numaEvents.length);
    for (int cpu = 0; cpu < pcps.length; cpu++) {
      pcps[cpu].restore(state.pcps[cpu]);
    }
  }

  record State(
      long[] scalars,
      long[] watermark,
      long[] lowmemReserve,
      int[] nrFree,
      int[] filled,
      long[] numaEvents,
      PerCpuPages.State[] pcps) {}
}
