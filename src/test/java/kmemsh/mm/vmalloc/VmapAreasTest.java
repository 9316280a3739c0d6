package kmemsh.mm.vmalloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kmemsh.base.RangeTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmapAreasTest {
  private static final long START = 0xf7bfe000L;
  private static final long END = 0xff3fe000L;
  private static final long LAST = 0xffffffffL;
  private static final int PAGE = 4096;

  private final VmapAreas areas = new VmapAreas(LAST, 1, AreaObjects.NONE);

  private long vmalloc(long bytes) {
    long size = (bytes + PAGE - 1) / PAGE * PAGE + PAGE;
    return addressOf(areas.allocate(size, 1, START, END, 0));
  }

  private long ioremap(long bytes) {
    long align = VmapAreas.ioremapAlign(bytes, 22);
    return addressOf(areas.allocate(bytes + PAGE, align, START, END, 0));
  }

  private long addressOf(int area) {
    assertThat(areas.verify()).isEmpty();
    return area <= 0 ? area : areas.start(area);
  }

  private void free(long address) {
    areas.free(areas.find(address));
    assertThat(areas.verify()).isEmpty();
  }

  private static String shown(RangeTree tree) {
    StringBuilder text = new StringBuilder();
    for (int node = tree.first(); node != RangeTree.NIL; node = tree.next(node)) {
      text.append(Long.toHexString(tree.start(node))).append('-');
      text.append(Long.toHexString(tree.end(node))).append(' ');
    }
    return text.toString().strip();
  }

  /* Spec: mappings.md 5.7, the thirteen steps. */
  @Test
  void givesTheAddressesOfTheSpecifiedSequence() {
    assertThat(vmalloc(1)).isEqualTo(0xf7bfe000L);
    assertThat(vmalloc(10000)).isEqualTo(0xf7c00000L);
    assertThat(ioremap(8192)).isEqualTo(0xf7c04000L);
    assertThat(ioremap(16384)).isEqualTo(0xf7c08000L);
    assertThat(vmalloc(4096)).isEqualTo(0xf7c0d000L);
    assertThat(ioremap(65536)).isEqualTo(0xf7c10000L);
    assertThat(vmalloc(4096)).isEqualTo(0xf7c21000L);
    assertThat(shown(areas.freeTree()))
        .isEqualTo("1-f7bfe000 f7c07000-f7c08000 f7c0f000-f7c10000 f7c23000-ffffffff");

    free(0xf7c00000L);
    assertThat(areas.lazyPages()).isEqualTo(4);
    assertThat(shown(areas.lazyTree())).isEqualTo("f7c00000-f7c04000");
    assertThat(vmalloc(8192)).isEqualTo(0xf7c23000L);
    free(0xf7bfe000L);
    assertThat(areas.lazyPages()).isEqualTo(6);
    assertThat(shown(areas.lazyTree())).isEqualTo("f7bfe000-f7c04000");

    areas.purge();
    assertThat(areas.lazyPages()).isZero();
    assertThat(shown(areas.freeTree()))
        .isEqualTo("1-f7c04000 f7c07000-f7c08000 f7c0f000-f7c10000 f7c26000-ffffffff");
    assertThat(vmalloc(16384)).isEqualTo(0xf7bfe000L);
    assertThat(vmalloc(4096)).isEqualTo(0xf7c26000L);
  }

  /* Spec: mappings.md 5.7: the last one would fit at 0xf7c14000. */
  @Test
  void anAlignedRequestIsNotAlwaysGivenTheLowestPlace() {
    long[] pages = {8, 4, 1, 6, 3};
    long[] expected = {0xf7c00000L, 0xf7c0c000L, 0xf7bfe000L, 0xf7c18000L, 0xf7c20000L};
    for (int i = 0; i < pages.length; i++) {
      assertThat(ioremap(pages[i] * PAGE)).isEqualTo(expected[i]);
    }
  }

  @Test
  void aRequestForMoreThanTheRangeFindsNoSpaceAndTakesNothing() {
    assertThat(areas.allocate(END - START + PAGE, 1, START, END, 0)).isEqualTo(VmapAreas.NO_SPACE);
    assertThat(areas.allocate(END - START, 1, START, END, 0)).isPositive();
    assertThat(areas.allocate(2 * PAGE, 1, START, END, 0)).isEqualTo(VmapAreas.NO_SPACE);
    assertThat(areas.verify()).isEmpty();
  }

  @Test
  void theWorkerPurgesOnceMoreThanTheLimitWaits() {
    long half = areas.lazyMaxPages() / 2 * PAGE;
    long first = vmalloc(half);
    long second = vmalloc(half);
    free(first);
    areas.drainPoint();
    assertThat(areas.lazyPages()).isEqualTo(half / PAGE + 1);
    free(second);
    assertThat(areas.drainPending()).isTrue();
    areas.drainPoint();
    assertThat(areas.lazyPages()).isZero();
    assertThat(areas.drainPending()).isFalse();
  }

  @Test
  void rangesInTheHandsOfAPurgeAreNeitherFreeNorWaiting() {
    long first = vmalloc(PAGE);
    vmalloc(PAGE);
    free(first);
    areas.detach();
    assertThat(areas.verify()).isEmpty();
    assertThat(shown(areas.lazyTree())).isEmpty();
    assertThat(areas.lazyPages()).isEqualTo(2);
    assertThat(vmalloc(PAGE)).isNotEqualTo(first);
    areas.releaseOne();
    assertThat(areas.isPurging()).isFalse();
    assertThat(vmalloc(PAGE)).isEqualTo(first);
  }

  @Test
  void lazyMaxGrowsWithTheNumberOfCpus() {
    assertThat(VmapAreas.lazyMaxPages(1)).isEqualTo(8192);
    assertThat(VmapAreas.lazyMaxPages(3)).isEqualTo(16384);
    assertThat(VmapAreas.lazyMaxPages(4)).isEqualTo(24576);
    assertThat(VmapAreas.lazyMaxPages(8)).isEqualTo(32768);
  }

  /** The same by brute force: which pages are in use or waiting, as a plain list of bits. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void unalignedRequestsAreGivenTheLowestPlace(long seed) {
    Random random = new Random(seed);
    int nrPages = 600;
    int[] use = new int[nrPages];
    List<Integer> held = new ArrayList<>();
    VmapAreas.State saved = null;
    int[] savedUse = null;
    List<Integer> savedHeld = List.of();
    for (int step = 0; step < 1500; step++) {
      int what = random.nextInt(100);
      if (what < 48) {
        int pages = 2 + random.nextInt(12);
        int expected = lowest(use, pages);
        long end = START + (long) nrPages * PAGE;
        int area = areas.allocate((long) pages * PAGE, 1, START, end, 0);
        assertThat(area <= 0 ? -1 : (areas.start(area) - START) / PAGE).isEqualTo((long) expected);
        if (area > 0) {
          fill(use, expected, pages, 1, 0);
          held.add(expected);
        }
      } else if (what < 92 && !held.isEmpty()) {
        int page = held.remove(random.nextInt(held.size()));
        int area = areas.find(START + (long) page * PAGE);
        fill(use, page, (int) ((areas.end(area) - areas.start(area)) / PAGE), 2, 1);
        areas.free(area);
      } else if (what < 96) {
        areas.purge();
        fill(use, 0, nrPages, 0, 2);
      } else if (what < 98 || saved == null) {
        saved = areas.checkpoint();
        savedUse = use.clone();
        savedHeld = new ArrayList<>(held);
      } else {
        areas.restore(saved);
        use = savedUse.clone();
        held = new ArrayList<>(savedHeld);
      }
      assertThat(areas.verify()).isEmpty();
    }
  }

  private static int lowest(int[] use, int pages) {
    int run = 0;
    for (int i = 0; i < use.length; i++) {
      run = use[i] == 0 ? run + 1 : 0;
      if (run == pages) {
        return i - pages + 1;
      }
    }
    return -1;
  }

  private static void fill(int[] use, int from, int nr, int value, int where) {
    for (int i = from; i < from + nr; i++) {
      use[i] = use[i] == where ? value : use[i];
    }
  }
}
