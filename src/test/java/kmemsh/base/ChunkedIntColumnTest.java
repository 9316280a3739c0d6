package kmemsh.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkedIntColumnTest {
  private static final int FAR = 100_000;

  @Test
  void untouchedRowsHaveTheInitialValue() {
    ChunkedIntColumn ints = new ChunkedIntColumn(FAR, -1);
    ints.set(FAR - 1, 7);

    assertThat(ints.get(0)).isEqualTo(-1);
    assertThat(ints.get(FAR - 1)).isEqualTo(7);
    assertThat(ints.nrOwnChunks()).isEqualTo(1);
    ints.clear();
    assertThat(ints.get(FAR - 1)).isEqualTo(-1);
  }

  /*
   *   write 1   checkpoint   write 2   restore   write 3   restore
   *      1          1           2         1         3         1
   */
  @Test
  void restoreGivesTheValuesOfTheCheckpointEachTime() {
    ChunkedIntColumn ints = new ChunkedIntColumn(10, 0);
    ints.set(5, 1);
    IntColumn.State state = ints.checkpoint();
    ints.set(5, 2);
    ints.restore(state);
    assertThat(ints.get(5)).isEqualTo(1);

    ints.chunkToWrite(5)[ChunkedIntColumn.inChunk(5)] = 3;
    assertThat(ints.get(5)).isEqualTo(3);
    ints.restore(state);
    assertThat(ints.get(5)).isEqualTo(1);
  }

  @Test
  void rowsThatAreAddedHaveTheInitialValueAndARestoreTakesThemBack() {
    ChunkedIntColumn ints = new ChunkedIntColumn(0, 9);
    ints.ensureRows(5000);
    ints.set(4999, 1);
    IntColumn.State state = ints.checkpoint();
    ints.ensureRows(FAR);
    ints.set(FAR - 1, 2);
    ints.set(4999, 2);

    ints.restore(state);
    ints.ensureRows(FAR);

    assertThat(ints.get(4999)).isEqualTo(1);
    assertThat(ints.get(FAR - 1)).isEqualTo(9);
  }
}
