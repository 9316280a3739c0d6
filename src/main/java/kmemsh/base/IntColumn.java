package kmemsh.base;

/**
 * One int for every row, 0 at first, with cheap checkpoints. A small column is one flat array; a
 * large one exists only in the chunks that were written.
 */
public abstract class IntColumn {
  IntColumn() {}

  /** A column whose rows below {@code nrRows} are 0; flat as {@link ByteColumn#of} has it. */
  public static IntColumn of(int nrRows) {
    return nrRows <= ByteColumn.MAX_FLAT_ROWS ? FlatIntColumn.create(nrRows) : chunked(nrRows);
  }

  private static IntColumn chunked(int nrRows) {
    return new ChunkedIntColumn(nrRows, 0);
  }

  public abstract int get(int row);

  public abstract void set(int row, int value);

  /** Gives every row its initial value again. */
  public abstract void clear();

  /** Returns the present state. */
  public abstract State checkpoint();

  /** Goes back to {@code state}, which may be restored again later. */
  public abstract void restore(State state);

  /** Sets the first {@code nr} of {@code rows} to one value. */
  public void setAll(int[] rows, int nr, int value) {
    for (int i = 0; i < nr; i++) {
      set(rows[i], value);
    }
  }

  /** The values at one moment. Its chunks are never written again. */
  public static final class State {
    final int[][] chunks;

    State(int[][] chunks) {
      this.chunks = chunks;
    }
  }
}
