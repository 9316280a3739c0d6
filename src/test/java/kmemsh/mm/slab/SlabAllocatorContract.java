package kmemsh.mm.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import kmemsh.mm.page.PageMachine;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object allocator must do; each has a subclass that makes it. */
abstract class SlabAllocatorContract {
  private static final int GFP = Gfp.GFP_KERNEL;
  private static final int NO_NODE = SlabAllocator.NO_NODE;
  private static final int NR_OPS = 1500;

  private PageMachine pages;
  private SlabAllocator allocator;
  private SlabCommon common;

  abstract SlabAllocator make(SlabConfig config, PageMachine pages);

  @BeforeEach
  void boot() {
    boot(1);
  }

  private void boot(int nrCpus) {
    pages = TestMachines.pages(nrCpus);
    allocator = make(Configs.x86(nrCpus), pages);
    common = new SlabCommon(allocator);
    common.boot();
  }

  private KmemCache cache(String name, int bytes, int align, int flags, boolean ctor) {
    int id = common.createCache(new CacheSpec(name, bytes, align, flags, ctor));
    assertThat(id).isNotNegative();
    return common.cache(id);
  }

  private KmemCache cache(int bytes) {
    return cache("c" + bytes, bytes, 0, 0, true);
  }

  private void assertSound() {
    assertThat(allocator.verify()).isEmpty();
  }

