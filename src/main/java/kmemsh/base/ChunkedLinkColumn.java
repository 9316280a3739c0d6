package kmemsh.base;

import java.util.Arrays;

/**
 * Links in chunks that are shared until written.
 *
 * <pre>
 *   chunks  [nrChunks][CHUNK_INTS]  what is read
 *   own     [nrChunks]              the same chunk where it may be written, else null
 * </pre>
 */
final class ChunkedLinkColumn extends LinkColumn {
  private static final int IN_CHUNK = CHUNK_NODES - 1;

  private int[][] chunks;
  private int[][] own;

  /** A column as {@link LinkColumn#of} gives it; only this class names it, so only use loads it. */
  static LinkColumn make(int headBase, int nrHeads) {
    return new ChunkedLinkColumn(headBase, nrHeads);
  }

  private ChunkedLinkColumn(int headBase, int nrHeads) {
    super(headBase, nrHeads);
    int nrChunks = nrChunks(headBase);
    chunks = new int[nrChunks][];
    own = new int[nrChunks][];
    Fill.references(chunks, 0, nrChunks, new int[CHUNK_INTS]);
  }

  @Override
  int nodeNext(int node) {
    return chunks[node >>> CHUNK_SHIFT][(node & IN_CHUNK) << 1] + node + 1;
  }

  @Override
  int nodePrev(int node) {
    return chunks[node >>> CHUNK_SHIFT][((node & IN_CHUNK) << 1) + 1] + node - 1;
  }

  @Override
  void place(int node, int before, int after) {
    int[] chunk = chunk(node);
    int at = (node & IN_CHUNK) << 1;
    chunk[at] = after - node - 1;
    chunk[at + 1] = before - node + 1;
  }

  @Override
  void setNodeNext(int node, int next) {
    chunk(node)[(node & IN_CHUNK) << 1] = next - node - 1;
  }

  @Override
  void setNodePrev(int node, int prev) {
    chunk(node)[((node & IN_CHUNK) << 1) + 1] = prev - node + 1;
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

  @Override
  public long touchedBytes() {
    long bytes = 0;
    for (int[] chunk : own) {
      bytes += chunk == null ? 0 : CHUNK_INTS * (long) Integer.BYTES;
    }
    return bytes;
  }

  @Override
  public State checkpoint() {
    Arrays.fill(own, null);
    return new State(chunks.clone(), heads.clone());
  }

  @Override
  public void restore(State state) {
    assert state.chunks.length == chunks.length : state.chunks.length;
    chunks = state.chunks.clone();
    Arrays.fill(own, null);
    System.arraycopy(state.heads, 0, heads, 0, heads.length);
  }
}
