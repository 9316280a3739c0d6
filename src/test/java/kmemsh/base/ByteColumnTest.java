package kmemsh.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteColumnTest {
  private static final int ROWS = 50_000;

  /** Writes, checkpoints and restores in any order, beside plain copies of an array. */
  @ParameterizedTest(name = "flat up to {0} rows, initially {1}")
  @CsvSource({"50000, 0", "50000, 9", "0, 0", "0, 9"})
  void anyRunOfCheckpointsAndRestoresGivesTheValuesOfTheMoment(int maxFlatRows, int initial) {
    SplittableRandom random = new SplittableRandom(20261128);
    ByteColumn column = ByteColumn.of(ROWS, initial, maxFlatRows);
    int[] expected = new int[ROWS];
    Arrays.fill(expected, initial);
    List<ByteColumn.State> states = new ArrayList<>();
    List<int[]> copies = new ArrayList<>();
    for (int step = 0; step < 200; step++) {
      // Low rows first, so that a column that grows does so on the way.
      write(column, expected, random, Math.min(ROWS, 300 * (step + 1)));
      if (random.nextInt(3) == 0) {
        states.add(column.checkpoint());
        copies.add(expected.clone());
      } else if (!states.isEmpty() && random.nextBoolean()) {
        int at = random.nextInt(states.size());
        column.restore(states.get(at));
        expected = copies.get(at).clone();
      }
      check(column, expected, initial);
    }
  }

  private static void write(ByteColumn column, int[] expected, SplittableRandom random, int rows) {
    for (int i = random.nextInt(20); i > 0; i--) {
      int row = random.nextInt(rows);
      int value = random.nextInt(256);
      switch (random.nextInt(3)) {
        case 0 -> {
          column.set(row, value);
          expected[row] = value;
        }
        case 1 -> {
          column.replace(row, 0xf0, value & 0xf);
          expected[row] = expected[row] & 0xf0 | value & 0xf;
        }
        default -> {
          int end = Math.min(rows, row + random.nextInt(9000));
          column.fill(row, end, value);
          Arrays.fill(expected, row, end, value);
        }
      }
    }
  }

  private static void check(ByteColumn column, int[] expected, int initial) {
    int from = column.skipUntouched(0);
    for (int row = 0; row < ROWS; row += 7) {
      assertThat(column.get(row)).isEqualTo(expected[row]);
      assertThat(row >= from || expected[row] == initial).isTrue();
    }
  }
}
