package kmemsh.mm.page;

import static kmemsh.view.Migratetype.MIGRATE_CMA;
import static kmemsh.view.Migratetype.MIGRATE_ISOLATE;

import kmemsh.view.Gfp;

/**
 * Makes a range of frames of one zone the caller's: its pageblocks are isolated, what is in use is
 * moved elsewhere, what is free is taken off the lists.
 *
 * <p>Left out: ranges outside areas of type CMA, pages whose move has to wait or fails.
 *
 * <p>Spec: page-allocator.md 9.1, 9.2
 */
final class ContigRange {
  private static final int COMPACT_CLUSTER_MAX = 32;

  private final Compaction of;
  private final PageAllocator pages;
  private final Buddy buddy;
  private final PageFrames frames;
  private final int size;
  private final int[] sources = new int[COMPACT_CLUSTER_MAX];
  private boolean lackedMemory;

  ContigRange(Compaction of) {
    this.of = of;
    pages = of.pages;
    buddy = pages.buddy;
    frames = buddy.frames;
    size = buddy.blocks.pages();
  }

  /** Every page of [start, end) becomes an allocation of its own; false, and none does, if busy. */
  boolean alloc(int start, int end) {
    Zone zone = pages.zones[pages.zoneMap.zoneOf(start)];
    int first = buddy.blocks.startOf(start);
    int last = buddy.blocks.startOf(end - 1);
    lackedMemory = false;
    if (!isolateRange(zone, first, last)) {
      return false;
    }
    for (int cpu = 0; cpu < zone.pcps.length; cpu++) {
      pages.drainZone(zone, cpu);
    }
    moveAway(zone, start, end);
    boolean taken = !lackedMemory && take(zone, start, end);
    for (int block = first; block <= last; block += size) {
      unisolate(zone, block);
    }
    return taken;
  }

  /** Whether the last range was left alone for want of pages to move to. */
  boolean lackedMemory() {
    return lackedMemory;
  }

  // Isolation.

  private boolean isolateRange(Zone zone, int first, int last) {
    if (!isolate(zone, first)) {
      return false;
    }
    splitAcross(zone, first, first);
    if (last != first && !isolate(zone, last)) {
      unisolate(zone, first);
      return false;
    }
    splitAcross(zone, last, last + size);
    for (int block = first + size; block < last; block += size) {
      if (!isolate(zone, block)) {
        for (int undone = first; undone < block; undone += size) {
          unisolate(zone, undone);
        }
        unisolate(zone, last);
        return false;
      }
    }
    return true;
  }

  private boolean isolate(Zone zone, int block) {
    if (buddy.blocks.type(zone, block) != MIGRATE_CMA) {
      return false;
    }
    buddy.setBlockType(zone.id, block, MIGRATE_ISOLATE);
    zone.nrIsolatePageblock++;
    buddy.moveBlock(zone.id, block, MIGRATE_ISOLATE);
    of.addFree(zone, MIGRATE_CMA, -buddy.movedPages);
    return true;
  }

  private void unisolate(Zone zone, int block) {
    int order = frames.freeOrder(block);
    zone.nrIsolatePageblock--;
    if (order >= buddy.blocks.order() && order < PageFrames.BIG_ORDER) {
      int other = block ^ (1 << order);
      if (frames.isFreeHead(other, order)
          && pages.zoneMap.zoneOf(other) == zone.id
          && buddy.blocks.type(zone, other) != MIGRATE_ISOLATE) {
        buddy.remove(zone.id, block, order);
        buddy.setBlockType(zone.id, block, MIGRATE_CMA);
        buddy.freeOne(zone, pages.cpu, block, order, MIGRATE_CMA, true);
        return;
      }
    }
    buddy.moveBlock(zone.id, block, MIGRATE_CMA);
    of.addFree(zone, MIGRATE_CMA, buddy.movedPages);
    buddy.setBlockType(zone.id, block, MIGRATE_CMA);
  }

