package kmemsh.base;

import java.util.Arrays;

/**
 * A byte column in one array, which reaches as far as something was written.
 *
 * <pre>
 *   rows   [at most nrChunks * CHUNK_ROWS]  what is read and written; what it lacks is initial
 *   dirty  [nrChunks]              true where a chunk was written since the last checkpoint
 *   saved  [nrChunks][CHUNK_ROWS]  the chunk as of the last checkpoint, null as at the beginning
 * </pre>
 */
final class FlatByteColumn extends ByteColumn {
  private final byte initial;
  private byte[] rows = new byte[0];
  private final boolean[] dirty;
  private byte[][] saved;

  static ByteColumn create(int nrRows, int initial) {
    return new FlatByteColumn(nrRows, initial);
  }

  private FlatByteColumn(int nrRows, int initial) {
    int nrChunks = nrChunks(nrRows);
    this.initial = (byte) initial;
    dirty = new boolean[nrChunks];
    saved = new byte[nrChunks][];
  }

  /** Makes room for {@code row} and as many again: a short process touches low rows only. */
  private void reach(int row) {
    int before = rows.length;
    int chunks = Math.min(dirty.length, 2 * ((row >>> CHUNK_SHIFT) + 1));
    rows = Arrays.copyOf(rows, chunks << CHUNK_SHIFT);
    if (initial != 0) {
      Fill.bytes(rows, before, rows.length, initial);
    }
  }

  @Override
  public int get(int row) {
    assert row < dirty.length << CHUNK_SHIFT : row;
    return (row < rows.length ? rows[row] : initial) & 0xff;
  }

  @Override
  public void set(int row, int value) {
    if (row >= rows.length) {
      reach(row);
    }
    rows[row] = (byte) value;
    dirty[row >>> CHUNK_SHIFT] = true;
  }

  @Override
  public void replace(int row, int kept, int value) {
    if (row >= rows.length) {
      reach(row);
    }
    rows[row] = (byte) ((rows[row] & kept) | value);
    dirty[row >>> CHUNK_SHIFT] = true;
  }

  @Override
  public void fill(int start, int end, int value) {
    if (start < end) {
      if (end > rows.length) {
        reach(end - 1);
      }
      Fill.bytes(rows, start, end, (byte) value);
      Arrays.fill(dirty, start >>> CHUNK_SHIFT, ((end - 1) >>> CHUNK_SHIFT) + 1, true);
    }
  }

  @Override
  public int skipUntouched(int row) {
    int at = row;
    while (at < dirty.length << CHUNK_SHIFT) {
      int index = at >>> CHUNK_SHIFT;
      int end = (index + 1) << CHUNK_SHIFT;
      if (isTouched(index)) {
        while (at < end && rows[at] == initial) {
          at++;
        }
        if (at < end) {
          return at;
        }
      }
      at = end;
    }
    return at;
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
        if (start >= rows.length) {
          reach(start);
        }
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
