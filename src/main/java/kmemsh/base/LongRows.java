package kmemsh.base;

import java.util.Arrays;

/**
 * A table of longs that grows: rows of eight, a cache line each. Row 0 stands for "none" and stays
 * zero.
 *
 * <pre>
 *   cells  [nrRows * ROW]             what is read and written
 *   dirty  [nrChunks]                 true where a chunk was written since the last checkpoint
 *   saved  [nrChunks][CHUNK_CELLS]    the chunk as of the last checkpoint, null as at the beginning
 * </pre>
 *
 * <p>Free rows are chained through their first cell.
 */
public final class LongRows {
  /** Cells of a row. */
  public static final int ROW = 8;

  private static final int ROW_SHIFT = 3;
  private static final int CHUNK_SHIFT = 8;
  private static final int CHUNK_CELLS = 1 << (CHUNK_SHIFT + ROW_SHIFT);

  private long[] cells = new long[CHUNK_CELLS];
  private boolean[] dirty = new boolean[1];
  private long[][] saved = new long[1][];
  private int firstFree;
  private int nrRows = 1;
  private int nrUsed;

  public long get(int row, int cell) {
    return cells[(row << ROW_SHIFT) + cell];
  }

  public void set(int row, int cell, long value) {
    cells[(row << ROW_SHIFT) + cell] = value;
    dirty[row >>> CHUNK_SHIFT] = true;
  }

  /**
   * All cells, row after row, until a row is made: what writes there calls {@link #touch} for the
   * row.
   */
  public long[] cells() {
    return cells;
  }

  /** Where a row begins in {@link #cells}. */
  public static int at(int row) {
    return row << ROW_SHIFT;
  }

  /** A row was written. */
  public void touch(int row) {
    dirty[row >>> CHUNK_SHIFT] = true;
  }

  /** A row that nobody has; what its cells hold is not known. */
  public int take() {
    nrUsed++;
    int row = firstFree;
    if (row != 0) {
      firstFree = (int) get(row, 0);
      return row;
    }
    row = nrRows++;
    ensure(row);
    return row;
  }

  /** Gives a row back. */
  public void release(int row) {
    nrUsed--;
    set(row, 0, firstFree);
    firstFree = row;
  }

  /** Rows that were taken and not given back. */
  public int nrUsed() {
    return nrUsed;
  }

  /** End of the rows that were ever taken. */
  public int endRow() {
    return nrRows;
  }

  /** Makes sure that {@code row} can be read and written, though it was not taken here. */
  public void ensure(int row) {
    int nrChunks = (row >>> CHUNK_SHIFT) + 1;
    if (nrChunks > dirty.length) {
      int room = Math.max(nrChunks, 2 * dirty.length);
      cells = Arrays.copyOf(cells, room << (CHUNK_SHIFT + ROW_SHIFT));
      dirty = Arrays.copyOf(dirty, room);
      saved = Arrays.copyOf(saved, room);
    }
  }

  /** Returns the present state, which shares what was not written since the last one. */
  public State checkpoint() {
    for (int chunk = 0; chunk < dirty.length; chunk++) {
      if (dirty[chunk]) {
        int start = chunk * CHUNK_CELLS;
        saved[chunk] = Arrays.copyOfRange(cells, start, start + CHUNK_CELLS);
        dirty[chunk] = false;
      }
    }
    return new State(saved.clone(), firstFree, nrRows, nrUsed);
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    for (int chunk = 0; chunk < dirty.length; chunk++) {
      long[] old = chunk < state.saved.length ? state.saved[chunk] : null;
      if (dirty[chunk] || old != saved[chunk]) {
        int start = chunk * CHUNK_CELLS;
        if (old == null) {
          Arrays.fill(cells, start, start + CHUNK_CELLS, 0);
        } else {
          System.arraycopy(old, 0, cells, start, CHUNK_CELLS);
        }
        dirty[chunk] = false;
      }
    }
    saved = Arrays.copyOf(state.saved, dirty.length);
    firstFree = state.firstFree;
    nrRows = state.nrRows;
    nrUsed = state.nrUsed;
  }

  /** The rows at one moment. */
  public static final class State {
    private final long[][] saved;
    private final int firstFree;
    private final int nrRows;
    private final int nrUsed;

    private State(long[][] saved, int firstFree, int nrRows, int nrUsed) {
      this.saved = saved;
      this.firstFree = firstFree;
      this.nrRows = nrRows;
      this.nrUsed = nrUsed;
    }
  }
}
