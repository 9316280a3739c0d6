package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

/** How SLUB frees many objects in one call. Spec: slab-allocators.md 3.9 */
final class SlubBulk {
  private static final int LOOK_AHEAD = 3;

  private final Slub slub;
  private final SlubSlabs slabs;
  private long[] bulk = new long[16];

  SlubBulk(Slub slub) {
    this.slub = slub;
    this.slabs = slub.slabs;
  }

  /** Frees chains of objects of the same slab, looked for from the end. Spec: 3.9 */
  void freeBulk(SlubCache cache, int nr, long[] objects) {
    if (bulk.length < nr) {
      bulk = new long[nr];
    }
    System.arraycopy(objects, 0, bulk, 0, nr);
    int left = nr;
    while (left > 0) {
      left = freeOneChain(cache, left);
    }
  }

  /** Frees the last object of {@link #bulk} and its companions; how many objects remain. */
  private int freeOneChain(SlubCache cache, int nr) {
    int n = nr - 1;
    long first = bulk[n];
    int slab = slub.owners.get((int) (first >>> SlabAllocator.PAGE_SHIFT));
    if (slab <= NO_SLAB) {
      slub.kfree(first);
      return n;
    }
    SlubCache of = cache == null ? slub.cacheOf(first) : cache;
    int base = slabs.linkBase(slab);
    int head = slub.objectNumber(of, slab, first);
    int tail = head;
    int same = n;
    int look = LOOK_AHEAD;
    while (n > 0) {
      long object = bulk[--n];
      if (slub.owners.get((int) (object >>> SlabAllocator.PAGE_SHIFT)) == slab) {
        int number = slub.objectNumber(of, slab, object);
        slabs.links.set(base + tail, number);
        tail = number;
        same--;
        if (n != same) {
          bulk[n] = bulk[same];
          bulk[same] = object;
        }
      } else if (--look == 0) {
        break;
      }
    }
    if (slub.tracing) {
      for (int i = nr - 1; i >= same; i--) {
        slub.trace.kmemCacheFree(of.id, bulk[i]);
      }
    }
    slub.freeChain(of, of.cpus[slub.machine.cpu()], slab, head, tail, nr - same);
    return same;
  }
}
