package kmemsh.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import kmemsh.machine.Checkpoint;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.mm.page.PageVerify;
import kmemsh.view.Gfp;
import kmemsh.view.PageState;
import kmemsh.view.VmSysctls;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random mixes of all operations keep every rule, and running them again gives the same state. */
@Tag("property")
class PageModelTest {
  private static final int[] MASKS = {
    Gfp.GFP_KERNEL,
    Gfp.GFP_ATOMIC,
    Gfp.GFP_NOWAIT,
    Gfp.GFP_HIGHUSER_MOVABLE,
    Gfp.GFP_HIGHUSER,
    Gfp.GFP_DMA | Gfp.GFP_KERNEL,
    Gfp.GFP_DMA32 | Gfp.GFP_NOWAIT,
    Gfp.GFP_KERNEL | Gfp.__GFP_RECLAIMABLE,
    Gfp.GFP_KERNEL | Gfp.__GFP_COMP,
    Gfp.GFP_NOWAIT | Gfp.__GFP_HIGH,
    Gfp.GFP_KERNEL | Gfp.__GFP_MEMALLOC,
    Gfp.GFP_KERNEL | Gfp.__GFP_THISNODE,
    Gfp.GFP_KERNEL | Gfp.__GFP_NORETRY | Gfp.__GFP_NOWARN,
    Gfp.GFP_USER | Gfp.__GFP_MOVABLE,
  };

  private record Held(int pfn, int order, long bytes) {}

  private final List<Held> held = new ArrayList<>();
  private Machine machine;
  private SplittableRandom random;
  private int nrCpus;

  private static Profile profile(String name, String mem, int cpus, int nodes) {
    return Profiles.make(
        new MachineOptions("m.txt", "arch " + name + "\nmem " + mem + "\n", 0, cpus, nodes, ""));
  }

  static Stream<Arguments> machines() {
    List<Arguments> all = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      all.add(Arguments.of("i386 48M", profile("i386", "48M", 0, 0), seed, 400, 1));
      all.add(Arguments.of("i386 1280M", profile("i386", "1280M", 0, 0), seed, 1500, 50));
      all.add(Arguments.of("i386 1280M 2 CPUs", profile("i386", "1280M", 2, 0), seed, 1500, 50));
      all.add(Arguments.of("x86_64 64M", profile("x86_64", "64M", 0, 0), seed, 400, 1));
      all.add(Arguments.of("x86_64 5G 3 CPUs", profile("x86_64", "5G", 3, 0), seed, 1500, 50));
      all.add(Arguments.of("x86_64 2 nodes", profile("x86_64", "256M", 4, 2), seed, 1000, 10));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, seed {2}")
  @MethodSource("machines")
  void everyStepKeepsEveryRuleAndCanBeTakenBack(
      String name, Profile profile, long seed, int nrSteps, int between) {
    machine = new Machine(profile);
    random = new SplittableRandom(seed);
    nrCpus = profile.nrCpus();
    List<Op> ops = new ArrayList<>();
    int marked = random.nextInt(nrSteps);
    Checkpoint checkpoint = machine.checkpoint();
    PageState before = null;
    for (int step = 0; step < nrSteps; step++) {
      if (step == marked) {
        checkpoint = machine.checkpoint();
        before = machine.pages().pageState();
        ops.clear();
      }
      Op op = pick(step, nrSteps);
      perform(op);
      ops.add(op);
      if (step % between == 0) {
        assertThat(PageVerify.check(machine.pages()).violations())
            .as("step %d: %s", step, op)
            .isEmpty();
      }
    }
    PageState after = machine.pages().pageState();
    machine.restore(checkpoint);
    assertSame(machine.pages().pageState(), before);
    for (Op op : ops) {
      op.check(machine);
      op.run(machine);
    }
    assertSame(machine.pages().pageState(), after);
    assertThat(PageVerify.check(machine.pages()).violations()).isEmpty();
  }

  private static void assertSame(PageState found, PageState expected) {
    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
  }

  /** More takes than frees at first, later more frees, so that memory runs out in between. */
  private Op pick(int step, int nrSteps) {
    int kind = random.nextInt(100);
    boolean filling = step < nrSteps * 2 / 3;
    if (!held.isEmpty() && kind < (filling ? 25 : 60)) {
      return free();
    }
    int gfp = MASKS[random.nextInt(MASKS.length)];
    if (kind < 80) {
      int order = random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(4);
      return new AllocPages(gfp, order);
    }
    return switch (kind / 2) {
      case 40 -> new AllocPagesBulk(1 + random.nextInt(100), gfp);
      case 41, 42 -> new AllocPagesExact(1 + random.nextInt(200_000), gfp);
      case 43 -> new DrainPages(random.nextInt(-1, nrCpus));
      case 44, 45 -> new SetCpu(random.nextInt(nrCpus));
      case 46 -> sysctl();
      case 47 -> split();
      default -> new Repeat(new AllocPages(gfp, random.nextInt(9)), 1 + random.nextInt(300));
    };
  }

  private Op free() {
    Held block = held.remove(random.nextInt(held.size()));
    return block.bytes() > 0
        ? new FreePagesExact(block.pfn(), block.bytes())
        : new FreePages(block.pfn(), block.order());
  }

  private Op split() {
    for (int i = 0; i < held.size(); i++) {
      Held block = held.get(i);
      if (block.bytes() == 0 && block.order() > 0 && !machine.pages().isCompound(block.pfn())) {
        held.remove(i);
        return new SplitPage(block.pfn(), block.order());
      }
    }
    return new DrainPages(DrainPages.ALL);
  }

  private Op sysctl() {
    return switch (random.nextInt(5)) {
      case 0 -> new WriteSysctl(VmSysctls.MIN_FREE_KBYTES, new int[] {random.nextInt(8000)});
      case 1 ->
          new WriteSysctl(VmSysctls.WATERMARK_SCALE_FACTOR, new int[] {1 + random.nextInt(200)});
      case 2 ->
          new WriteSysctl(VmSysctls.WATERMARK_BOOST_FACTOR, new int[] {random.nextInt(20000)});
      case 3 ->
          new WriteSysctl(
              VmSysctls.LOWMEM_RESERVE_RATIO, new int[] {random.nextInt(300), random.nextInt(64)});
      default ->
          new WriteSysctl(
              VmSysctls.PERCPU_PAGELIST_HIGH_FRACTION, new int[] {8 + random.nextInt(500)});
    };
  }

  private void perform(Op op) {
    op.check(machine);
    if (op instanceof Repeat repeat) {
      for (long pfn : repeat.runAll(machine)) {
        keep(pfn, ((AllocPages) repeat.body()).order(), 0);
      }
    } else if (op instanceof AllocPagesBulk bulk) {
      for (long pfn : bulk.runAll(machine)) {
        keep(pfn, 0, 0);
      }
    } else {
      long result = op.run(machine);
      if (op instanceof AllocPages alloc) {
        keep(result, alloc.order(), 0);
        assertThat(result < 0 || result % (1L << alloc.order()) == 0).as("aligned").isTrue();
      } else if (op instanceof AllocPagesExact exact) {
        keep(result, 0, exact.sizeBytes());
      } else if (op instanceof SplitPage split) {
        for (int page = split.pfn(); page < split.pfn() + (1 << split.order()); page++) {
          keep(page, 0, 0);
        }
      }
    }
  }

  private void keep(long pfn, int order, long bytes) {
    if (pfn >= 0) {
      held.add(new Held((int) pfn, order, bytes));
    }
  }
}
