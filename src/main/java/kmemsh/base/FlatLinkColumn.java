package kmemsh.base;

import java.util.Arrays;

/**
 * Links in one array.
 *
 * <pre>
 *   links  [nrChunks * CHUNK_INTS]  what is read and written
 *   dirty  [nrChunks]               true where a chunk was written since the last checkpoint
 *   saved  [nrChunks][CHUNK_INTS]   the chunk as of the last checkpoint, null as at the beginning
 * </pre>
 */
final class FlatLinkColumn extends LinkColumn {
  private final int[] links;
  private final boolean[] dirty;
  private int[][] saved;

  FlatLinkColumn(int headBase, int nrHeads) {
    super(headBase, nrHeads);
    int nrChunks = nrChunks(headBase);
    links = new int[nrChunks * CHUNK_INTS];
    dirty = new boolean[nrChunks];
    saved = new int[nrChunks][];
  }

  @Override
  int nodeNext(int node) {
    return links[node << 1] + node + 1;
  }

  @Override
  int nodePrev(int node) {
    return links[(node << 1) + 1] + node - 1;
  }

  @Override
  void place(int node, int before, int after) {
    links[node << 1] = after - node - 1;
    links[(node << 1) + 1] = before - node + 1;
    dirty[node >>> CHUNK_SHIFT] = true;
  }

  @Override
  void setNodeNext(int node, int next) {
    links[node << 1] = next - node - 1;
    dirty[node >>> CHUNK_SHIFT] = true;
  }

  @Override
  void setNodePrev(int node, int prev) {
    links[(node << 1) + 1] = prev - node + 1;
    dirty[node >>> CHUNK_SHIFT] = true;
  }

  @Override
  public long touchedBytes() {
    long bytes = 0;
    for (int index = 0; index < dirty.length; index++) {
      bytes += dirty[index] || saved[index] != null ? CHUNK_INTS * (long) Integer.BYTES : 0;
    }
    return bytes;
  }

  @Override
  public State checkpoint() {
    for (int index = 0; index < dirty.length; index++) {
      if (dirty[index]) {
        int start = index * CHUNK_INTS;
        saved[index] = Arrays.copyOfRange(links, start, start + CHUNK_INTS);
        dirty[index] = false;
      }
    }
    return new State(saved.clone(), heads.clone());
  }

  @Override
  public void restore(State state) {
    for (int index = 0; index < dirty.length; index++) {
      int[] chunk = state.chunks[index];
      if (dirty[index] || chunk != saved[index]) {
        int start = index * CHUNK_INTS;
        if (chunk == null) {
          Arrays.fill(links, start, start + CHUNK_INTS, 0);
        } else {
          System.arraycopy(chunk, 0, links, start, CHUNK_INTS);
        }
        dirty[index] = false;
      }
    }
    saved = state.chunks.clone();
    System.arraycopy(state.heads, 0, heads, 0, heads.length);
  }
}
