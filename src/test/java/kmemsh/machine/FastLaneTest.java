package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.op.WriteSysctl;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Gfp;
import kmemsh.view.VmSysctls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests take a fast lane only while nobody listens to facts. A machine that is listened to must
 * come to the very same state.
 */
class FastLaneTest {
  private static final int NR_STEPS = 3000;
  private static final int[] MASKS = {
    Gfp.GFP_KERNEL, Gfp.GFP_NOWAIT, Gfp.GFP_ATOMIC, Gfp.GFP_HIGHUSER_MOVABLE, 0xcd0, 0x801
  };

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aMachineWithFactsOnEndsInTheSameState(long seed) {
    Profile profile =
        Profiles.make(
            new MachineOptions(
                seed % 2 == 0 ? "i386" : "x86_64", "", 64L << 20, (int) (seed % 3) + 1, 0, ""));
    Machine quiet = new Machine(profile);
    Machine heard = new Machine(profile);
    heard.setTrace(new TraceBuffer());

    assertThat(run(quiet, seed)).isEqualTo(run(heard, seed));
    assertThat(heard.pages().pageState())
        .usingRecursiveComparison()
        .isEqualTo(quiet.pages().pageState());
  }

  private static List<Integer> run(Machine machine, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> live = new ArrayList<>();
    List<Integer> results = new ArrayList<>();
    Checkpoint middle = null;
    for (int step = 0; step < NR_STEPS; step++) {
      int what = random.nextInt(100);
      if (what < 55) {
        int order = Math.min(10, Long.numberOfTrailingZeros(random.nextLong() | 1L << 10));
        int pfn = machine.allocPages(MASKS[random.nextInt(MASKS.length)], order);
        results.add(pfn);
        if (pfn != Machine.NO_PFN) {
          live.add(new int[] {pfn, order});
        }
      } else if (what < 97 && !live.isEmpty()) {
        int[] block = live.remove(random.nextInt(live.size()));
        machine.freePages(block[0], block[1]);
      } else if (what < 99 && what >= 97) {
        int kilobytes = 200 + random.nextInt(50000);
        new WriteSysctl(VmSysctls.MIN_FREE_KBYTES, new int[] {kilobytes}).run(machine);
      } else if (what == 99 && random.nextBoolean()) {
        machine.setCpu(random.nextInt(machine.profile().nrCpus()));
      } else if (middle == null) {
        middle = machine.checkpoint();
        machine.restore(middle);
      }
    }
    return results;
  }
}
