package kmemsh.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.machine.BootOptions;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.machine.Slabs;
import kmemsh.session.Session;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Injuries that are let through, in any mix with what is right, never break the model itself. */
class UnsafeModelTest {
  private static final int NR_OPS = 1500;

  private Session session;
  private int alpha;
  private int beta;

  private void boot(String slab, int cpus, int nodes) {
    String machine = nodes > 1 ? "x86_64" : "i386";
    MachineOptions options =
        new MachineOptions(machine, "", 64L << 20, cpus, nodes, slab)
            .with(BootOptions.NONE.withSlabNomerge(true).withUnsafe(true));
    session = new Session(Profiles.make(options));
    alpha = (int) session.run(new CreateCache("alpha", 96, 0, 0, false));
    beta = (int) session.run(new CreateCache("beta", 96, 0, SlabFlags.SLAB_HWCACHE_ALIGN, false));
  }

  private long alloc(int cache) {
    return session.run(new AllocObject(cache, Gfp.GFP_KERNEL));
  }

  private void free(int cache, long object) {
    session.run(new FreeObject(cache, object));
  }

  private List<String> problems() {
    return session.machine().slab().problems();
  }

  @Test
  void slabHandsTheObjectOfADoubleFreeOutTwice() {
    boot("slab", 1, 1);
    long first = alloc(alpha);
    alloc(alpha);
    free(alpha, first);
    free(alpha, first);
    assertThat(problems()).hasSize(1);
    assertThat(problems().get(0)).contains("is in an array twice: it was freed twice");
    assertThat(alloc(alpha)).isEqualTo(first);
    assertThat(alloc(alpha)).isEqualTo(first);
    assertThat(problems()).isEmpty();
  }

  @Test
  void theArrayOfTheWrongCacheHandsTheObjectOut() {
    boot("slab", 1, 1);
    long first = alloc(alpha);
    free(beta, first);
    assertThat(problems().get(0)).contains("is an object of cache alpha");
    assertThatRefused(() -> session.run(new ShrinkCache(beta)));
    assertThatRefused(() -> session.run(new Reap()));
    assertThat(alloc(beta)).isEqualTo(first);
    session.run(new ShrinkCache(beta));
  }

  @Test
  void slubFreesIntoTheObjectsOwnSlabPastTheCpusFreelist() {
    boot("slub", 1, 1);
    long first = alloc(alpha);
    long second = alloc(alpha);
    free(beta, first);
    assertThat(session.machine().slab().stateOf(Objects.physical(session.machine(), first)))
        .isEqualTo(Slabs.FREE);
    assertThat(problems()).isEmpty();
    free(alpha, second);
    assertThat(alloc(alpha)).isEqualTo(second);
    assertThat(alloc(alpha)).as("the CPU's freelist comes first").isNotEqualTo(first);
  }

  @Test
  void slobRefusesBothAndSaysWhy() {
    boot("slob", 1, 1);
    long first = alloc(alpha);
    Refused wrong = assertThatRefused(() -> free(beta, first));
    assertThat(wrong.refusal().kernelWould()).contains("--unsafe cannot show it");
    free(alpha, first);
    assertThatRefused(() -> free(alpha, first));
    assertThat(problems()).isEmpty();
  }

  private static Refused assertThatRefused(Runnable operation) {
    try {
      operation.run();
    } catch (Refused refused) {
      return refused;
    }
    throw new AssertionError("not refused");
  }

  @ParameterizedTest(name = "{0} with {1} CPUs and {2} nodes, seed {3}")
  @CsvSource({
    "slab, 1, 1, 1", "slab, 1, 1, 2", "slab, 3, 1, 3", "slab, 2, 2, 4", "slab, 4, 2, 5",
    "slub, 1, 1, 6", "slub, 1, 1, 7", "slub, 3, 1, 8", "slub, 4, 2, 9", "slob, 1, 1, 10",
  })
  void anyMixGoesOnAndRunsAgainToTheSameResults(String slab, int cpus, int nodes, long seed) {
    boot(slab, cpus, nodes);
    SplittableRandom random = new SplittableRandom(seed);
    List<Long> known = new ArrayList<>();
    List<Long> results = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < NR_OPS; i++) {
      try {
        Op op = any(random, cpus, known);
        long result = session.run(op);
        results.add(result);
        if (op instanceof AllocObject || op instanceof Kmalloc) {
          known.add(result);
        }
      } catch (Refused expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(10, NR_OPS - 300);
    assertThat(runAgain()).isEqualTo(results);
  }

  private Op any(SplittableRandom random, int cpus, List<Long> known) {
    int[] caches = {alpha, beta, Slabs.NO_CACHE};
    int cache = caches[random.nextInt(3)];
    int what = random.nextInt(20);
    if (what < 9 || known.isEmpty()) {
      return cache == Slabs.NO_CACHE
          ? new Kmalloc(60, Gfp.GFP_KERNEL)
          : new AllocObject(cache, Gfp.GFP_KERNEL);
    }
    int last = known.size() - 1;
    long object = known.get(Math.max(0, last - random.nextInt(300)));
    return switch (what) {
      case 9 -> new ShrinkCache(alpha);
      case 10 -> new Reap();
      case 11 -> new SetCpu(random.nextInt(cpus));
      case 12 ->
          new FreeObjects(cache, new long[] {object, known.get(random.nextInt(known.size()))});
      case 13 -> new CreateCache("more" + known.size(), 200, 0, 0, false);
      default -> new FreeObject(cache, object);
    };
  }

  private List<Long> runAgain() {
    int present = session.now();
    List<Op> ops = new ArrayList<>();
    for (int i = 3; i <= present; i++) {
      ops.add(session.opAt(i));
    }
    session.goTo(2);
    List<Long> results = new ArrayList<>();
    for (Op op : ops) {
      results.add(session.run(op));
    }
    return results;
  }
}
