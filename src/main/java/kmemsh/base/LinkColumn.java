package kmemsh.base;

import java.util.Arrays;

/**
 * The next and previous node of every node of circular doubly linked lists, in shared chunks.
 *
 * <p>A link is stored as its distance from the node's natural neighbour, so that a column nobody
 * has written already links every node to the one after it and the one before: a run of untouched
 * nodes is a list without being written.
 *
 * <pre>
 *   chunks  [nrChunks][2 * CHUNK_NODES]  next - node - 1, prev - node + 1 of each node, side by side
 *   own     [nrChunks]                   the same chunk where it may be written, else null
 * </pre>
 */
public final class LinkColumn {
  private static final int CHUNK_SHIFT = 12;
  private static final int CHUNK_NODES = 1 << CHUNK_SHIFT;
  private static final int IN_CHUNK = CHUNK_NODES - 1;

  private int[][] chunks;
  private int[][] own;

  /** Every node below {@code nrNodes} starts between its natural neighbours. */
  public LinkColumn(long nrNodes) {
    int nrChunks = (int) ((nrNodes + IN_CHUNK) >>> CHUNK_SHIFT);
    chunks = new int[nrChunks][];
    own = new int[nrChunks][];
    Fill.references(chunks, 0, nrChunks, new int[2 * CHUNK_NODES]);
  }

  public int next(int node) {
    return chunks[node >>> CHUNK_SHIFT][(node & IN_CHUNK) << 1] + node + 1;
  }

  public int prev(int node) {
    return chunks[node >>> CHUNK_SHIFT][((node & IN_CHUNK) << 1) + 1] + node - 1;
  }

  /** Makes {@code second} follow {@code first}. */
  public void link(int first, int second) {
    chunk(first)[(first & IN_CHUNK) << 1] = second - first - 1;
    chunk(second)[((second & IN_CHUNK) << 1) + 1] = first - second + 1;
  }

  /** Puts {@code node} between {@code before} and the one that follows it. */
  public void insertAfter(int before, int node) {
    int after = next(before);
    int[] chunk = chunk(node);
    int at = (node & IN_CHUNK) << 1;
    chunk[at] = after - node - 1;
    chunk[at + 1] = before - node + 1;
    chunk(before)[(before & IN_CHUNK) << 1] = node - before - 1;
    chunk(after)[((after & IN_CHUNK) << 1) + 1] = node - after + 1;
  }

  /** Takes {@code node} out of its list; true when only the head is left. */
  public boolean remove(int node) {
    int[] chunk = chunks[node >>> CHUNK_SHIFT];
    int at = (node & IN_CHUNK) << 1;
    int before = chunk[at + 1] + node - 1;
    int after = chunk[at] + node + 1;
    link(before, after);
    return before == after;
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
    return new State(chunks.clone());
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    assert state.chunks.length == chunks.length : state.chunks.length;
    chunks = state.chunks.clone();
    Arrays.fill(own, null);
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

    private State(int[][] chunks) {
      this.chunks = chunks;
    }
  }
}
