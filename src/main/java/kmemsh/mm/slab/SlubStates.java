package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;
import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;
import kmemsh.view.SlabState.SlubSlab;

/** SLUB's state out of and into records. */
final class SlubStates {
  private static final int[] NO_OBJECTS = {};
  private static final long FLAGS = 0xffffffffL;

  private final Slub slub;
  private final SlubSlabs slabs;

  SlubStates(Slub slub) {
    this.slub = slub;
    this.slabs = slub.slabs;
  }

  // Caches.

  /** The numbers of a CACHE line in its order. */
  static Map<String, Long> numbers(SlubCache cache, SlabConfig config) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    numbers.put("osize", (long) cache.objectSize);
    numbers.put("size", (long) cache.size);
    numbers.put("align", (long) cache.align);
    numbers.put("flags", cache.flags & FLAGS);
    numbers.put("objs", (long) cache.nrObjects);
    numbers.put("order", (long) cache.order);
    numbers.put("min_objs", (long) cache.minObjects);
    numbers.put("min_order", (long) cache.minOrder);
    numbers.put("allocflags", (long) cache.allocFlags);
    numbers.put("inuse", (long) cache.inuse);
    numbers.put("offset", (long) cache.offset);
    numbers.put("red_left_pad", (long) cache.redLeftPad);
    numbers.put("min_partial", (long) cache.minPartial);
    if (config.smp()) {
      numbers.put("cpu_partial", (long) cache.cpuPartial);
      numbers.put("cpu_partial_slabs", (long) cache.cpuPartialSlabs);
    }
    if (config.numa()) {
      numbers.put("remote_node_defrag_ratio", (long) cache.remoteNodeDefragRatio);
    }
    numbers.put("refcount", (long) cache.refcount);
    numbers.put("ctor", cache.ctor ? 1L : 0L);
    return numbers;
  }

  SlubCache loadCache(SlabState.Cache recorded) {
    int flags = (int) recorded.number("flags", 0);
    int osize = (int) recorded.number("osize", 0);
    int usersize = (flags & SlabFlags.SLAB_KMALLOC) != 0 ? osize : 0;
    boolean ctor = recorded.number("ctor", 0) != 0;
    int align = (int) recorded.number("align", SlabConfig.MIN_ALIGN);
    CacheSpec spec = new CacheSpec(recorded.name(), osize, align, flags, ctor, 0, usersize);
    SlubCache cache = new SlubCache(recorded.id(), spec, align, flags);
    cache.size = (int) recorded.number("size", 0);
    cache.nrObjects = (int) recorded.number("objs", 0);
    cache.order = (int) recorded.number("order", 0);
    cache.minObjects = (int) recorded.number("min_objs", 0);
    cache.minOrder = (int) recorded.number("min_order", 0);
    cache.allocFlags = (int) recorded.number("allocflags", 0);
    cache.inuse = (int) recorded.number("inuse", 0);
    cache.offset = (int) recorded.number("offset", 0);
    cache.redLeftPad = (int) recorded.number("red_left_pad", 0);
    cache.minPartial = (int) recorded.number("min_partial", 0);
    cache.cpuPartial = (int) recorded.number("cpu_partial", 0);
    cache.cpuPartialSlabs = (int) recorded.number("cpu_partial_slabs", 0);
    cache.remoteNodeDefragRatio = (int) recorded.number("remote_node_defrag_ratio", 1000);
    cache.refcount = (int) recorded.number("refcount", 1);
    cache.debug = cache.has(SlabFlags.DEBUG_FLAGS);
    slub.setDebugging(slub.debugging() || cache.debug);
    cache.setReciprocal();
    cache.makeParts(slub.slabs, slub.config);
    if (recorded.name().equals("kmem_cache")) {
      slub.descriptorCache = cache;
    } else if (recorded.name().equals("kmem_cache_node")) {
      slub.nodeCache = cache;
    }
    return cache;
  }

  // Slabs.

  void load(SlabState state, boolean keepUnlisted) {
    slabs.findCaches(slub.caches);
    forgetLists(keepUnlisted);
    for (SlubSlab listed : state.slubs()) {
      SlubCache cache = cache(listed.cache());
      int slab = slabFor(cache, listed);
      slabs.setFreelist(slab, slabs.linkAll(slab, listed.freelist()));
      slabs.setCounts(slab, listed.inuse(), listed.frozen() != 0);
      place(cache, slab, listed);
    }
    for (SlabState.Node counts : state.nodes()) {
      SlubNode node = cache(counts.cache()).nodes[counts.nid()];
      node.nrSlabs = counts.counters()[1];
      node.totalObjects = counts.counters()[2];
    }
  }

  private SlubCache cache(int id) {
    return (SlubCache) slub.caches.get(id);
  }

  private void forgetLists(boolean keepUnlisted) {
    for (KmemCache each = slub.caches.oldest(); each != null; each = each.newer()) {
      SlubCache cache = (SlubCache) each;
      for (SlubCpu cpu : cache.cpus) {
        cpu.clear();
      }
      for (SlubNode node : cache.nodes) {
        node.clear();
      }
    }
    // What waited for a grace period has gone back by now, or will while nobody looks.
    slub.blocks.waitingForRcu.setAll(new int[0]);
    if (!keepUnlisted) {
      slabs.clear();
      slub.owners.clear();
      return;
    }
    for (int slab = 1; slab < slabs.end(); slab++) {
      if (slabs.isUsed(slab)) {
        slabs.setFreelist(slab, NO_OBJECT);
        slabs.setCounts(slab, slabs.objects(slab), false);
        slabs.setPlace(slab, SlubSlabs.NOWHERE);
      }
    }
  }

  /** The number of a listed slab: the one it had, or a new one. */
  private int slabFor(SlubCache cache, SlubSlab listed) {
    int pfn = listed.pfn();
    int known = slub.owners.get(pfn);
    if (known > NO_SLAB
        && slabs.pfn(known) == pfn
        && slabs.cache(known) == cache.id
        && slabs.objects(known) == listed.objects()) {
      return known;
    }
    int order = listed.objects() == cache.nrObjects ? cache.order : cache.minOrder;
    int slab = slabs.add(cache, order, pfn, listed.objects());
    for (int page = pfn; page < pfn + (1 << order); page++) {
      slub.owners.set(page, slab);
    }
    return slab;
  }

  private void place(SlubCache cache, int slab, SlubSlab listed) {
    switch (listed.list()) {
      case SlubSlab.CPU_SLAB ->
          cache.cpus[listed.owner()].take(slab, slabs.linkAll(slab, listed.cpuFreelist()));
      case SlubSlab.CPU_PARTIAL -> append(cache.cpus[listed.owner()], slab, listed.slabs());
      case SlubSlab.PARTIAL -> cache.nodes[listed.owner()].addPartial(slab, true);
      default -> appendFull(cache.nodes[listed.owner()], slab);
    }
  }

  private void append(SlubCpu cpu, int slab, int slabsFrom) {
    slabs.placeOnChain(slab, NO_SLAB, slabsFrom);
    if (cpu.partial == NO_SLAB) {
      cpu.partial = slab;
      return;
    }
    int last = cpu.partial;
    while (slabs.next(last) != NO_SLAB) {
      last = slabs.next(last);
    }
    slabs.setNext(last, slab);
  }

  private void appendFull(SlubNode node, int slab) {
    int last = NO_SLAB;
    for (int s = node.fullHead; s != NO_SLAB; s = slabs.next(s)) {
      last = s;
    }
    if (last == NO_SLAB) {
      node.addFull(slab);
      return;
    }
    slabs.setNext(last, slab);
    slabs.setPrev(slab, last);
    slabs.setNext(slab, NO_SLAB);
    slabs.setPlace(slab, SlubSlabs.FULL);
  }

  SlabState save() {
    List<SlubSlab> listed = new ArrayList<>();
    List<SlabState.Node> nodes = new ArrayList<>();
    for (KmemCache each = slub.caches.oldest(); each != null; each = each.newer()) {
      save((SlubCache) each, listed, nodes);
    }
    return new SlabState(List.of(), nodes, List.of(), listed, List.of());
  }

  private void save(SlubCache cache, List<SlubSlab> listed, List<SlabState.Node> nodes) {
    for (int k = 0; k < cache.cpus.length; k++) {
      SlubCpu cpu = cache.cpus[k];
      if (cpu.slab != NO_SLAB) {
        int[] free = slabs.listFrom(cpu.slab, cpu.freelist);
        listed.add(record(cache, SlubSlab.CPU_SLAB, k, cpu.slab, free));
      }
      saveList(cache, SlubSlab.CPU_PARTIAL, k, cpu.partial, listed);
    }
    for (SlubNode node : cache.nodes) {
      saveList(cache, SlubSlab.PARTIAL, node.nid, node.partialHead, listed);
      saveList(cache, SlubSlab.FULL, node.nid, node.fullHead, listed);
      long[] counters = {node.nrPartial, node.nrSlabs, node.totalObjects};
      nodes.add(new SlabState.Node(cache.id, node.nid, counters));
    }
  }

  private void saveList(SlubCache cache, int list, int owner, int first, List<SlubSlab> listed) {
    for (int slab = first; slab != NO_SLAB; slab = slabs.next(slab)) {
      listed.add(record(cache, list, owner, slab, NO_OBJECTS));
    }
  }

  private SlubSlab record(SlubCache cache, int list, int owner, int slab, int[] cpuFreelist) {
    return new SlubSlab(
        cache.id,
        list,
        owner,
        list == SlubSlab.CPU_PARTIAL ? slabs.slabsFrom(slab) : 0,
        slabs.pfn(slab),
        slabs.inuse(slab),
        slabs.objects(slab),
        slabs.isFrozen(slab) ? 1 : 0,
        cpuFreelist,
        slabs.listFrom(slab, slabs.freelist(slab)));
  }
}
