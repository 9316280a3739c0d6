package kmemsh.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.machine.Checkpoint;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.machine.Slabs;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random mixes of all operations on objects keep every rule and can be taken back. */
class SlabModelTest {
  private static final int NR_STEPS = 600;

  private record Held(int cache, long address) {}

  private final List<Held> held = new ArrayList<>();
  private final List<Integer> caches = new ArrayList<>();
  private SplittableRandom random;
  private Machine machine;

  private static Machine machine(String name, String slab, int cpus) {
    return new Machine(Profiles.make(new MachineOptions(name, "", 64 << 20, cpus, 1, slab)));
  }

  @ParameterizedTest(name = "{0} {1} {2} CPUs, seed {3}")
  @CsvSource({
    "i386,slab,1,1",
    "i386,slab,2,2",
    "x86_64,slab,4,3",
    "i386,slub,1,4",
    "x86_64,slub,1,5",
    "x86_64,slub,4,6",
    "i386,slob,1,7",
    "x86_64,slob,2,8"
  })
  void everyStepKeepsEveryRuleAndCanBeTakenBack(String name, String slab, int cpus, long seed) {
    machine = machine(name, slab, cpus);
    random = new SplittableRandom(seed);
    List<Op> ops = new ArrayList<>();
    List<Long> first = new ArrayList<>();
    Checkpoint checkpoint = machine.checkpoint();
    SlabState before = machine.slab().saveState();
    for (int step = 0; step < NR_STEPS; step++) {
      Op op = pick(step, cpus);
      op.check(machine);
      ops.add(op);
      first.add(perform(op));
      if (step % 20 == 0) {
        assertThat(machine.verify().violations()).as("step %d: %s", step, op).isEmpty();
      }
    }
    SlabState after = machine.slab().saveState();

    machine.restore(checkpoint);
    assertThat(machine.slab().saveState()).usingRecursiveComparison().isEqualTo(before);
    List<Long> second = new ArrayList<>();
    for (Op op : ops) {
      op.check(machine);
      second.add(op.run(machine));
    }

    assertThat(second).isEqualTo(first);
    assertThat(machine.slab().saveState()).usingRecursiveComparison().isEqualTo(after);
    assertThat(machine.verify().violations()).isEmpty();
  }

  private Op pick(int step, int cpus) {
    int dice = random.nextInt(20);
    if (caches.isEmpty() || dice == 0) {
      int flags = random.nextBoolean() ? 0 : SlabFlags.SLAB_HWCACHE_ALIGN;
      return new CreateCache("c" + step, 8 + random.nextInt(3000), 0, flags, step % 3 == 0);
    }
    int cache = caches.get(random.nextInt(caches.size()));
    if (dice == 1) {
      return new ShrinkCache(cache);
    }
    if (dice == 2) {
      return new SetCpu(random.nextInt(cpus));
    }
    if (dice == 3) {
      return new Reap();
    }
    if (dice < 12 && !held.isEmpty()) {
      Held gone = held.remove(random.nextInt(held.size()));
      return new FreeObject(gone.cache, gone.address);
    }
    return dice < 16
        ? new AllocObject(cache, Gfp.GFP_KERNEL)
        : new Kmalloc(1 + random.nextInt(12000), Gfp.GFP_KERNEL);
  }

  private long perform(Op op) {
    long result = op.run(machine);
    if (op instanceof CreateCache) {
      caches.add((int) result);
    } else if (op instanceof AllocObject alloc && result != 0) {
      held.add(new Held(alloc.cache(), result));
    } else if (op instanceof Kmalloc && result != 0) {
      held.add(new Held(Slabs.NO_CACHE, result));
    }
    return result;
  }

  @ParameterizedTest
  @ValueSource(strings = {"slab", "slub", "slob"})
  void freeingTwiceIsRefusedAndChangesNothing(String slab) {
    machine = machine("i386", slab, 1);
    long first = new Kmalloc(20, Gfp.GFP_KERNEL).run(machine);
    new Kmalloc(20, Gfp.GFP_KERNEL).run(machine);
    new FreeObject(Slabs.NO_CACHE, first).run(machine);
    SlabState before = machine.slab().saveState();

    FreeObject again = new FreeObject(Slabs.NO_CACHE, first);
    assertThatThrownBy(() -> again.check(machine)).isInstanceOf(Refused.class);
    FreeObject inside = new FreeObject(Slabs.NO_CACHE, first + 4);
    assertThatThrownBy(() -> inside.check(machine)).isInstanceOf(Refused.class);

    assertThat(machine.slab().saveState()).usingRecursiveComparison().isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"slab", "slub", "slob"})
  void anObjectOfAnotherCacheIsRefused(String slab) {
    machine = machine("x86_64", slab, 1);
    int a = (int) new CreateCache("a", 200, 0, 0, true).run(machine);
    int b = (int) new CreateCache("b", 300, 0, 0, true).run(machine);
    long object = new AllocObject(a, Gfp.GFP_KERNEL).run(machine);

    FreeObject wrong = new FreeObject(b, object);
    assertThatThrownBy(() -> wrong.check(machine)).isInstanceOf(Refused.class);
    FreeObject right = new FreeObject(a, object);
    right.check(machine);
    right.run(machine);

    assertThat(machine.slab().counts(a)[6]).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slab", "slub"})
  void sharedNamesAreForgottenOneByOne(String slab) {
    machine = machine("i386", slab, 1);
    int a = (int) new CreateCache("a", 512, 0, 0, false).run(machine);
    int b = (int) new CreateCache("b", 512, 0, 0, false).run(machine);
    assertThat(b).isEqualTo(a);
    assertThat(machine.slab().find("b")).isEqualTo(a);

    assertThat(new DestroyCache(a, "a").run(machine)).isEqualTo(1);
    assertThat(machine.slab().find("a")).isEqualTo(Slabs.NO_CACHE);
    assertThat(machine.slab().find("b")).isEqualTo(a);

    assertThat(new DestroyCache(a, "b").run(machine)).isZero();
    assertThat(machine.slab().find("b")).isEqualTo(Slabs.NO_CACHE);
    assertThat(machine.slab().hasCache(a)).isFalse();
  }
}
