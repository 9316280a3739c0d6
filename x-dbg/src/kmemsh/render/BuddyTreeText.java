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
    int blockColumns = 1;
    for (BuddyTree.Level level : tree.levels()) {
      int last = Math.max(level.block(), level.buddy());
      blockColumns = Math.max(blockColumns, 3 + Draw.hexDigits(last));
    }
    Table table = new Table("rlll");
    table.row(Style.HEAD, "order", " lower half", " upper half", wide ? "if freed" : "");
    int least = tree.mergedOrder() < 0 ? 0 : frame.order();
    for (int i = tree.levels().size() - 1; i >= least; i--) {
      row(tree.levels().get(i), blockColumns, wide, table);
    }
    table.render(out, "");
    Draw.words(verdict(tree), out, columns, 2);
    out.line();
  }

  private static void row(BuddyTree.Level level, int blockColumns, boolean wide, Table table) {
    boolean lower = level.block() < level.buddy();
    String mine = cell('*', level.block(), blockColumns, level.blockState(), wide);
    String other = cell(' ', level.buddy(), blockColumns, level.buddyState(), wide);
    String why = level.why().startsWith("m") ? "merges" : level.why().isEmpty() ? "" : "stops";
    table.row("" + level.order(), lower ? mine : other, lower ? other : mine, wide ? why : "");
    table.styleLast(lower ? 1 : 2, style(level.blockState()));
    table.styleLast(lower ? 2 : 1, style(level.buddyState()));
  }

  private static String cell(
      char mark, int block, int blockColumns, BuddyTree.State state, boolean wide) {
    String is = wide ? state(state) : narrow(state.is());
    return new Text().add(mark).left(Draw.hex(block), blockColumns).add(is).plain();
  }

  private static Style style(BuddyTree.State state) {
    return switch (state.is()) {
      case Frame.FREE -> Style.FREE;
      case Frame.ALLOCATED, Frame.PCP -> Style.USED;
      case Frame.RESERVED, Frame.TABLES, Frame.HOLE -> Style.RESERVED;
      default -> Style.PLAIN;
    };
  }

  private static String state(BuddyTree.State state) {
    if (state.is().equals(BuddyTree.State.INSIDE)) {
      return state.freePages() > 0 ? "in a free block" : "in a used block";
    }
    boolean split = state.is().equals(BuddyTree.State.SPLIT);
    String free = state.freePages() == 0 ? "none" : "" + state.freePages();
    return split ? "split, " + free + " free" : state.is();
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
