package kmemsh.mm.slab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kmemsh.view.CacheGeometry.Freelist;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;

/** SLAB's lists and counters as records, and back. */
final class SlabStates {
  private static final long BATCH_FILLER = 0xbaadf00dL;
  private static final String[] KEYS = {
    "osize",
    "size",
    "align",
    "flags",
    "num",
    "order",
    "allocflags",
    "colour",
    "colour_off",
    "freelist_size",
    "freelist",
    "limit",
    "batch",
    "shared",
    "refcount",
    "ctor",
  };

  /** The numbers that recordings have for the modes on, obj and off, in this order. */
  private static final Freelist[] MODES = {Freelist.ON, Freelist.OBJ, Freelist.OFF};

  private final Slab slab;
  private final SlabTable table;

  SlabStates(Slab slab) {
    this.slab = slab;
    this.table = slab.table;
  }

  // Caches.

  static SlabCache cache(Slab slab, SlabState.Cache of) {
    int align = number(of, "align");
    int flags = number(of, "flags");
    boolean ctor = number(of, "ctor") != 0;
    CacheSpec spec = new CacheSpec(of.name(), of.number("osize", 0), align, flags, ctor);
    SlabCache cache = (SlabCache) slab.newCache(of.id(), spec, align, flags);
    Freelist freelist = MODES[number(of, "freelist")];
    cache.size = number(of, "size");
    cache.nrObjects = number(of, "num");
    cache.order = number(of, "order");
    cache.allocFlags = number(of, "allocflags");
    cache.colour = number(of, "colour");
    cache.colourOff = number(of, "colour_off");
    cache.freelist = freelist;
    cache.limit = number(of, "limit");
    cache.batchcount = number(of, "batch");
    cache.shared = number(of, "shared");
    cache.refcount = number(of, "refcount");
    cache.usersize = cache.has(SlabFlags.SLAB_KMALLOC) ? cache.objectSize : 0;
    if (freelist == Freelist.OFF) {
      cache.freelistCache = (SlabCache) slab.caches.get(number(of, "freelist_cache"));
    }
    if (of.name().equals("kmem_cache")) {
      slab.descriptorCache = cache;
    }
    return cache;
  }

  private static int number(SlabState.Cache of, String key) {
    return (int) of.number(key, 0);
  }

  static Map<String, Long> numbers(SlabCache cache) {
    int mode = 0;
    while (MODES[mode] != cache.freelist) {
      mode++;
    }
    long[] values = {
      cache.objectSize,
      cache.size,
      cache.align,
      cache.flags & 0xffffffffL,
      cache.nrObjects,
      cache.order,
      cache.allocFlags,
      cache.colour,
      cache.colourOff,
      cache.nrObjects,
      mode,
      cache.limit,
      cache.batchcount,
      cache.shared,
      cache.refcount,
      cache.ctor ? 1 : 0,
    };
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (int i = 0; i < KEYS.length; i++) {
      numbers.put(KEYS[i], values[i]);
    }
    if (cache.freelistCache != null) {
      numbers.put("freelist_cache", (long) cache.freelistCache.id);
    }
    return numbers;
  }

  // Loading.

  void load(SlabState state) {
    table.forgetAll();
    slab.lists.waitingForRcu.setAll(new int[0]);
    for (KmemCache of = slab.caches.newest(); of != null; of = of.older) {
      SlabCache cache = (SlabCache) of;
      cache.changed = true;
      for (int cpu = 0; cpu < cache.arrays.length; cpu++) {
        cache.arrays[cpu] = new SlabArray(cache.limit, cache.batchcount);
      }
      for (int nid = 0; nid < cache.nodes.length; nid++) {
        cache.nodes[nid] = SlabNode.emptyIn(table);
      }
    }
    for (SlabState.Node node : state.nodes()) {
      loadNode(node);
    }
    for (SlabState.ArrayCache array : state.arrays()) {
      loadArray(array);
    }
    for (SlabState.Slab of : state.slabs()) {
      loadSlab(of);
    }
  }

  private SlabCache cacheOf(int id) {
    return (SlabCache) slab.caches.get(id);
  }

  private void loadNode(SlabState.Node of) {
    SlabNode node = cacheOf(of.cache()).nodes[of.nid()];
    long[] counters = of.counters();
    node.totalSlabs = (int) counters[0];
    node.freeSlabs = (int) counters[1];
    node.freeObjects = (int) counters[2];
    node.freeLimit = (int) counters[3];
    node.colourNext = (int) counters[4];
    node.freeTouched = counters[5] != 0;
  }

