package kmemsh.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntColumnTest {
  private static final int NR_ROWS = 20000;

  @Test
  void aSmallColumnIsFlatAndALargeOneIsInChunks() {
    assertThat(IntColumn.of(ByteColumn.MAX_FLAT_ROWS)).isInstanceOf(FlatIntColumn.class);
    assertThat(IntColumn.of(ByteColumn.MAX_FLAT_ROWS + 1)).isInstanceOf(ChunkedIntColumn.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void bothKindsHoldTheSameThroughCheckpoints(long seed) {
    IntColumn flat = IntColumn.of(NR_ROWS);
    IntColumn chunked = new ChunkedIntColumn(NR_ROWS, 0);
    List<IntColumn.State[]> states = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < 3000; step++) {
      int what = random.nextInt(100);
      if (what < 90) {
        int row = random.nextInt(NR_ROWS);
        int value = random.nextInt();
        flat.set(row, value);
        chunked.set(row, value);
      } else if (what < 94) {
        states.add(new IntColumn.State[] {flat.checkpoint(), chunked.checkpoint()});
      } else if (what < 99 && !states.isEmpty()) {
        IntColumn.State[] state = states.get(random.nextInt(states.size()));
        flat.restore(state[0]);
        chunked.restore(state[1]);
      } else if (what == 99 && random.nextInt(5) == 0) {
        flat.clear();
        chunked.clear();
      }
      if (step % 100 == 0) {
        assertThat(values(flat)).isEqualTo(values(chunked));
      }
    }
  }

  private static int[] values(IntColumn column) {
    int[] values = new int[NR_ROWS];
    for (int row = 0; row < NR_ROWS; row++) {
      values[row] = column.get(row);
    }
    return values;
  }
}
