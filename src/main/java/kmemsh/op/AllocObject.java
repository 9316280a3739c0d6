package kmemsh.op;

import kmemsh.machine.Machine;

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
    return Objects.virtual(machine, machine.slab().alloc(cache, gfpMask));
  }
}
