package kmemsh.base;

import java.util.Arrays;

/**
 * Lists in chunks that are shared until written; the last chunk is that of the heads.
 *
 * <p>A link is stored as its distance from the natural neighbour: nodes nobody has written already
 * follow each other, and a run of them is a list without being written.
 *
 * <pre>
 *   chunks  [nrChunks + 1][CHUNK_NODES]  what is read: pairs of next - node - 1 and prev - node + 1
 *   own     [nrChunks + 1]               the same chunk where it may be written, else null
 *   state   [headBase]                   in chunks of its own
 * </pre>
 */
final class ChunkedNodeLists extends NodeLists {
  private static final int IN_CHUNK = CHUNK_NODES - 1;

  private final ChunkedByteColumn state;
  private final long[] heads;
  private long[][] chunks;
  private long[][] own;

  static NodeLists create(int headBase, int nrHeads) {
    return new ChunkedNodeLists(headBase, nrHeads);
  }

  private ChunkedNodeLists(int headBase, int nrHeads) {
    super(headBase, nrHeads);
    state = new ChunkedByteColumn(headBase, 0);
    int nrChunks = headBase >>> CHUNK_SHIFT;
    heads = new long[nrHeads];
    Arrays.fill(heads, pair(-1, 1));
    chunks = new long[nrChunks + 1][];
    own = new long[nrChunks + 1][];
    Fill.references(chunks, 0, nrChunks, new long[CHUNK_NODES]);
    keepHeads();
  }

  private void keepHeads() {
    chunks[headBase >>> CHUNK_SHIFT] = heads;
    own[headBase >>> CHUNK_SHIFT] = heads;
  }

  @Override
  public int next(int node) {
    return (int) chunks[node >>> CHUNK_SHIFT][node & IN_CHUNK] + node + 1;
  }

  @Override
  public int prev(int node) {
    return (int) (chunks[node >>> CHUNK_SHIFT][node & IN_CHUNK] >>> PREV_SHIFT) + node - 1;
  }

  @Override
  void linkNeighbours(int first, int last) {
    // They are, as appendRun gets untouched nodes.
  }

  @Override
  void place(int node, int before, int after, int value) {
    chunk(node)[node & IN_CHUNK] = pair(after - node - 1, before - node + 1);
    state.set(node, value);
  }

  @Override
  void placeAgain(int node, int before, int after, int value) {
    chunk(node)[node & IN_CHUNK] = pair(after - node - 1, before - node + 1);
    state.setAgain(node, value);
  }

  @Override
  void setNext(int node, int next) {
    long[] chunk = chunk(node);
    chunk[node & IN_CHUNK] = withNext(chunk[node & IN_CHUNK], next - node - 1);
  }

  @Override
  void setPrev(int node, int prev) {
    long[] chunk = chunk(node);
    chunk[node & IN_CHUNK] = withPrev(chunk[node & IN_CHUNK], prev - node + 1);
  }

  @Override
  void setHeadNext(int head, int next) {
    heads[head - headBase] = withNext(heads[head - headBase], next - head - 1);
  }

  @Override
  void setHeadPrev(int head, int prev) {
    heads[head - headBase] = withPrev(heads[head - headBase], prev - head + 1);
  }

  @Override
  void setHead(int head, int first, int last) {
    heads[head - headBase] = pair(first - head - 1, last - head + 1);
  }

  private long[] chunk(int node) {
    long[] chunk = own[node >>> CHUNK_SHIFT];
    return chunk == null ? makeOwn(node >>> CHUNK_SHIFT) : chunk;
  }

  private long[] makeOwn(int index) {
    long[] chunk = chunks[index].clone();
    chunks[index] = chunk;
    own[index] = chunk;
    return chunk;
  }

  @Override
  public int state(int node) {
    return state.get(node);
  }

  @Override
  public void setState(int node, int value) {
    state.set(node, value);
  }

  @Override
  public void setStateAgain(int node, int value) {
    state.setAgain(node, value);
  }

  @Override
  public void replaceState(int node, int kept, int value) {
    state.replace(node, kept, value);
  }

  @Override
  public void fillState(int start, int end, int value) {
    state.fill(start, end, value);
  }

  @Override
  public int skipUntouched(int node) {
    return state.skipUntouched(node);
  }

  @Override
  public long touchedBytes() {
    long bytes = state.touchedBytes();
    for (int index = 0; index < headBase >>> CHUNK_SHIFT; index++) {
      bytes += own[index] == null ? 0 : CHUNK_NODES * (long) Long.BYTES;
    }
    return bytes;
  }

  @Override
  public State checkpoint() {
    Arrays.fill(own, null);
    keepHeads();
    return new State(chunks.clone(), heads.clone(), state.checkpoint().chunks);
  }

  @Override
  public void restore(State saved) {
    assert saved.links().length == chunks.length : saved.links().length;
    chunks = saved.links().clone();
    Arrays.fill(own, null);
    System.arraycopy(saved.heads(), 0, heads, 0, heads.length);
    keepHeads();
    state.restore(new ByteColumn.State(saved.state()));
  }
}
