package kmemsh.base;

/**
 * The next and previous node of every node of circular doubly linked lists, with cheap checkpoints.
 *
 * <p>Each list runs through its head, a number at or above {@link #headBase}. A node's link is
 * stored as its distance from the natural neighbour, so that a column nobody has written already
 * links every node to the one after it and the one before: a run of untouched nodes is a list
 * without being written. Heads are few and in use all the time; their links stand plainly in an
 * array of their own.
 *
 * <p>Like {@link ByteColumn}, a small column is one flat array and a large one is in chunks.
 *
 * <pre>
 *   links  [2 * nrNodes]  next - node - 1, prev - node + 1 of each node, side by side
 *   heads  [2 * nrHeads]  first and last node of each list, the head itself when empty
 * </pre>
 */
public abstract class LinkColumn {
  static final int CHUNK_SHIFT = 12;
  static final int CHUNK_NODES = 1 << CHUNK_SHIFT;
  static final int CHUNK_INTS = 2 * CHUNK_NODES;

  final int headBase;
  final int[] heads;

  LinkColumn(int headBase, int nrHeads) {
    this.headBase = headBase;
    heads = new int[2 * nrHeads];
    for (int i = 0; i < heads.length; i++) {
      heads[i] = headBase + (i >>> 1);
    }
  }

  /** Nodes below {@code headBase} start between their natural neighbours; all lists are empty. */
  public static LinkColumn of(int headBase, int nrHeads) {
    return headBase <= ByteColumn.MAX_FLAT_ROWS
        ? new FlatLinkColumn(headBase, nrHeads)
        : ChunkedLinkColumn.make(headBase, nrHeads);
  }

  /** The number from which on nodes are heads of lists. */
  public final int headBase() {
    return headBase;
  }

  /** The first node of the list of {@code head}, which is {@code head} itself when it is empty. */
  public final int first(int head) {
    return heads[(head - headBase) << 1];
  }

  /** The node after {@code node}, which may be a head. */
  public final int next(int node) {
    return node >= headBase ? first(node) : nodeNext(node);
  }

  /** The node before {@code node}, which may be a head. */
  public final int prev(int node) {
    return node >= headBase ? heads[((node - headBase) << 1) + 1] : nodePrev(node);
  }

  /** Puts {@code node} first on the list of {@code head}. */
  public final void insertFirst(int head, int node) {
    int at = (head - headBase) << 1;
    int after = heads[at];
    place(node, head, after);
    heads[at] = node;
    setPrev(after, node);
  }

  /** Takes the first node off the list of {@code head}, which must not be empty. */
  public final int removeFirst(int head) {
    int at = (head - headBase) << 1;
    int node = heads[at];
    int after = nodeNext(node);
    heads[at] = after;
    setPrev(after, head);
    return node;
  }

  /** Puts {@code node} on the list of {@code head}, which must be empty. */
  public final void insertOnly(int head, int node) {
    int at = (head - headBase) << 1;
    place(node, head, head);
    heads[at] = node;
    heads[at + 1] = node;
  }

  /** Puts {@code node} last on the list of {@code head}. */
  public final void insertLast(int head, int node) {
    int at = ((head - headBase) << 1) + 1;
    int before = heads[at];
    place(node, before, head);
    heads[at] = node;
    setNext(before, node);
  }

  /** Puts the untouched nodes {@code first..last}, which follow each other, last on a list. */
  public final void appendRun(int head, int first, int last) {
    if (first == last) {
      insertLast(head, first);
      return;
    }
    int at = ((head - headBase) << 1) + 1;
    int before = heads[at];
    setNodePrev(first, before);
    setNodeNext(last, head);
    heads[at] = last;
    setNext(before, first);
  }

  /** Takes {@code node} out of its list; true when the list is empty now. */
  public final boolean remove(int node) {
    int before = nodePrev(node);
    int after = nodeNext(node);
    setNext(before, after);
    setPrev(after, before);
    return before == after;
  }

  private void setNext(int node, int next) {
    if (node >= headBase) {
      heads[(node - headBase) << 1] = next;
    } else {
      setNodeNext(node, next);
    }
  }

  private void setPrev(int node, int prev) {
    if (node >= headBase) {
      heads[((node - headBase) << 1) + 1] = prev;
    } else {
      setNodePrev(node, prev);
    }
  }

  abstract int nodeNext(int node);

  abstract int nodePrev(int node);

  abstract void place(int node, int before, int after);

  abstract void setNodeNext(int node, int next);

  abstract void setNodePrev(int node, int prev);

  /** Bytes that were touched: what this column holds beyond a fresh one, if it were chunked. */
  public abstract long touchedBytes();

  /** Returns the present state; costs as much as was written since the last one. */
  public abstract State checkpoint();

  /** Goes back to {@code state}, which may be restored again later. */
  public abstract void restore(State state);

  static int nrChunks(int nrNodes) {
    return (int) ((nrNodes + (long) CHUNK_NODES - 1) >>> CHUNK_SHIFT);
  }

  /** The links at one moment. Its chunks are never written again; null is as at the beginning. */
  public static final class State {
    final int[][] chunks;
    final int[] heads;

    State(int[][] chunks, int[] heads) {
      this.chunks = chunks;
      this.heads = heads;
    }
  }
}
