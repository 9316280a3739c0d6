package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlabTable.ACTIVE;
import static kmemsh.mm.slab.SlabTable.INDEX;
import static kmemsh.mm.slab.SlabTable.NEXT;
import static kmemsh.mm.slab.SlabTable.PFN;
import static kmemsh.mm.slab.SlabTable.SMEM;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kmemsh.view.CacheGeometry.Freelist;

/**
 * Looks at every list, array and counter of SLAB.
 *
 * <p>Spec: slab-allocators.md 7.1
 */
final class SlabVerify {
  private final Slab slab;
  private final SlabTable table;

  /** Addresses of the objects of the present cache that are in an array. */
  private final Set<Long> arrayed = new HashSet<>();

  private final SlabProblems problems = new SlabProblems();
  private int nrSlabs;

  SlabVerify(Slab slab) {
    this.slab = slab;
    this.table = slab.table;
  }

  /** Everything that is wrong; each list and array ends with the first thing found in it. */
  List<String> problems() {
    for (KmemCache of = slab.caches.newest(); of != null; of = of.older) {
      SlabCache cache = (SlabCache) of;
      arrayed.clear();
      arrays(cache);
      for (int nid = 0; nid < cache.nodes.length; nid++) {
        if (cache.nodes[nid] != null) {
          node(cache, nid);
        }
      }
    }
    if (problems.size() == 0 && nrSlabs != table.countSlabs()) {
      problems.add(table.countSlabs() + " slabs exist but the lists hold " + nrSlabs);
    }
    return problems.all();
  }

  private boolean wrong(SlabCache cache, String what) {
    problems.add("cache " + cache.name + ": " + what);
    return false;
  }

  // Arrays.

  private void arrays(SlabCache cache) {
    for (int cpu = 0; cpu < cache.arrays.length; cpu++) {
      array(cache, cache.arrays[cpu], "the array of cpu " + cpu, -1);
    }
    for (int nid = 0; nid < cache.nodes.length; nid++) {
      SlabNode node = cache.nodes[nid];
      if (node != null) {
        array(cache, node.shared, "the shared array of node " + nid, nid);
        for (int other = 0; node.alien != null && other < node.alien.length; other++) {
          array(cache, node.alien[other], "an alien array of node " + nid, other);
        }
      }
    }
  }

  private void array(SlabCache cache, SlabArray array, String what, int nid) {
    if (array == null) {
      return;
    }
    if (array.avail < 0 || array.avail > array.limit) {
      wrong(cache, what + " holds " + array.avail + " objects, its limit is " + array.limit);
      return;
    }
    for (int i = 0; i < array.avail; i++) {
      entry(cache, array.entry[i], what, nid);
    }
  }

  private void entry(SlabCache cache, long object, String what, int nid) {
    String shown = "object 0x" + Long.toHexString(object);
    int of = table.slabOf((int) (object >>> 12));
    if (of <= SlabTable.NONE || slab.cacheOf(object) != cache) {
      wrong(cache, shown + " in " + what + " is in none of its slabs");
    } else if (!isObject(cache, of, object)) {
      wrong(cache, shown + " in " + what + " is not the start of an object");
    } else if (nid >= 0 && table.get(of, SlabTable.NODE) != nid) {
      wrong(cache, shown + " in " + what + " is of node " + table.get(of, SlabTable.NODE));
    } else if (!arrayed.add(object)) {
      wrong(cache, shown + " is in an array twice: it was freed twice");
    }
  }

  private boolean isObject(SlabCache cache, int of, long object) {
    int index = slab.lists.indexOf(cache, of, object);
    return index >= 0
        && index < cache.nrObjects
        && slab.lists.addressOf(cache, of, index) == object;
  }

  // Nodes.

