package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;
import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

import kmemsh.trace.SlubStep;

/**
 * Debug caches of SLUB: they have no cpu slabs, every object comes from and goes to a node's lists.
 *
 * <p>Spec: slab-allocators.md 3.13
 */
final class SlubDebug {
  private final Slub slub;
  private final SlubSlabs slabs;
  private final SlubLists lists;

  SlubDebug(Slub slub) {
    this.slub = slub;
    this.slabs = slub.slabs;
    this.lists = slub.lists;
  }

  /** Takes the first object of the first slab of the partial list, or of a new slab. */
  long alloc(SlubCache cache, int gfpMask, int nid) {
    while (true) {
      int slab = lists.firstPartial(cache, gfpMask, nid);
      boolean isNew = slab == NO_SLAB;
      if (isNew) {
        slab = slub.blocks.newSlab(cache, gfpMask, nid);
        if (slab == NO_SLAB) {
          return SlabAllocator.NULL;
        }
      }
      int object = slabs.freelist(slab);
      slabs.setFreelist(slab, slabs.links.get(slabs.linkBase(slab) + object));
      int inuse = slabs.inuse(slab) + 1;
      slabs.setCounts(slab, inuse, false);
      if (slub.checks == null || slub.checks.taken(cache, slab, object)) {
        place(cache, slab, isNew, inuse == slabs.objects(slab));
        step(SlubStep.DEBUG_TAKE, cache, slab, object);
        return ((long) slabs.pfn(slab) << SlabAllocator.PAGE_SHIFT)
            + cache.redLeftPad
            + (long) object * cache.size;
      }
      step(SlubStep.DEBUG_GIVE_UP, cache, slab, object);
      giveUp(cache, slab, isNew);
    }
  }

  private void step(int step, SlubCache cache, int slab, int object) {
    if (slub.tracing) {
      slub.trace.slabStep(step, cache.id, slabs.pfn(slab), object);
    }
  }

  /** A slab that is bad leaves the list for good, with all its objects used. */
  private void giveUp(SlubCache cache, int slab, boolean isNew) {
    if (!isNew) {
      slub.blocks.nodeOfSlab(cache, slab).removePartial(slab);
    }
    slabs.setFreelist(slab, NO_OBJECT);
    slabs.setCounts(slab, slabs.objects(slab), true);
  }

  private void place(SlubCache cache, int slab, boolean isNew, boolean full) {
    SlubNode node = slub.blocks.nodeOfSlab(cache, slab);
    if (!full) {
      if (isNew) {
        node.addPartial(slab, false);
      }
      return;
    }
    if (!isNew) {
      node.removePartial(slab);
    }
    if (cache.storesUser()) {
      node.addFull(slab);
    }
  }

  /** Gives {@code nr} objects back, linked from {@code head} to {@code tail}. */
  void free(SlubCache cache, int slab, int head, int tail, int nr) {
    if (slub.checks != null && !slub.checks.freed(cache, slab, head, tail, nr)) {
      step(SlubStep.DEBUG_NOT_FREED, cache, slab, head);
      return;
    }
    SlubNode node = slub.blocks.nodeOfSlab(cache, slab);
    int pfn = slabs.pfn(slab);
    int prior = slabs.freelist(slab);
    slabs.links.set(slabs.linkBase(slab) + tail, prior);
    if (slub.inSlabs != null) {
      slub.inSlabs.freed(cache, slab, head, tail, prior);
    }
    slabs.setFreelist(slab, head);
    int inuse = slabs.inuse(slab) - nr;
    slabs.setCounts(slab, inuse, false);
    boolean wasFull = prior == NO_OBJECT;
    boolean surplus = inuse == 0 && node.nrPartial >= cache.minPartial;
    if (wasFull && cache.storesUser()) {
      node.removeFull(slab);
    } else if (!wasFull && surplus) {
      node.removePartial(slab);
    }
    if (surplus) {
      slub.blocks.discard(cache, slab);
    } else if (wasFull) {
      node.addPartial(slab, true);
    }
    if (slub.tracing) {
      int step = surplus ? SlubStep.FREE_REMOVE_PARTIAL : SlubStep.FREE_PARTIAL;
      slub.trace.slabStep(step, cache.id, pfn, inuse);
    }
  }
}
