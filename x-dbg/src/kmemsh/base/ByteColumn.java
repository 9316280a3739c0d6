package kmemsh.base;

/**
 * One byte for every row, with cheap checkpoints.
 *
 * <p>Rows are checkpointed in chunks of {@value #CHUNK_ROWS}. A small column is one flat array; a
 * large one exists only in the chunks that were written, so that memory nobody touches costs one
 * reference a chunk.
 */
public abstract class ByteColumn {
  static final int CHUNK_SHIFT = 12;
  static final int CHUNK_ROWS = 1 << CHUNK_SHIFT;

  /** The most rows a flat column has by default: the frames of 8 GiB, and some. */
  public static final int MAX_FLAT_ROWS = (1 << 21) + (1 << 14);

  ByteColumn() {}

  /**
   * A column whose rows below {@code nrRows} start with {@code initial}, 0..255. As with {@link
   * NodeLists#of}, an ordinary process loads the flat kind only.
   */
  public static ByteColumn of(int nrRows, int initial) {
    return of(nrRows, initial, MAX_FLAT_ROWS);
  }

  /** {@link #of(int, int)}, flat when there are at most {@code maxFlatRows}. */
  public static ByteColumn of(int nrRows, int initial, int maxFlatRows) {
    return nrRows <= maxFlatRows
        ? FlatByteColumn.create(nrRows, initial)
        : ChunkedByteColumn.create(nrRows, initial);
  }

  /** The value of a row, 0..255. */
  public abstract int get(int row);

  public abstract void set(int row, int value);

  /** Replaces a row by {@code value} where the bits of {@code kept} stay as they are. */
  public abstract void replace(int row, int kept, int value);

  /** Sets the rows {@code [start, end)}, much faster than one by one. */
  public abstract void fill(int start, int end, int value);

  /** The first row from {@code row} on, or the end, that may differ from the initial value. */
  public abstract int skipUntouched(int row);

  /** Bytes that were touched: what this column holds beyond a fresh one, if it were chunked. */
  public abstract long touchedBytes();

  /** Returns the present state; costs as much as was written since the last one. */
  public abstract State checkpoint();

  /** Goes back to {@code state}, which may be restored again later. */
  public abstract void restore(State state);

  static int nrChunks(int nrRows) {
    return (int) ((nrRows + (long) CHUNK_ROWS - 1) >>> CHUNK_SHIFT);
  }

  /** The values at one moment. Its chunks are never written again; null is as at the beginning. */
  public static final class State {
    final byte[][] chunks;

    State(byte[][] chunks) {
      this.chunks = chunks;
    }
  }
}
