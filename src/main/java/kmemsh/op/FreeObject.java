package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;

/**
 * Gives an object back: {@code kmem_cache_free}, or {@code kfree} for {@link Slabs#NO_CACHE}; gives
 * 0, or {@link #NOT_FREED}.
 */
public record FreeObject(int cache, long address) implements Op {
  @Override
  public void check(Machine machine) {
    if (cache != Slabs.NO_CACHE) {
      CacheCheck.usable(machine, cache);
    }
    BadObject.checkOrLetThrough(machine, cache, address);
  }

  /** {@link #run}: the kernel reported it and did not free it. */
  public static final int NOT_FREED = Slabs.NOT_FREED;

  @Override
  public long run(Machine machine) {
    long object = Objects.physical(machine, address);
    if (machine.isVivid() && !Objects.isNothing(address) && machine.slab().isChecked(object)) {
      return machine.slab().checkedFree(cache, object);
    }
    if (cache == Slabs.NO_CACHE) {
      machine.slab().kfree(object);
    } else if (machine.profile().unsafe()
        && machine.slab().injuries().showsWrongFree(cache, object)) {
      machine.slab().injuries().wrongFree(cache, object);
    } else {
      machine.slab().free(cache, object);
    }
    return 0;
  }
}