  private void node(SlabCache cache, int nid) {
    SlabNode node = cache.nodes[nid];
    int before = problems.size();
    int partial = list(cache, node.partialList, 1, cache.nrObjects - 1, "slabs_partial");
    int full = list(cache, node.fullList, cache.nrObjects, cache.nrObjects, "slabs_full");
    int free = list(cache, node.freeList, 0, 0, "slabs_free");
    if (problems.size() > before) {
      return;
    }
    nrSlabs += partial + full + free;
    if (node.totalSlabs != partial + full + free) {
      wrong(
          cache,
          "total_slabs is " + node.totalSlabs + ", the lists hold " + (partial + full + free));
    }
    if (node.freeSlabs != free) {
      wrong(cache, "free_slabs is " + node.freeSlabs + ", slabs_free holds " + free);
    }
    int freeObjects = freeObjects(cache, node.partialList) + freeObjects(cache, node.freeList);
    if (node.freeObjects != freeObjects) {
      wrong(cache, "free_objects is " + node.freeObjects + ", its slabs hold " + freeObjects);
    }
    if (node.colourNext < 0 || node.colourNext >= Math.max(1, cache.colour)) {
      wrong(cache, "colour_next is " + node.colourNext + " of " + cache.colour);
    }
  }

  private int freeObjects(SlabCache cache, int head) {
    int nr = 0;
    for (int of = table.first(head); of != head; of = table.get(of, NEXT)) {
      nr += cache.nrObjects - table.get(of, ACTIVE);
    }
    return nr;
  }

  /** Looks at the slabs of one list and gives their number. */
  private int list(SlabCache cache, int head, int minActive, int maxActive, String name) {
    int nr = 0;
    int before = problems.size();
    int of = table.first(head);
    while (of != head && problems.size() == before) {
      int active = table.get(of, ACTIVE);
      String shown = "slab 0x" + Integer.toHexString(table.get(of, PFN)) + " on " + name;
      if (active < minActive || active > maxActive) {
        wrong(cache, shown + " has " + active + " of " + cache.nrObjects + " objects handed out");
      } else if (table.get(table.get(of, NEXT), SlabTable.PREV) != of) {
        wrong(cache, shown + " is not linked back");
      } else {
        content(cache, of, shown);
      }
      of = table.get(of, NEXT);
      nr++;
    }
    return nr;
  }

  private void content(SlabCache cache, int of, String shown) {
    int active = table.get(of, ACTIVE);
    BitSet free = new BitSet();
    for (int i = active; i < cache.nrObjects; i++) {
      int object = table.index(table.get(of, INDEX), i);
      if (object >= cache.nrObjects || free.get(object)) {
        wrong(cache, shown + " has object " + object + " on its index twice or for nothing");
        return;
      }
      free.set(object);
      if (arrayed.contains(slab.lists.addressOf(cache, of, object))) {
        wrong(cache, shown + " has object " + object + " on its index and in an array");
        return;
      }
    }
    int offset = table.get(of, SMEM);
    int used = offset + cache.nrObjects * cache.size;
    used += cache.freelist == Freelist.ON ? cache.nrObjects : 0;
    if (used > cache.nrPages() << 12 || offset % cache.align != 0) {
      wrong(cache, shown + " begins at offset " + offset + ", its objects end at " + used);
      return;
    }
    freelist(cache, of, free, shown);
  }

  private void freelist(SlabCache cache, int of, BitSet free, String shown) {
    long at = table.freelist(of);
    if (slab.contents != null && at != SlabAllocator.NULL) {
      for (int i = table.get(of, ACTIVE); i < cache.nrObjects; i++) {
        if (slab.contents.get8(at + i) != table.index(table.get(of, INDEX), i)) {
          wrong(cache, shown + " has entry " + i + " of its index overwritten in memory");
        }
      }
    }
    if (cache.freelist != Freelist.OBJ) {
      if (at == SlabAllocator.NULL) {
        wrong(cache, shown + " has no index array");
      }
      return;
    }
    if (free.isEmpty() != (at == SlabAllocator.NULL)) {
      wrong(cache, shown + " has an index array and no free object, or none and one");
      return;
    }
    if (at != SlabAllocator.NULL) {
      int last = table.index(table.get(of, INDEX), cache.nrObjects - 1);
      if (slab.lists.addressOf(cache, of, last) != at) {
        wrong(cache, shown + " has its index array outside the last free object");
      }
    }
  }
}
