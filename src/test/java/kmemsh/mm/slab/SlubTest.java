package kmemsh.mm.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kmemsh.mm.page.PageMachine;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;
import kmemsh.view.SlabState.SlubSlab;
import org.junit.jupiter.api.Test;

/** The order in which SLUB hands out and takes back. Spec: slab-allocators.md 3, 6.5, 6.6 */
class SlubTest {
  private static final int GFP = Gfp.GFP_KERNEL;
  private static final int NO_NODE = SlabAllocator.NO_NODE;
  private static final int DEBUG_FZPU = 0x10d00;

  private PageMachine pages;
  private Slub slub;
  private SlabCommon common;

  private void boot(int nrCpus, int slubDebug) {
    pages = TestMachines.pages(nrCpus);
    slub = new Slub(Configs.of(8, 64, nrCpus, nrCpus > 1, slubDebug), pages);
    common = new SlabCommon(slub);
    common.boot();
  }

  /** A cache that is shared with none, since it has a constructor or its size is its own. */
  private KmemCache cache(int bytes, int flags) {
    int id = common.createCache(new CacheSpec("test", bytes, 0, flags, false));
    assertThat(id).isNotNegative();
    return common.cache(id);
  }

  private KmemCache cacheOfItsOwn(int bytes) {
    KmemCache cache = cache(bytes, SlabFlags.SLAB_NOLEAKTRACE);
    assertThat(cache.refcount).isEqualTo(1);
    return cache;
  }

  private long alloc(KmemCache cache) {
    return slub.alloc(cache, GFP, NO_NODE);
  }

  private List<Long> alloc(KmemCache cache, int nr) {
    List<Long> objects = new ArrayList<>();
    for (int i = 0; i < nr; i++) {
      objects.add(alloc(cache));
    }
    return objects;
  }

  private List<SlubSlab> slabs(KmemCache cache, int list) {
    List<SlubSlab> found = new ArrayList<>();
    for (SlubSlab slab : slub.saveState().slubs()) {
      if (slab.cache() == cache.id && slab.list() == list) {
        found.add(slab);
      }
    }
    return found;
  }

  private List<Integer> pfns(KmemCache cache, int list) {
    return slabs(cache, list).stream().map(SlubSlab::pfn).toList();
  }

  private static int pfn(long object) {
    return (int) (object >>> 12);
  }

  private long[] nodeCounters(KmemCache cache) {
    for (SlabState.Node node : slub.saveState().nodes()) {
      if (node.cache() == cache.id) {
        return node.counters();
      }
    }
    throw new AssertionError("no counters");
  }

  // One CPU.

  @Test
  void aFreshSlabIsHandedOutInAddressOrder() {
    boot(1, 0);
    KmemCache cache = cacheOfItsOwn(1024);

    List<Long> objects = alloc(cache, 8);

    for (int i = 0; i < 8; i++) {
      assertThat(objects.get(i)).isEqualTo(objects.get(0) + 1024L * i);
    }
    assertThat(pfn(alloc(cache))).isNotEqualTo(pfn(objects.get(0)));
  }

  @Test
  void onOneCpuAFullSlabThatGetsAFreeGoesToTheTailAndItsObjectsComeBackLastInFirstOut() {
    boot(1, 0);
    KmemCache cache = cacheOfItsOwn(1024);
    List<Long> first = alloc(cache, 8);
    List<Long> second = alloc(cache, 8);
    final long current = alloc(cache);
    slub.free(cache, second.get(0));
    slub.free(cache, first.get(3));
    slub.free(cache, first.get(5));
    slub.free(cache, first.get(1));

    assertThat(pfns(cache, SlubSlab.PARTIAL))
        .containsExactly(pfn(second.get(0)), pfn(first.get(0)));
    assertThat(slabs(cache, SlubSlab.PARTIAL).get(1).freelist()).containsExactly(1, 5, 3);
    alloc(cache, 7);
    assertThat(alloc(cache, 4))
        .containsExactly(second.get(0), first.get(1), first.get(5), first.get(3));
    assertThat(slabs(cache, SlubSlab.CPU_PARTIAL)).isEmpty();
    slub.free(cache, current);
    assertThat(slub.verify()).isEmpty();
  }

