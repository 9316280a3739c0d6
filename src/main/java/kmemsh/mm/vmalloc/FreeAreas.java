package kmemsh.mm.vmalloc;

import kmemsh.base.LongRows;
import kmemsh.base.RangeTree;

/**
 * The free ranges of addresses, in a tree that knows the longest range below each node, and the
 * search for room in it.
 *
 * <p>A request that need not be aligned beyond pages gets the lowest room. The range that served
 * the last such request serves the next one, if that is no smaller and nothing has become free in
 * between; then no walk through the tree is needed, and the tree hears of it later.
 *
 * <p>Spec: mappings.md 5.4, 5.5
 */
final class FreeAreas {
  private final RangeTree tree;

  /** The lowest range from {@link #lowestFrom} on with room for {@link #lowestSize}; or NIL. */
  private int lowest;

  private long lowestSize;
  private long lowestFrom;

  /** Where that range begins by now, and where it ends. */
  private long front;

  private long frontEnd;

  FreeAreas(LongRows rows) {
    tree = new RangeTree(rows, true);
  }

  /** All free ranges, for looking. */
  RangeTree tree() {
    if (lowest != RangeTree.NIL) {
      tree.setStart(lowest, front);
    }
    return tree;
  }

  /** All free ranges, some of which will change. */
  RangeTree change() {
    tree();
    lowest = RangeTree.NIL;
    return tree;
  }

  void restoreRoot(int node) {
    lowest = RangeTree.NIL;
    tree.restoreRoot(node);
  }

  /**
   * Takes {@code size} bytes from the range that served the last request, where this one is sure to
   * get them too and something of the range stays.
   *
   * @return where they begin, or 0
   */
  long takeFront(long size, long align, long vstart, long vend) {
    long start = front;
    boolean serves =
        lowest != RangeTree.NIL
            && align <= Vmalloc.PAGE_BYTES
            && (start & (align - 1)) == 0
            && size >= lowestSize
            && vstart == lowestFrom
            && below(size, frontEnd - start)
            && !below(vend, start + size);
    if (!serves) {
      return 0;
    }
    assert lowest == search(tree().root(), size, size, align, vstart) : lowest;
    front = start + size;
    return start;
  }

  /**
   * {@code size} bytes for a request from {@code vstart} on were just cut off in front of a range.
   */
  void remember(int node, long size, long vstart) {
    lowest = node;
    lowestSize = size;
    lowestFrom = vstart;
    front = tree.start(node);
    frontEnd = tree.end(node);
  }

  /** The free range in which to place {@code size} bytes at a multiple of {@code align}, or NIL. */
  int find(long size, long align, long vstart, long vend) {
    boolean exact = align <= Vmalloc.PAGE_BYTES || vend - vstart == size;
    return search(tree().root(), exact ? size : size + align - 1, size, align, vstart);
  }

  /** Where a request begins in a free range. */
  long place(int node, long align, long vstart) {
    long start = tree.start(node);
    long from = below(start, vstart) ? vstart : start;
    return (from + align - 1) & -align;
  }

  private boolean fits(int node, long size, long align, long vstart) {
    long start = place(node, align, vstart);
    long stop = start + size;
    return !below(stop, start) && !below(start, vstart) && !below(tree.end(node), stop);
  }

  /** The free node that a walk through the tree meets first. Spec: mappings.md 5.4 */
  private int search(int root, long needed, long size, long align, long vstart) {
    long from = vstart;
    int node = root;
    while (node != RangeTree.NIL) {
      if (hasRoom(tree.left(node), needed) && below(from, tree.start(node))) {
        node = tree.left(node);
      } else if (fits(node, size, align, from)) {
        return node;
      } else if (hasRoom(tree.right(node), needed)) {
        node = tree.right(node);
      } else {
        node = climb(node, needed, size, align, from);
        if (node <= 0) {
          return -node;
        }
        from = tree.start(tree.parent(node)) + 1;
      }
    }
    return RangeTree.NIL;
  }

  /** Minus a node that fits, the right child to go on with, or NIL. */
  private int climb(int node, long needed, long size, long align, long from) {
    for (int up = tree.parent(node); up != RangeTree.NIL; up = tree.parent(up)) {
      if (fits(up, size, align, from)) {
        return -up;
      }
      if (hasRoom(tree.right(up), needed) && !below(tree.start(up), from)) {
        return tree.right(up);
      }
    }
    return RangeTree.NIL;
  }

  private static boolean below(long a, long b) {
    return Long.compareUnsigned(a, b) < 0;
  }

  private boolean hasRoom(int node, long needed) {
    return !below(tree.longest(node), needed);
  }
}
