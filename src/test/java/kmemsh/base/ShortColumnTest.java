package kmemsh.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortColumnTest {
  private static final int FAR = 100_000;

  @Test
  void untouchedRowsHaveTheInitialValue() {
    ShortColumn shorts = new ShortColumn(FAR, -1);
    shorts.set(FAR - 1, 7);

    assertThat(shorts.get(0)).isEqualTo(-1);
    assertThat(shorts.get(FAR - 1)).isEqualTo(7);
    assertThat(shorts.nrOwnChunks()).isEqualTo(1);
    shorts.clear();
    assertThat(shorts.get(FAR - 1)).isEqualTo(-1);
  }

  /*
   *   write 1   checkpoint   write 2   restore   write 3   restore
   *      1          1           2         1         3         1
   */
  @Test
  void restoreGivesTheValuesOfTheCheckpointEachTime() {
    ShortColumn shorts = new ShortColumn(10, 0);
    shorts.set(5, 1);
    ShortColumn.State state = shorts.checkpoint();
    shorts.set(5, 2);
    shorts.restore(state);
    assertThat(shorts.get(5)).isEqualTo(1);

    shorts.set(5, 3);
    assertThat(shorts.get(5)).isEqualTo(3);
    shorts.restore(state);
    assertThat(shorts.get(5)).isEqualTo(1);
  }

  @Test
  void rowsThatAreAddedHaveTheInitialValueAndARestoreTakesThemBack() {
    ShortColumn shorts = new ShortColumn(0, 9);
    shorts.ensureRows(5000);
    shorts.set(4999, 1);
    ShortColumn.State state = shorts.checkpoint();
    shorts.ensureRows(FAR);
    shorts.set(FAR - 1, 2);
    shorts.set(4999, 2);

    shorts.restore(state);
    shorts.ensureRows(FAR);

    assertThat(shorts.get(4999)).isEqualTo(1);
    assertThat(shorts.get(FAR - 1)).isEqualTo(9);
  }
}
