package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageVerify;
import kmemsh.op.WriteSysctl;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Gfp;
import kmemsh.view.VmSysctls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bulk requests on a fast lane give what those give that are listened to, which have none. */
class BulkLaneTest {
  private static final int NR_STEPS = 2000;
  private static final int[] MASKS = {
    Gfp.GFP_KERNEL, Gfp.GFP_KERNEL, Gfp.GFP_KERNEL | Gfp.__GFP_HIGHMEM, Gfp.GFP_ATOMIC
  };

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aMachineWithFactsOnEndsInTheSameState(long seed) {
    Profile profile =
        Profiles.make(
            new MachineOptions(
                seed % 2 == 0 ? "i386" : "x86_64", "", 48L << 20, (int) (seed % 3) + 1, 0, ""));
    Machine quiet = new Machine(profile);
    Machine heard = new Machine(profile);
    heard.setTrace(new TraceBuffer());

    assertThat(run(quiet, seed)).isEqualTo(run(heard, seed));
    assertThat(heard.pages().pageState())
        .usingRecursiveComparison()
        .isEqualTo(quiet.pages().pageState());
    assertThat(PageVerify.check(quiet.pages()).violations()).isEmpty();
  }

  private static List<Integer> run(Machine machine, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PageAllocator pages = machine.pages().allocator();
    List<int[]> live = new ArrayList<>();
    List<Integer> results = new ArrayList<>();
    int[] out = new int[80];
    for (int step = 0; step < NR_STEPS; step++) {
      int what = random.nextInt(100);
      if (what < 50) {
        int wanted = 1 + random.nextInt(random.nextInt(10) == 0 ? out.length : 4);
        int nr = pages.allocPagesBulk(MASKS[random.nextInt(MASKS.length)], wanted, out);
        int[] taken = Arrays.copyOf(out, nr);
        results.add(nr);
        for (int pfn : taken) {
          results.add(pfn);
        }
        live.add(taken);
      } else if (what < 92 && !live.isEmpty()) {
        int[] taken = live.remove(random.nextInt(live.size()));
        pages.freeSingles(taken, 0, taken.length);
      } else if (what < 94) {
        results.add(pages.allocPages(Gfp.GFP_KERNEL, random.nextInt(4)));
      } else if (what < 96) {
        int kilobytes = 200 + random.nextInt(30000);
        new WriteSysctl(VmSysctls.MIN_FREE_KBYTES, new int[] {kilobytes}).run(machine);
      } else if (what == 96) {
        machine.setCpu(random.nextInt(machine.profile().nrCpus()));
      } else if (what == 97) {
        machine.restore(machine.checkpoint());
      }
    }
    return results;
  }
}
