package kmemsh.mm.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;
import org.junit.jupiter.api.Test;

/** Slabs, arrays and lists of SLAB. Spec: slab-allocators.md 2, 6.5 */
class SlabTest {
  private static final int GFP = Gfp.GFP_KERNEL;

  private final SlabLab lab = SlabLab.up();
  private final Slab slab = lab.slab;

  /** {@code slab:object} of the next {@code nr} allocations; slabs are numbered as they appear. */
  private List<String> take(KmemCache cache, int nr) {
    List<String> taken = new ArrayList<>();
    List<Integer> slabs = new ArrayList<>();
    for (int i = 0; i < nr; i++) {
      long object = slab.alloc(cache, GFP, SlabAllocator.NO_NODE);
      int of = slab.table.slabOf((int) (object >>> 12));
      if (!slabs.contains(of)) {
        slabs.add(of);
      }
      int index = slab.lists.indexOf((SlabCache) cache, of, object);
      taken.add(slabs.indexOf(of) + ":" + index);
    }
    return taken;
  }

  private static List<String> down(int of, int from, int to) {
    List<String> objects = new ArrayList<>();
    for (int index = from; index >= to; index--) {
      objects.add(of + ":" + index);
    }
    return objects;
  }

  private static SlabNode node(KmemCache cache) {
    return ((SlabCache) cache).nodes[0];
  }

  @Test
  void aFreshCacheHandsOutSixteenObjectsFromTheTopDown() {
    KmemCache cache = lab.cache("c256", 256, 0, false);

    List<String> expected = down(0, 15, 0);
    expected.addAll(down(1, 15, 12));
    assertThat(take(cache, 20)).isEqualTo(expected);
    assertThat(slab.verify()).isEmpty();
  }

  /** 99 objects: 16 at first, then 60, then the 23 that are left, then a new slab. */
  @Test
  void aRefillTakesTheRestOfASlabWithoutGrowing() {
    KmemCache cache = lab.cache("c40", 40, 0, false);

    List<String> expected = down(0, 15, 0);
    expected.addAll(down(0, 75, 16));
    expected.addAll(down(0, 98, 76));
    expected.addAll(down(1, 59, 0));
    assertThat(take(cache, 159)).isEqualTo(expected);
  }

