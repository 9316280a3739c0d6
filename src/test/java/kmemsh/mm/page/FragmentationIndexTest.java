package kmemsh.mm.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Spec: page-allocator.md 10.1, 11.5 */
class FragmentationIndexTest {
  private static final int[] MIXED = {10, 5, 3, 2, 1, 1, 1, 0, 0, 0, 0};

  @Test
  void unusableIsThePartOfFreeMemoryInSmallerBlocks() {
    assertThat(FragmentationIndex.unusable(MIXED))
        .containsExactly(0, 62, 125, 200, 300, 400, 600, 1000, 1000, 1000, 1000);
  }

  @Test
  void extfragTellsLackOfMemoryFromFragmentation() {
    assertThat(FragmentationIndex.extfrag(MIXED))
        .containsExactly(-1000, -1000, -1000, -1000, -1000, -1000, -1000, 903, 930, 943, 950);
  }

  @Test
  void oneFreePageMakesTheIndexOfOrderOneNegative() {
    assertThat(FragmentationIndex.extfrag(new int[] {1, 0})[1]).isEqualTo(-500);
  }

  @Test
  void withoutFreeMemoryEverythingIsUnusableAndNothingFragmented() {
    assertThat(FragmentationIndex.unusable(new int[] {0, 0})).containsExactly(1000, 1000);
    assertThat(FragmentationIndex.extfrag(new int[] {0, 0})).containsExactly(0, 0);
  }
}
