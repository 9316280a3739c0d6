package kmemsh.base;

/**
 * Ranges of addresses in a red-black tree, by their start. Insertion and deletion are the classic
 * ones, step by step, since the shape of the tree decides what an aligned search finds.
 *
 * <p>A node is a row of a {@link LongRows} that several trees share; it is in one tree at a time.
 *
 * <pre>
 *   START    first address            END      address behind the last one
 *   LONGEST  length of the longest range in the subtree (0 in a tree that does not keep it)
 *   LINKS    left child (low half), right child (high half)
 *   PARENT   parent (high half), colour (bit 0: 1 is red)
 *   SPARE    and the cells behind it belong to the user
 * </pre>
 *
 * <p>Addresses and lengths are unsigned. Node 0 is no node; it is black and has length 0.
 */
public final class RangeTree {
  /** No node. */
  public static final int NIL = 0;

  /** Cells of a row that hold its range. */
  public static final int START = 0;

  public static final int END = 1;

  /** First cell of a row that the tree leaves alone. */
  public static final int SPARE = 5;

  private static final int LONGEST = 2;
  private static final int LINKS = 3;
  private static final int PARENT = 4;
  private static final int LEFT = 0;
  private static final int RIGHT = 1;
  private static final int HALF = 32;
  private static final int MAX_DEPTH = 64;
  private static final long LOW_HALF = 0xffffffffL;

  private final LongRows rows;
  private final boolean keepsLongest;
  private int root;

  /** The node with the highest address; NIL where that must be looked up. */
  private int highest;

  /** The node last added or found, NIL for none: it is often the next one that is wanted. */
  private int recent;

  /** An empty tree of nodes in {@code rows}. */
  public RangeTree(LongRows rows, boolean keepsLongest) {
    this.rows = rows;
    this.keepsLongest = keepsLongest;
  }

  public int root() {
    return root;
  }

  /** For a checkpoint: the nodes themselves are in the rows. */
  public void restoreRoot(int node) {
    root = node;
    forget();
  }

  private void forget() {
    highest = NIL;
    recent = NIL;
  }

  public long start(int node) {
    return rows.get(node, START);
  }

  public long end(int node) {
    return rows.get(node, END);
  }

  public long length(int node) {
    return end(node) - start(node);
  }

  /** Length of the longest range in the subtree of {@code node}. */
  public long longest(int node) {
    return rows.get(node, LONGEST);
  }

  public int left(int node) {
    return child(node, LEFT);
  }

  public int right(int node) {
    return child(node, RIGHT);
  }

  public int parent(int node) {
    return (int) (rows.get(node, PARENT) >>> HALF);
  }

  public boolean isRed(int node) {
    return (rows.get(node, PARENT) & 1) != 0;
  }

  private int child(int node, int side) {
    return (int) (rows.get(node, LINKS) >>> (side * HALF));
  }

  private void setChild(int node, int side, int child) {
    long links = rows.get(node, LINKS);
    long moved = side == LEFT ? links & ~LOW_HALF | child : links & LOW_HALF | (long) child << HALF;
    rows.set(node, LINKS, moved);
  }

  private void setParent(int node, int parent, boolean red) {
    rows.set(node, PARENT, (long) parent << HALF | (red ? 1 : 0));
  }

  private void setRed(int node, boolean red) {
    rows.set(node, PARENT, rows.get(node, PARENT) & ~1L | (red ? 1 : 0));
  }

  /** Hangs {@code replacement} where {@code old} was below {@code parent}. */
  private void replaceChild(int parent, int old, int replacement) {
    if (parent == NIL) {
      root = replacement;
    } else {
      setChild(parent, child(parent, LEFT) == old ? LEFT : RIGHT, replacement);
    }
  }

  // Looking.

  private static boolean below(long a, long b) {
    return Long.compareUnsigned(a, b) < 0;
  }

  /** The node whose range holds {@code address}, or {@link #NIL}. */
  public int find(long address) {
    if (recent != NIL && !below(address, start(recent)) && below(address, end(recent))) {
      return recent;
    }
    int node = root;
    while (node != NIL) {
      if (below(address, start(node))) {
        node = child(node, LEFT);
      } else if (below(address, end(node))) {
        recent = node;
        return node;
      } else {
        node = child(node, RIGHT);
      }
    }
    return NIL;
  }