  /** Splits a free block that lies on both sides of {@code boundary}, at one end of a pageblock. */
  private void splitAcross(Zone zone, int block, int boundary) {
    int pfn = Math.max(block & -(1 << PageFrames.BIG_ORDER), zone.zoneStartPfn);
    while (pfn < boundary) {
      int order = frames.freeOrder(pfn);
      int next = pfn + (order < 0 ? 1 : 1 << order);
      if (order >= 0 && next > boundary) {
        split(zone, pfn, order, boundary - pfn);
      }
      pfn = next;
    }
  }

  private void split(Zone zone, int head, int order, int offset) {
    int type = buddy.blocks.type(zone, head);
    if (type != MIGRATE_ISOLATE) {
      of.addFree(zone, type, -(1 << order));
    }
    buddy.remove(zone.id, head, order);
    int end = head + (1 << order);
    int stop = head + offset;
    int pfn = head;
    while (pfn < end) {
      int left = (pfn < stop ? stop : end) - pfn;
      int piece = Math.min(31 - Integer.numberOfLeadingZeros(left), trailingZeros(pfn));
      int pieceType = buddy.blocks.type(zone, pfn);
      buddy.freeOne(zone, pages.cpu, pfn, piece, pieceType, false);
      pfn += 1 << piece;
    }
  }

  private static int trailingZeros(int pfn) {
    return pfn == 0 ? PageFrames.BIG_ORDER : Integer.numberOfTrailingZeros(pfn);
  }

  // What is in use.

  private void moveAway(Zone zone, int start, int end) {
    int pfn = start;
    while (pfn < end && !lackedMemory) {
      int nr = 0;
      while (pfn < end && nr < COMPACT_CLUSTER_MAX) {
        int free = frames.freeOrder(pfn);
        int compound = of.compoundOrder(pfn);
        if (free < 0 && compound < 0 && of.isMovable(pfn)) {
          sources[nr++] = pfn;
          of.log.isolated(pfn);
        }
        pfn += 1 << Math.max(0, Math.max(free, compound));
      }
      move(zone, nr);
    }
  }

  /** The page that was found last goes first. */
  private void move(Zone zone, int nr) {
    int gfp = Gfp.GFP_USER | Gfp.__GFP_MOVABLE | Gfp.__GFP_RETRY_MAYFAIL;
    if (zone.highmem || zone.name.equals("Movable")) {
      gfp |= Gfp.__GFP_HIGHMEM;
    }
    for (int i = nr - 1; i >= 0; i--) {
      int to = lackedMemory ? PageAllocator.NO_PFN : pages.allocPages(gfp, 0);
      if (to == PageAllocator.NO_PFN) {
        lackedMemory = true;
        of.log.putBack(sources[i]);
      } else {
        of.replace(sources[i], to);
        of.log.moved(sources[i], to);
        pages.freePages(sources[i], 0);
      }
    }
  }

  // What is free.

  private boolean take(Zone zone, int start, int end) {
    int outer = outerStart(start);
    int stop = outer;
    while (stop < end) {
      int order = frames.freeOrder(stop);
      if (order < 0 || buddy.blocks.type(zone, stop) != MIGRATE_ISOLATE) {
        return false;
      }
      stop += 1 << order;
    }
    for (int pfn = outer; pfn < stop; ) {
      int order = frames.freeOrder(pfn);
      buddy.remove(zone.id, pfn, order);
      for (int page = pfn; page < pfn + (1 << order); page++) {
        frames.setAllocated(page, 0, MIGRATE_ISOLATE);
      }
      pfn += 1 << order;
    }
    free(outer, start);
    free(end, stop);
    return true;
  }

  /** Head of the free block that a range begins in. */
  private int outerStart(int start) {
    for (int order = 0; order <= PageFrames.BIG_ORDER; order++) {
      int head = start & -(1 << order);
      int found = frames.freeOrder(head);
      if (found >= 0) {
        return head + (1 << found) > start ? head : start;
      }
    }
    return start;
  }

  void free(int from, int to) {
    for (int pfn = from; pfn < to; pfn++) {
      pages.freePages(pfn, 0);
    }
  }
}
