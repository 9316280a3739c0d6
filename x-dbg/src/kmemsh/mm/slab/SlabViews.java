package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlabTable.ACTIVE;
import static kmemsh.mm.slab.SlabTable.INDEX;
import static kmemsh.mm.slab.SlabTable.NEXT;
import static kmemsh.mm.slab.SlabTable.PFN;
import static kmemsh.mm.slab.SlabTable.SMEM;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kmemsh.base.IntDeque;
import kmemsh.view.Addr;
import kmemsh.view.CacheGeometry.Freelist;
import kmemsh.view.CacheInfo;
import kmemsh.view.CachePicture.ObjectArray;

/** Looks at SLAB. Spec: slab-allocators.md 2.1, 2.15 */
final class SlabViews implements SlabLooks {
  private final Slab slab;
  private final SlabTable table;
  private final long pageOffset;

  SlabViews(Slab slab, long pageOffset) {
    this.slab = slab;
    this.table = slab.table;
    this.pageOffset = pageOffset;
  }

  @Override
  public CacheInfo info(KmemCache of) {
    SlabCache cache = (SlabCache) of;
    long slabs = 0;
    long freeSlabs = 0;
    long freeObjects = 0;
    long sharedAvail = 0;
    long waiting = 0;
    for (SlabNode node : cache.nodes) {
      if (node != null) {
        slabs += node.totalSlabs;
        freeSlabs += node.freeSlabs;
        freeObjects += node.freeObjects;
        sharedAvail += node.shared == null ? 0 : node.shared.avail;
        waiting += node.alien == null ? 0 : total(node.alien);
      }
    }
    waiting += total(cache.arrays) + sharedAvail;
    long objects = slabs * cache.nrObjects;
    long active = objects - freeObjects;
    return new CacheInfo(
        cache.name,
        SlabQueries.descriptor(cache, pageOffset),
        cache.objectSize,
        cache.size,
        cache.align,
        cache.flags & 0xffffffffL,
        Math.max(0, cache.refcount - 1),
        cache.ctor,
        cache.order,
        cache.nrObjects,
        active,
        objects,
        active - waiting,
        waiting,
        slabs - freeSlabs,
        slabs,
        slabs << cache.order,
        cache.limit,
        cache.batchcount,
        cache.shared,
        sharedAvail);
  }

  private static long total(SlabArray[] arrays) {
    long total = 0;
    for (SlabArray array : arrays) {
      total += array == null ? 0 : array.avail;
    }
    return total;
  }

  @Override
  public List<ObjectArray> arrays(KmemCache of) {
    SlabCache cache = (SlabCache) of;
    List<ObjectArray> arrays = new ArrayList<>();
    for (int cpu = 0; cpu < cache.arrays.length; cpu++) {
      add(arrays, "cpu", cpu, -1, cache.arrays[cpu]);
    }
    for (int nid = 0; nid < cache.nodes.length; nid++) {
      SlabNode node = cache.nodes[nid];
      if (node != null) {
        add(arrays, "shared", nid, -1, node.shared);
        for (int other = 0; node.alien != null && other < node.alien.length; other++) {
          add(arrays, "alien", nid, other, node.alien[other]);
        }
      }
    }
    return arrays;
  }

  private void add(List<ObjectArray> arrays, String kind, int owner, int other, SlabArray array) {
    if (array == null) {
      return;
    }
    Addr[] entries = new Addr[array.avail];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new Addr(pageOffset + array.entry[array.avail - 1 - i]);
    }
    int batch = kind.equals("cpu") ? array.batchcount : 0;
    arrays.add(new ObjectArray(kind, owner, other, array.limit, batch, array.touched, entries));
  }

  @Override
  public List<Row> slabs(KmemCache of) {
    SlabCache cache = (SlabCache) of;
    Map<Integer, IntDeque> waiting = new HashMap<>();
    Map<Integer, String> holders = new HashMap<>();
    for (ObjectArray array : arrays(cache)) {
      for (Addr entry : array.entries()) {
        long object = entry.value() - pageOffset;
        int in = table.slabOf((int) (object >>> SlabAllocator.PAGE_SHIFT));
        waiting.computeIfAbsent(in, none -> new IntDeque());
        waiting.get(in).pushTail(slab.lists.indexOf(cache, in, object));
        holders.merge(in, holder(array), SlabViews::both);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int nid = 0; nid < cache.nodes.length; nid++) {
      SlabNode node = cache.nodes[nid];
      if (node != null) {
        list(cache, "slabs_full", nid, node.fullList, waiting, holders, rows);
        list(cache, "slabs_partial", nid, node.partialList, waiting, holders, rows);
        list(cache, "slabs_free", nid, node.freeList, waiting, holders, rows);
      }
    }
    return rows;
  }

  private static String both(String first, String second) {
    return first.equals(second) ? first : "several arrays";
  }

  private static String holder(ObjectArray array) {
    return array.kind().equals("cpu")
        ? "array of cpu " + array.owner()
        : array.kind() + " array of node " + array.owner();
  }

  private void list(
      SlabCache cache,
      String name,
      int nid,
      int head,
      Map<Integer, IntDeque> waiting,
      Map<Integer, String> holders,
      List<Row> rows) {
    for (int of = table.first(head); of != head; of = table.get(of, NEXT)) {
      int active = table.get(of, ACTIVE);
      int[] free = new int[Math.max(0, cache.nrObjects - active)];
      for (int i = 0; i < free.length; i++) {
        free[i] = table.index(table.get(of, INDEX), active + i);
      }
      IntDeque away = waiting.get(of);
      rows.add(
          new Row(
              name,
              nid,
              table.get(of, PFN),
              cache.order,
              table.get(of, SMEM),
              cache.nrObjects,
              free,
              away == null ? new int[0] : away.toArray(),
              holders.getOrDefault(of, ""),
              table.freelist(of)));
    }
  }

  @Override
  public int indexBytes(KmemCache of) {
    return ((SlabCache) of).freelist == Freelist.ON ? of.nrObjects : 0;
  }

  @Override
  public String index(KmemCache of, Row row) {
    SlabCache cache = (SlabCache) of;
    if (cache.freelist == Freelist.ON) {
      return "the last " + cache.nrObjects + " bytes of the slab";
    }
    if (cache.freelist == Freelist.OFF) {
      return "off the slab, in an object of " + cache.freelistCache.name;
    }
    if (row.indexAt() == SlabAllocator.NULL) {
      return "none: the slab has no free object to keep it in";
    }
    int[] free = row.freelist();
    return "in free object " + free[free.length - 1] + ", the one that is taken last";
  }
}
