package kmemsh.base;

import java.util.Arrays;

/**
 * Lists in two arrays.
 *
 * <pre>
 *   links       [headBase + nrHeads]        what is read and written
 *   state       [headBase]
 *   dirty       [nrChunks + 1]              true where a chunk was written since the last
 *                                           checkpoint; the last one stands for the heads
 *   savedLinks  [nrChunks][CHUNK_NODES]     the chunk as of the last checkpoint, null as at first
 *   savedState  [nrChunks][CHUNK_NODES]
 * </pre>
 */
final class FlatNodeLists extends NodeLists {
  private final long[] links;
  private final byte[] state;
  private final boolean[] dirty;
  private final int nrChunks;
  private long[][] savedLinks;
  private byte[][] savedState;

  static NodeLists create(int headBase, int nrHeads) {
    return new FlatNodeLists(headBase, nrHeads);
  }

  private FlatNodeLists(int headBase, int nrHeads) {
    super(headBase, nrHeads);
    nrChunks = headBase >>> CHUNK_SHIFT;
    links = new long[headBase + nrHeads];
    // Not by pair(): nothing has been compiled yet when this runs, so that calls are dear.
    for (int head = headBase; head < headBase + nrHeads; head++) {
      links[head] = (long) head << PREV_SHIFT | head;
    }
    state = new byte[headBase];
    dirty = new boolean[nrChunks + 1];
    savedLinks = new long[nrChunks][];
    savedState = new byte[nrChunks][];
  }

  @Override
  public int next(int node) {
    return (int) links[node];
  }

  @Override
  public int prev(int node) {
    return (int) (links[node] >>> PREV_SHIFT);
  }

  @Override
  void linkNeighbours(int first, int last) {
    for (int node = first; node <= last; node++) {
      links[node] = (node - 1L) << PREV_SHIFT | (node + 1);
    }
  }

  @Override
  void place(int node, int before, int after, int value) {
    links[node] = (long) before << PREV_SHIFT | (after & NEXT_MASK);
    state[node] = (byte) value;
    dirty[node >>> CHUNK_SHIFT] = true;
  }

  @Override
  void placeAgain(int node, int before, int after, int value) {
    assert dirty[node >>> CHUNK_SHIFT] : node;
    links[node] = pair(after, before);
    state[node] = (byte) value;
  }

  @Override
  void setNext(int node, int next) {
    links[node] = withNext(links[node], next);
    dirty[node >>> CHUNK_SHIFT] = true;
  }

  @Override
  void setPrev(int node, int prev) {
    links[node] = withPrev(links[node], prev);
    dirty[node >>> CHUNK_SHIFT] = true;
  }

  @Override
  void setHeadNext(int head, int next) {
    links[head] = withNext(links[head], next);
  }

  @Override
  void setHeadPrev(int head, int prev) {
    links[head] = withPrev(links[head], prev);
  }

  @Override
  void setHead(int head, int first, int last) {
    links[head] = pair(first, last);
  }

  @Override
  public int state(int node) {
    return state[node] & 0xff;
  }

  @Override
  public void setState(int node, int value) {
    state[node] = (byte) value;
    dirty[node >>> CHUNK_SHIFT] = true;
  }

  @Override
  public void setStateAgain(int node, int value) {
    assert dirty[node >>> CHUNK_SHIFT] : node;
    state[node] = (byte) value;
  }

  @Override
  public void replaceState(int node, int kept, int value) {
    state[node] = (byte) ((state[node] & kept) | value);
    dirty[node >>> CHUNK_SHIFT] = true;
  }

  @Override
  public void fillState(int start, int end, int value) {
    if (start < end) {
      Fill.bytes(state, start, end, (byte) value);
      Arrays.fill(dirty, start >>> CHUNK_SHIFT, ((end - 1) >>> CHUNK_SHIFT) + 1, true);
    }
  }

  @Override
  public int skipUntouched(int node) {
    int index = node >>> CHUNK_SHIFT;
    if (index >= nrChunks || isTouched(index)) {
      return node;
    }
    while (index < nrChunks && !isTouched(index)) {
      index++;
    }
    return index << CHUNK_SHIFT;
  }

  private boolean isTouched(int index) {
    return dirty[index] || savedState[index] != null;
  }

  @Override
  public long touchedBytes() {
    long bytes = 0;
    for (int index = 0; index < nrChunks; index++) {
      bytes += isTouched(index) ? CHUNK_NODES * (long) Long.BYTES + CHUNK_NODES : 0;
    }
    return bytes;
  }

  @Override
  public State checkpoint() {
    for (int index = 0; index < nrChunks; index++) {
      if (dirty[index]) {
        int start = index << CHUNK_SHIFT;
        savedLinks[index] = Arrays.copyOfRange(links, start, start + CHUNK_NODES);
        savedState[index] = Arrays.copyOfRange(state, start, start + CHUNK_NODES);
        dirty[index] = false;
      }
    }
    long[] heads = Arrays.copyOfRange(links, headBase, links.length);
    return new State(savedLinks.clone(), heads, savedState.clone());
  }

  @Override
  public void restore(State saved) {
    for (int index = 0; index < nrChunks; index++) {
      if (dirty[index] || saved.state()[index] != savedState[index]) {
        restore(index << CHUNK_SHIFT, saved.links()[index], saved.state()[index]);
        dirty[index] = false;
      }
    }
    savedLinks = saved.links().clone();
    savedState = saved.state().clone();
    System.arraycopy(saved.heads(), 0, links, headBase, saved.heads().length);
  }

  private void restore(int start, long[] linksChunk, byte[] stateChunk) {
    if (stateChunk == null) {
      // The links of what is on no list mean nothing.
      Arrays.fill(state, start, start + CHUNK_NODES, (byte) 0);
    } else {
      System.arraycopy(linksChunk, 0, links, start, CHUNK_NODES);
      System.arraycopy(stateChunk, 0, state, start, CHUNK_NODES);
    }
  }
}