  @Test
  void anEmptySlabStaysWhereItIsUntilTheNodeHasMinPartialSlabs() {
    boot(1, 0);
    KmemCache cache = cacheOfItsOwn(1024);
    List<Long> objects = alloc(cache, 8 * 7);
    alloc(cache);
    for (int slab = 0; slab < 4; slab++) {
      slub.free(cache, objects.get(8 * slab));
    }
    for (int i = 1; i < 8; i++) {
      slub.free(cache, objects.get(8 + i));
    }
    assertThat(pfns(cache, SlubSlab.PARTIAL).get(1)).isEqualTo(pfn(objects.get(8)));
    assertThat(slabs(cache, SlubSlab.PARTIAL).get(1).inuse()).isZero();

    slub.free(cache, objects.get(8 * 4));
    for (int i = 1; i < 8; i++) {
      slub.free(cache, objects.get(8 * 2 + i));
    }
    assertThat(pfns(cache, SlubSlab.PARTIAL)).hasSize(4).doesNotContain(pfn(objects.get(16)));
    assertThat(nodeCounters(cache)).containsExactly(4, 7, 7 * 8);
    assertThat(slub.verify()).isEmpty();
  }

  @Test
  void shrinkingPutsTheFullestSlabsFirstAndReversesEqualOnes() {
    boot(1, 0);
    KmemCache cache = cacheOfItsOwn(1024);
    List<Long> objects = alloc(cache, 8 * 4);
    int[] free = {2, 1, 8, 1};
    for (int slab = 0; slab < free.length; slab++) {
      for (int i = 0; i < free[slab]; i++) {
        slub.free(cache, objects.get(8 * slab + i));
      }
    }

    assertThat(common.shrink(cache)).isEqualTo(1);

    // The flush puts the cpu slab, the fourth, at the head of the list: 3 0 1 2.
    assertThat(pfns(cache, SlubSlab.PARTIAL))
        .containsExactly(pfn(objects.get(8)), pfn(objects.get(24)), pfn(objects.get(0)));
    assertThat(nodeCounters(cache)).containsExactly(3, 3, 24);
    assertThat(slub.verify()).isEmpty();
  }

  @Test
  void aBulkFreeLooksThreeObjectsAheadForTheSameSlab() {
    boot(1, 0);
    KmemCache cache = cacheOfItsOwn(1024);
    List<Long> a = alloc(cache, 8);
    List<Long> b = alloc(cache, 8);
    alloc(cache);

    slub.freeBulk(cache, 4, new long[] {a.get(0), b.get(0), a.get(1), b.get(1)});

    List<SlubSlab> partial = slabs(cache, SlubSlab.PARTIAL);
    assertThat(pfns(cache, SlubSlab.PARTIAL)).containsExactly(pfn(b.get(0)), pfn(a.get(0)));
    assertThat(partial.get(0).freelist()).containsExactly(1, 0);
    assertThat(partial.get(1).freelist()).containsExactly(1, 0);
  }

  @Test
  void anotherCacheThatFitsSharesTheOldestOneAndMakesItsObjectsGrow() {
    boot(1, 0);
    KmemCache cache = cache(904, 0);
    CacheSpec smaller = new CacheSpec("alias", 899, 0, 0, false);
    CacheSpec other = new CacheSpec("other", 904, 0, SlabFlags.SLAB_RECLAIM_ACCOUNT, false);

    assertThat(common.createCache(smaller)).isEqualTo(cache.id);
    assertThat(common.createCache(other)).isNotEqualTo(cache.id);

    assertThat(cache.refcount).isEqualTo(2);
    assertThat(cache.objectSize).isEqualTo(904);
    assertThat(common.destroyCache(cache)).isEqualTo(SlabCommon.STILL_SHARED);
    assertThat(common.destroyCache(cache)).isZero();
    assertThat(common.cache(cache.id)).isNull();
  }

  @Test
  void pagesOfATypesafeCacheComeBackWithTheGracePeriod() {
    boot(1, 0);
    KmemCache cache = cache(1024, SlabFlags.SLAB_TYPESAFE_BY_RCU);
    slub.free(cache, alloc(cache));
    final long before = TestMachines.freePages(pages);

    assertThat(common.shrink(cache)).isZero();
    assertThat(TestMachines.freePages(pages)).isEqualTo(before);
    slub.endGracePeriod();

    assertThat(TestMachines.freePages(pages)).isEqualTo(before + (1 << cache.order));
    assertThat(slub.verify()).isEmpty();
  }

