package kmemsh.base;

/**
 * Circular doubly linked lists of numbered nodes, with one byte of state for every node and cheap
 * checkpoints.
 *
 * <p>Each list runs through its head, a node like the others with a number at or above {@link
 * #headBase}, so that no step asks whether it has reached one.
 *
 * <p>Nodes are checkpointed in chunks. A small number of them stands in flat arrays; a large number
 * exists only in the chunks that were written.
 *
 * <pre>
 *   node    0 .. headBase - 1         headBase .. headBase + nrHeads - 1
 *           members of lists          heads
 *   links   next (low half) and previous (high half) of each node, in one long:
 *           large blocks are linked by one write and one bounds check, where two ints took two
 *   state   0..255 for each member, 0 at first
 * </pre>
 */
public abstract class NodeLists {
  static final int CHUNK_SHIFT = 12;
  static final int CHUNK_NODES = 1 << CHUNK_SHIFT;
  static final int PREV_SHIFT = 32;
  static final long NEXT_MASK = 0xffffffffL;

  final int headBase;
  final int nrHeads;

  NodeLists(int headBase, int nrHeads) {
    assert (headBase & (CHUNK_NODES - 1)) == 0 && nrHeads <= CHUNK_NODES : headBase;
    this.headBase = headBase;
    this.nrHeads = nrHeads;
  }

  /**
   * Members without a list, and empty lists.
   *
   * <p>The two kinds are made by methods of their own, so that an ordinary process never loads the
   * chunked one and every call of the flat one is direct.
   *
   * @param headBase the first head, a multiple of 4096
   * @param nrHeads 0..4096
   * @param maxFlatNodes flat when there are at most so many members
   */
  public static NodeLists of(int headBase, int nrHeads, int maxFlatNodes) {
    return headBase <= maxFlatNodes
        ? FlatNodeLists.create(headBase, nrHeads)
        : ChunkedNodeLists.create(headBase, nrHeads);
  }

  /** The number from which on nodes are heads of lists. */
  public final int headBase() {
    return headBase;
  }

  /**
   * The node after {@code node}; for a head the first of its list, or itself when that is empty.
   */
  public abstract int next(int node);

  /**
   * The node before {@code node}; for a head the last of its list, or itself when that is empty.
   */
  public abstract int prev(int node);

  /** The state of a member, 0..255. */
  public abstract int state(int node);

  public abstract void setState(int node, int state);

  /** {@link #setState} of a node in a chunk that was written since the last checkpoint. */
  public abstract void setStateAgain(int node, int state);

  /** Replaces a state by {@code state} where the bits of {@code kept} stay as they are. */
  public abstract void replaceState(int node, int kept, int state);

  /** Sets the states of the members {@code [start, end)}, much faster than one by one. */
  public abstract void fillState(int start, int end, int state);

  /** Puts {@code node} first on the list of {@code head}. */
  public final void insertFirst(int head, int node, int state) {
    int after = next(head);
    place(node, head, after, state);
    setHeadNext(head, node);
    setPrev(after, node);
  }

  /**
   * {@link #insertFirst} of a node in a chunk that was written since the last checkpoint. True: the
   * list was empty.
   */
  public final boolean insertFirstAgain(int head, int node, int state) {
    int after = next(head);
    placeAgain(node, head, after, state);
    if (after == head) {
      setHead(head, node, node);
      return true;
    }
    setHeadNext(head, node);
    setPrev(after, node);
    return false;
  }

  /** Puts {@code node} last on the list of {@code head}. */
  public final void insertLast(int head, int node, int state) {
    int before = prev(head);
    place(node, before, head, state);
    setHeadPrev(head, node);
    setNext(before, node);
  }

  /** Puts {@code node} on the list of {@code head}, which must be empty. */
  public final void insertOnly(int head, int node, int state) {
    place(node, head, head, state);
    setHead(head, node, node);
  }

  /** Puts the untouched nodes {@code first..last}, which follow each other, last on a list. */
  public final void appendRun(int head, int first, int last, int state) {
    fillState(first, last + 1, state);
    linkNeighbours(first, last);
    int before = prev(head);
    setPrev(first, before);
    setNext(last, head);
    setHeadPrev(head, last);
    setNext(before, first);
  }

  /** Puts nodes that follow each other first on a list, one before the other: the last leads. */
  public final void prependRun(int head, int first, int last, int state) {
    int behind = next(head);
    for (int node = first; node <= last; node++) {
      place(node, node + 1, node - 1, state);
    }
    setNext(first, behind);
    setPrev(last, head);
    setPrev(behind, first);
    setHeadNext(head, last);
  }

  /**
   * Takes {@code first}, the first node, off the list of {@code head}; its state stays. True: the
   * list is empty now.
   */
  public final boolean removeFirst(int head, int first) {
    int after = next(first);
    setHeadNext(head, after);
    setPrev(after, head);
    return after == head;
  }

  /** {@link #removeFirst}, and the state of {@code first} is {@code state} then. */
  public final boolean takeFirst(int head, int first, int state) {
    int after = next(first);
    setState(first, state);
    if (after == head) {
      setHead(head, head, head);
      return true;
    }
    setHeadNext(head, after);
    setPrev(after, head);
    return false;
  }

  /** Takes {@code node} out of its list and sets its state to 0. True: the list is empty now. */
  public final boolean remove(int node) {
    int before = prev(node);
    int after = next(node);
    setState(node, 0);
    setNext(before, after);
    setPrev(after, before);
    return before == after;
  }

  /** Links every node of {@code first..last} to the one after it and the one before it. */
  abstract void linkNeighbours(int first, int last);

  /** Sets links and state of a member. */
  abstract void place(int node, int before, int after, int state);

  /** {@link #place} of a node in a chunk that was written since the last checkpoint. */
  abstract void placeAgain(int node, int before, int after, int state);

  abstract void setNext(int node, int next);

  abstract void setPrev(int node, int prev);

  /** {@link #setNext} of a node known to be a head. */
  abstract void setHeadNext(int head, int next);

  /** {@link #setPrev} of a node known to be a head. */
  abstract void setHeadPrev(int head, int prev);

  /** Both at once. */
  abstract void setHead(int head, int first, int last);

  /** Both links of a node. */
  static long pair(int next, int prev) {
    return (long) prev << PREV_SHIFT | (next & NEXT_MASK);
  }

  static long withNext(long pair, int next) {
    return pair & ~NEXT_MASK | (next & NEXT_MASK);
  }

  static long withPrev(long pair, int prev) {
    return pair & NEXT_MASK | (long) prev << PREV_SHIFT;
  }

  /** The first member from {@code node} on, or the end of them, that may have been touched. */
  public abstract int skipUntouched(int node);

  /** Bytes that were touched: what the lists hold beyond fresh ones, if they were chunked. */
  public abstract long touchedBytes();

  /** Returns the present state; costs as much as was written since the last one. */
  public abstract State checkpoint();

  /** Goes back to {@code state}, which may be restored again later. */
  public abstract void restore(State state);

  /**
   * Everything at one moment. Its chunks are never written again; null is as at the beginning.
   *
   * @param links [nrChunks][CHUNK_NODES]
   * @param heads [nrHeads]
   * @param state [nrChunks][CHUNK_NODES]
   */
  public record State(long[][] links, long[] heads, byte[][] state) {}
}
