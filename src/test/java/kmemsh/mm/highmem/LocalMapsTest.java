package kmemsh.mm.highmem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The worked examples of mappings.md 19. */
class LocalMapsTest {
  private static final int P = Windows.START;

  private final LocalMaps up = new LocalMaps(Windows.UP);
  private final LocalMaps smp = new LocalMaps(Windows.SMP);

  private static String hex(long address) {
    return Long.toHexString(address);
  }

  @Test
  void levelsGoDownFromTheFirstSlot() {
    assertThat(hex(up.map(0, P, false))).isEqualTo("ffffc000");
    assertThat(hex(up.map(0, P + 1, true))).isEqualTo("ffffb000");
    assertThat(hex(up.map(0, P, false))).isEqualTo("ffffa000");
    assertThat(up.verify()).isEmpty();
  }

  @Test
  void eachCpuHasItsOwnSlots() {
    assertThat(hex(smp.map(0, P, false))).isEqualTo("fffbb000");
    assertThat(hex(smp.map(1, P, false))).isEqualTo("fffab000");
    assertThat(hex(smp.map(0, P, false))).isEqualTo("fffba000");
    assertThat(smp.depth(1)).isEqualTo(1);
    assertThat(smp.verify()).isEmpty();
  }

  @Test
  void theFifteenthLevelIsTheLast() {
    long last = 0;
    for (int level = 0; level < 15; level++) {
      last = up.map(0, P + level, false);
    }
    assertThat(hex(last)).isEqualTo("fffee000");
    assertThat(up.map(0, P + 15, false)).isEqualTo(LocalMaps.BUG);
    assertThat(up.depth(0)).isEqualTo(15);
    assertThat(up.verify()).isEmpty();
  }

  @Test
  void theWrongOrderPopsTheNewestAndWarnsOnce() {
    long a = smp.map(0, P, false);
    long b = smp.map(0, P + 1, false);

    assertThat(smp.unmap(0, a)).isEqualTo(LocalMaps.WARNS);
    assertThat(smp.pfn(0)).isEqualTo(P);
    assertThat(smp.unmap(0, b)).isEqualTo(LocalMaps.SILENT);
    assertThat(hex(smp.map(0, P, false))).isEqualTo("fffbb000");
    assertThat(smp.verify()).isEmpty();
  }

  @Test
  void anyAddressWithinThePageUndoesIt() {
    long a = up.map(0, P, false);
    assertThat(up.unmap(0, a + 4095)).isEqualTo(LocalMaps.IN_ORDER);
    assertThat(up.top(0)).isZero();
  }

  @Test
  void onlyAtomicMapsSwitchPreemptionOff() {
    up.map(0, P, false);
    assertThat(up.preemptDepth(0)).isZero();
    up.map(0, P, true);
    up.mapLowmem(0);
    assertThat(up.preemptDepth(0)).isEqualTo(2);
    assertThat(up.topIsAtomic(0)).isTrue();
    up.unmapLowmem(0);
    up.unmap(0, up.top(0));
    assertThat(up.preemptDepth(0)).isZero();
    assertThat(up.topIsAtomic(0)).isFalse();
  }

  @Test
  void restoreGivesTheStacksOfTheCheckpointEachTime() {
    long a = up.map(0, P, true);
    up.mapLowmem(0);
    LocalMaps.State state = up.checkpoint();
    for (int time = 0; time < 2; time++) {
      up.unmapLowmem(0);
      up.unmap(0, a - 4096);
      up.map(0, P + 8, false);
      up.restore(state);
      assertThat(up.pfn(0)).isEqualTo(P);
      assertThat(up.topIsAtomic(0)).isTrue();
      assertThat(up.nrLowmem(0)).isEqualTo(1);
    }
    assertThat(up.unmap(0, a - 4096)).as("the warning was not given yet").isEqualTo(1);
  }

  @Test
  void anAddressBelongsToTheLevelItLiesIn() {
    assertThat(Windows.UP.localIndex(0xffffcfffL)).isZero();
    assertThat(Windows.UP.localIndex(0xffffd000L)).isEqualTo(-1);
    assertThat(Windows.UP.localIndex(0xfffed000L)).isEqualTo(15);
    assertThat(Windows.UP.localIndex(0xfffecfffL)).isEqualTo(-1);
    assertThat(Windows.SMP.localIndex(0xfffab123L)).isEqualTo(16);
  }
}
