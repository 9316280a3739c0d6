package kmemsh.base;

import java.util.Arrays;

/**
 * One short for every row, in chunks that are shared until written. Rows can be added at the end.
 *
 * <p>All rows begin with one value and share one chunk that holds it. A checkpoint shares the
 * chunks as they are, and the first write to a shared chunk copies it.
 *
 * <pre>
 *   chunks  [nrChunks][CHUNK_ROWS]  what is read
 *   own     [nrChunks][CHUNK_ROWS]  the same chunk where it may be written, else null
 * </pre>
 */
public final class ShortColumn {
  private static final int CHUNK_SHIFT = 12;
  private static final int CHUNK_ROWS = 1 << CHUNK_SHIFT;
  private static final int IN_CHUNK = CHUNK_ROWS - 1;

  private final short[] initialChunk = new short[CHUNK_ROWS];
  private short[][] chunks;
  private short[][] own;

  /** Every row below {@code nrRows} starts with {@code initial}. */
  public ShortColumn(long nrRows, int initial) {
    int nrChunks = (int) ((nrRows + IN_CHUNK) >>> CHUNK_SHIFT);
    chunks = new short[nrChunks][];
    own = new short[nrChunks][];
    if (initial != 0) {
      Arrays.fill(initialChunk, (short) initial);
    }
    Fill.references(chunks, 0, nrChunks, initialChunk);
  }

  public int get(int row) {
    return chunks[row >>> CHUNK_SHIFT][row & IN_CHUNK];
  }

  public void set(int row, int value) {
    short[] chunk = own[row >>> CHUNK_SHIFT];
    if (chunk == null) {
      chunk = makeOwn(row >>> CHUNK_SHIFT);
    }
    chunk[row & IN_CHUNK] = (short) value;
  }

  /** Gives every row its initial value again. */
  public void clear() {
    Fill.references(chunks, 0, chunks.length, initialChunk);
    Arrays.fill(own, null);
  }

  /** Makes sure that the rows below {@code nrRows} exist; new ones have the initial value. */
  public void ensureRows(int nrRows) {
    int nrChunks = (int) (((long) nrRows + IN_CHUNK) >>> CHUNK_SHIFT);
    if (nrChunks > chunks.length) {
      int room = Math.max(nrChunks, chunks.length + (chunks.length >>> 1));
      int old = chunks.length;
      chunks = Arrays.copyOf(chunks, room);
      own = Arrays.copyOf(own, room);
      Fill.references(chunks, old, room, initialChunk);
    }
  }

  /** Chunks that this column alone holds: what was touched since the last checkpoint. */
  public int nrOwnChunks() {
    int nr = 0;
    for (short[] chunk : own) {
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
    chunks = state.chunks.clone();
    own = new short[chunks.length][];
  }

  private short[] makeOwn(int index) {
    short[] chunk = chunks[index].clone();
    chunks[index] = chunk;
    own[index] = chunk;
    return chunk;
  }

  /** The values at one moment. Its chunks are never written again. */
  public static final class State {
    private final short[][] chunks;

    private State(short[][] chunks) {
      this.chunks = chunks;
    }
  }
}