  @Test
  void theFirstSlabHasColourOne() {
    KmemCache cache = lab.cache("c600", 600, 0, false);

    List<Integer> offsets = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      long object = slab.alloc(cache, GFP, SlabAllocator.NO_NODE);
      int of = slab.table.slabOf((int) (object >>> 12));
      if (i % 6 == 0) {
        offsets.add(slab.table.get(of, SlabTable.SMEM));
      }
    }
    assertThat(offsets).containsExactly(64, 128, 192, 256, 320, 384, 0, 64);
  }

  @Test
  void aFullArrayGivesItsOldestEntriesBack() {
    KmemCache cache = lab.cache("c256", 256, 0, false);
    long[] objects = new long[160];
    slab.allocBulk(cache, GFP, objects.length, objects);
    SlabArray array = ((SlabCache) cache).arrays[0];
    assertThat(array.avail).isZero();

    for (int i = 0; i < 120; i++) {
      slab.free(cache, objects[i]);
    }
    assertThat(array.avail).isEqualTo(120);
    slab.free(cache, objects[120]);

    assertThat(array.avail).isEqualTo(61);
    assertThat(array.entry[0]).isEqualTo(objects[60]);
    assertThat(array.entry[60]).isEqualTo(objects[120]);
    assertThat(node(cache).freeObjects).isEqualTo(60);
    assertThat(slab.verify()).isEmpty();
  }

  /** The limit is 2 * 60 + 16 objects; what is above it goes, from the tail of slabs_free. */
  @Test
  void freeSlabsBeyondTheLimitAreDestroyed() {
    KmemCache cache = lab.cache("c256", 256, 0, false);
    long[] objects = new long[480];
    slab.allocBulk(cache, GFP, objects.length, objects);
    assertThat(node(cache).totalSlabs).isEqualTo(30);

    slab.freeBulk(cache, objects.length, objects);

    assertThat(node(cache).freeLimit).isEqualTo(136);
    assertThat(node(cache).freeObjects).isLessThanOrEqualTo(136);
    assertThat(node(cache).totalSlabs).isLessThan(30);
    assertThat(slab.verify()).isEmpty();
  }

  @Test
  void shrinkingAnUnusedCacheGivesItsPagesBack() {
    KmemCache cache = lab.cache("c700", 700, 0, false);
    long[] objects = new long[100];
    long before = lab.freePages();
    slab.allocBulk(cache, GFP, objects.length, objects);
    assertThat(lab.freePages()).isEqualTo(before - 20);

    slab.freeBulk(cache, objects.length, objects);

    assertThat(slab.shrink(cache)).isZero();
    assertThat(lab.freePages()).isEqualTo(before);
    assertThat(slab.verify()).isEmpty();
  }

  @Test
  void aCacheWithObjectsIsBusyAndStays() {
    KmemCache cache = lab.cache("c700", 700, 0, false);
    long object = slab.alloc(cache, GFP, SlabAllocator.NO_NODE);

    assertThat(lab.common.destroyCache(cache)).isEqualTo(SlabCommon.EBUSY);
    assertThat(slab.caches().named("c700")).isSameAs(cache);
    assertThat(cache.refcount).isZero();

    slab.free(cache, object);
    assertThat(slab.shrink(cache)).isZero();
  }

  @Test
  void creatingAndDestroyingACacheLeavesNothingBehind() {
    int slabs = slab.table.countSlabs();
    String before = lab.counts();
    KmemCache cache = lab.cache("c1088", 1088, 64, true);
    long[] objects = new long[50];
    slab.allocBulk(cache, GFP, objects.length, objects);
    slab.freeBulk(cache, objects.length, objects);

    assertThat(lab.common.destroyCache(cache)).isZero();

    assertThat(slab.caches().named("c1088")).isNull();
    assertThat(lab.counts()).isEqualTo(before);
    assertThat(slab.table.countSlabs()).isGreaterThanOrEqualTo(slabs);
    assertThat(slab.verify()).isEmpty();
  }

  /** With a constructor the index array of 1024-byte objects is an object of kmalloc-32. */
  @Test
  void anIndexArrayOutsideTheSlabComesFromKmalloc() {
    KmemCache cache = lab.cache("ctor1024", 1024, 0, true);
    long object = slab.alloc(cache, GFP, SlabAllocator.NO_NODE);

    long freelist = slab.table.freelist(slab.table.slabOf((int) (object >>> 12)));
    assertThat(slab.cacheOf(freelist).name).isEqualTo("kmalloc-32");

    slab.free(cache, object);
    slab.shrink(cache);
    assertThat(slab.kmalloc(4, GFP)).isEqualTo(freelist);
  }

  @Test
  void aFullSlabHasNoIndexArrayUntilAnObjectComesBack() {
    KmemCache cache = lab.cache("c1024", 1024, 0, false);
    long[] objects = new long[4];
    slab.allocBulk(cache, GFP, 4, objects);
    int of = slab.table.slabOf((int) (objects[0] >>> 12));
    assertThat(slab.table.freelist(of)).isEqualTo(SlabAllocator.NULL);

    slab.free(cache, objects[2]);
    slab.shrink(cache);

    assertThat(slab.table.freelist(of)).isEqualTo(objects[2]);
    assertThat(slab.verify()).isEmpty();
  }

  @Test
  void tuningGivesTheOldArraysBackAndResizesThem() {
    KmemCache cache = lab.cache("c256", 256, 0, false);
    slab.alloc(cache, GFP, SlabAllocator.NO_NODE);
    SlabArray old = ((SlabCache) cache).arrays[0];
    assertThat(old.avail).isEqualTo(15);

    slab.tune(cache, 4, 2, 0);

    SlabArray array = ((SlabCache) cache).arrays[0];
    assertThat(array.avail).isZero();
    assertThat(array.limit).isEqualTo(4);
    assertThat(node(cache).freeObjects).isEqualTo(15);
    assertThat(node(cache).freeLimit).isEqualTo(2 * 2 + 16);
    assertThat(slab.verify()).isEmpty();
  }

  @Test
  void theReaperSparesAnArrayThatWasUsedAndThenTakesAFifthOfItsLimit() {
    KmemCache cache = lab.cache("c256", 256, 0, false);
    long[] objects = new long[100];
    slab.allocBulk(cache, GFP, objects.length, objects);
    slab.freeBulk(cache, objects.length, objects);
    SlabArray array = ((SlabCache) cache).arrays[0];
    int before = array.avail;

    slab.reap(false, 0);
    assertThat(array.touched).isFalse();
    assertThat(array.avail).isEqualTo(before);
    slab.reap(false, 0);
    assertThat(array.avail).isEqualTo(before - 24);
    assertThat(slab.verify()).isEmpty();
  }

  @Test
  void theReaperDestroysFreeSlabsThatNobodyNeeded() {
    KmemCache cache = lab.cache("c1024", 1024, 0, false);
    long[] objects = new long[54];
    slab.allocBulk(cache, GFP, objects.length, objects);
    slab.freeBulk(cache, objects.length, objects);
    slab.tune(cache, 54, 27, 0);
    int slabs = node(cache).totalSlabs;
    assertThat(node(cache).freeSlabs).isEqualTo(slabs);

    // (58 + 5 * 4 - 1) / (5 * 4) slabs in a run.
    slab.reap(true, 0);
    assertThat(node(cache).totalSlabs).isEqualTo(slabs - 3);

    slab.alloc(cache, GFP, SlabAllocator.NO_NODE);
    assertThat(node(cache).freeTouched).isTrue();
    slab.reap(true, 0);
    assertThat(node(cache).freeTouched).isFalse();
    assertThat(node(cache).totalSlabs).isEqualTo(slabs - 3);
    assertThat(slab.verify()).isEmpty();
  }

  @Test
  void pagesOfRcuSlabsWaitForTheGracePeriod() {
    int id =
        lab.common.createCache(
            new CacheSpec("rcu", 1088, 0, SlabFlags.SLAB_TYPESAFE_BY_RCU, false));
    KmemCache cache = slab.caches().get(id);
    long before = lab.freePages();
    slab.free(cache, slab.alloc(cache, GFP, SlabAllocator.NO_NODE));
    assertThat(lab.freePages()).isEqualTo(before - 2);

    assertThat(slab.shrink(cache)).isZero();
    assertThat(lab.freePages()).isEqualTo(before - 2);
    slab.endGracePeriod();
    assertThat(lab.freePages()).isEqualTo(before);
  }

  @Test
  void theBootCachesStandInTheKernelsOrder() {
    List<String> names = new ArrayList<>();
    for (KmemCache cache = slab.caches().oldest(); cache != null; cache = cache.newer()) {
      names.add(cache.name);
    }
    assertThat(names.subList(0, 7))
        .containsExactly(
            "kmem_cache",
            "kmalloc-128",
            "kmalloc-32",
            "kmalloc-64",
            "kmalloc-96",
            "kmalloc-192",
            "kmalloc-256");
    assertThat(names).hasSize(34).contains("kmalloc-rcl-96", "dma-kmalloc-8k");
    assertThat(slab.verify()).isEmpty();
  }

  @Test
  void aSavedStateLoadsIntoTheSameState() {
    KmemCache cache = lab.cache("c600", 600, 0, false);
    long[] objects = new long[200];
    slab.allocBulk(cache, GFP, objects.length, objects);
    List<Long> order = new ArrayList<>();
    for (long object : objects) {
      order.add(object);
    }
    Collections.shuffle(order, new Random(5));
    for (long object : order.subList(0, 150)) {
      slab.free(cache, object);
    }
    SlabState state = slab.saveState();

    slab.loadState(state, false);

    assertThat(SlabLab.text(slab.saveState())).isEqualTo(SlabLab.text(state));
    assertThat(slab.verify()).isEmpty();
  }

  @Test
  void aSecondFreeIsFoundByVerify() {
    KmemCache cache = lab.cache("c256", 256, 0, false);
    long object = slab.alloc(cache, GFP, SlabAllocator.NO_NODE);
    slab.free(cache, object);
    slab.free(cache, object);

    assertThat(slab.verify()).contains("in an array twice");
  }
}
