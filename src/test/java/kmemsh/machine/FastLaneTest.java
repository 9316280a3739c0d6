package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.mm.page.FrameQueries;
import kmemsh.mm.page.LinearMap;
import kmemsh.mm.page.PageVerify;
import kmemsh.op.WriteSysctl;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Gfp;
import kmemsh.view.PageState;
import kmemsh.view.VmSysctls;
import org.junit.jupiter.api.Test;
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
  private static final int[] BURST_MASKS = {
    Gfp.GFP_KERNEL, Gfp.GFP_KERNEL, Gfp.GFP_KERNEL, Gfp.GFP_HIGHUSER_MOVABLE, 0xcd0
  };
  private static final int COMPOUND = Gfp.GFP_KERNEL | Gfp.__GFP_COMP;

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

  /** Half of the pages free, none beside another, but for a few blocks of order 3. */
  @Test
  void theLaneOfAnOrderShutsWhenTheZoneHasNoBlockAsLarge() {
    Profile profile = Profiles.make(new MachineOptions("x86_64", "", 64L << 20, 1, 0, ""));
    Machine heard = new Machine(profile);
    heard.setTrace(new TraceBuffer());

    List<Integer> results = takeAndGiveScarceBlocks(new Machine(profile));
    assertThat(results).isEqualTo(takeAndGiveScarceBlocks(heard));
    assertThat(results).contains(Machine.NO_PFN);
  }

  /**
   * Bursts of takes and frees of all small orders and types, which fill page sets and drain them.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {31, 32, 33, 34})
  void pageSetsAreDrainedByTheVeryFreeThatFillsThem(long seed) {
    Profile profile =
        Profiles.make(
            new MachineOptions(seed % 2 == 0 ? "i386" : "x86_64", "", 1280L << 20, 1, 0, ""));
    Machine quiet = new Machine(profile);
    Machine heard = new Machine(profile);
    heard.setTrace(new TraceBuffer());

    assertThat(runBursts(quiet, seed)).isEqualTo(runBursts(heard, seed));
  }

  private static List<Integer> runBursts(Machine machine, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Integer>> live = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Integer> seen = new ArrayList<>();
    for (int burst = 0; burst < 600; burst++) {
      int order = random.nextInt(live.size());
      List<Integer> blocks = live.get(order);
      boolean takes = random.nextBoolean();
      for (int i = random.nextInt(120); i > 0; i--) {
        if (takes) {
          int mask = BURST_MASKS[random.nextInt(BURST_MASKS.length)];
          blocks.add(machine.allocPages(mask, order));
        } else if (!blocks.isEmpty()) {
          machine.freePages(blocks.remove(random.nextInt(blocks.size())), order);
        }
        int count = 0;
        for (int z = 0; z < machine.pages().nrZones(); z++) {
          count += machine.pages().fingerprints().pcpFields(z, 0)[0];
        }
        seen.add(count);
      }
      assertThat(PageVerify.check(machine.pages()).violations()).isEmpty();
      seen.addAll(blocks);
    }
    return seen;
  }

  /** No list leads anywhere before the first request, whatever mask it has. */
  @ParameterizedTest(name = "order {0}")
  @ValueSource(ints = {0, 1, 3, 4, 9, 10, 11})
  void theFirstRequestMayHaveTheMaskZero(int order) {
    Profile profile = Profiles.make(new MachineOptions("x86_64", "", 64L << 20, 1, 0, ""));
    Machine quiet = new Machine(profile);
    Machine heard = new Machine(profile);
    heard.setTrace(new TraceBuffer());

    for (int mask : new int[] {0, 0, Gfp.GFP_KERNEL, 0}) {
      int pfn = quiet.allocPages(mask, order);
      assertThat(pfn).isEqualTo(heard.allocPages(mask, order));
      assertThat(pfn == Machine.NO_PFN).isEqualTo(order == 11);
    }
    assertThat(quiet.pages().pageState())
        .usingRecursiveComparison()
        .isEqualTo(heard.pages().pageState());
  }

  private static List<Integer> takeAndGiveScarceBlocks(Machine machine) {
    // A boost would shut the lane by itself.
    new WriteSysctl(VmSysctls.WATERMARK_BOOST_FACTOR, new int[] {0}).run(machine);
    List<Integer> results = new ArrayList<>();
    BitSet taken = new BitSet();
    for (int pfn = take(machine, 0); pfn != Machine.NO_PFN; pfn = take(machine, 0)) {
      taken.set(pfn);
    }
    for (int pfn = taken.nextSetBit(0); pfn >= 0; pfn = taken.nextSetBit(pfn + 1)) {
      if (pfn % 2 != 0 || pfn / 8 % 125 == 0) {
        machine.freePages(pfn, 0);
        taken.clear(pfn);
      }
    }
    machine.pages().allocator().drainPages(0);
    for (int keep = 0; keep < 8; keep++) {
      List<Integer> live = new ArrayList<>();
      for (int pfn = take(machine, 3); pfn != Machine.NO_PFN; pfn = take(machine, 3)) {
        live.add(pfn);
      }
      results.addAll(live);
      for (int pfn : live.subList(Math.min(keep, live.size()), live.size())) {
        machine.freePages(pfn, 3);
        results.add(take(machine, 3));
      }
    }
    return results;
  }

  private static int take(Machine machine, int order) {
    return machine.allocPages(Gfp.GFP_KERNEL, order);
  }

  /*
   *   run, checkpoint, run on, checkpoint, ..., restore the last but one, run again
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void aCheckpointHoldsWhateverTheFastLanesWroteBeforeAndAfterIt(long seed) {
    Machine machine =
        new Machine(Profiles.make(new MachineOptions("x86_64", "", 64L << 20, 2, 0, "")));
    List<Integer> first = run(machine, seed);
    Checkpoint held = machine.checkpoint();
    PageState before = machine.pages().pageState();
    List<Integer> then = run(machine, seed + 100);
    PageState after = machine.pages().pageState();

    machine.restore(held);
    assertThat(machine.pages().pageState()).usingRecursiveComparison().isEqualTo(before);
    assertThat(PageVerify.check(machine.pages()).violations()).isEmpty();
    assertThat(run(machine, seed + 100)).isEqualTo(then);
    assertThat(machine.pages().pageState()).usingRecursiveComparison().isEqualTo(after);
    assertThat(first).isNotEqualTo(then);
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
        int pfn = machine.allocPages(mask(random, order), order);
        results.add(pfn);
        if (pfn != Machine.NO_PFN) {
          results.add(machine.pages().isCompound(pfn) ? 1 : 0);
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
      } else {
        machine.checkpoint();
      }
    }
    for (int[] block : live) {
      results.add(frames(machine).frame(block[0]).hashCode());
    }
    return results;
  }

  private static FrameQueries frames(Machine machine) {
    return new FrameQueries(
        machine.pages().allocator(), new LinearMap(0, 0), Ranges.ramPfns(machine.profile()));
  }

  /** Mostly the same mask, so that the lanes are used; single pages are never compound. */
  private static int mask(SplittableRandom random, int order) {
    int what = random.nextInt(12);
    if (what < MASKS.length) {
      return MASKS[what];
    }
    return what == MASKS.length && order > 0 ? COMPOUND : Gfp.GFP_KERNEL;
  }
}
