package kmemsh.mm.page;

import static kmemsh.view.Migratetype.MIGRATE_CMA;
import static kmemsh.view.Migratetype.MIGRATE_HIGHATOMIC;
import static kmemsh.view.Migratetype.MIGRATE_ISOLATE;
import static kmemsh.view.Migratetype.MIGRATE_MOVABLE;
import static kmemsh.view.Migratetype.MIGRATE_PCPTYPES;

import kmemsh.base.NodeLists;
import kmemsh.trace.Trace;

/**
 * The buddy system: free lists by order and migratetype, splitting, merging, and stealing between
 * types.
 *
 * <p>A block of order o is 2^o pages that begin at a multiple of 2^o; its buddy is the block whose
 * pfn differs in bit o alone. A request takes the head of the smallest list that serves it and puts
 * the upper halves back; a free merges with the buddy as long as that is free too.
 *
 * <p>Spec: page-allocator.md 6.2 to 6.6, 7.4
 */
final class Buddy {
  static final int NOTHING = -1;

  private static final int MAX_ORDER = PageFrames.NR_ORDERS;
  private static final int BIG_ORDER = PageFrames.BIG_ORDER;
  private static final int[][] FALLBACKS = {{2, 1}, {2, 0}, {0, 1}};

  final PageFrames frames;
  final Pageblocks blocks;
  private final NodeLists nodes;
  private final PageConfig config;
  private final Zone[] zones;
  private final ZoneMap zoneMap;
  private final int pageblockOrder;
  private Trace trace = Trace.OFF;
  private boolean tracing;

  Buddy(PageConfig config, Zone[] zones, ZoneMap zoneMap) {
    this.config = config;
    this.zones = zones;
    this.zoneMap = zoneMap;
    this.pageblockOrder = config.pageblockOrder();
    frames = new PageFrames(config.nrFrames(), zones.length, config.maxFlatRows());
    nodes = frames.nodes;
    for (Zone zone : zones) {
      zone.setLists(nodes, frames.listHead(zone.id, 0, 0));
    }
    blocks = new Pageblocks(config, zones);
  }

  void setTrace(Trace trace) {
    this.trace = trace;
    this.tracing = trace != Trace.OFF;
  }

  // Lists.

  void addHead(Zone zone, int pfn, int order, int migratetype) {
    frames.insertHead(zone.listHead(order, migratetype), pfn, order, migratetype);
    counted(zone, order, migratetype);
  }

  void addTail(Zone zone, int pfn, int order, int migratetype) {
    frames.insertTail(zone.listHead(order, migratetype), pfn, order, migratetype);
    counted(zone, order, migratetype);
  }

  /**
   * Hands over {@code nr} untouched order-10 blocks that follow each other, ascending at the tail.
   */
  void appendRun(int z, int pfn, int nr, int migratetype) {
    Zone zone = zones[z];
    frames.appendRun(frames.listHead(z, BIG_ORDER, migratetype), pfn, nr, migratetype);
    zone.nrFree[BIG_ORDER] += nr;
    zone.listFilled(BIG_ORDER, migratetype);
    zone.nrFreePages += (long) nr << BIG_ORDER;
  }

  /** Frees {@code nr} order-10 blocks that follow each other, one after the other, to the head. */
  void prependRun(int z, int pfn, int nr, int migratetype) {
    Zone zone = zones[z];
    frames.prependRun(frames.listHead(z, BIG_ORDER, migratetype), pfn, nr, migratetype);
    zone.nrFree[BIG_ORDER] += nr;
    zone.listFilled(BIG_ORDER, migratetype);
    zone.modFreePages(0, nr << BIG_ORDER);
  }

  private static void counted(Zone zone, int order, int migratetype) {
    zone.nrFree[order]++;
    zone.listFilled(order, migratetype);
  }

  void remove(int z, int pfn, int order) {
    uncounted(zones[z], order, frames.remove(pfn, order));
  }

  private static void uncounted(Zone zone, int order, boolean emptied) {
    zone.nrFree[order]--;
    if (emptied) {
      zone.listEnded(order);
    }
  }

