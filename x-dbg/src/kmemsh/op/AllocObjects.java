package kmemsh.op;

import kmemsh.machine.Machine;

/** {@code kmem_cache_alloc_bulk}: all {@code wanted} objects or none; gives their addresses. */
public record AllocObjects(int cache, int wanted, int gfpMask) implements ListOp {
  @Override
  public void check(Machine machine) {
    GfpCheck.check(machine, gfpMask);
    CacheCheck.usable(machine, cache);
  }

  @Override
  public long[] runAll(Machine machine) {
    if (machine.isAtomic()) {
      ContextCheck.mayAlloc(machine, gfpMask);
    }
    long[] objects = new long[wanted];
    int got = machine.slab().allocBulk(cache, gfpMask, wanted, objects);
    long[] results = new long[got];
    for (int i = 0; i < got; i++) {
      results[i] = Objects.virtual(machine, objects[i]);
    }
    return results;
  }
}
