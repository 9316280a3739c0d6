package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageMachine;
import kmemsh.mm.page.PageVerify;
import kmemsh.mm.page.ZoneShape;
import kmemsh.view.Gfp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the columns of frames stand in one piece or in chunks must not be seen in anything. */
class FlatAndChunkedColumnsTest {
  private static final int NR_STEPS = 4000;

  /*
   *   load, run, checkpoint, run, restore, run again
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void bothKindsComeToTheSameStates(long seed) {
    Profile profile =
        Profiles.make(
            new MachineOptions(seed % 2 == 0 ? "i386" : "x86_64", "", 64L << 20, 1, 0, ""));
    PageMachine flat = loaded(profile, Integer.MAX_VALUE);
    PageMachine chunked = loaded(profile, 0);

    assertThat(story(flat, seed)).usingRecursiveComparison().isEqualTo(story(chunked, seed));
  }

  private static PageMachine loaded(Profile profile, int maxFlatRows) {
    ZoneShape[] shapes = Zones.shapes(profile);
    PageMachine machine =
        new PageMachine(new PageAllocator(Zones.config(profile, shapes, maxFlatRows), shapes));
    machine.load(new Machine(profile).pages().pageState());
    return machine;
  }

  private static List<Object> story(PageMachine machine, long seed) {
    List<Object> seen = new ArrayList<>();
    List<int[]> live = new ArrayList<>();
    run(machine, seed, live, seen);
    PageMachine.State held = machine.checkpoint();
    List<int[]> liveThen = new ArrayList<>(live);
    run(machine, seed + 1, live, seen);
    machine.restore(held);
    seen.add(machine.pageState());
    run(machine, seed + 2, liveThen, seen);
    return seen;
  }

  private static void run(PageMachine machine, long seed, List<int[]> live, List<Object> seen) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] pfns = new int[8];
    for (int step = 0; step < NR_STEPS; step++) {
      int what = random.nextInt(100);
      if (what < 55) {
        int order = Math.min(10, Long.numberOfTrailingZeros(random.nextLong() | 1L << 10));
        int mask = random.nextInt(4) == 0 ? Gfp.GFP_HIGHUSER_MOVABLE : Gfp.GFP_KERNEL;
        int pfn = machine.allocator().allocPages(mask, order);
        seen.add(pfn);
        if (pfn != PageAllocator.NO_PFN) {
          live.add(new int[] {pfn, order});
        }
      } else if (what < 97 && !live.isEmpty()) {
        int[] block = live.remove(random.nextInt(live.size()));
        machine.allocator().freePages(block[0], block[1]);
      } else if (what < 99) {
        int nr = machine.allocator().allocPagesBulk(Gfp.GFP_KERNEL, pfns.length, pfns);
        machine.allocator().freeUnrefPageList(pfns, nr);
      } else {
        machine.drainPages(-1);
      }
    }
    assertThat(PageVerify.check(machine).violations()).isEmpty();
    seen.add(machine.pageState());
  }
}