  /** Moves a free block to the tail of another type's list of the same order. */
  void move(int z, int pfn, int order, int migratetype) {
    int from = frames.listType(pfn, order);
    remove(z, pfn, order);
    addTail(zones[z], pfn, order, migratetype);
    if (tracing) {
      trace.blockMove(zones[z].id, pfn, order, from, migratetype);
    }
  }

  // Taking.

  /**
   * Takes the head of the smallest list of {@code migratetype} that has blocks of {@code order} or
   * more, and splits it. Returns its pfn or {@link #NOTHING}; the caller sets the frame's state.
   */
  int smallest(Zone zone, int order, int migratetype) {
    int orders = zone.filled[migratetype];
    int found = order;
    int head;
    int node;
    while (true) {
      if (orders >>> found == 0) {
        return NOTHING;
      }
      // A search by steps: a predicted branch each, where counting zeros would make all that
      // follows wait for the bits.
      while ((orders >>> found & 1) == 0) {
        found++;
      }
      head = zone.listHead(found, migratetype);
      node = nodes.next(head);
      if (node != head) {
        break;
      }
      orders &= ~(1 << found);
      zone.filled[migratetype] = orders;
    }
    int[] nrFree = zone.nrFree;
    nrFree[found]--;
    if (nodes.removeFirst(head, node)) {
      zone.listEnded(found);
      orders &= ~(1 << found);
    }
    int pfn = node;
    if (found == BIG_ORDER) {
      nodes.setState(node, 0);
      pfn = frames.pfnOf(node);
    }
    zone.filled[migratetype] = orders | ((1 << found) - (1 << order));
    if (tracing) {
      trace.blockTake(zone.id, order, found, migratetype, pfn);
    }
    for (int half = found - 1; half >= order; half--) {
      // The lists in between are empty, or one of them would have been the smallest.
      int upper = pfn + (1 << half);
      head -= 1 << PageFrames.ORDER_SHIFT;
      nodes.insertOnly(head, upper, PageFrames.freeState(half, migratetype));
      nrFree[half]++;
      if (tracing) {
        trace.split(zone.id, upper, half, migratetype);
      }
    }
    takenType = migratetype;
    return pfn;
  }

  /** The type of the list from which the last block came: the taken page's cached type. */
  int takenType;

  /** Takes a block of {@code order} for {@code migratetype}, stealing where the lists are empty. */
  int take(Zone zone, int order, int migratetype, int allocFlags) {
    boolean useCma = (allocFlags & AllocFlags.ALLOC_CMA) != 0;
    if (useCma && zone.readFreeCmaPages() > zone.readFreePages() / 2) {
      int pfn = smallest(zone, order, MIGRATE_CMA);
      if (pfn != NOTHING) {
        return pfn;
      }
    }
    while (true) {
      int pfn = smallest(zone, order, migratetype);
      if (pfn == NOTHING && useCma) {
        pfn = smallest(zone, order, MIGRATE_CMA);
      }
      if (pfn != NOTHING || !fallback(zone.id, order, migratetype, allocFlags)) {
        return pfn;
      }
    }
  }

  // Stealing. Spec: page-allocator.md 6.4

  private boolean fallback(int z, int order, int migratetype, int allocFlags) {
    Zone zone = zones[z];
    int low = order;
    if (order < pageblockOrder && (allocFlags & AllocFlags.ALLOC_NOFRAGMENT) != 0) {
      low = pageblockOrder;
    }
    int found = BIG_ORDER;
    int from = NOTHING;
    while (found >= low && (from = findType(zone, found, migratetype)) == NOTHING) {
      found--;
    }
    if (tracing) {
      trace.fallback(zone.id, order, migratetype, found, from);
    }
    if (from == NOTHING) {
      return false;
    }
    boolean canSteal = canSteal(found, migratetype);
    if (!canSteal && migratetype == MIGRATE_MOVABLE && found > order) {
      found = order;
      while ((from = findType(zone, found, migratetype)) == NOTHING) {
        found++;
      }
      canSteal = canSteal(found, migratetype);
      if (tracing) {
        trace.fallback(zone.id, order, migratetype, found, from);
      }
    }
    int pfn = frames.first(frames.listHead(z, found, from));
    boolean claimed = steal(z, pfn, found, migratetype, canSteal, allocFlags);
    if (tracing) {
      trace.mmPageAllocExtfrag(pfn, order, found, migratetype, from, claimed ? 1 : 0);
    }
    return true;
  }

