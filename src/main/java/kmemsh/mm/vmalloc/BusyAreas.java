package kmemsh.mm.vmalloc;

import kmemsh.base.LongRows;
import kmemsh.base.RangeTree;

/**
 * The areas in use. The youngest one stands in front of the tree: most areas that do not live long
 * are gone before the next one comes, and never get into the tree.
 *
 * <p>Spec: mappings.md 5.1
 */
final class BusyAreas {
  private final RangeTree tree;

  /** An area that is not in the tree yet, or NIL. */
  private int youngest;

  private long start;
  private long length;

  BusyAreas(LongRows rows) {
    tree = new RangeTree(rows, false);
  }

  /** The tree of all areas. */
  RangeTree tree() {
    settle();
    return tree;
  }

  private void settle() {
    if (youngest != RangeTree.NIL) {
      tree.insert(youngest, start, start + length);
      youngest = RangeTree.NIL;
    }
  }

  /** Adds an area whose range is also in its row. */
  void add(int area, long from, long end) {
    settle();
    youngest = area;
    start = from;
    length = end - from;
  }

  void erase(int area) {
    if (area == youngest) {
      youngest = RangeTree.NIL;
    } else {
      tree.erase(area);
    }
  }

  /** The area around {@code address}, or NIL. */
  int find(long address) {
    boolean young = Long.compareUnsigned(address - start, length) < 0;
    return young && youngest != RangeTree.NIL ? youngest : tree.find(address);
  }

  /** For a checkpoint. */
  int root() {
    return tree().root();
  }

  void restoreRoot(int node) {
    youngest = RangeTree.NIL;
    tree.restoreRoot(node);
  }
}