  /** The first node that starts at or behind {@code address}, or {@link #NIL}. */
  public int firstFrom(long address) {
    int node = root;
    int found = NIL;
    while (node != NIL) {
      if (below(start(node), address)) {
        node = child(node, RIGHT);
      } else {
        found = node;
        node = child(node, LEFT);
      }
    }
    return found;
  }

  /** The last node that starts below {@code address}, or {@link #NIL}. */
  public int lastBelow(long address) {
    int node = last();
    if (node == NIL || below(start(node), address)) {
      return node;
    }
    node = root;
    int found = NIL;
    while (node != NIL) {
      if (below(start(node), address)) {
        found = node;
        node = child(node, RIGHT);
      } else {
        node = child(node, LEFT);
      }
    }
    return found;
  }

  /** The node with the lowest address, or {@link #NIL}. */
  public int first() {
    return root == NIL ? NIL : outermost(root, LEFT);
  }

  /** The node with the highest address, or {@link #NIL}. */
  public int last() {
    if (highest == NIL && root != NIL) {
      highest = outermost(root, RIGHT);
    }
    return highest;
  }

  public int next(int node) {
    return neighbour(node, RIGHT);
  }

  public int previous(int node) {
    return neighbour(node, LEFT);
  }

  private int outermost(int node, int side) {
    int at = node;
    while (child(at, side) != NIL) {
      at = child(at, side);
    }
    return at;
  }

  private int neighbour(int node, int side) {
    if (child(node, side) != NIL) {
      return outermost(child(node, side), 1 - side);
    }
    int at = node;
    int above = parent(at);
    while (above != NIL && child(above, side) == at) {
      at = above;
      above = parent(at);
    }
    return above;
  }

  /** How many nodes are above {@code node}. */
  public int depth(int node) {
    int depth = 0;
    for (int at = parent(node); at != NIL; at = parent(at)) {
      depth++;
    }
    return depth;
  }

  // Changing.

  /**
   * Adds [start, end) as {@code node}; it overlaps no other range of this tree.
   *
   * <p>One long method, since compilers inline none of more than 325 bytecodes: most areas that do
   * not live long never come here, and what they do is faster without it.
   */
  public void insert(int node, long start, long end) {
    int above = last();
    int side = RIGHT;
    if (above == NIL || !below(start, start(above))) {
      highest = node;
    } else {
      for (int at = root; at != NIL; at = child(at, side)) {
        above = at;
        side = below(start, start(at)) ? LEFT : RIGHT;
      }
    }
    recent = node;
    rows.set(node, START, start);
    rows.set(node, END, end);
    rows.set(node, LONGEST, keepsLongest ? end - start : 0);
    rows.set(node, LINKS, 0);
    setParent(node, above, true);
    if (above == NIL) {
      root = node;
    } else {
      setChild(above, side, node);
      updateLongest(above);
    }
    int red = node;
    while (isRed(parent(red))) {
      above = parent(red);
      int top = parent(above);
      side = child(top, LEFT) == above ? LEFT : RIGHT;
      int uncle = child(top, 1 - side);
      if (uncle != NIL && isRed(uncle)) {
        setRed(above, false);
        setRed(uncle, false);
        setRed(top, true);
        red = top;
      } else {
        if (child(above, 1 - side) == red) {
          rotate(above, side);
          above = red;
        }
        setRed(above, false);
        setRed(top, true);
        rotate(top, 1 - side);
        break;
      }
    }
    setRed(root, false);
  }

  /** Moves {@code node} down to {@code side}; its other child takes its place. */
  private void rotate(int node, int side) {
    int up = child(node, 1 - side);
    int inner = child(up, side);
    int above = parent(node);
    setChild(node, 1 - side, inner);
    if (inner != NIL) {
      setParent(inner, node, isRed(inner));
    }
    setChild(up, side, node);
    setParent(up, above, isRed(up));
    replaceChild(above, node, up);
    setParent(node, up, isRed(node));
    if (keepsLongest) {
      rows.set(up, LONGEST, longest(node));
      rows.set(node, LONGEST, computeLongest(node));
    }
  }

