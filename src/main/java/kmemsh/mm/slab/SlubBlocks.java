package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

import kmemsh.base.IntDeque;
import kmemsh.mm.page.PageAllocator;
import kmemsh.trace.SlubStep;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;
import kmemsh.view.SlabFlags;

/**
 * Where SLUB's slabs come from and go to: the page allocator.
 *
 * <p>Spec: slab-allocators.md 3.4, 3.6
 */
final class SlubBlocks {
  private final Slub slub;
  private final SlubSlabs slabs;

  /** Blocks of TYPESAFE_BY_RCU caches that wait for a grace period: pfn and order in turn. */
  final IntDeque waitingForRcu = new IntDeque();

  SlubBlocks(Slub slub) {
    this.slub = slub;
    this.slabs = slub.slabs;
  }

  /** A new slab whose freelist holds all its objects, counted on its node. Spec: 3.4 */
  int newSlab(SlubCache cache, int gfpMask, int nid) {
    slub.noteGfp(gfpMask);
    int gfp = (gfpMask & (Gfp.GFP_RECLAIM_MASK | SlabAllocator.CONSTRAINT_MASK)) | cache.allocFlags;
    int order = cache.order;
    int first = (gfp | Gfp.__GFP_NOWARN | Gfp.__GFP_NORETRY) & ~Gfp.__GFP_NOFAIL;
    if ((first & Gfp.__GFP_DIRECT_RECLAIM) != 0 && order > cache.minOrder) {
      first |= Gfp.__GFP_NOMEMALLOC;
      first &= ~(Gfp.__GFP_DIRECT_RECLAIM | Gfp.__GFP_KSWAPD_RECLAIM);
    }
    int pfn = slub.allocPages(first, order, nid);
    if (pfn == PageAllocator.NO_PFN) {
      order = cache.minOrder;
      pfn = slub.allocPages(gfp, order, nid);
      if (pfn == PageAllocator.NO_PFN) {
        reportShortage(cache, gfpMask, nid);
        return NO_SLAB;
      }
      if (slub.tracing) {
        slub.trace.slabStep(SlubStep.ORDER_FALLBACK, cache.id, pfn, order);
      }
    }
    return makeSlab(cache, pfn, order);
  }

  private void reportShortage(SlubCache cache, int gfpMask, int nid) {
    if (slub.shortages == null || (gfpMask & Gfp.__GFP_NOWARN) != 0) {
      return;
    }
    long[][] nodes = new long[cache.nodes.length][];
    for (int i = 0; i < nodes.length; i++) {
      SlubNode node = cache.nodes[i];
      nodes[i] = new long[] {node.nid, node.nrSlabs, node.totalObjects, freeOnPartial(node)};
    }
    slub.shortages.noSlab(
        new LogEntry.NoSlab(
            nid,
            gfpMask,
            cache.name,
            cache.objectSize,
            cache.size,
            cache.order,
            cache.minOrder,
            cache.minOrder > PageAllocator.orderOf(cache.objectSize),
            nodes));
  }

  private long freeOnPartial(SlubNode node) {
    long free = 0;
    for (int slab = node.partialHead; slab != NO_SLAB; slab = slabs.next(slab)) {
      free += slabs.objects(slab) - slabs.inuse(slab);
    }
    return free;
  }

  private int makeSlab(SlubCache cache, int pfn, int order) {
    int objects = order == cache.order ? cache.nrObjects : cache.minObjects;
    int slab = slabs.add(cache, order, pfn, objects);
    for (int page = pfn; page < pfn + (1 << order); page++) {
      slub.owners.set(page, slab);
    }
    slabs.linkInOrder(slab);
    slabs.setFreelist(slab, 0);
    if (slub.inSlabs != null) {
      if (cache.debug) {
        slub.checks.newSlab(cache, slab);
      }
      slub.inSlabs.newSlab(cache, slab);
    }
    SlubNode node = nodeOfSlab(cache, slab);
    node.nrSlabs++;
    node.totalObjects += objects;
    if (slub.tracing) {
      slub.trace.slabStep(SlubStep.ALLOC_SLAB, cache.id, pfn, objects);
    }
    return slab;
  }

  SlubNode nodeOfSlab(SlubCache cache, int slab) {
    return cache.nodes.length == 1
        ? cache.nodes[0]
        : cache.nodes[slub.machine.nodeOf(slabs.pfn(slab))];
  }

  /** Gives the slab's pages back. Spec: 3.6 */
  void discard(SlubCache cache, int slab) {
    SlubNode node = nodeOfSlab(cache, slab);
    node.nrSlabs--;
    node.totalObjects -= slabs.objects(slab);
    freeSlab(cache, slab);
  }

  /** Gives the pages back of a slab that was taken out of the counters. */
  void freeSlab(SlubCache cache, int slab) {
    int pfn = slabs.pfn(slab);
    int order = slabs.order(slab);
    if (slub.checks != null && cache.debug) {
      slub.checks.released(cache, slab);
    }
    for (int page = pfn; page < pfn + (1 << order); page++) {
      slub.owners.set(page, NO_SLAB);
    }
    slabs.remove(slab);
    if (slub.tracing) {
      slub.trace.slabStep(SlubStep.FREE_SLAB, cache.id, pfn, order);
    }
    if (cache.has(SlabFlags.SLAB_TYPESAFE_BY_RCU)) {
      waitingForRcu.pushTail(pfn);
      waitingForRcu.pushTail(order);
    } else {
      slub.pages.freePages(pfn, order);
    }
  }

  /** What waited for a grace period goes back. */
  void endGracePeriod() {
    while (!waitingForRcu.isEmpty()) {
      int pfn = waitingForRcu.popHead();
      slub.pages.freePages(pfn, waitingForRcu.popHead());
    }
  }
}