  private static int findType(Zone zone, int order, int migratetype) {
    for (int from : FALLBACKS[migratetype]) {
      if (zone.hasBlock(order, from)) {
        return from;
      }
    }
    return NOTHING;
  }

  boolean canSteal(int order, int migratetype) {
    return order >= pageblockOrder / 2
        || migratetype != MIGRATE_MOVABLE
        || config.mobilityDisabled();
  }

  /** Moves the block, or all free blocks around it, to the wanted type. True: pageblock claimed. */
  private boolean steal(
      int z, int pfn, int order, int migratetype, boolean canSteal, int allocFlags) {
    int old = blocks.type(z, pfn);
    if (old == MIGRATE_HIGHATOMIC) {
      move(z, pfn, order, migratetype);
      return false;
    }
    if (order >= pageblockOrder) {
      for (int block = pfn; block < pfn + (1 << order); block += blocks.pages()) {
        setBlockType(z, block, migratetype);
      }
      move(z, pfn, order, migratetype);
      return true;
    }
    if (boostWatermark(zones[z]) && (allocFlags & AllocFlags.ALLOC_KSWAPD) != 0) {
      zones[z].flags |= Zone.ZONE_BOOSTED_WATERMARK;
      zones[z].forgetEasyMark();
    }
    if (!canSteal || !moveBlock(z, pfn, migratetype) || movedPages == 0) {
      move(z, pfn, order, migratetype);
      return false;
    }
    int alike = movablePages;
    if (migratetype != MIGRATE_MOVABLE) {
      alike = old == MIGRATE_MOVABLE ? blocks.pages() - (movedPages + movablePages) : 0;
    }
    boolean claim = movedPages + alike >= blocks.pages() / 2 || config.mobilityDisabled();
    if (tracing) {
      trace.claimVote(blocks.startOf(pfn), movedPages, alike, blocks.pages() / 2, claim);
    }
    if (claim) {
      setBlockType(z, pfn, migratetype);
    }
    return claim;
  }

  /** With mobility grouping off, the three mergeable types are all stored as Unmovable. */
  void setBlockType(int z, int pfn, int migratetype) {
    boolean plain = migratetype < MIGRATE_PCPTYPES && config.mobilityDisabled();
    int type = plain ? 0 : migratetype;
    int old = blocks.type(z, pfn);
    if (old != type) {
      blocks.setType(z, pfn, type);
      if (tracing) {
        trace.pageblockType(blocks.startOf(pfn), old, type);
      }
    }
  }

  /** What the last {@link #moveBlock} moved, and the movable pages it met on its way. */
  int movedPages;

  int movablePages;

  /**
   * Appends every free block of the pageblock of {@code pfn} to the lists of {@code migratetype}
   * and counts. False when the pageblock reaches beyond the zone's end.
   */
  boolean moveBlock(int z, int pfn, int migratetype) {
    movedPages = 0;
    movablePages = 0;
    Zone zone = zones[z];
    int start = blocks.startOf(pfn);
    int end = start + blocks.pages();
    if (!zone.spans(start)) {
      start = pfn;
    }
    if (!zone.spans(end - 1)) {
      return false;
    }
    int at = start;
    while (at < end) {
      int order = frames.freeOrder(at);
      if (order >= 0) {
        move(z, at, order, migratetype);
        movedPages += 1 << order;
        at += 1 << order;
      } else {
        if (frames.hasFlag(at, PageFrames.FLAG_LRU)) {
          movablePages++;
        }
        at++;
      }
    }
    return true;
  }

  /** Raises the zone's watermarks for a while. Spec: page-allocator.md 3.3 */
  private boolean boostWatermark(Zone zone) {
    if (boostFactor == 0 || 4L * blocks.pages() > zone.managedPages) {
      return false;
    }
    long max = zone.watermark[AllocFlags.WMARK_HIGH] * boostFactor / 10000;
    if (max == 0) {
      return false;
    }
    max = Math.max(blocks.pages(), max);
    zone.watermarkBoost = Math.min(zone.watermarkBoost + blocks.pages(), max);
    zone.forgetEasyMark();
    if (tracing) {
      trace.boost(zone.id, zone.watermarkBoost);
    }
    return true;
  }

