package kmemsh.base;

import java.util.Arrays;

/**
 * A byte column in one array.
 *
 * <pre>
 *   rows   [nrChunks * CHUNK_ROWS]  what is read and written
 *   dirty  [nrChunks]               true where a chunk was written since the last checkpoint
 *   saved  [nrChunks][CHUNK_ROWS]   the chunk as of the last checkpoint, null as at the beginning
 * </pre>
 */
final class FlatByteColumn extends ByteColumn {
  private final byte initial;
  private final byte[] rows;
  private final boolean[] dirty;
  private byte[][] saved;

  static ByteColumn create(int nrRows, int initial) {
    return new FlatByteColumn(nrRows, initial);
  }

  private FlatByteColumn(int nrRows, int initial) {
    int nrChunks = nrChunks(nrRows);
    this.initial = (byte) initial;
    rows = new byte[nrChunks << CHUNK_SHIFT];
    dirty = new boolean[nrChunks];
    saved = new byte[nrChunks][];
    if (initial != 0) {
      Fill.bytes(rows, 0, rows.length, this.initial);
    }
  }

  @Override
  public int get(int row) {
    return rows[row] & 0xff;
  }

  @Override
  public void set(int row, int value) {
    rows[row] = (byte) value;
    dirty[row >>> CHUNK_SHIFT] = true;
  }

  @Override
  public void replace(int row, int kept, int value) {
    rows[row] = (byte) ((rows[row] & kept) | value);
    dirty[row >>> CHUNK_SHIFT] = true;
  }

  @Override
  public void fill(int start, int end, int value) {
    if (start < end) {
      Fill.bytes(rows, start, end, (byte) value);
      Arrays.fill(dirty, start >>> CHUNK_SHIFT, ((end - 1) >>> CHUNK_SHIFT) + 1, true);
    }
  }

  @Override
  public int skipUntouched(int row) {
    int index = row >>> CHUNK_SHIFT;
    if (index >= dirty.length || isTouched(index)) {
      return row;
    }
    while (index < dirty.length && !isTouched(index)) {
      index++;
    }
    return index << CHUNK_SHIFT;
  }

  private boolean isTouched(int index) {
    return dirty[index] || saved[index] != null;
  }

  @Override
  public long touchedBytes() {
    long bytes = 0;
    for (int index = 0; index < dirty.length; index++) {
      bytes += isTouched(index) ? CHUNK_ROWS : 0;
    }
    return bytes;
  }

  @Override
  public State checkpoint() {
    for (int index = 0; index < dirty.length; index++) {
      if (dirty[index]) {
        int start = index << CHUNK_SHIFT;
        saved[index] = Arrays.copyOfRange(rows, start, start + CHUNK_ROWS);
        dirty[index] = false;
      }
    }
    return new State(saved.clone());
  }

  @Override
  public void restore(State state) {
    for (int index = 0; index < dirty.length; index++) {
      byte[] chunk = state.chunks[index];
      if (dirty[index] || chunk != saved[index]) {
        int start = index << CHUNK_SHIFT;
        if (chunk == null) {
          Fill.bytes(rows, start, start + CHUNK_ROWS, initial);
        } else {
          System.arraycopy(chunk, 0, rows, start, CHUNK_ROWS);
        }
        dirty[index] = false;
      }
    }
    saved = state.chunks.clone();
  }
}