  /** Takes {@code node} out. Its range stays readable. */
  public void erase(int node) {
    long[] cells = rows.cells();
    int at = LongRows.at(node);
    // Without a red leaf the others are as balanced as before.
    if (cells[at + LINKS] == 0 && (cells[at + PARENT] & 1) != 0) {
      int above = (int) (cells[at + PARENT] >>> HALF);
      int links = LongRows.at(above) + LINKS;
      boolean isLeft = (int) cells[links] == node;
      cells[links] &= isLeft ? ~LOW_HALF : LOW_HALF;
      rows.touch(above);
      highest = highest == node ? above : highest;
      recent = recent == node ? NIL : recent;
      updateAllAbove(above);
    } else {
      eraseBalanced(node);
    }
  }

  private void eraseBalanced(int node) {
    int left = child(node, LEFT);
    int right = child(node, RIGHT);
    int above = parent(node);
    if (highest == node) {
      highest = left == NIL ? above : outermost(left, RIGHT);
    }
    recent = recent == node ? NIL : recent;
    if (left != NIL && right != NIL) {
      eraseInner(node);
      return;
    }
    int only = left != NIL ? left : right;
    replaceChild(above, node, only);
    if (only != NIL) {
      setParent(only, above, isRed(node));
    }
    updateAllAbove(above);
    if (only == NIL && !isRed(node) && above != NIL) {
      rebalanceErased(above);
    }
  }

  private void eraseInner(int node) {
    int successor = outermost(child(node, RIGHT), LEFT);
    int orphan = child(successor, RIGHT);
    boolean wasRed = isRed(successor);
    int lowest = parent(successor);
    if (lowest == node) {
      lowest = successor;
    } else {
      setChild(lowest, LEFT, orphan);
      setChild(successor, RIGHT, child(node, RIGHT));
      setParent(child(node, RIGHT), successor, isRed(child(node, RIGHT)));
    }
    setChild(successor, LEFT, child(node, LEFT));
    setParent(child(node, LEFT), successor, isRed(child(node, LEFT)));
    replaceChild(parent(node), node, successor);
    setParent(successor, parent(node), isRed(node));
    if (orphan != NIL) {
      setParent(orphan, lowest, false);
    }
    updateAllAbove(lowest);
    if (orphan == NIL && !wasRed) {
      rebalanceErased(lowest);
    }
  }

  /** One black node is missing below {@code start}, on the side that has none. */
  private void rebalanceErased(int start) {
    int above = start;
    int node = NIL;
    while (true) {
      int side = child(above, RIGHT) == node ? RIGHT : LEFT;
      int sibling = child(above, 1 - side);
      if (isRed(sibling)) {
        setRed(sibling, false);
        setRed(above, true);
        rotate(above, side);
        sibling = child(above, 1 - side);
      }
      int far = child(sibling, 1 - side);
      if (far == NIL || !isRed(far)) {
        int near = child(sibling, side);
        if (near == NIL || !isRed(near)) {
          setRed(sibling, true);
          if (isRed(above)) {
            setRed(above, false);
            return;
          }
          node = above;
          above = parent(node);
          if (above == NIL) {
            return;
          }
          continue;
        }
        setRed(near, false);
        setRed(sibling, true);
        rotate(sibling, 1 - side);
        far = sibling;
        sibling = near;
      }
      setRed(sibling, isRed(above));
      setRed(above, false);
      setRed(far, false);
      rotate(above, side);
      return;
    }
  }

  /** Lets the range of {@code node} begin elsewhere, without changing the order. */
  public void setStart(int node, long start) {
    rows.set(node, START, start);
    if (keepsLongest) {
      updateLongest(node);
    }
  }

  /** Lets the range of {@code node} end elsewhere, without changing the order. */
  public void setEnd(int node, long end) {
    rows.set(node, END, end);
    if (keepsLongest) {
      updateLongest(node);
    }
  }

  // The longest range below a node.

  private long computeLongest(int node) {
    return computeLongest(rows.cells(), LongRows.at(node));
  }

  private static long computeLongest(long[] cells, int at) {
    long links = cells[at + LINKS];
    long longest = cells[at + END] - cells[at + START];
    long left = cells[LongRows.at((int) links) + LONGEST];
    long right = cells[LongRows.at((int) (links >>> HALF)) + LONGEST];
    longest = below(longest, left) ? left : longest;
    return below(longest, right) ? right : longest;
  }

