package kmemsh.mm.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.mm.page.PageMachine;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SLAB with shared and alien arrays. Spec: slab-allocators.md 2.7, 2.8, 2.14 */
class SlabManyCpusTest {
  private static final int GFP = Gfp.GFP_KERNEL;
  private static final int NO_NODE = SlabAllocator.NO_NODE;
  private static final int NR_STEPS = 1200;

  private static long take(SlabLab lab, KmemCache cache, int cpu) {
    lab.pages.setCpu(cpu);
    return lab.slab.alloc(cache, GFP, NO_NODE);
  }

  private static int otherNodesCpu(SlabLab lab) {
    int[] cpuNode = lab.slab.config().cpuNode();
    int cpu = 0;
    while (cpuNode[cpu] == 0) {
      cpu++;
    }
    return cpu;
  }

  @Test
  void aFlushGoesToTheSharedArrayAndTheNextRefillTakesItsNewestEntries() {
    SlabLab lab = SlabLab.smp(2);
    SlabCache cache = (SlabCache) lab.cache("c256", 256, 0, false);
    long[] objects = new long[160];
    lab.slab.allocBulk(cache, GFP, objects.length, objects);
    for (int i = 0; i <= 120; i++) {
      lab.slab.free(cache, objects[i]);
    }
    SlabArray shared = cache.nodes[0].shared;
    assertThat(shared.avail).isEqualTo(60);
    assertThat(shared.entry[0]).isEqualTo(objects[0]);

    assertThat(take(lab, cache, 1)).isEqualTo(objects[59]);

    assertThat(shared.avail).isEqualTo(44);
    assertThat(cache.arrays[1].avail).isEqualTo(15);
    assertThat(lab.slab.verify()).isEmpty();
  }

  @Test
  void objectsOfAnotherNodeWaitInAnAlienArrayOfTwelve() {
    SlabLab lab = SlabLab.numa(4);
    SlabCache cache = (SlabCache) lab.cache("c256", 256, 0, false);
    int far = otherNodesCpu(lab);
    long[] objects = new long[13];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = take(lab, cache, 0);
    }
    lab.pages.setCpu(far);
    for (int i = 0; i < 12; i++) {
      lab.slab.free(cache, objects[i]);
    }
    SlabArray alien = cache.nodes[1].alien[0];
    assertThat(alien.avail).isEqualTo(12);

    lab.slab.free(cache, objects[12]);

