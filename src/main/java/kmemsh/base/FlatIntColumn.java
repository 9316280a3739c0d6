package kmemsh.base;

import java.util.Arrays;

/**
 * Ints in one array that grows at its end, all 0 at first, with cheap checkpoints.
 *
 * <pre>
 *   rows   [nrChunks * CHUNK_ROWS]  what is read and written
 *   touched  [nrChunks]               true where a chunk was written since the last checkpoint
 *   saved  [nrChunks][CHUNK_ROWS]   the chunk as of the last checkpoint, null while all 0
 * </pre>
 */
public final class FlatIntColumn extends IntColumn {
  public static final int CHUNK_SHIFT = 12;
  private static final int CHUNK_ROWS = 1 << CHUNK_SHIFT;

  private int[] rows = new int[CHUNK_ROWS];
  private boolean[] touched = new boolean[1];
  private int[][] saved = new int[1][];

  static IntColumn create(int nrRows) {
    FlatIntColumn column = new FlatIntColumn();
    column.ensureRows(nrRows);
    return column;
  }

  @Override
  public int get(int row) {
    return rows[row];
  }

  @Override
  public void set(int row, int value) {
    rows[row] = value;
    touched[row >>> CHUNK_SHIFT] = true;
  }

  @Override
  public void setAll(int[] numbers, int nr, int value) {
    int[] to = rows;
    boolean[] notes = touched;
    for (int i = 0; i < nr; i++) {
      int row = numbers[i];
      to[row] = value;
      notes[row >>> CHUNK_SHIFT] = true;
    }
  }

  @Override
  public void clear() {
    Arrays.fill(rows, 0);
    Arrays.fill(touched, true);
  }

  /**
   * The rows themselves, until rows are added. Whoever writes some of them calls {@link #touch}.
   */
  public int[] rows() {
    return rows;
  }

  /** Rows whose numbers differ in the low 12 bits from {@code row} were written. */
  public void touch(int row) {
    touched[row >>> CHUNK_SHIFT] = true;
  }

  /** For each chunk whether it was written, to be set instead of {@link #touch}. */
  public boolean[] touched() {
    return touched;
  }

  /** The first row from {@code row} on, or the end of them, that may have been written. */
  public int firstTouched(int row) {
    int index = row >>> CHUNK_SHIFT;
    if (index >= touched.length || touched[index]) {
      return row;
    }
    while (index < touched.length && !touched[index]) {
      index++;
    }
    return index << CHUNK_SHIFT;
  }

  /** Makes sure that the rows below {@code nrRows} exist; new ones are 0. */
  public void ensureRows(int nrRows) {
    if (nrRows > rows.length) {
      int nrChunks =
          Math.max(touched.length + (touched.length >>> 1), ((nrRows - 1) >>> CHUNK_SHIFT) + 1);
      rows = Arrays.copyOf(rows, nrChunks << CHUNK_SHIFT);
      touched = Arrays.copyOf(touched, nrChunks);
      saved = Arrays.copyOf(saved, nrChunks);
    }
  }

  /** {@inheritDoc} Costs as much as was written since the last one. */
  @Override
  public State checkpoint() {
    for (int index = 0; index < touched.length; index++) {
      if (touched[index]) {
        int start = index << CHUNK_SHIFT;
        saved[index] = Arrays.copyOfRange(rows, start, start + CHUNK_ROWS);
        touched[index] = false;
      }
    }
    return new State(saved.clone());
  }

  @Override
  public void restore(State state) {
    for (int index = 0; index < touched.length; index++) {
      int[] chunk = index < state.chunks.length ? state.chunks[index] : null;
      if (touched[index] || chunk != saved[index]) {
        int start = index << CHUNK_SHIFT;
        if (chunk == null) {
          Arrays.fill(rows, start, start + CHUNK_ROWS, 0);
        } else {
          System.arraycopy(chunk, 0, rows, start, CHUNK_ROWS);
        }
        touched[index] = false;
      }
      saved[index] = chunk;
    }
  }
}
