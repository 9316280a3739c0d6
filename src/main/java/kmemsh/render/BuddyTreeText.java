package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;
import kmemsh.view.BuddyTree;
import kmemsh.view.Frame;

/**
 * The blocks around a frame, from the largest down: the two halves of the block in the row above
 * side by side, a star at the one with the frame.
 */
final class BuddyTreeText {
  private static final int WIDE = 78;

  private BuddyTreeText() {}

  static void render(BuddyTree tree, Text out, int columns) {
    Frame frame = tree.frame();
    out.add(Style.HEAD, "pfn ").hex(frame.pfn()).add(": ");
    String zone = tree.zone().isEmpty() ? "" : "; zone " + tree.zone();
    Draw.words(Frames.describe(frame) + zone, out, columns, 2);
    out.line();
    boolean wide = columns >= WIDE;
    Table table = new Table("rlllll");
    table.row(Style.HEAD, "order", "lower half", "", "upper half", "", wide ? "if freed" : "");
    int least = tree.mergedOrder() < 0 ? 0 : frame.order();
    for (int i = tree.levels().size() - 1; i >= least; i--) {
      row(tree.levels().get(i), wide, table);
    }
    table.render(out, "");
    Draw.words(verdict(tree), out, columns, 2);
    out.line();
  }

  private static void row(BuddyTree.Level level, boolean wide, Table table) {
    boolean lower = level.block() < level.buddy();
    String mine = "*" + Draw.hex(level.block());
    String other = " " + Draw.hex(level.buddy());
    String myState = state(level.blockState(), level.order(), wide);
    String otherState = state(level.buddyState(), level.order(), wide);
    String why = level.why().isEmpty() || !wide ? "" : level.why().startsWith("m") ? "merges" : "stops";
    table.row(
        "" + level.order(),
        lower ? mine : other,
        lower ? myState : otherState,
        lower ? other : mine,
        lower ? otherState : myState,
        why);
    table.styleLast(lower ? 2 : 4, style(level.blockState()));
    table.styleLast(lower ? 4 : 2, style(level.buddyState()));
  }

  private static Style style(BuddyTree.State state) {
    return switch (state.is()) {
      case Frame.FREE -> Style.FREE;
      case Frame.ALLOCATED, Frame.PCP -> Style.USED;
      case Frame.RESERVED, Frame.TABLES, Frame.HOLE -> Style.RESERVED;
      default -> Style.PLAIN;
    };
  }

  private static String state(BuddyTree.State state, int order, boolean wide) {
    if (!wide) {
      return narrow(state.is());
    }
    if (state.is().equals(BuddyTree.State.INSIDE)) {
      return state.freePages() > 0 ? "in a free block" : "in a used block";
    }
    boolean split = state.is().equals(BuddyTree.State.SPLIT);
    return split ? "split, " + state.freePages() + "/" + (1 << order) + " free" : state.is();
  }

  private static String narrow(String is) {
    return switch (is) {
      case Frame.ALLOCATED -> "used";
      case Frame.RESERVED -> "kept";
      case Frame.TABLES -> "used";
      case BuddyTree.State.INSIDE -> "part";
      default -> is;
    };
  }

  /** What a free would do, in one sentence. */
  private static String verdict(BuddyTree tree) {
    int merged = tree.mergedOrder();
    Frame frame = tree.frame();
    if (merged < 0) {
      return "it was never given to the allocator, so it does not merge";
    }
    int head = frame.pfn() & -(1 << merged);
    String block = "the order-" + merged + " block " + Frames.range(head, merged);
    String stop = merged == 10 ? ", the largest order" : "; " + why(tree, merged);
    if (frame.owner().equals(Frame.FREE)) {
      return "it stays as it is" + stop;
    }
    return "given to the buddy lists now, it would "
        + (merged == frame.order() ? "not merge" : "merge into " + block)
        + stop;
  }

  private static String why(BuddyTree tree, int order) {
    String why = tree.levels().get(order).why();
    return why.startsWith("stops: ") ? why.substring(7) : why;
  }
}
