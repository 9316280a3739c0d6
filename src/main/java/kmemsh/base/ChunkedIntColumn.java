package kmemsh.base;

import java.util.Arrays;

/**
 * One int for every row, in chunks that are shared until written. Rows can be added at the end.
 *
 * <p>All rows begin with one value and share one chunk that holds it. A checkpoint shares the
 * chunks as they are, and the first write to a shared chunk copies it.
 *
 * <pre>
 *   chunks  [nrChunks][CHUNK_ROWS]  what is read
 *   own     [nrChunks][CHUNK_ROWS]  the same chunk where it may be written, else null
 * </pre>
 */
public final class ChunkedIntColumn extends IntColumn {
  private static final int CHUNK_SHIFT = 12;
  private static final int CHUNK_ROWS = 1 << CHUNK_SHIFT;
  private static final int IN_CHUNK = CHUNK_ROWS - 1;

  private final int[] initialChunk = new int[CHUNK_ROWS];
  private int[][] chunks;
  private int[][] own;

  /** Every row below {@code nrRows} starts with {@code initial}. */
  public ChunkedIntColumn(long nrRows, int initial) {
    int nrChunks = (int) ((nrRows + IN_CHUNK) >>> CHUNK_SHIFT);
    chunks = new int[nrChunks][];
    own = new int[nrChunks][];
    if (initial != 0) {
      Arrays.fill(initialChunk, initial);
    }
    Fill.references(chunks, 0, nrChunks, initialChunk);
  }

  @Override
  public int get(int row) {
    return chunks[row >>> CHUNK_SHIFT][row & IN_CHUNK];
  }

  @Override
  public void set(int row, int value) {
    int[] chunk = own[row >>> CHUNK_SHIFT];
    if (chunk == null) {
      chunk = makeOwn(row >>> CHUNK_SHIFT);
    }
    chunk[row & IN_CHUNK] = value;
  }

  /** The chunk of a row, to be written at {@code inChunk(row)} and near it. */
  public int[] chunkToWrite(int row) {
    int[] chunk = own[row >>> CHUNK_SHIFT];
    return chunk == null ? makeOwn(row >>> CHUNK_SHIFT) : chunk;
  }

  /** Where a row is in its chunk; rows whose numbers differ in the low 12 bits share a chunk. */
  public static int inChunk(int row) {
    return row & IN_CHUNK;
  }

  /** Gives every row its initial value again. */
  @Override
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
    for (int[] chunk : own) {
      nr += chunk == null ? 0 : 1;
    }
    return nr;
  }

  /** Returns the present state, which shares the chunks. */
  @Override
  public State checkpoint() {
    Arrays.fill(own, null);
    return new State(chunks.clone());
  }

  /** Goes back to {@code state}, which may be restored again later. */
  @Override
  public void restore(State state) {
    chunks = state.chunks.clone();
    own = new int[chunks.length][];
  }

  private int[] makeOwn(int index) {
    int[] chunk = chunks[index].clone();
    chunks[index] = chunk;
    own[index] = chunk;
    return chunk;
  }
}
