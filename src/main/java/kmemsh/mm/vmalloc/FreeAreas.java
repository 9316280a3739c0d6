package kmemsh.mm.vmalloc;

import kmemsh.base.LongRows;
import kmemsh.base.RangeTree;

/**
 * The free ranges of addresses, in a tree that knows the longest range below each node, and the
 * search for room in it.
 *
 * <p>A request that need not be aligned beyond pages gets the lowest room. The range that served
 * the last such request serves the next one, if that is no smaller and nothing has become free in
 * between; then no walk through the tree is needed.
 *
 * <p>Spec: mappings.md 5.4, 5.5
 */
final class FreeAreas {
  final RangeTree tree;

  /** The lowest range from {@link #lowestFrom} on with room for {@link #lowestSize}; or NIL. */
  private int lowest;

  private long lowestSize;
  private long lowestFrom;

  FreeAreas(LongRows rows) {
    tree = new RangeTree(rows, true);
  }

  /** To be called when a range has become free, or has gone. */
  void changed() {
    lowest = RangeTree.NIL;
  }

  /** The free range in which to place {@code size} bytes at a multiple of {@code align}, or NIL. */
  int find(long size, long align, long vstart, long vend) {
    if (align > Vmalloc.PAGE_BYTES) {
      long needed = vend - vstart == size ? size : size + align - 1;
      return search(needed, size, align, vstart);
    }
    boolean known = lowest != RangeTree.NIL && lowestFrom == vstart && size >= lowestSize;
    if (!known || !fits(lowest, size, align, vstart)) {
      lowest = search(size, size, align, vstart);
      lowestSize = size;
      lowestFrom = vstart;
    }
    assert lowest == search(size, size, align, vstart) : lowest;
    return lowest;
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
  private int search(long needed, long size, long align, long vstart) {
    long from = vstart;
    int node = tree.root();
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
