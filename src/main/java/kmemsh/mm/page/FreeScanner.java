package kmemsh.mm.page;

import static kmemsh.view.Migratetype.MIGRATE_ISOLATE;
import static kmemsh.view.Migratetype.MIGRATE_MOVABLE;

import kmemsh.base.NodeLists;

/**
 * The scanner of compaction that goes down and collects free pages to move others to.
 *
 * <p>Spec: page-allocator.md 10.5
 */
final class FreeScanner {
  private static final int MAX_STRIDE = 32;
  private static final int REFUSED = -1;

  private final Compaction of;
  private final Buddy buddy;
  private final PageFrames frames;
  private CompactRun run;
  private int searchOrder;

  /** Where {@link #scan} stopped. */
  private int stoppedAt;

  FreeScanner(Compaction of) {
    this.of = of;
    buddy = of.pages.buddy;
    frames = buddy.frames;
  }

  void begin(CompactRun of) {
    run = of;
    searchOrder = of.order;
  }

  /** Collects pages; there are none left of those collected before. */
  void isolate() {
    if (run.order > 0) {
      fastSearch();
    }
    if (run.nrTargets == 0) {
      scanDown();
    }
  }

  // Pageblock after pageblock.

  private void scanDown() {
    Zone zone = run.zone;
    int size = buddy.blocks.pages();
    int stride = run.mode == CompactRun.ASYNC ? MAX_STRIDE : 1;
    int from = run.freePfn;
    int start = buddy.blocks.startOf(from);
    int end = Math.min(start + size, zone.endPfn);
    int low = buddy.blocks.startOf(run.migratePfn) + size;
    while (start >= low) {
      if (mayScan(start, end)) {
        int got = scan(from, end, stride);
        from = stoppedAt;
        if (from == end) {
          run.kept.skips.set(start);
          run.kept.cachedFree = Math.min(run.kept.cachedFree, start);
        }
        if (run.hasTargetsEnough()) {
          from = from >= end ? start - size : from;
          break;
        }
        if (from < end) {
          break;
        }
        stride = got > 0 ? 1 : Math.min(MAX_STRIDE, stride << 1);
      }
      end = start;
      start -= size;
      from = start;
    }
    run.freePfn = from;
  }

  private boolean mayScan(int start, int end) {
    if (!of.isWhole(run.zone, start, end)) {
      return false;
    }
    if (!run.ignoresTypes) {
      boolean large = frames.freeOrder(start) >= buddy.blocks.order();
      if (large || !CompactRun.isMovable(buddy.blocks.type(run.zone, start))) {
        return false;
      }
    }
    return run.ignoresHints || !run.kept.skips.get(start);
  }

  /** Collects the free blocks in [from, end) whose heads it comes across; how many pages. */
  private int scan(int from, int end, int stride) {
    int got = 0;
    int pfn = from;
    while (pfn < end) {
      int compound = of.compoundOrder(pfn);
      if (compound >= 0) {
        pfn += (1 << compound) - 1 + stride;
        continue;
      }
      int order = frames.freeOrder(pfn);
      if (order < 0) {
        pfn += stride;
        continue;
      }
      if (!take(pfn, order)) {
        break;
      }
      got += 1 << order;
      if (run.hasTargetsEnough()) {
        pfn += 1 << order;
        break;
      }
      pfn += (1 << order) - 1 + stride;
    }
    stoppedAt = Math.min(pfn, end);
    return got;
  }

  /** Takes a free block off its list, page by page, as long as the zone can spare it. */
  private boolean take(int pfn, int order) {
    Zone zone = run.zone;
    int type = buddy.blocks.type(zone, pfn);
    if (type != MIGRATE_ISOLATE) {
      long mark = zone.watermark[AllocFlags.WMARK_MIN] + (1L << order);
      if (!of.pages.watermarks.ok(zone, 0, mark, 0, AllocFlags.ALLOC_CMA, zone.readFreePages())) {
        return false;
      }
      of.addFree(zone, type, -(1 << order));
    }
    buddy.remove(zone.id, pfn, order);
    if (order >= buddy.blocks.order() - 1) {
      for (int block = pfn; block < pfn + (1 << order); block += buddy.blocks.pages()) {
        if (Pageblocks.isMergeable(buddy.blocks.type(zone, block))) {
          buddy.setBlockType(zone.id, block, MIGRATE_MOVABLE);
        }
      }
    }
    for (int page = pfn; page < pfn + (1 << order); page++) {
      frames.setAllocated(page, 0, type);
      run.addTarget(page);
    }
    return true;
  }

