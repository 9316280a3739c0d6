package kmemsh.mm.vmalloc;

import kmemsh.base.LongRows;
import kmemsh.base.RangeTree;

/**
 * The freed ranges that wait for a purge, merged. What is freed right behind the highest one only
 * makes that longer, and the tree hears of it later.
 *
 * <p>Spec: mappings.md 5.9
 */
final class LazyAreas {
  private final RangeTree tree;

  /** The highest range, or NIL where that has to be looked up. */
  private int highest;

  /** Where it ends by now. */
  private long end;

  LazyAreas(LongRows rows) {
    tree = new RangeTree(rows, false);
  }

  /** All ranges, for looking. */
  RangeTree tree() {
    if (highest != RangeTree.NIL) {
      tree.setEnd(highest, end);
    }
    return tree;
  }

  /** All ranges, some of which will change. */
  RangeTree change() {
    tree();
    highest = RangeTree.NIL;
    return tree;
  }

  void restoreRoot(int node) {
    highest = RangeTree.NIL;
    tree.restoreRoot(node);
  }

  /** Looks up which is the highest range. */
  void remember() {
    highest = tree.last();
    end = tree.end(highest);
  }

  /** Makes the highest range longer by [from, to) if it ends there. */
  boolean append(long from, long to) {
    if (highest == RangeTree.NIL || end != from) {
      return false;
    }
    end = to;
    return true;
  }
}
