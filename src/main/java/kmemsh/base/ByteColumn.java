package kmemsh.base;

import java.util.Arrays;

/**
 * One byte for every row, in chunks that are shared until written.
 *
 * <p>All rows begin with one value and share one chunk that holds it; a range can be filled by
 * reference to one more. A checkpoint shares the chunks as they are, and the first write to a
 * shared chunk copies it. So memory that nobody touches costs one reference per {@value
 * #CHUNK_ROWS} rows.
 *
 * <pre>
 *   chunks  [nrChunks][CHUNK_ROWS]  what is read
 *   own     [nrChunks][CHUNK_ROWS]  the same chunk where it may be written, else null
 * </pre>
 */
public final class ByteColumn {
  private static final int CHUNK_SHIFT = 12;
  private static final int CHUNK_ROWS = 1 << CHUNK_SHIFT;
  private static final int IN_CHUNK = CHUNK_ROWS - 1;

  private final byte[] initialChunk;
  private byte[][] chunks;
  private byte[][] own;

  /** Every row below {@code nrRows} starts with {@code initial}. */
  public ByteColumn(long nrRows, int initial) {
    int nrChunks = (int) ((nrRows + IN_CHUNK) >>> CHUNK_SHIFT);
    chunks = new byte[nrChunks][];
    own = new byte[nrChunks][];
    initialChunk = chunkOf(initial);
    Fill.references(chunks, 0, nrChunks, initialChunk);
  }

  /** The value of a row, 0..255. */
  public int get(int row) {
    return chunks[row >>> CHUNK_SHIFT][row & IN_CHUNK] & 0xff;
  }

  public void set(int row, int value) {
    byte[] chunk = own[row >>> CHUNK_SHIFT];
    if (chunk == null) {
      chunk = makeOwn(row >>> CHUNK_SHIFT);
    }
    chunk[row & IN_CHUNK] = (byte) value;
  }

  /** Replaces a row by {@code value} where the bits of {@code kept} stay as they are. */
  public void replace(int row, int kept, int value) {
    byte[] chunk = own[row >>> CHUNK_SHIFT];
    if (chunk == null) {
      chunk = makeOwn(row >>> CHUNK_SHIFT);
    }
    int at = row & IN_CHUNK;
    chunk[at] = (byte) ((chunk[at] & kept) | value);
  }

  /** Sets the rows {@code [start, end)} in time proportional to the chunks they span. */
  public void fill(int start, int end, int value) {
    int row = start;
    while (row < end && (row & IN_CHUNK) != 0) {
      set(row++, value);
    }
    int firstChunk = row >>> CHUNK_SHIFT;
    int endChunk = Math.max(firstChunk, end >>> CHUNK_SHIFT);
    if (endChunk > firstChunk) {
      Fill.references(chunks, firstChunk, endChunk, chunkOf(value));
      Arrays.fill(own, firstChunk, endChunk, null);
      row = endChunk << CHUNK_SHIFT;
    }
    while (row < end) {
      set(row++, value);
    }
  }

  /** The first row from {@code row} on, or the end, that may differ from the initial value. */
  public int skipUntouched(int row) {
    int index = row >>> CHUNK_SHIFT;
    if (index >= chunks.length || chunks[index] != initialChunk) {
      return row;
    }
    while (index < chunks.length && chunks[index] == initialChunk) {
      index++;
    }
    return index << CHUNK_SHIFT;
  }

  /** Chunks that this column alone holds: what was touched since the last checkpoint. */
  public int nrOwnChunks() {
    int nr = 0;
    for (byte[] chunk : own) {
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

  private byte[] makeOwn(int index) {
    byte[] chunk = chunks[index].clone();
    chunks[index] = chunk;
    own[index] = chunk;
    return chunk;
  }

  private static byte[] chunkOf(int value) {
    byte[] chunk = new byte[CHUNK_ROWS];
    if (value != 0) {
      Fill.bytes(chunk, 0, CHUNK_ROWS, (byte) value);
    }
    return chunk;
  }

  /** The values at one moment. Its chunks are never written again. */
  public static final class State {
    private final byte[][] chunks;

    private State(byte[][] chunks) {
      this.chunks = chunks;
    }
  }
}