  /** sysctl watermark_boost_factor, in hundredths of a percent of the high watermark. */
  int boostFactor = 15000;

  // HighAtomic. Spec: page-allocator.md 6.6

  void reserveHighatomic(int z, int pfn) {
    Zone zone = zones[z];
    long max = zone.managedPages / 100 + blocks.pages();
    if (zone.nrReservedHighatomic >= max || !Pageblocks.isMergeable(blocks.type(z, pfn))) {
      return;
    }
    zone.nrReservedHighatomic += blocks.pages();
    zone.forgetEasyMark();
    setBlockType(z, pfn, MIGRATE_HIGHATOMIC);
    moveBlock(z, pfn, MIGRATE_HIGHATOMIC);
    if (tracing) {
      trace.highatomicReserve(zone.id, blocks.startOf(pfn), zone.nrReservedHighatomic);
    }
  }

  /** Gives a reserved pageblock back to {@code migratetype}; true when pages moved. */
  boolean unreserveHighatomic(int z, int migratetype, boolean force) {
    Zone zone = zones[z];
    if (!force && zone.nrReservedHighatomic <= blocks.pages()) {
      return false;
    }
    for (int order = 0; order < MAX_ORDER; order++) {
      int head = frames.listHead(z, order, MIGRATE_HIGHATOMIC);
      if (frames.isEmpty(head)) {
        continue;
      }
      int pfn = frames.first(head);
      if (blocks.type(z, pfn) == MIGRATE_HIGHATOMIC) {
        zone.nrReservedHighatomic -= Math.min(blocks.pages(), zone.nrReservedHighatomic);
        zone.forgetEasyMark();
      }
      setBlockType(z, pfn, migratetype);
      moveBlock(z, pfn, migratetype);
      if (tracing) {
        trace.highatomicUnreserve(zone.id, blocks.startOf(pfn), migratetype);
      }
      if (movedPages > 0) {
        return true;
      }
    }
    return false;
  }

  // Freeing.

  /**
   * Gives a block back: merges it with free buddies and puts the result on the list of {@code
   * migratetype}, at the head unless it is likely to merge soon or {@code forcedTail}.
   */
  void freeOne(Zone zone, int cpu, int freed, int freedOrder, int migratetype, boolean forcedTail) {
    if (captureZone == zone && freeToCapture(zone, cpu, freed, freedOrder, migratetype)) {
      return;
    }
    if (migratetype != MIGRATE_ISOLATE) {
      zone.modFreePages(cpu, 1 << freedOrder);
      if (migratetype == MIGRATE_CMA) {
        zone.modFreeCmaPages(cpu, 1 << freedOrder);
      }
    }
    boolean mixed = !zone.isPlain(freed);
    int pfn = freed;
    int order = freedOrder;
    int buddy = pfn ^ (1 << order);
    while (order < BIG_ORDER) {
      buddy = pfn ^ (1 << order);
      int state = nodes.state(buddy);
      if (state >>> PageFrames.CODE_SHIFT != PageFrames.FREE + order
          || (mixed && zoneMap.zoneOf(buddy) != zone.id)
          || (order >= pageblockOrder && !mayMergeTypes(zone, buddy, migratetype))) {
        if (tracing) {
          trace.mergeStop(zone.id, buddy, order);
        }
        break;
      }
      uncounted(zone, order, nodes.remove(buddy));
      if (tracing) {
        trace.merge(zone.id, buddy, order);
      }
      pfn &= buddy;
      order++;
    }
    boolean tail =
        forcedTail || (order <= BIG_ORDER - 2 && uncleIsFree(zone, pfn & buddy, order, mixed));
    if (tail) {
      addTail(zone, pfn, order, migratetype);
    } else {
      addHead(zone, pfn, order, migratetype);
    }
    if (tracing) {
      trace.blockPut(zone.id, pfn, order, migratetype, tail);
    }
  }

  // Compaction. Spec: page-allocator.md 7.4, 10.3

  private Zone captureZone;
  private int captureOrder;

