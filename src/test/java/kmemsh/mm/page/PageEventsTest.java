package kmemsh.mm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events and free blocks against a count that a bystander keeps. */
@Tag("property")
class PageEventsTest {
  private static final int NR_STEPS = 4000;

  @ParameterizedTest
  @CsvSource({"1, i386, 1", "2, i386, 2", "3, x86_64, 1", "4, x86_64, 4"})
  void everyPageThatWasTakenOrGivenBackIsCounted(long seed, String profile, int nrCpus) {
    MachineOptions options = new MachineOptions(profile, "", 96L << 20, nrCpus, 0, "");
    PageMachine machine = new Machine(Profiles.make(options)).pages();
    PageAllocator pages = machine.allocator();
    ProcQueries queries = new ProcQueries(machine);
    long taken = Arrays.stream(queries.pgalloc()).sum();
    long given = queries.pgfree();
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> live = new ArrayList<>();
    for (int step = 0; step < NR_STEPS; step++) {
      int order = Math.min(10, Long.numberOfTrailingZeros(random.nextLong() | 1L << 10));
      int choice = random.nextInt(20);
      if (choice < 9) {
        int gfp = random.nextBoolean() ? Gfp.GFP_KERNEL : Gfp.GFP_KERNEL | Gfp.__GFP_RECLAIMABLE;
        int pfn = pages.allocPages(gfp, order);
        if (pfn != PageAllocator.NO_PFN) {
          live.add(new int[] {pfn, order});
          taken += 1L << order;
        }
      } else if (choice < 10) {
        int[] out = new int[8];
        int nr = pages.allocPagesBulk(Gfp.GFP_KERNEL, out.length, out);
        for (int i = 0; i < nr; i++) {
          live.add(new int[] {out[i], 0});
        }
        taken += nr;
      } else if (choice == 19) {
        pages.runOn(random.nextInt(nrCpus));
        pages.drainPages(random.nextInt(nrCpus));
      } else if (!live.isEmpty()) {
        int[] block = live.remove(random.nextInt(live.size()));
        pages.freePages(block[0], block[1]);
        given += 1L << block[1];
      }
      if (step % 50 == 0) {
        assertThat(Arrays.stream(queries.pgalloc()).sum()).as("taken at %d", step).isEqualTo(taken);
        assertThat(queries.pgfree()).as("given back at %d", step).isEqualTo(given);
      }
    }
  }
}
