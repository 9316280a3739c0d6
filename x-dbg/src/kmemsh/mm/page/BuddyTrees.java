package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.BuddyTree;
import kmemsh.view.BuddyTree.State;
import kmemsh.view.Frame;
import kmemsh.view.MemMap;

/**
 * The blocks around a frame, order by order, and how far a free would merge them.
 *
 * <p>Spec: page-allocator.md 7.4
 */
public final class BuddyTrees {
  private final PageAllocator pages;
  private final FrameQueries queries;

  public BuddyTrees(PageAllocator pages, FrameQueries queries) {
    this.pages = pages;
    this.queries = queries;
  }

  /** The tree around {@code pfn}, which is a frame of this machine. */
  public BuddyTree around(int pfn) {
    Frame frame = queries.frame(pfn);
    boolean hasBlock = !frame.owner().equals(Frame.RESERVED) && !frame.owner().equals(Frame.HOLE);
    int merging = hasBlock ? frame.order() : PageFrames.NR_ORDERS;
    List<BuddyTree.Level> levels = new ArrayList<>();
    for (int order = 0; order <= PageFrames.BIG_ORDER; order++) {
      int block = pfn & -(1 << order);
      int buddy = block ^ (1 << order);
      String why = "";
      if (order == merging && order < PageFrames.BIG_ORDER) {
        why = mergeStop(block, buddy, order);
        merging += why.isEmpty() ? 1 : 0;
        why = why.isEmpty() ? "merges" : "stops: " + why;
      }
      levels.add(
          new BuddyTree.Level(order, block, state(block, order), buddy, state(buddy, order), why));
    }
    return new BuddyTree(frame, queries.zoneName(pfn), levels, hasBlock ? merging : -1);
  }

  /** Why a block of {@code order} does not merge with its buddy; empty when it does. */
  private String mergeStop(int block, int buddy, int order) {
    Zone zone = queries.zone(block);
    if (queries.zone(buddy) != zone) {
      return queries.zone(buddy) == null ? "its buddy is no RAM" : "its buddy is in another zone";
    }
    if (!pages.frames.isFreeHead(buddy, order)) {
      return "its buddy " + busy(buddy, order);
    }
    if (order < pages.config.pageblockOrder()) {
      return "";
    }
    int type = pages.buddy.blocks.type(zone.id, block);
    int buddyType = pages.buddy.blocks.type(zone.id, buddy);
    boolean mergeable = Pageblocks.isMergeable(type) && Pageblocks.isMergeable(buddyType);
    return type == buddyType || mergeable ? "" : "the pageblocks are of types that never merge";
  }

  private String busy(int buddy, int order) {
    State state = state(buddy, order);
    return switch (state.is()) {
      case Frame.PCP -> "is on a per-CPU list";
      case State.SPLIT -> "is split";
      case State.INSIDE -> "is part of a larger block";
      case Frame.HOLE -> "is a hole";
      case Frame.RESERVED -> "is reserved";
      default -> "is allocated";
    };
  }

  private State state(int block, int order) {
    Frame frame = queries.frame(block);
    int size = 1 << order;
    if (frame.order() > order || (frame.order() == order && frame.head() == block)) {
      int free = frame.owner().equals(Frame.FREE) ? size : 0;
      return new State(frame.order() > order ? State.INSIDE : frame.owner(), free);
    }
    int free = 0;
    int reserved = 0;
    int holes = 0;
    FrameWalk walk = new FrameWalk(pages, queries, block, block + size);
    while (walk.next()) {
      boolean listed = walk.letter == MemMap.FREE_TEN || Character.isDigit(walk.letter);
      free += listed ? walk.length : 0;
      reserved += walk.letter == MemMap.RESERVED ? walk.length : 0;
      holes += walk.letter == MemMap.HOLE ? walk.length : 0;
    }
    holes += Math.max(0, Math.min(size, block + size - queries.endPfn()));
    if (holes == size) {
      return new State(Frame.HOLE, 0);
    }
    return new State(holes + reserved == size ? Frame.RESERVED : State.SPLIT, free);
  }
}