  /** The block that was caught for the request of {@link #capture}, or -1. */
  int captured = NOTHING;

  /** From now on the first free block of {@code order} in a zone is caught; null for none. */
  void capture(Zone zone, int order) {
    captureZone = zone;
    captureOrder = order;
    captured = zone == null ? captured : NOTHING;
  }

  /** Frees a block that merges to one that is caught; false, and nothing is done, for others. */
  private boolean freeToCapture(Zone zone, int cpu, int freed, int freedOrder, int migratetype) {
    boolean small = captureOrder < pageblockOrder && migratetype == MIGRATE_MOVABLE;
    if (captured != NOTHING
        || small
        || captureOrder >= BIG_ORDER
        || freedOrder > captureOrder
        || migratetype == MIGRATE_CMA
        || migratetype == MIGRATE_ISOLATE) {
      return false;
    }
    int pfn = freed;
    for (int order = freedOrder; order < captureOrder; order++) {
      int buddy = pfn ^ (1 << order);
      boolean merges = frames.isFreeHead(buddy, order) && zoneMap.zoneOf(buddy) == zone.id;
      if (!merges || (order >= pageblockOrder && !mayMergeTypes(zone, buddy, migratetype))) {
        return false;
      }
      pfn &= buddy;
    }
    zone.modFreePages(cpu, 1 << freedOrder);
    pfn = freed;
    for (int order = freedOrder; order < captureOrder; order++) {
      remove(zone.id, pfn ^ (1 << order), order);
      pfn &= pfn ^ (1 << order);
    }
    zone.modFreePages(cpu, -(1 << captureOrder));
    frames.setAllocated(pfn, captureOrder, migratetype);
    captured = pfn;
    return true;
  }

  /** Whether a request of a type has a block of exactly {@code order}. Spec: 10.3 step 1 */
  boolean canServe(Zone zone, int order, int migratetype) {
    if (isFilled(zone, order, migratetype)
        || (migratetype == MIGRATE_MOVABLE && config.cma() && isFilled(zone, order, MIGRATE_CMA))) {
      return true;
    }
    return canSteal(order, migratetype) && findType(zone, order, migratetype) != NOTHING;
  }

  private boolean isFilled(Zone zone, int order, int migratetype) {
    return !frames.isEmpty(frames.listHead(zone.id, order, migratetype));
  }

  /**
   * {@link #freeOne} for a block in the plain part of a zone and of a mergeable type, while nobody
   * listens to facts.
   */
  void freePlain(Zone zone, PerCpuPages pcp, int freed, int freedOrder, int migratetype) {
    assert !tracing && zone.isPlain(freed) && Pageblocks.isMergeable(migratetype);
    zone.modFreePages(pcp, 1 << freedOrder);
    int pfn = freed;
    int order = freedOrder;
    int parent = pfn;
    while (order < BIG_ORDER) {
      int buddy = pfn ^ (1 << order);
      parent = pfn & buddy;
      int state = nodes.state(buddy);
      if (state >>> PageFrames.CODE_SHIFT != PageFrames.FREE + order
          || (order >= pageblockOrder && !Pageblocks.isMergeable(blocks.type(zone, buddy)))) {
        break;
      }
      uncounted(zone, order, nodes.remove(buddy));
      pfn = parent;
      order++;
    }
    if (order <= BIG_ORDER - 2 && uncleIsFree(zone, parent, order, false)) {
      addTail(zone, pfn, order, migratetype);
    } else {
      addHead(zone, pfn, order, migratetype);
    }
  }

  private boolean mayMergeTypes(Zone zone, int buddy, int migratetype) {
    int buddyType = blocks.type(zone, buddy);
    return buddyType == migratetype
        || (Pageblocks.isMergeable(buddyType) && Pageblocks.isMergeable(migratetype));
  }

  /** Whether the block beside the parent is free, so that parent and uncle may merge next. */
  private boolean uncleIsFree(Zone zone, int parent, int order, boolean mixed) {
    int uncle = parent ^ (1 << (order + 1));
    return nodes.state(uncle) >>> PageFrames.CODE_SHIFT == PageFrames.FREE + order + 1
        && (!mixed || zoneMap.zoneOf(uncle) == zone.id);
  }
}
