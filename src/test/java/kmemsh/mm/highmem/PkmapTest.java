package kmemsh.mm.highmem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import kmemsh.base.ShortColumn;
import org.junit.jupiter.api.Test;

/** The worked examples of mappings.md 18. */
class PkmapTest {
  private static final int P = Windows.START;

  private final Pkmap pkmap = new Pkmap(Windows.UP);

  private String kmap(int pfn) {
    int slot = pkmap.kmap(pfn);
    assertThat(pkmap.verify()).isEmpty();
    return slot == Pkmap.SLEEPS
        ? "sleeps"
        : Long.toHexString(Windows.UP.pkmapAddress(slot)) + " " + pkmap.count(slot);
  }

  @Test
  void theFirstSlotIsOneAndAnUnmappedPageKeepsIts() {
    assertThat(kmap(307128)).isEqualTo("ff401000 2");
    assertThat(pkmap.kunmap(307128)).isEqualTo(1);
    assertThat(kmap(314903)).isEqualTo("ff402000 2");
    assertThat(kmap(307128)).isEqualTo("ff401000 2");
  }

  @Test
  void aPageMappedTwiceHasOneAddressAndTwoUsers() {
    assertThat(kmap(P)).isEqualTo("ff401000 2");
    assertThat(kmap(P)).isEqualTo("ff401000 3");
    assertThat(pkmap.nrUsed()).isEqualTo(1);
    assertThat(pkmap.kunmap(P)).isEqualTo(2);
    assertThat(pkmap.kunmap(P)).isEqualTo(1);
    assertThat(pkmap.nrUsed()).isZero();
    assertThat(pkmap.slotOf(P)).isEqualTo(1);
  }

  @Test
  void aFullWindowSleepsUntilAKunmapAndThenWrapsAndFlushes() {
    String first = kmap(P);
    String second = kmap(P + 1);
    fill(2, 1022);
    String last = kmap(P + 1022);
    assertThat(pkmap.wouldSleep(P + 1023)).isFalse();
    String zero = kmap(P + 1023);
    assertThat(new String[] {first, second, last, zero})
        .containsExactly("ff401000 2", "ff402000 2", "ff7ff000 2", "ff400000 2");

    assertThat(pkmap.wouldSleep(P + 2000)).isTrue();
    assertThat(pkmap.wouldSleep(P + 7)).isFalse();
    assertThat(kmap(P + 2000)).isEqualTo("sleeps");
    assertThat(pkmap.kunmap(P + 500)).isEqualTo(1);
    assertThat(pkmap.wouldSleep(P + 2000)).isFalse();
    assertThat(kmap(P + 2000)).isEqualTo("ff5f5000 2");
    assertThat(pkmap.slotOf(P + 500)).isEqualTo(-1);
  }

  @Test
  void aFlushWithEverythingUnmappedDoesNotMoveTheSearch() {
    fill(0, 1024);
    pkmap.kunmap(P + 500);
    kmap(P + 2000);
    for (int i = 0; i < 1024; i++) {
      if (i != 500) {
        pkmap.kunmap(P + i);
      }
    }
    pkmap.kunmap(P + 2000);

    assertThat(pkmap.flush()).isEqualTo(1024);
    assertThat(pkmap.mapped()).isZero();
    assertThat(kmap(P + 9)).isEqualTo("ff5f6000 2");
  }

  @Test
  void aWrapLeavesSlotsInUseAlone() {
    kmap(P);
    for (int i = 1; i < 3000; i++) {
      kmap(P + i);
      pkmap.kunmap(P + i);
    }
    assertThat(pkmap.slotOf(P)).isEqualTo(1);
    assertThat(pkmap.count(1)).isEqualTo(2);
  }

  @Test
  void restoreGivesTheWindowOfTheCheckpointEachTime() {
    fill(0, 5);
    Pkmap.State state = pkmap.checkpoint();
    for (int time = 0; time < 2; time++) {
      pkmap.kunmap(P + 2);
      pkmap.flush();
      kmap(P + 70);
      pkmap.restore(state);
      assertThat(pkmap.verify()).isEmpty();
      assertThat(pkmap.last()).isEqualTo(5);
      assertThat(pkmap.nrUsed()).isEqualTo(5);
      assertThat(pkmap.slotOf(P + 2)).isEqualTo(3);
      assertThat(pkmap.slotOf(P + 70)).isEqualTo(-1);
    }
  }

  @Test
  void anAddressBelongsToTheSlotItLiesIn() {
    assertThat(Windows.UP.pkmapSlot(0xff401fffL)).isEqualTo(1);
    assertThat(Windows.UP.pkmapSlot(0xff3fffffL)).isEqualTo(-1);
    assertThat(Windows.UP.pkmapSlot(0xff800000L)).isEqualTo(-1);
  }

  @Test
  void verifyFindsCountsEntriesAndPagesThatDoNotAgree() {
    ShortColumn slots = new ShortColumn(101346, 0);
    int[] counts = new int[1024];
    int[] pfns = new int[1024];
    Arrays.fill(pfns, -1);
    counts[10] = 2;
    pkmap.restore(new Pkmap.State(counts, pfns, slots.checkpoint(), 10, 1));
    assertThat(pkmap.verify()).isEqualTo("pkmap slot 10 has count 2 and pfn -1");

    pfns[10] = P + 4;
    pkmap.restore(new Pkmap.State(counts, pfns, slots.checkpoint(), 10, 1));
    assertThat(pkmap.verify()).startsWith("pkmap slot 10 is not that of its page");

    slots.set(4, 11);
    pkmap.restore(new Pkmap.State(counts, pfns, slots.checkpoint(), 10, 2));
    assertThat(pkmap.verify()).isEqualTo("pkmap has 1 slots in use, not 2");
    slots.set(5, 11);
    pkmap.restore(new Pkmap.State(counts, pfns, slots.checkpoint(), 10, 1));
    assertThat(pkmap.verify()).startsWith("a page claims");
  }

  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      pkmap.kmap(P + i);
    }
  }
}