  private void updateLongest(int from) {
    long[] cells = rows.cells();
    int node = keepsLongest ? from : NIL;
    while (node != NIL) {
      int at = LongRows.at(node);
      long longest = computeLongest(cells, at);
      if (longest == cells[at + LONGEST]) {
        return;
      }
      cells[at + LONGEST] = longest;
      rows.touch(node);
      node = (int) (cells[at + PARENT] >>> HALF);
    }
  }

  private void updateAllAbove(int from) {
    for (int node = keepsLongest ? from : NIL; node != NIL; node = parent(node)) {
      rows.set(node, LONGEST, computeLongest(node));
    }
  }

  // Loading and checking.

  /**
   * Puts a whole tree together.
   *
   * @param nodes by address
   * @param ranges for each its start, end, the number of nodes above it, and 1 when it is red
   * @return whether there is such a tree and it is a red-black tree
   */
  public boolean load(int[] nodes, long[][] ranges) {
    root = NIL;
    forget();
    for (int i = 0; i < nodes.length; i++) {
      if (ranges[i][2] < 0 || ranges[i][2] > MAX_DEPTH) {
        return false;
      }
      rows.set(nodes[i], START, ranges[i][0]);
      rows.set(nodes[i], END, ranges[i][1]);
      rows.set(nodes[i], LINKS, 0);
    }
    root = build(nodes, ranges, 0, nodes.length, 0, NIL);
    return (root != NIL || nodes.length == 0) && problem().isEmpty();
  }

  /** The subtree of the nodes [from, to), whose top is at {@code depth}; NIL if there is none. */
  private int build(int[] nodes, long[][] ranges, int from, int to, int depth, int above) {
    int top = -1;
    for (int i = from; i < to; i++) {
      if (ranges[i][2] == depth) {
        if (top >= 0) {
          return NIL;
        }
        top = i;
      }
    }
    if (top < 0) {
      return NIL;
    }
    int node = nodes[top];
    setParent(node, above, ranges[top][3] != 0);
    int left = build(nodes, ranges, from, top, depth + 1, node);
    int right = build(nodes, ranges, top + 1, to, depth + 1, node);
    if ((left == NIL && from < top) || (right == NIL && top + 1 < to)) {
      return NIL;
    }
    setChild(node, LEFT, left);
    setChild(node, RIGHT, right);
    rows.set(node, LONGEST, keepsLongest ? computeLongest(node) : 0);
    return node;
  }

  /** What is wrong with the tree, or empty. */
  public String problem() {
    if (root != NIL && (isRed(root) || parent(root) != NIL)) {
      return "the root of a tree of ranges is red or below another node";
    }
    long before = 0;
    for (int node = first(); node != NIL; node = next(node)) {
      String wrong = problem(node);
      if (!wrong.isEmpty()) {
        return wrong;
      }
      if (below(start(node), before) || !below(start(node), end(node))) {
        return "range " + Long.toHexString(start(node)) + " is out of order";
      }
      before = end(node);
    }
    if (highest != NIL && highest != outermost(root, RIGHT)) {
      return "a tree of ranges does not know its highest one";
    }
    return blackHeight(root) < 0 ? "the paths of a tree of ranges differ in black nodes" : "";
  }

  private String problem(int node) {
    int left = child(node, LEFT);
    int right = child(node, RIGHT);
    String at = Long.toHexString(start(node));
    if ((left != NIL && parent(left) != node) || (right != NIL && parent(right) != node)) {
      return "range " + at + " and a child do not agree";
    }
    if (isRed(node) && (isRed(left) || isRed(right))) {
      return "range " + at + " is red and so is a child";
    }
    return keepsLongest && longest(node) != computeLongest(node)
        ? "range " + at + " does not know the longest range below it"
        : "";
  }

  private int blackHeight(int node) {
    if (node == NIL) {
      return 0;
    }
    int left = blackHeight(child(node, LEFT));
    int right = blackHeight(child(node, RIGHT));
    return left < 0 || left != right ? -1 : left + (isRed(node) ? 0 : 1);
  }
}
