package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.view.Gfp;

/**
 * Takes an object of a cache: {@code kmem_cache_alloc}; gives its address, or 0 for NULL.
 *
 * @param cache its number
 */
public record AllocObject(int cache, int gfpMask) implements Op {
  @Override
  public void check(Machine machine) {
    GfpCheck.check(machine, gfpMask);
    CacheCheck.usable(machine, cache);
  }

  @Override
  public long run(Machine machine) {
    if (machine.isAtomic()) {
      ContextCheck.mayAlloc(machine, gfpMask);
    }
    boolean unexpected = (gfpMask & (Gfp.__GFP_DMA32 | Gfp.__GFP_HIGHMEM)) != 0;
    long slabs = unexpected ? machine.slab().nrSlabs() : 0;
    long object = machine.slab().alloc(cache, gfpMask);
    if (unexpected) {
      UnexpectedGfp.log(machine, gfpMask, object, slabs);
    }
    return Objects.virtual(machine, object);
  }
}
