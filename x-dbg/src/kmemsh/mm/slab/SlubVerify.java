package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;
import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

import java.util.BitSet;
import java.util.List;

/** Whether SLUB's lists and counters agree. Spec: slab-allocators.md 7.2 */
final class SlubVerify {
  private final Slub slub;
  private final SlubSlabs slabs;
  private final BitSet seen = new BitSet();
  private final SlabProblems problems = new SlabProblems();

  SlubVerify(Slub slub) {
    this.slub = slub;
    this.slabs = slub.slabs;
  }

  /** Everything that is wrong. */
  List<String> problems() {
    for (KmemCache each = slub.caches.oldest(); each != null; each = each.newer()) {
      SlubCache cache = (SlubCache) each;
      for (int k = 0; k < cache.cpus.length; k++) {
        cpu(cache, k);
      }
      for (SlubNode node : cache.nodes) {
        node(cache, node);
      }
    }
    long[] nrSlabs = new long[slub.caches.nextId()];
    for (int slab = 1; slab < slabs.end(); slab++) {
      if (slabs.isUsed(slab)) {
        anywhere(slab);
        nrSlabs[slabs.cache(slab)]++;
      }
    }
    for (KmemCache each = slub.caches.oldest(); each != null; each = each.newer()) {
      long counted = 0;
      for (SlubNode node : ((SlubCache) each).nodes) {
        counted += node.nrSlabs;
      }
      check(counted == nrSlabs[each.id], each, NO_SLAB, "nr_slabs " + counted + " is not right");
    }
    return problems.all();
  }

  private void check(boolean holds, KmemCache cache, int slab, String what) {
    if (!holds) {
      String where = slab == NO_SLAB ? "" : " slab of pfn " + slabs.pfn(slab);
      problems.add("cache " + cache.name + where + ": " + what);
    }
  }

  private void cpu(SlubCache cache, int k) {
    SlubCpu cpu = cache.cpus[k];
    int slab = cpu.slab;
    if (slab != NO_SLAB) {
      check(!cache.debug, cache, slab, "a debug cache has a cpu slab");
      check(slabs.isFrozen(slab), cache, slab, "the slab of cpu " + k + " is not frozen");
      check(slabs.place(slab) == SlubSlabs.CPU_SLAB, cache, slab, "is not marked a cpu slab");
      BitSet free = new BitSet();
      chain(cache, slab, cpu.freelist, free);
      int own = free.cardinality();
      chain(cache, slab, slabs.freelist(slab), free);
      int remote = free.cardinality() - own;
      check(slabs.inuse(slab) == slabs.objects(slab) - remote, cache, slab, "inuse is not right");
      see(cache, slab);
    }
    check(cpu.partial == NO_SLAB || slub.config.smp(), cache, cpu.partial, "UP has no chain");
    for (int s = cpu.partial; s != NO_SLAB && see(cache, s); s = slabs.next(s)) {
      int next = slabs.next(s);
      int from = next == NO_SLAB ? 1 : slabs.slabsFrom(next) + 1;
      check(slabs.slabsFrom(s) == from, cache, s, "the chain has not " + from + " slabs from here");
      check(slabs.isFrozen(s), cache, s, "is on a partial chain and not frozen");
      check(slabs.inuse(s) < slabs.objects(s), cache, s, "is on a partial chain and full");
      ownFreelist(cache, s);
    }
  }

  private void node(SlubCache cache, SlubNode node) {
    int nr = 0;
    for (int s = node.partialHead; s != NO_SLAB && see(cache, s); s = slabs.next(s)) {
      check(!slabs.isFrozen(s), cache, s, "is on the partial list and frozen");
      check(slabs.inuse(s) < slabs.objects(s), cache, s, "is on the partial list and full");
      check(
          slub.blocks.nodeOfSlab(cache, s) == node, cache, s, "is on the list of node " + node.nid);
      ownFreelist(cache, s);
      nr++;
    }
    check(nr == node.nrPartial, cache, NO_SLAB, "nr_partial is " + node.nrPartial + ", not " + nr);
    for (int s = node.fullHead; s != NO_SLAB && see(cache, s); s = slabs.next(s)) {
      check(cache.storesUser(), cache, s, "is on a full list without STORE_USER");
      full(cache, s);
    }
  }

  private void full(SlubCache cache, int slab) {
    boolean all = slabs.inuse(slab) == slabs.objects(slab);
    check(all && slabs.freelist(slab) == NO_OBJECT, cache, slab, "is on no list and not full");
    boolean isBad = cache.debug && slub.checks != null;
    check(isBad || !slabs.isFrozen(slab), cache, slab, "is on no list and frozen");
  }

  private void ownFreelist(SlubCache cache, int slab) {
    BitSet free = new BitSet();
    chain(cache, slab, slabs.freelist(slab), free);
    int inuse = slabs.objects(slab) - free.cardinality();
    check(inuse == slabs.inuse(slab), cache, slab, "inuse should be " + inuse);
  }

  private void chain(SlubCache cache, int slab, int first, BitSet free) {
    int base = slabs.linkBase(slab);
    for (int i = first; i != NO_OBJECT; i = slabs.links.get(base + i)) {
      if (i < 0 || i >= slabs.objects(slab) || free.get(i)) {
        check(false, cache, slab, "object " + i + " stands twice on the freelist or is none");
        return;
      }
      free.set(i);
    }
    if (slub.inSlabs != null) {
      String inMemory = slub.inSlabs.problem(cache, slab, first);
      check(inMemory.isEmpty(), cache, slab, inMemory);
    }
  }

  /** Notes that a list has the slab; false when one had it before, and a walk must end. */
  private boolean see(SlubCache cache, int slab) {
    boolean first = !seen.get(slab);
    check(first, cache, slab, "is on two lists");
    check(slabs.cache(slab) == cache.id, cache, slab, "belongs to another cache");
    seen.set(slab);
    return first;
  }

  /** What holds for every slab, whichever list it is on. */
  private void anywhere(int slab) {
    SlubCache cache = (SlubCache) slub.caches.get(slabs.cache(slab));
    if (cache == null) {
      problems.add("pfn " + slabs.pfn(slab) + ": slab of no cache");
      return;
    }
    int order = slabs.order(slab);
    int objects = order == cache.order ? cache.nrObjects : cache.minObjects;
    check(order == cache.order || order == cache.minOrder, cache, slab, "order " + order);
    check(objects == slabs.objects(slab), cache, slab, "has not " + objects + " objects");
    for (int page = 0; page < 1 << order; page++) {
      int owner = slub.owners.get(slabs.pfn(slab) + page);
      check(owner == slab, cache, slab, "page " + page + " is not known as its own");
    }
    if (!seen.get(slab)) {
      full(cache, slab);
    }
    if (cache.debug && slub.checks != null) {
      String inMemory = slub.checks.problem(cache, slab);
      check(inMemory.isEmpty(), cache, slab, inMemory);
    }
  }
}
