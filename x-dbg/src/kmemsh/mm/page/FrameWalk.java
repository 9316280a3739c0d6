package kmemsh.mm.page;

import kmemsh.view.MemMap;

/**
 * Goes through frames unit by unit: a free block, a block on a per-CPU list, an allocation, a
 * reserved frame, a hole.
 */
final class FrameWalk {
  private final PageFrames frames;
  private final FrameQueries queries;
  private final int hugeOrder;
  private final int end;

  /** First frame of the present unit. */
  int pfn;

  /** Frames of the present unit, as far as the walk reaches. */
  int length;

  /** Order of the present unit; 0 for reserved frames and holes. */
  int order;

  /** Who has it: a letter of {@link MemMap}, of its first page. */
  char letter;

  /** Starts in front of {@code start}; a unit that begins before is entered in its middle. */
  FrameWalk(PageAllocator pages, FrameQueries queries, int start, int end) {
    this.frames = pages.frames;
    this.queries = queries;
    this.hugeOrder = pages.config.pageblockOrder();
    this.end = Math.min(end, frames.nrFrames());
    pfn = start;
  }

  /** Goes to the next unit; false at the end. */
  boolean next() {
    pfn += length;
    if (pfn >= end) {
      return false;
    }
    boolean first = length == 0;
    int head = first ? Math.max(-1, frames.headOf(pfn, hugeOrder)) : pfn;
    if (head < 0 || !unit(head)) {
      order = 0;
      length = 1;
      boolean ram = queries.isRam(pfn);
      letter = ram ? MemMap.RESERVED : MemMap.HOLE;
      if (!ram) {
        length = Math.max(1, Math.min(end, queries.nextRam(pfn)) - pfn);
      }
      return true;
    }
    int into = pfn - head;
    length = Math.min((1 << order) - into, end - pfn);
    if (into > 0 && letter == MemMap.ALLOCATED) {
      letter = MemMap.TAIL;
    }
    return true;
  }

  private boolean unit(int head) {
    order = frames.freeOrder(head);
    if (order >= 0) {
      letter = order == PageFrames.BIG_ORDER ? MemMap.FREE_TEN : (char) ('0' + order);
      return true;
    }
    order = frames.pcpOrder(head, hugeOrder);
    if (order >= 0) {
      letter = MemMap.PCP;
      return true;
    }
    order = frames.allocatedOrder(head);
    boolean kernel = order >= 0 && frames.hasFlag(head, PageFrames.FLAG_KERNEL);
    letter = kernel ? MemMap.TABLES : MemMap.ALLOCATED;
    return order >= 0;
  }
}