  @Test
  void aCacheWithObjectsStaysWhenItIsDestroyed() {
    boot(1, 0);
    KmemCache cache = cacheOfItsOwn(1024);
    long object = alloc(cache);

    assertThat(common.destroyCache(cache)).isEqualTo(SlabCommon.EBUSY);

    assertThat(common.cache(cache.id)).isSameAs(cache);
    assertThat(slub.cacheOf(object)).isSameAs(cache);
    assertThat(slub.verify()).isEmpty();
  }

  @Test
  void kmallocTakesTheSmallestCacheAndTheTypeOfTheMask() {
    boot(1, 0);

    assertThat(slub.cacheOf(slub.kmalloc(20, GFP)).name).isEqualTo("kmalloc-32");
    assertThat(slub.cacheOf(slub.kmalloc(65, GFP)).name).isEqualTo("kmalloc-96");
    assertThat(slub.cacheOf(slub.kmalloc(130, GFP)).name).isEqualTo("kmalloc-192");
    assertThat(slub.cacheOf(slub.kmalloc(1025, GFP)).name).isEqualTo("kmalloc-2k");
    assertThat(slub.cacheOf(slub.kmalloc(8, GFP | Gfp.__GFP_DMA)).name).isEqualTo("dma-kmalloc-8");
    assertThat(slub.cacheOf(slub.kmalloc(8, GFP | Gfp.__GFP_RECLAIMABLE)).name)
        .isEqualTo("kmalloc-rcl-8");
    long large = slub.kmalloc(8193, GFP);
    assertThat(slub.cacheOf(large)).isNull();
    assertThat(slub.largeOrder(large)).isEqualTo(2);
    assertThat(slub.ksize(large)).isEqualTo(16384);
  }

  @Test
  void theBootCachesComeFirstAndTheirNodeStructuresShareOneSlab() {
    boot(1, 0);
    KmemCache descriptors = common.cache(0);
    KmemCache nodes = common.cache(1);

    assertThat(descriptors.name).isEqualTo("kmem_cache");
    assertThat(nodes.name).isEqualTo("kmem_cache_node");
    assertThat(common.cache(2).name).isEqualTo("kmalloc-8");
    assertThat(common.cache(6).name).isEqualTo("kmalloc-96");
    assertThat(common.cache(15).name).isEqualTo("kmalloc-rcl-8");
    assertThat(common.cache(40).name).isEqualTo("dma-kmalloc-8k");
    assertThat(slub.caches().size()).isEqualTo(41);
    assertThat(nodeCounters(nodes)[1]).isEqualTo(1);
    assertThat(((SlubCache) descriptors).nodes[0].address)
        .isEqualTo(((SlubCache) nodes).nodes[0].address + nodes.size);
    assertThat(descriptors.refcount).isEqualTo(-1);
  }

  // Several CPUs.

  @Test
  void thePartialChainIsDetachedWhenItHasAsManySlabsAsItMay() {
    boot(4, 0);
    KmemCache cache = cacheOfItsOwn(1024);
    assertThat(((SlubCache) cache).cpuPartialSlabs).isEqualTo(3);
    List<Long> objects = alloc(cache, 16 * 4 + 16);
    final int s1 = pfn(objects.get(0));
    final int s2 = pfn(objects.get(16));
    final int s3 = pfn(objects.get(32));
    final int s4 = pfn(objects.get(48));
    for (int slab = 0; slab < 3; slab++) {
      slub.free(cache, objects.get(16 * slab));
    }
    assertThat(pfns(cache, SlubSlab.CPU_PARTIAL)).containsExactly(s3, s2, s1);
    assertThat(slabs(cache, SlubSlab.CPU_PARTIAL).get(0).slabs()).isEqualTo(3);

    slub.free(cache, objects.get(48));
    assertThat(pfns(cache, SlubSlab.CPU_PARTIAL)).containsExactly(s4);
    assertThat(pfns(cache, SlubSlab.PARTIAL)).containsExactly(s3, s2, s1);

    assertThat(alloc(cache)).isEqualTo(objects.get(48));
    assertThat(alloc(cache)).isEqualTo(objects.get(32));
    assertThat(pfns(cache, SlubSlab.CPU_PARTIAL)).containsExactly(s1, s2);
    assertThat(slabs(cache, SlubSlab.PARTIAL)).isEmpty();
    assertThat(alloc(cache)).isEqualTo(objects.get(0));
    assertThat(slub.verify()).isEmpty();
  }