  @Test
  void aBootedAllocatorIsSound() {
    assertSound();
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {1, 8, 20, 64, 100, 192, 256, 700, 1088, 3312, 4096, 5000, 9000})
  void objectsAreAlignedAndDoNotOverlap(int bytes) {
    KmemCache cache = cache(bytes);
    TreeMap<Long, Integer> live = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      long object = allocator.alloc(cache, GFP, NO_NODE);
      assertThat(object % cache.align).isZero();
      hold(live, object, bytes);
    }
    assertSound();
    for (long object : live.keySet()) {
      allocator.free(cache, object);
    }
    assertSound();
  }

  private static void hold(NavigableMap<Long, Integer> live, long object, int bytes) {
    assertThat(object).isGreaterThan(SlabAllocator.ZERO_SIZE_PTR);
    Map.Entry<Long, Integer> before = live.floorEntry(object + bytes - 1);
    if (before != null) {
      assertThat(before.getKey() + before.getValue()).isLessThanOrEqualTo(object);
    }
    live.put(object, bytes);
  }

  @Test
  void kmallocOfNothingGivesTheSpecialPointerAndFreeingItDoesNothing() {
    assertThat(allocator.kmalloc(0, GFP)).isEqualTo(SlabAllocator.ZERO_SIZE_PTR);
    long before = TestMachines.freePages(pages);
    allocator.kfree(SlabAllocator.ZERO_SIZE_PTR);
    allocator.kfree(SlabAllocator.NULL);
    assertThat(TestMachines.freePages(pages)).isEqualTo(before);
    assertThat(allocator.ksize(SlabAllocator.ZERO_SIZE_PTR)).isZero();
    assertThat(allocator.ksize(SlabAllocator.NULL)).isZero();
  }

  @Test
  void powersOfTwoAreAlignedToTheirSize() {
    for (int bytes = 8; bytes <= 65536; bytes *= 2) {
      assertThat(allocator.kmalloc(bytes, GFP) % bytes).as("%d bytes", bytes).isZero();
    }
    assertSound();
  }

  @Test
  void whatIsBeyondTheLargestPageBlockIsNull() {
    long before = TestMachines.freePages(pages);
    assertThat(allocator.kmalloc(KmallocTable.MAX_BYTES + 1L, GFP)).isEqualTo(SlabAllocator.NULL);
    assertThat(TestMachines.freePages(pages)).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {1, 20, 96, 130, 1000, 4096, 8192, 8193, 100000})
  void ksizeIsAtLeastWhatWasAskedFor(int bytes) {
    assertThat(allocator.ksize(allocator.kmalloc(bytes, GFP))).isGreaterThanOrEqualTo(bytes);
  }

  @Test
  void kreallocKeepsWhatIsLargeEnoughAndTakesTheNewBlockFirst() {
    long block = allocator.kmalloc(100, GFP);
    assertThat(allocator.krealloc(block, 60, GFP)).isEqualTo(block);
    long moved = allocator.krealloc(block, 3000, GFP);
    assertThat(moved).isNotEqualTo(block);
    assertThat(allocator.krealloc(moved, 0, GFP)).isEqualTo(SlabAllocator.ZERO_SIZE_PTR);
    assertThat(allocator.krealloc(SlabAllocator.NULL, 10, GFP)).isNotEqualTo(SlabAllocator.NULL);
    assertSound();
  }

  @Test
  void bulkCallsTakeAndGiveBackAsManyObjectsAsAsked() {
    KmemCache cache = cache(200);
    long[] objects = new long[150];
    assertThat(allocator.allocBulk(cache, GFP, objects.length, objects)).isEqualTo(objects.length);
    TreeMap<Long, Integer> live = new TreeMap<>();
    for (long object : objects) {
      hold(live, object, 200);
    }
    allocator.freeBulk(cache, objects.length, objects);
    assertSound();
  }

  @Test
  void aCacheWhoseObjectsAreAllFreeGivesItsPagesBackWhenItIsDestroyed() {
    long object = allocator.kmalloc(5, GFP);
    long before = TestMachines.freePages(pages);
    KmemCache cache = cache(1088);
    List<Long> objects = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      objects.add(allocator.alloc(cache, GFP, NO_NODE));
    }
    for (long taken : objects) {
      allocator.free(cache, taken);
    }
    assertThat(common.destroyCache(cache)).isZero();
    assertThat(common.cache(cache.id)).isNull();
    assertSound();
    assertThat(before - TestMachines.freePages(pages)).isLessThanOrEqualTo(4);
    allocator.kfree(object);
  }

  @Test
  void flagsThatNobodyMayAskForAreRefused() {
    CacheSpec spec = new CacheSpec("bad", 64, 0, SlabFlags.SLAB_KMALLOC, false);
    assertThat(common.createCache(spec)).isEqualTo(SlabAllocator.EINVAL);
    assertThat(allocator.caches().named("bad")).isNull();
  }

  /** Mixes all operations of an allocator on some caches and keeps what is live. */
  private final class Mix {
    private final SplittableRandom random;
    private final List<KmemCache> caches;
    private final int nrCpus;
    private final List<long[]> live = new ArrayList<>();
    private final List<Long> results = new ArrayList<>();

    Mix(long seed, List<KmemCache> caches, int nrCpus) {
      random = new SplittableRandom(seed);
      this.caches = caches;
      this.nrCpus = nrCpus;
    }

    void step() {
      pages.setCpu(random.nextInt(nrCpus));
      int what = random.nextInt(100);
      if (what < 30) {
        allocObject();
      } else if (what < 50) {
        kmalloc(1 + random.nextInt(what < 47 ? 2000 : 30000));
      } else if (what < 90) {
        free();
      } else if (what < 93) {
        krealloc();
      } else if (what < 98) {
        bulk();
      } else {
        allocator.shrink(caches.get(random.nextInt(caches.size())));
      }
    }

    private void allocObject() {
      int which = random.nextInt(caches.size());
      long object = allocator.alloc(caches.get(which), GFP, NO_NODE);
      keep(which, object);
    }

    private void keep(int which, long object) {
      results.add(object);
      live.add(new long[] {which, object});
    }

    private void kmalloc(int bytes) {
      keep(-1, allocator.kmalloc(bytes, GFP));
    }

    private long[] pick() {
      return live.remove(random.nextInt(live.size()));
    }

    private void free() {
      if (!live.isEmpty()) {
        give(pick());
      }
    }

    private void give(long[] taken) {
      if (taken[0] < 0) {
        allocator.kfree(taken[1]);
      } else {
        allocator.free(caches.get((int) taken[0]), taken[1]);
      }
    }

    private void krealloc() {
      if (live.isEmpty()) {
        return;
      }
      long[] taken = pick();
      if (taken[0] < 0) {
        keep(-1, allocator.krealloc(taken[1], 1 + random.nextInt(3000), GFP));
      } else {
        give(taken);
      }
    }

    private void bulk() {
      int which = random.nextInt(caches.size());
      long[] objects = new long[1 + random.nextInt(20)];
      allocator.allocBulk(caches.get(which), GFP, objects.length, objects);
      for (long object : objects) {
        results.add(object);
      }
      int half = objects.length / 2;
      for (int i = half; i < objects.length; i++) {
        live.add(new long[] {which, objects[i]});
      }
      allocator.freeBulk(caches.get(which), half, objects);
    }

    void giveAll() {
      while (!live.isEmpty()) {
        give(pick());
      }
    }
  }

  private List<KmemCache> someCaches() {
    List<KmemCache> caches = new ArrayList<>();
    caches.add(cache("small", 40, 0, 0, false));
    caches.add(cache("built", 192, 0, 0, true));
    caches.add(cache("aligned", 600, 0, SlabFlags.SLAB_HWCACHE_ALIGN, false));
    caches.add(cache("reclaimed", 1088, 0, SlabFlags.SLAB_RECLAIM_ACCOUNT, false));
    caches.add(cache("large", 5000, 0, 0, false));
    return caches;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyInvariantHoldsAfterEachStepOfARandomMix(long seed) {
    int nrCpus = seed % 2 == 0 ? 3 : 1;
    boot(nrCpus);
    Mix mix = new Mix(seed, someCaches(), nrCpus);
    for (int i = 0; i < NR_OPS; i++) {
      mix.step();
      assertSound();
    }
    mix.giveAll();
    assertSound();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void afterARestoreTheSameStepsGiveTheSameAddresses(long seed) {
    int nrCpus = seed % 2 == 0 ? 3 : 1;
    boot(nrCpus);
    List<KmemCache> caches = someCaches();
    Mix before = new Mix(seed, caches, nrCpus);
    for (int i = 0; i < NR_OPS / 2; i++) {
      before.step();
    }
    SlabAllocator.State objects = allocator.checkpoint();
    var frames = pages.checkpoint();
    List<Long> first = run(seed, caches, nrCpus, before.live);
    for (int round = 0; round < 2; round++) {
      pages.restore(frames);
      allocator.restore(objects);
      assertSound();
      assertThat(run(seed, caches, nrCpus, before.live)).isEqualTo(first);
    }
  }

  private List<Long> run(long seed, List<KmemCache> caches, int nrCpus, List<long[]> live) {
    Mix mix = new Mix(seed + 1000, caches, nrCpus);
    for (long[] taken : live) {
      mix.live.add(taken.clone());
    }
    for (int i = 0; i < NR_OPS / 2; i++) {
      mix.step();
    }
    return mix.results;
  }
}
