package kmemsh.base;

import java.util.Arrays;

/**
 * A byte column in chunks that are shared until written: with each other, with a filled range, with
 * checkpoints.
 *
 * <pre>
 *   chunks  [nrChunks][CHUNK_ROWS]  what is read
 *   own     [nrChunks][CHUNK_ROWS]  the same chunk where it may be written, else null
 * </pre>
 */
final class ChunkedByteColumn extends ByteColumn {
  private static final int IN_CHUNK = CHUNK_ROWS - 1;

  private final byte[] initialChunk;
  private byte[][] chunks;
  private byte[][] own;

  static ByteColumn create(int nrRows, int initial) {
    return new ChunkedByteColumn(nrRows, initial);
  }

  /** Every row below {@code nrRows} starts with {@code initial}. */
  ChunkedByteColumn(int nrRows, int initial) {
    int nrChunks = nrChunks(nrRows);
    chunks = new byte[nrChunks][];
    own = new byte[nrChunks][];
    initialChunk = chunkOf(initial);
    Fill.references(chunks, 0, nrChunks, initialChunk);
  }

  @Override
  public int get(int row) {
    return chunks[row >>> CHUNK_SHIFT][row & IN_CHUNK] & 0xff;
  }

  @Override
  public void set(int row, int value) {
    byte[] chunk = own[row >>> CHUNK_SHIFT];
    if (chunk == null) {
      chunk = makeOwn(row >>> CHUNK_SHIFT);
    }
    chunk[row & IN_CHUNK] = (byte) value;
  }

  /** {@link #set} of a row in a chunk that was written since the last checkpoint. */
  void setAgain(int row, int value) {
    assert own[row >>> CHUNK_SHIFT] != null : row;
    chunks[row >>> CHUNK_SHIFT][row & IN_CHUNK] = (byte) value;
  }

  @Override
  public void replace(int row, int kept, int value) {
    byte[] chunk = own[row >>> CHUNK_SHIFT];
    if (chunk == null) {
      chunk = makeOwn(row >>> CHUNK_SHIFT);
    }
    int at = row & IN_CHUNK;
    chunk[at] = (byte) ((chunk[at] & kept) | value);
  }

  @Override
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

  @Override
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

  @Override
  public long touchedBytes() {
    long bytes = 0;
    for (byte[] chunk : own) {
      bytes += chunk == null ? 0 : CHUNK_ROWS;
    }
    return bytes;
  }

  @Override
  public State checkpoint() {
    Arrays.fill(own, null);
    return new State(chunks.clone());
  }

  @Override
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
}
