package kmemsh.op;

import kmemsh.machine.Machine;

/** Gives back the free slabs of a cache: {@code kmem_cache_shrink}; gives 1 if slabs are left. */
public record ShrinkCache(int cache) implements Op {
  @Override
  public void check(Machine machine) {
    CacheCheck.flushable(machine, cache);
  }

  @Override
  public long run(Machine machine) {
    return machine.slab().shrink(cache);
  }
}
