package kmemsh.base;

import java.util.Arrays;

/**
 * The next and previous node of every node of circular doubly linked lists, in shared chunks.
 *
 * <p>Each list runs through its head, a number at or above {@link #headBase}. A node's link is
 * stored as its distance from the natural neighbour, so that a column nobody has written already
 * links every node to the one after it and the one before: a run of untouched nodes is a list
 * without being written. Heads are few and in use all the time; their links stand plainly in an
 * array of their own.
 *
 * <pre>
 *   chunks  [nrChunks][2 * CHUNK_NODES]  next - node - 1, prev - node + 1 of each node, side by side
 *   own     [nrChunks]                   the same chunk where it may be written, else null
 *   heads   [2 * nrHeads]                first and last node of each list, the head itself when empty
 * </pre>
 */
public final class LinkColumn {
  private static final int CHUNK_SHIFT = 12;
  private static final int CHUNK_NODES = 1 << CHUNK_SHIFT;
  private static final int IN_CHUNK = CHUNK_NODES - 1;

  private final int headBase;
  private int[][] chunks;
  private int[][] own;
  private final int[] heads;

  /** Nodes below {@code headBase} start between their natural neighbours; all lists are empty. */
  public LinkColumn(int headBase, int nrHeads) {
    int nrChunks = (headBase + IN_CHUNK) >>> CHUNK_SHIFT;
    this.headBase = headBase;
    chunks = new int[nrChunks][];
    own = new int[nrChunks][];
    Fill.references(chunks, 0, nrChunks, new int[2 * CHUNK_NODES]);
    heads = new int[2 * nrHeads];
    for (int i = 0; i < heads.length; i++) {
      heads[i] = headBase + (i >>> 1);
    }
  }

  /** The number from which on nodes are heads of lists. */
  public int headBase() {
    return headBase;
  }

  public int next(int node) {
    if (node >= headBase) {
      return heads[(node - headBase) << 1];
    }
    return chunks[node >>> CHUNK_SHIFT][(node & IN_CHUNK) << 1] + node + 1;
  }

  public int prev(int node) {
    if (node >= headBase) {
      return heads[((node - headBase) << 1) + 1];
    }
    return chunks[node >>> CHUNK_SHIFT][((node & IN_CHUNK) << 1) + 1] + node - 1;
  }

  /** The first node of the list of {@code head}, which is {@code head} itself when it is empty. */
  public int first(int head) {
    return heads[(head - headBase) << 1];
  }

  /** Puts {@code node} first on the list of {@code head}. */
  public void insertFirst(int head, int node) {
    int at = (head - headBase) << 1;
    int after = heads[at];
    place(node, head, after);
    heads[at] = node;
    setPrev(after, node);
  }

  /** Puts {@code node} last on the list of {@code head}. */
  public void insertLast(int head, int node) {
    appendRun(head, node, node);
  }

  /** Puts the untouched nodes {@code first..last}, which follow each other, last on a list. */
  public void appendRun(int head, int first, int last) {
    int at = ((head - headBase) << 1) + 1;
    int before = heads[at];
    if (first == last) {
      place(first, before, head);
    } else {
      setPrev(first, before);
      setNext(last, head);
    }
    heads[at] = last;
    setNext(before, first);
  }

  /** Takes {@code node} out of its list; true when the list is empty now. */
  public boolean remove(int node) {
    int[] chunk = chunks[node >>> CHUNK_SHIFT];
    int at = (node & IN_CHUNK) << 1;
    int before = chunk[at + 1] + node - 1;
    int after = chunk[at] + node + 1;
    setNext(before, after);
    setPrev(after, before);
    return before == after;
  }

  private void place(int node, int before, int after) {
    int[] chunk = chunk(node);
    int at = (node & IN_CHUNK) << 1;
    chunk[at] = after - node - 1;
    chunk[at + 1] = before - node + 1;
  }

  private void setNext(int node, int next) {
    if (node >= headBase) {
      heads[(node - headBase) << 1] = next;
    } else {
      chunk(node)[(node & IN_CHUNK) << 1] = next - node - 1;
    }
  }

  private void setPrev(int node, int prev) {
    if (node >= headBase) {
      heads[((node - headBase) << 1) + 1] = prev;
    } else {
      chunk(node)[((node & IN_CHUNK) << 1) + 1] = prev - node + 1;
    }
  }

  /** Chunks that this column alone holds: what was touched since the last checkpoint. */
  public int nrOwnChunks() {
    int nr = 0;
    for (int[] chunk : own) {
      nr += chunk == null ? 0 : 1;
    }
    return nr;
  }

  /** Returns the present state, which shares the chunks. */
  public State checkpoint() {
    Arrays.fill(own, null);
    return new State(chunks.clone(), heads.clone());
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    assert state.chunks.length == chunks.length : state.chunks.length;
    chunks = state.chunks.clone();
    Arrays.fill(own, null);
    System.arraycopy(state.heads, 0, heads, 0, heads.length);
  }

  private int[] chunk(int node) {
    int[] chunk = own[node >>> CHUNK_SHIFT];
    return chunk == null ? makeOwn(node >>> CHUNK_SHIFT) : chunk;
  }

  private int[] makeOwn(int index) {
    int[] chunk = chunks[index].clone();
    chunks[index] = chunk;
    own[index] = chunk;
    return chunk;
  }

  /** The links at one moment. Its chunks are never written again. */
  public static final class State {
    private final int[][] chunks;
    private final int[] heads;

    private State(int[][] chunks, int[] heads) {
      this.chunks = chunks;
      this.heads = heads;
    }
  }
}