    assertThat(alien.avail).isEqualTo(1);
    assertThat(cache.nodes[0].shared.avail).isEqualTo(12);
    assertThat(lab.slab.verify()).isEmpty();
  }

  @Test
  void anObjectOfANamedNodeComesStraightFromItsLists() {
    SlabLab lab = SlabLab.numa(4);
    SlabCache cache = (SlabCache) lab.cache("c256", 256, 0, false);
    lab.pages.setCpu(0);

    long object = lab.slab.alloc(cache, GFP, 1);

    assertThat(lab.pages.nodeOf((int) (object >>> 12))).isEqualTo(1);
    assertThat(cache.nodes[1].freeObjects).isEqualTo(15);
    assertThat(cache.arrays[0].avail).isZero();
    assertThat(lab.slab.verify()).isEmpty();
  }

  @Test
  void aDmaCacheServesCpusOfANodeWithoutDmaZoneOneByOne() {
    SlabLab lab = SlabLab.numa(4);
    int id =
        lab.common.createCache(
            new CacheSpec("dma", 256, 0, SlabFlags.SLAB_CACHE_DMA, false, 0, 256));
    SlabCache cache = (SlabCache) lab.slab.caches().get(id);
    int far = otherNodesCpu(lab);

    long first = take(lab, cache, far);
    long second = take(lab, cache, far);

    assertThat(second).isEqualTo(first + 256);
    assertThat(cache.arrays[far].avail).isZero();
    assertThat(cache.arrays[far].touched).isFalse();
    assertThat(cache.nodes[1].freeTouched).isTrue();
    assertThat(lab.slab.verify()).isEmpty();
  }

  /** All that can be done to some caches, in an order that a seed decides. */
  private static final class Mix {
    private final SlabLab lab;
    private final Slab slab;
    private final SplittableRandom random;
    private final List<KmemCache> caches;
    private final List<long[]> live;
    private final StringBuilder results = new StringBuilder();

    Mix(SlabLab lab, long seed, List<KmemCache> caches, List<long[]> live) {
      this.lab = lab;
      this.slab = lab.slab;
      this.random = new SplittableRandom(seed);
      this.caches = caches;
      this.live = live;
    }

    void step() {
      lab.pages.setCpu(random.nextInt(slab.config().cpuNode().length));
      int what = random.nextInt(1000);
      int which = random.nextInt(caches.size());
      KmemCache cache = caches.get(which);
      if (what < 450) {
        takeSome(which, 1 + random.nextInt(30));
      } else if (what < 950) {
        giveSome(1 + random.nextInt(30));
      } else if (what < 970) {
        slab.reap(random.nextBoolean(), random.nextInt(slab.config().nrNodes()));
      } else if (what < 980) {
        int batchcount = 1 + random.nextInt(20);
        int limit = batchcount + random.nextInt(20);
        slab.tune(cache, limit, batchcount, random.nextInt(4));
      } else if (what < 990) {
        results.append(slab.shrink(cache)).append('\n');
      } else {
        slab.endGracePeriod();
      }
    }

    private void takeSome(int which, int nr) {
      for (int i = 0; i < nr; i++) {
        boolean any = random.nextInt(10) > 0;
        int nid = any ? NO_NODE : random.nextInt(slab.config().nrNodes());
        long object = slab.alloc(caches.get(which), GFP, nid);
        results.append(Long.toHexString(object)).append('\n');
        live.add(new long[] {which, object});
      }
    }

    private void giveSome(int nr) {
      for (int i = 0; i < nr && !live.isEmpty(); i++) {
        long[] taken = live.remove(random.nextInt(live.size()));
        slab.free(caches.get((int) taken[0]), taken[1]);
      }
    }
  }

  private static List<KmemCache> caches(SlabLab lab) {
    List<KmemCache> caches = new ArrayList<>();
    caches.add(lab.cache("on", 40, 0, false));
    caches.add(lab.cache("obj", 600, 0, false));
    caches.add(lab.cache("off", 1024, 0, true));
    int rcu = SlabFlags.SLAB_TYPESAFE_BY_RCU;
    caches.add(
        lab.slab.caches().get(lab.common.createCache(new CacheSpec("rcu", 200, 0, rcu, false))));
    int dma = SlabFlags.SLAB_CACHE_DMA;
    caches.add(
        lab.slab.caches().get(lab.common.createCache(new CacheSpec("dma", 72, 0, dma, true))));
    return caches;
  }

  private static SlabLab lab(long seed) {
    if (seed % 3 == 0) {
      return SlabLab.up();
    }
    return seed % 3 == 1 ? SlabLab.smp(3) : SlabLab.numa(4);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {31, 32, 33, 34, 35, 36})
  void everyInvariantHoldsAfterEachStep(long seed) {
    SlabLab lab = lab(seed);
    Mix mix = new Mix(lab, seed, caches(lab), new ArrayList<>());
    for (int i = 0; i < NR_STEPS; i++) {
      mix.step();
      assertThat(lab.slab.verify()).as("step %d", i).isEmpty();
    }
    mix.giveSome(Integer.MAX_VALUE);
    for (KmemCache cache : mix.caches) {
      assertThat(lab.slab.shrink(cache)).isZero();
    }
    assertThat(lab.slab.verify()).isEmpty();
  }

  /** Twenty seeds, since one often misses a field that is left out of the state. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void afterARestoreTheSameStepsGiveTheSameState(long seed) {
    SlabLab lab = lab(seed);
    List<long[]> live = new ArrayList<>();
    List<KmemCache> caches = caches(lab);
    run(lab, seed, caches, live);
    PageMachine.State pages = lab.pages.checkpoint();
    SlabAllocator.State slabs = lab.slab.checkpoint();
    run(lab, seed + 500, caches, new ArrayList<>(live));
    lab.slab.checkpoint();

    lab.pages.restore(pages);
    lab.slab.restore(slabs);
    String first = run(lab, seed + 1000, caches, new ArrayList<>(live));
    lab.pages.restore(pages);
    lab.slab.restore(slabs);

    assertThat(run(lab, seed + 1000, caches, new ArrayList<>(live))).isEqualTo(first);
  }

  /*
   *   checkpoint a   steps   checkpoint b   restore a   checkpoint c   steps   restore c
   *                                                                            as at a
   */
  @Test
  void aCheckpointRightAfterARestoreIsOfTheRestoredState() {
    SlabLab lab = SlabLab.smp(2);
    List<KmemCache> caches = caches(lab);
    run(lab, 1, caches, new ArrayList<>());
    String atA = SlabLab.text(lab.slab.saveState());
    PageMachine.State pages = lab.pages.checkpoint();
    SlabAllocator.State a = lab.slab.checkpoint();
    run(lab, 2, caches, new ArrayList<>());
    lab.slab.checkpoint();

    lab.pages.restore(pages);
    lab.slab.restore(a);
    SlabAllocator.State c = lab.slab.checkpoint();
    run(lab, 3, caches, new ArrayList<>());
    lab.pages.restore(pages);
    lab.slab.restore(c);

    assertThat(SlabLab.text(lab.slab.saveState())).isEqualTo(atA);
  }

  private static String run(SlabLab lab, long seed, List<KmemCache> caches, List<long[]> live) {
    Mix mix = new Mix(lab, seed, caches, live);
    for (int i = 0; i < NR_STEPS / 4; i++) {
      mix.step();
    }
    assertThat(lab.slab.verify()).isEmpty();
    return mix.results + SlabLab.text(lab.slab.saveState()) + lab.freePages();
  }
}
