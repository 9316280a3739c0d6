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
  private final LongRows rows;
  private final RangeTree tree;

  /** An area that is not in the tree yet, or NIL. */
  private int youngest;

  BusyAreas(LongRows rows) {
    this.rows = rows;
    tree = new RangeTree(rows, false);
  }

  /** The tree of all areas. */
  RangeTree tree() {
    settle();
    return tree;
  }

  private void settle() {
    if (youngest != RangeTree.NIL) {
      tree.insert(youngest, tree.start(youngest), tree.end(youngest));
      youngest = RangeTree.NIL;
    }
  }

  /** Adds an area whose range is in its row. */
  void add(int area) {
    settle();
    youngest = area;
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
    boolean young = youngest != RangeTree.NIL && holds(youngest, address);
    return young ? youngest : tree.find(address);
  }

  private boolean holds(int area, long address) {
    long start = rows.get(area, RangeTree.START);
    long length = rows.get(area, RangeTree.END) - start;
    return Long.compareUnsigned(address - start, length) < 0;
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
