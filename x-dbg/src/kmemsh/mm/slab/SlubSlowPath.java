package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;
import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

import kmemsh.trace.SlubStep;

/**
 * How SLUB takes an object when the CPU's own freelist does not serve the request at once.
 *
 * <p>Spec: slab-allocators.md 3.5
 */
final class SlubSlowPath {
  private final Slub slub;
  private final SlubSlabs slabs;
  private final SlubLists lists;

  SlubSlowPath(Slub slub) {
    this.slub = slub;
    this.slabs = slub.slabs;
    this.lists = slub.lists;
  }

  long alloc(SlubCache cache, SlubCpu cpu, int gfpMask, int nid) {
    boolean fast = cpu.freelist != NO_OBJECT;
    long object;
    if (cache.debug) {
      object = slub.debug.alloc(cache, gfpMask, nid);
    } else if (haveFreeObject(cache, cpu, nid) || moreObjects(cache, cpu, gfpMask, nid)) {
      int first = cpu.freelist;
      object = slabs.plain.take(cpu);
      if (slub.tracing && fast) {
        slub.trace.slabStep(SlubStep.ALLOC_FASTPATH, cache.id, slub.machine.cpu(), first);
      }
    } else {
      object = SlabAllocator.NULL;
    }
    slub.clear(object, cache.objectSize, gfpMask);
    if (slub.tracing) {
      slub.trace.kmemCacheAlloc(cache.id, object, cache.objectSize, cache.size, gfpMask, nid);
    }
    return object;
  }

  /** Steps 1 to 5: whether the CPU has a free object of the right node, or can take one over. */
  private boolean haveFreeObject(SlubCache cache, SlubCpu cpu, int nid) {
    while (true) {
      int slab = cpu.slab;
      if (slab != NO_SLAB && isElsewhere(slab, nid)) {
        if (slub.tracing) {
          slub.trace.slabStep(SlubStep.NODE_MISMATCH, cache.id, slabs.pfn(slab), nid);
        }
        lists.deactivate(cache, cpu);
      } else if (slab != NO_SLAB) {
        if (cpu.freelist != NO_OBJECT || takeOver(cache, cpu, slab)) {
          return true;
        }
      }
      if (cpu.partial == NO_SLAB) {
        return false;
      }
      int next = cpu.partial;
      cpu.partial = slabs.next(next);
      cpu.take(next, NO_OBJECT);
      if (slub.tracing) {
        slub.trace.slabStep(
            SlubStep.CPU_PARTIAL_ALLOC, cache.id, slabs.pfn(next), slub.machine.cpu());
      }
    }
  }

  private boolean isElsewhere(int slab, int nid) {
    return nid != SlabAllocator.NO_NODE
        && slub.config.nrNodes() > 1
        && slub.machine.nodeOf(slabs.pfn(slab)) != nid;
  }

  /** Step 4: makes the slab's own freelist the CPU's, or lets go of a full slab. */
  private boolean takeOver(SlubCache cache, SlubCpu cpu, int slab) {
    if (slabs.letGo(slab)) {
      cpu.forget();
      if (slub.tracing) {
        int objects = slabs.objects(slab);
        slub.trace.slabStep(SlubStep.DEACTIVATE_BYPASS, cache.id, slabs.pfn(slab), objects);
      }
      return false;
    }
    if (slub.tracing) {
      int nr = slabs.objects(slab) - slabs.inuse(slab);
      slub.trace.slabStep(SlubStep.REFILL, cache.id, slabs.pfn(slab), nr);
    }
    slabs.giveTo(cpu, slab);
    return true;
  }

  /** Steps 6 and 7: a slab of a partial list, or a new one, becomes the cpu slab. */
  private boolean moreObjects(SlubCache cache, SlubCpu cpu, int gfpMask, int nid) {
    int slab = lists.getPartial(cache, cpu, gfpMask, nid);
    if (slab == NO_SLAB) {
      slab = slub.blocks.newSlab(cache, gfpMask, nid);
      if (slab == NO_SLAB) {
        return false;
      }
    }
    slabs.giveTo(cpu, slab);
    return true;
  }
}