  // Straight from the lists.

  private int chosen;
  private int highest;
  private int best;
  private int looked;

  private void fastSearch() {
    int limit = Math.max(1, run.searchLimit() >> 1);
    boolean scanStart = run.freePfn >= run.kept.initFree;
    if (scanStart) {
      limit = buddy.blocks.pages() >> 1;
    }
    int distance = run.freePfn - run.migratePfn;
    int low = buddy.blocks.startOf(run.freePfn - (distance >> 2));
    int min = buddy.blocks.startOf(run.freePfn - (distance >> 1));
    highest = 0;
    chosen = REFUSED;
    searchOrder = Math.min(run.order - 1, searchOrder);
    int order = searchOrder;
    while (chosen < 0 && order >= 0) {
      if (run.zone.nrFree[order] > 0) {
        int halved = searchList(order, low, min, limit);
        if (chosen >= 0 && !take(chosen, order)) {
          chosen = REFUSED;
          order = searchOrder + 1;
        }
        limit = looked >= halved ? Math.max(1, halved >> 1) : halved;
      }
      order = nextOrder(order);
    }
    int around = chosen;
    if (chosen < 0) {
      run.failures++;
      if (scanStart && (highest >= min || run.isDirect())) {
        around = highest >= min ? highest : min;
        run.freePfn = around;
      }
    }
    if (highest != 0 && highest >= run.kept.cachedFree) {
      run.kept.cachedFree = highest - buddy.blocks.pages();
    }
    if (around >= 0) {
      scanAround(around);
    }
  }

  private int nextOrder(int order) {
    int next = order - 1;
    if (next < 0) {
      next = run.order - 1;
    }
    if (next == searchOrder) {
      searchOrder--;
      if (searchOrder < 0) {
        searchOrder = run.order - 1;
      }
      return REFUSED;
    }
    return next;
  }

  /** Looks for a block high enough from the tail of a list on; gives the limit afterwards. */
  private int searchList(int order, int low, int min, int given) {
    NodeLists nodes = frames.nodes;
    int head = run.zone.listHead(order, MIGRATE_MOVABLE);
    int limit = given;
    looked = 0;
    best = 0;
    int node = nodes.prev(head);
    int last = head;
    while (node != head) {
      int pfn = frames.pfnOf(node);
      last = node;
      looked++;
      if (pfn >= highest) {
        highest = Math.max(buddy.blocks.startOf(pfn), run.zone.zoneStartPfn);
      }
      if (pfn >= low) {
        chosen = pfn;
        run.failures = 0;
        searchOrder = order;
        break;
      }
      if (pfn >= min && pfn > best) {
        best = pfn;
        limit >>= 1;
      }
      if (looked >= limit) {
        break;
      }
      node = nodes.prev(node);
    }
    if (chosen < 0 && best != 0) {
      chosen = best;
      last = frames.nodeOf(best, order);
      node = last;
    }
    if (node != head) {
      toFront(head, last);
    }
    return limit;
  }

  /** Makes {@code first} the first of its list; those before it go to the end. */
  private void toFront(int head, int first) {
    NodeLists nodes = frames.nodes;
    while (nodes.next(head) != first) {
      of.moveToTail(head, nodes.next(head));
    }
  }

  /** Collects more of the pageblock around a block. */
  private void scanAround(int pfn) {
    if (run.hasTargetsEnough() || run.isAsyncDirect()) {
      return;
    }
    int start = Math.max(buddy.blocks.startOf(pfn), run.zone.zoneStartPfn);
    int end = Math.min(buddy.blocks.startOf(pfn) + buddy.blocks.pages(), run.zone.endPfn);
    if (!of.isWhole(run.zone, start, end)) {
      return;
    }
    scan(start, end, 1);
    if (!run.hasTargetsEnough()) {
      run.kept.skips.set(buddy.blocks.startOf(pfn));
    }
  }
}
