package kmemsh.op;

import java.util.Arrays;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;

/**
 * Gives several objects back in one call: {@code kmem_cache_free_bulk}, or {@code kfree_bulk} for
 * {@link Slabs#NO_CACHE}; gives their number.
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
    return nr;
  }
}
