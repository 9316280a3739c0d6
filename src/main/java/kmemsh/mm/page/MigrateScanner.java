package kmemsh.mm.page;

import static kmemsh.view.Migratetype.MIGRATE_MOVABLE;

import kmemsh.base.NodeLists;

/**
 * The scanner of compaction that goes up and collects pages which can be moved.
 *
 * <p>Spec: page-allocator.md 10.4
 */
final class MigrateScanner {
  private static final int COMPACT_CLUSTER_MAX = 32;
  private static final int COSTLY_ORDER = 3;

  private final Compaction of;
  private final Buddy buddy;
  private final PageFrames frames;
  private CompactRun run;

  /** The lowest block a fast search found that was not used, and whether one may be used yet. */
  private int fastStart;

  private boolean fastStartUsed;

  /** The present scan has come to a page on an LRU list. */
  private boolean tested;

  private boolean foundFast;

  MigrateScanner(Compaction of) {
    this.of = of;
    buddy = of.pages.buddy;
    frames = buddy.frames;
  }

  void begin(CompactRun of) {
    run = of;
    fastStart = Integer.MAX_VALUE;
    fastStartUsed = false;
  }

  /** Collects pages of the next pageblock that has any; false when it found none. */
  boolean isolate() {
    int size = buddy.blocks.pages();
    int pfn = fastFind();
    boolean chosen = foundFast;
    int end = buddy.blocks.startOf(pfn) + size;
    while (end <= run.freePfn) {
      if (!passesOver(pfn, end, chosen)) {
        pfn = scan(pfn, end);
        break;
      }
      chosen = false;
      pfn = end;
      end += size;
    }
    run.migratePfn = pfn;
    return run.nrSources > 0;
  }

  private boolean passesOver(int pfn, int end, boolean chosen) {
    int start = Math.max(buddy.blocks.startOf(pfn), run.zone.zoneStartPfn);
    if (!of.isWhole(run.zone, start, end)) {
      return true;
    }
    boolean skips = run.kept.skips.get(end - buddy.blocks.pages());
    if (pfn == start && !run.ignoresHints && skips && !chosen) {
      return true;
    }
    if (isSuitable(start)) {
      return false;
    }
    raiseCached(end);
    return true;
  }

  private boolean isSuitable(int start) {
    if (of.compoundOrder(start) >= buddy.blocks.order()) {
      return false;
    }
    if (!run.isAsyncDirect()) {
      return true;
    }
    int type = buddy.blocks.type(run.zone, start);
    return run.migratetype == MIGRATE_MOVABLE
        ? CompactRun.isMovable(type)
        : type == run.migratetype;
  }

  /** The next run begins behind {@code end}, and by a quirk one pageblock further. */
  private void raiseCached(int end) {
    int to = end + buddy.blocks.pages();
    int[] cached = run.kept.cachedMigrate;
    cached[0] = Math.max(cached[0], to);
    if (run.mode != CompactRun.ASYNC) {
      cached[1] = Math.max(cached[1], to);
    }
  }

  // One pageblock.

  /** Collects from {@code from} on; gives where it stopped. */
  private int scan(int from, int end) {
    int next = run.isAsyncDirect() ? blockEnd(from) : Integer.MAX_VALUE;
    int pfn = from;
    tested = false;
    while (pfn < end) {
      if (pfn >= next) {
        if (run.nrSources > 0) {
          return pfn;
        }
        next = blockEnd(pfn);
      }
      int compound = of.compoundOrder(pfn);
      int free = frames.freeOrder(pfn);
      if (free >= 0) {
        pfn += 1 << free;
      } else if (compound < 0 && of.isMovable(pfn)) {
        if (isTaken(pfn)) {
          return pfn;
        }
        of.isolate(run, pfn++);
        if (run.nrSources >= COMPACT_CLUSTER_MAX && !run.rescan) {
          return pfn;
        }
      } else {
        pfn += compound < 0 ? 1 : 1 << compound;
        if (next != Integer.MAX_VALUE) {
          of.putBack(run);
          pfn = Math.max(pfn, next);
        }
      }
    }
    scanned(from, end);
    return Math.min(pfn, end);
  }

  private void scanned(int from, int end) {
    if (run.nrSources > 0 && !run.rescan) {
      return;
    }
    int start = end - buddy.blocks.pages();
    if (from == start) {
      run.kept.skips.set(start);
    }
    raiseCached(end);
  }

  /**
   * Whether a pageblock is abandoned: the first page on an LRU list that a scan comes to begins it,
   * and it has its skip bit, which it gets if not.
   */
  private boolean isTaken(int pfn) {
    if (tested || !of.isOnLru(pfn)) {
      return false;
    }
    tested = true;
    int start = buddy.blocks.startOf(pfn);
    if (run.ignoresHints || pfn != start) {
      return false;
    }
    boolean set = run.kept.skips.get(start);
    run.kept.skips.set(start);
    return set;
  }

  /** End of the block of the wanted order around a frame. */
  private int blockEnd(int pfn) {
    return (pfn & -(1 << run.order)) + (1 << run.order);
  }

  // Where to begin.

  /** A pageblock with free blocks low in the zone, or where the scanner stands. */
  private int fastFind() {
    foundFast = false;
    int migrate = run.migratePfn;
    boolean atStart = migrate == run.zone.zoneStartPfn || migrate == buddy.blocks.startOf(migrate);
    boolean other = run.isDirect() && run.migratetype != MIGRATE_MOVABLE;
    if (run.ignoresHints || !atStart || run.order <= COSTLY_ORDER || other) {
      return migrate;
    }
    int distance = (run.freePfn - migrate) / 2;
    if (migrate != run.zone.zoneStartPfn) {
      distance /= 4;
    }
    int high = buddy.blocks.startOf(migrate + distance);
    int limit = run.searchLimit();
    int looked = 0;
    for (int order = run.order - 1; order >= COSTLY_ORDER && looked < limit; order--) {
      int found = search(order, high, looked, limit);
      if (found >= 0) {
        foundFast = true;
        run.failures = 0;
        return Math.max(buddy.blocks.startOf(found), run.zone.zoneStartPfn);
      }
      looked = -found - 1;
    }
    run.failures++;
    if (fastStart != Integer.MAX_VALUE && !fastStartUsed) {
      fastStartUsed = true;
      run.migratePfn = fastStart;
    }
    return run.migratePfn;
  }

  /** A block below {@code high}, or minus one minus the entries looked at so far. */
  private int search(int order, int high, int before, int limit) {
    int looked = before;
    int head = run.zone.listHead(order, MIGRATE_MOVABLE);
    NodeLists nodes = frames.nodes;
    for (int node = nodes.next(head); node != head; node = nodes.next(node)) {
      if (looked++ >= limit) {
        toTail(head, node);
        return -looked - 1;
      }
      int pfn = frames.pfnOf(node);
      if (pfn < high && !run.kept.skips.get(buddy.blocks.startOf(pfn))) {
        toTail(head, node);
        fastStart = Math.min(fastStart, pfn);
        run.kept.skips.set(buddy.blocks.startOf(pfn));
        return pfn;
      }
    }
    return -looked - 1;
  }

  /** Moves everything up to {@code last} to the end of its list. */
  private void toTail(int head, int last) {
    NodeLists nodes = frames.nodes;
    if (nodes.prev(head) == last) {
      return;
    }
    int node = nodes.next(head);
    while (true) {
      int next = nodes.next(node);
      of.moveToTail(head, node);
      if (node == last) {
        return;
      }
      node = next;
    }
  }
}