  private void loadArray(SlabState.ArrayCache of) {
    SlabCache cache = cacheOf(of.cache());
    boolean cpu = of.kind() == SlabState.ArrayCache.CPU;
    SlabArray array = new SlabArray(of.limit(), cpu ? (int) of.batch() : 0);
    array.avail = of.entries().length;
    array.touched = of.touched() != 0;
    System.arraycopy(of.entries(), 0, array.entry, 0, array.avail);
    if (cpu) {
      cache.arrays[of.owner()] = array;
    } else if (of.kind() == SlabState.ArrayCache.SHARED) {
      cache.nodes[of.owner()].shared = array;
    } else {
      SlabNode node = cache.nodes[of.owner()];
      if (node.alien == null) {
        node.alien = new SlabArray[cache.nodes.length];
      }
      node.alien[of.other()] = array;
    }
  }

  private void loadSlab(SlabState.Slab of) {
    SlabCache cache = cacheOf(of.cache());
    SlabNode node = cache.nodes[of.nid()];
    int made =
        table.newSlab(of.pfn(), cache.id, of.nid(), of.smem(), cache.nrObjects, cache.nrPages());
    table.set(made, SlabTable.ACTIVE, of.active());
    table.setFreelist(made, of.freelist() < 0 ? SlabAllocator.NULL : of.freelist());
    int entries = table.get(made, SlabTable.INDEX);
    int[] free = of.free();
    for (int i = 0; i < free.length; i++) {
      table.setIndex(entries, of.active() + i, free[i]);
    }
    table.insertTail(listOf(node, of.list()), made);
  }

  private static int listOf(SlabNode node, char list) {
    if (list == 'p') {
      return node.partialList;
    }
    return list == 'f' ? node.fullList : node.freeList;
  }

  // Saving.

  SlabState save() {
    List<SlabState.ArrayCache> arrays = new ArrayList<>();
    List<SlabState.Node> nodes = new ArrayList<>();
    List<SlabState.Slab> slabs = new ArrayList<>();
    for (KmemCache of = slab.caches.oldest(); of != null; of = of.newer) {
      SlabCache cache = (SlabCache) of;
      for (int cpu = 0; cpu < cache.arrays.length; cpu++) {
        arrays.add(array(cache, SlabState.ArrayCache.CPU, cpu, -1, cache.arrays[cpu]));
      }
      for (int nid = 0; nid < cache.nodes.length; nid++) {
        if (cache.nodes[nid] != null) {
          saveNode(cache, nid, arrays, nodes);
          saveSlabs(cache, nid, slabs);
        }
      }
    }
    return new SlabState(arrays, nodes, slabs, List.of(), List.of());
  }

  private static SlabState.ArrayCache array(
      SlabCache cache, int kind, int owner, int other, SlabArray of) {
    return new SlabState.ArrayCache(
        cache.id,
        kind,
        owner,
        other,
        of.avail,
        of.limit,
        kind == SlabState.ArrayCache.CPU ? of.batchcount : BATCH_FILLER,
        of.touched ? 1 : 0,
        of.entries());
  }

  private static void saveNode(
      SlabCache cache, int nid, List<SlabState.ArrayCache> arrays, List<SlabState.Node> nodes) {
    SlabNode of = cache.nodes[nid];
    long[] counters = {
      of.totalSlabs,
      of.freeSlabs,
      of.freeObjects,
      of.freeLimit,
      of.colourNext,
      of.freeTouched ? 1 : 0
    };
    nodes.add(new SlabState.Node(cache.id, nid, counters));
    if (of.shared != null) {
      arrays.add(array(cache, SlabState.ArrayCache.SHARED, nid, -1, of.shared));
    }
    for (int other = 0; of.alien != null && other < of.alien.length; other++) {
      if (of.alien[other] != null) {
        arrays.add(array(cache, SlabState.ArrayCache.ALIEN, nid, other, of.alien[other]));
      }
    }
  }

  private void saveSlabs(SlabCache cache, int nid, List<SlabState.Slab> slabs) {
    SlabNode node = cache.nodes[nid];
    saveList(cache, nid, 'p', node.partialList, slabs);
    saveList(cache, nid, 'f', node.fullList, slabs);
    saveList(cache, nid, 'e', node.freeList, slabs);
  }

  private void saveList(SlabCache cache, int nid, char list, int head, List<SlabState.Slab> slabs) {
    for (int of = table.first(head); of != head; of = table.get(of, SlabTable.NEXT)) {
      int active = table.get(of, SlabTable.ACTIVE);
      int[] free = new int[Math.max(0, cache.nrObjects - active)];
      for (int i = 0; i < free.length; i++) {
        free[i] = table.index(table.get(of, SlabTable.INDEX), active + i);
      }
      long freelist = table.freelist(of);
      slabs.add(
          new SlabState.Slab(
              cache.id,
              nid,
              list,
              table.get(of, SlabTable.PFN),
              table.get(of, SlabTable.SMEM),
              active,
              freelist == SlabAllocator.NULL ? -1 : freelist,
              free));
    }
  }
}
