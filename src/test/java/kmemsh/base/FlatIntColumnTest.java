package kmemsh.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlatIntColumnTest {
  private static final int FAR = 100_000;

  @Test
  void rowsAreZeroUntilWrittenAlsoWhenRowsAreAdded() {
    FlatIntColumn ints = new FlatIntColumn();
    ints.ensureRows(5000);
    ints.set(4999, 1);
    ints.ensureRows(FAR);
    ints.set(FAR - 1, 7);

    assertThat(ints.get(0)).isZero();
    assertThat(ints.get(4999)).isEqualTo(1);
    assertThat(ints.get(FAR - 1)).isEqualTo(7);
  }

  @Test
  void restoreTakesBackRowsThatWereAddedAfterTheCheckpoint() {
    FlatIntColumn ints = new FlatIntColumn();
    ints.set(5, 1);
    IntColumn.State state = ints.checkpoint();
    ints.ensureRows(FAR);
    ints.set(5, 2);
    ints.set(FAR - 1, 2);

    for (int again = 0; again < 2; again++) {
      ints.restore(state);
      assertThat(ints.get(5)).isEqualTo(1);
      assertThat(ints.get(FAR - 1)).isZero();
      ints.rows()[5] = 3;
      ints.touch(5);
    }
  }

  /** Writes, checkpoints and restores in any order, beside plain copies of an array. */
  @Test
  void anyRunOfCheckpointsAndRestoresGivesTheValuesOfTheMoment() {
    Random random = new Random(20261128);
    FlatIntColumn ints = new FlatIntColumn();
    ints.ensureRows(20_000);
    int[] expected = new int[20_000];
    List<IntColumn.State> states = new ArrayList<>();
    List<int[]> copies = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      for (int i = random.nextInt(20); i > 0; i--) {
        int row = random.nextInt(expected.length);
        expected[row] = random.nextInt();
        ints.set(row, expected[row]);
      }
      if (random.nextInt(3) == 0) {
        states.add(ints.checkpoint());
        copies.add(expected.clone());
      } else if (!states.isEmpty() && random.nextBoolean()) {
        int at = random.nextInt(states.size());
        ints.restore(states.get(at));
        expected = copies.get(at).clone();
      }
      for (int row = 0; row < expected.length; row += 7) {
        assertThat(ints.get(row)).isEqualTo(expected[row]);
      }
    }
  }
}
