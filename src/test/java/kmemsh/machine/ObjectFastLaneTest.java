package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.mm.slab.KmemCache;
import kmemsh.mm.slab.SlabAllocator;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Gfp;
import kmemsh.view.SlabState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Objects are taken and given in short ways only while nobody listens to facts. A machine that is
 * listened to must come to the very same state, and a checkpoint must know what was written.
 */
class ObjectFastLaneTest {
  private static final int NR_STEPS = 6000;
  private static final int MOST_LIVE = 900;

  private final List<Long> live = new ArrayList<>();
  private final List<Long> results = new ArrayList<>();

  @ParameterizedTest(name = "{0} on {1}, {2} CPUs, seed {3}")
  @CsvSource({
    "slub, x86_64, 1, 1",
    "slub, x86_64, 1, 2",
    "slub, x86_64, 3, 3",
    "slub, i386, 1, 4",
    "slub, i386, 2, 5",
    "slab, i386, 1, 6",
    "slab, x86_64, 3, 7",
    "slob, i386, 1, 8"
  })
  void aMachineWithFactsOnEndsInTheSameState(String kind, String machine, int cpus, long seed) {
    Profile profile = Profiles.make(new MachineOptions(machine, "", 64L << 20, cpus, 0, kind));
    Machine quiet = new Machine(profile);
    Machine heard = new Machine(profile);
    heard.setTrace(new TraceBuffer());

    run(quiet, seed);
    List<Long> expected = new ArrayList<>(results);
    SlabState quietState = allocator(quiet).saveState();
    run(heard, seed);

    assertThat(results).isEqualTo(expected);
    assertThat(allocator(heard).saveState()).usingRecursiveComparison().isEqualTo(quietState);
    assertThat(allocator(quiet).verify()).isEmpty();
    assertThat(quiet.pages().pageState())
        .usingRecursiveComparison()
        .isEqualTo(heard.pages().pageState());
  }

  private static SlabAllocator allocator(Machine machine) {
    return machine.slab().common().allocator();
  }

  private void run(Machine machine, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    live.clear();
    results.clear();
    Checkpoint saved = null;
    SlabState savedState = null;
    List<Long> savedLive = List.of();
    for (int step = 0; step < NR_STEPS; step++) {
      int what = random.nextInt(1000);
      if (what < 990) {
        takeOrGive(allocator(machine), random, step / 500 % 2 == 0);
      } else if (what < 995) {
        machine.setCpu(random.nextInt(machine.profile().nrCpus()));
      } else if (saved == null || random.nextBoolean()) {
        saved = machine.checkpoint();
        savedState = allocator(machine).saveState();
        savedLive = new ArrayList<>(live);
      } else {
        machine.restore(saved);
        live.clear();
        live.addAll(savedLive);
        assertThat(allocator(machine).saveState()).usingRecursiveComparison().isEqualTo(savedState);
      }
    }
  }

  private void takeOrGive(SlabAllocator slab, SplittableRandom random, boolean growing) {
    boolean take = random.nextInt(100) < (growing ? 65 : 35);
    if (take && live.size() < MOST_LIVE) {
      // Many of one size: slabs become full and free again, and go through every list.
      int size = random.nextBoolean() ? 2000 : random.nextInt(1 << random.nextInt(15)) + 1;
      int mask = random.nextInt(20) == 0 ? Gfp.__GFP_RECLAIMABLE : 0;
      long object = slab.kmalloc(size, Gfp.GFP_KERNEL | mask);
      results.add(object);
      live.add(object);
    } else if (!live.isEmpty()) {
      long object = live.remove(random.nextInt(live.size()));
      KmemCache cache = random.nextInt(4) == 0 ? slab.cacheOf(object) : null;
      if (cache == null) {
        slab.kfree(object);
      } else {
        slab.free(cache, object);
      }
    }
  }
}
