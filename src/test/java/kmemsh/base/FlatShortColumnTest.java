package kmemsh.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlatShortColumnTest {
  private static final int FAR = 100_000;

  @Test
  void rowsAreZeroUntilWrittenAlsoWhenRowsAreAdded() {
    FlatShortColumn shorts = new FlatShortColumn();
    shorts.ensureRows(5000);
    shorts.set(4999, 1);
    shorts.ensureRows(FAR);
    shorts.set(FAR - 1, 7);

    assertThat(shorts.get(0)).isZero();
    assertThat(shorts.get(4999)).isEqualTo(1);
    assertThat(shorts.get(FAR - 1)).isEqualTo(7);
  }

  @Test
  void restoreTakesBackRowsThatWereAddedAfterTheCheckpoint() {
    FlatShortColumn shorts = new FlatShortColumn();
    shorts.set(5, 1);
    FlatShortColumn.State state = shorts.checkpoint();
    shorts.ensureRows(FAR);
    shorts.set(5, 2);
    shorts.set(FAR - 1, 2);

    for (int again = 0; again < 2; again++) {
      shorts.restore(state);
      assertThat(shorts.get(5)).isEqualTo(1);
      assertThat(shorts.get(FAR - 1)).isZero();
      shorts.rows()[5] = 3;
      shorts.touch(5, 6);
    }
  }

  /** Writes, checkposhorts and restores in any order, beside plain copies of an array. */
  @Test
  void anyRunOfCheckposhortsAndRestoresGivesTheValuesOfTheMoment() {
    Random random = new Random(20261128);
    FlatShortColumn shorts = new FlatShortColumn();
    shorts.ensureRows(20_000);
    short[] expected = new short[20_000];
    List<FlatShortColumn.State> states = new ArrayList<>();
    List<short[]> copies = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      for (int i = random.nextInt(20); i > 0; i--) {
        int row = random.nextInt(expected.length);
        expected[row] = (short) random.nextInt();
        shorts.set(row, expected[row]);
      }
      if (random.nextInt(3) == 0) {
        states.add(shorts.checkpoint());
        copies.add(expected.clone());
      } else if (!states.isEmpty() && random.nextBoolean()) {
        int at = random.nextInt(states.size());
        shorts.restore(states.get(at));
        expected = copies.get(at).clone();
      }
      for (int row = 0; row < expected.length; row += 7) {
        assertThat(shorts.get(row)).isEqualTo(expected[row]);
      }
    }
  }
}
