package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.view.SlabState.SlobPage;
import org.junit.jupiter.api.Test;

class SlobStateCheckTest {
  private static SlobPage page(int units, int... blocks) {
    int[] offsets = new int[blocks.length / 2];
    int[] lengths = new int[blocks.length / 2];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = blocks[2 * i];
      lengths[i] = blocks[2 * i + 1];
    }
    return new SlobPage('s', 4711, units, offsets, lengths);
  }

  private static String problem(SlobPage... pages) {
    return SlobStateCheck.problem(List.of(pages));
  }

  @Test
  void separateAscendingBlocksThatAddUpAreSound() {
    assertThat(problem(page(30, 0, 10, 12, 10, 2038, 10))).isEmpty();
  }

  @Test
  void blocksThatTouchOverlapOrLeaveThePageAreNot() {
    assertThat(problem(page(20, 0, 10, 10, 10))).contains("10+10");
    assertThat(problem(page(20, 100, 10, 90, 10))).contains("90+10");
    assertThat(problem(page(20, 2038, 20))).contains("2038+20");
    assertThat(problem(page(0, 5, 0))).contains("5+0");
  }

  @Test
  void theUnitsOfAListedPageAreThoseOfItsBlocksAndNeitherNoneNorAll() {
    assertThat(problem(page(11, 0, 10))).contains("units=11 should be 10");
    assertThat(problem(page(2048, 0, 2048))).contains("2048 free units");
    assertThat(problem(page(0))).contains("0 free units");
  }

  @Test
  void aPageIsListedOnce() {
    assertThat(problem(page(10, 0, 10), page(10, 20, 10))).contains("4711").contains("twice");
  }
}