  @Test
  void whatAnotherCpuFreesIntoACpuSlabIsTakenOverWhenTheOwnListIsEmpty() {
    boot(2, 0);
    KmemCache cache = cacheOfItsOwn(1024);
    List<Long> objects = alloc(cache, 3);
    pages.setCpu(1);
    slub.free(cache, objects.get(2));
    slub.free(cache, objects.get(0));
    assertThat(slabs(cache, SlubSlab.CPU_SLAB).get(0).freelist()).containsExactly(0, 2);

    pages.setCpu(0);
    int left = cache.nrObjects - 3;
    alloc(cache, left);
    assertThat(alloc(cache, 2)).containsExactly(objects.get(0), objects.get(2));
    assertThat(slub.verify()).isEmpty();
  }

  @Test
  void twoCpusTakeFromSlabsOfTheirOwn() {
    boot(2, 0);
    KmemCache cache = cacheOfItsOwn(64);
    long first = alloc(cache);
    pages.setCpu(1);
    assertThat(pfn(alloc(cache))).isNotEqualTo(pfn(first));
    assertThat(slabs(cache, SlubSlab.CPU_SLAB)).hasSize(2);
  }

  // Debug caches.

  @Test
  void aDebugCacheHasNoCpuSlabAndListsItsFullSlabs() {
    boot(2, DEBUG_FZPU);
    KmemCache cache = cacheOfItsOwn(1024);
    assertThat(((SlubCache) cache).debug).isTrue();
    long first = alloc(cache);
    assertThat(pfns(cache, SlubSlab.PARTIAL)).containsExactly(pfn(first));

    List<Long> objects = alloc(cache, cache.nrObjects - 1);

    assertThat(slabs(cache, SlubSlab.PARTIAL)).isEmpty();
    assertThat(slabs(cache, SlubSlab.CPU_SLAB)).isEmpty();
    slub.free(cache, first);
    assertThat(pfns(cache, SlubSlab.PARTIAL)).containsExactly(pfn(first));
    assertThat(alloc(cache)).isEqualTo(first);
    assertThat(objects).doesNotContain(first);
    assertThat(slub.verify()).isEmpty();
  }

  @Test
  void onlyACacheThatStoresUsersListsItsFullSlabs() {
    boot(1, 0);
    KmemCache poisoned = cache(1024, SlabFlags.SLAB_POISON);
    KmemCache tracked = cache(1024, SlabFlags.SLAB_STORE_USER);
    alloc(poisoned, poisoned.nrObjects);
    alloc(tracked, tracked.nrObjects);

    assertThat(slabs(poisoned, SlubSlab.FULL)).isEmpty();
    assertThat(slabs(tracked, SlubSlab.FULL)).hasSize(1);
    assertThat(slub.verify()).isEmpty();
  }

  // Checks.

  @Test
  void verifyNamesAnObjectThatWasFreedTwice() {
    boot(1, 0);
    KmemCache cache = cacheOfItsOwn(1024);
    long object = alloc(cache);
    slub.free(cache, object);
    slub.free(cache, object);

    assertThat(slub.verify()).contains("test").contains("object 0 stands twice");
  }

  @Test
  void loadingASavedStateGivesTheSameState() {
    boot(3, 0);
    KmemCache cache = cacheOfItsOwn(200);
    List<Long> objects = alloc(cache, 100);
    for (int i = 0; i < 100; i += 3) {
      pages.setCpu(i % 2);
      slub.free(cache, objects.get(i));
    }
    SlabState saved = slub.saveState();

    slub.loadState(saved, true);

    assertThat(slub.saveState()).usingRecursiveComparison().isEqualTo(saved);
    assertThat(slub.verify()).isEmpty();
  }
}
