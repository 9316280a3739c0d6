package kmemsh.op;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;

/** Gives back the free slabs of a cache: {@code kmem_cache_shrink}; gives 1 if slabs are left. */
public record ShrinkCache(int cache) implements Op {
  @Override
  public void check(Machine machine) {
    CacheCheck.flushable(machine, cache);
    ContextCheck.call(machine, ContextRules.CACHE, "kmem_cache_shrink");
  }

  @Override
  public long run(Machine machine) {
    return machine.slab().shrink(cache);
  }
}
