package kmemsh.op;

import java.util.Arrays;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;

/**
 * Gives several objects back in one call: {@code kmem_cache_free_bulk}, or {@code kfree_bulk} for
 * {@link Slabs#NO_CACHE}; gives how many were freed.
 */
public final class FreeObjects implements Op {
  private final int cache;
  private final long[] addresses;

  public FreeObjects(int cache, long[] addresses) {
    this.cache = cache;
    this.addresses = addresses.clone();
  }

  /** The number of the cache, or {@link Slabs#NO_CACHE}. */
  public int cache() {
    return cache;
  }

  /** How many objects were to be freed. */
  public int wanted() {
    int nr = 0;
    for (long address : addresses) {
      nr += Objects.isNothing(address) ? 0 : 1;
    }
    return nr;
  }

  @Override
  public void check(Machine machine) {
    if (cache != Slabs.NO_CACHE) {
      CacheCheck.usable(machine, cache);
    }
    long[] sorted = addresses.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      BadObject.check(machine, cache, sorted[i]);
      if (i > 0 && sorted[i] == sorted[i - 1] && !Objects.isNothing(sorted[i])) {
        throw BadObject.twice(machine, sorted[i]);
      }
    }
    if (machine.profile().unsafe()) {
      checkCounts(machine, sorted);
    }
  }

  /** After a double free a slab may count fewer objects than are to be freed. */
  private void checkCounts(Machine machine, long[] sorted) {
    BadObject.foreign(machine, cache, sorted.length);
    int slab = -1;
    int nr = 0;
    for (long address : sorted) {
      if (!Objects.isNothing(address)) {
        long object = Objects.physical(machine, address);
        int pfn = machine.slab().slabPfn(object);
        nr = pfn == slab ? nr + 1 : 1;
        slab = pfn;
        if (pfn >= 0 && machine.slab().injuries().freesLeft(object) < nr) {
          throw BadObject.countsNothing(address);
        }
      }
    }
  }

  @Override
  public long run(Machine machine) {
    long[] objects = new long[addresses.length];
    int nr = 0;
    for (long address : addresses) {
      if (!Objects.isNothing(address)) {
        objects[nr++] = Objects.physical(machine, address);
      }
    }
    if (cache == Slabs.NO_CACHE) {
      machine.slab().kfreeBulk(nr, objects);
    } else {
      machine.slab().freeBulk(cache, nr, objects);
    }
    return machine.isVivid() ? freed(machine.slab(), nr, objects) : nr;
  }

  /** How many of them a kernel that checks has freed. */
  private static int freed(Slabs slab, int nr, long[] objects) {
    int freed = nr;
    for (int i = 0; i < nr; i++) {
      freed -= slab.isChecked(objects[i]) && slab.stateOf(objects[i]) == Slabs.IN_USE ? 1 : 0;
    }
    return freed;
  }
}
