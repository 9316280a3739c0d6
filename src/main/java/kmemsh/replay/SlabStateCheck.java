package kmemsh.replay;

import java.util.BitSet;
import java.util.List;
import kmemsh.capture.RecordedMachine;
import kmemsh.machine.Slabs;
import kmemsh.view.SlabState;
import kmemsh.view.SlabState.SlubSlab;

/**
 * Whether recorded caches and slabs are ones that a machine can have: a corrupt recording must not
 * lead the model astray.
 */
final class SlabStateCheck {
  private static final int MAX_ORDER = 10;
  private static final int MAX_BYTES = 8 << 20;
  private static final int COUNTERS = 3;
  private static final int PAGE_BYTES = 4096;

  private final int maxPfn;
  private final int nrCpus;
  private final int nrNodes;
  private final Slabs slabs;
  private final SlabListCheck lists;
  private final boolean isSlab;
  private final BitSet taken = new BitSet();
  private final BitSet free = new BitSet();

  SlabStateCheck(RecordedMachine machine, Slabs slabs) {
    maxPfn = machine.maxPfn();
    nrCpus = machine.nrCpus();
    nrNodes = machine.nrNodes();
    this.slabs = slabs;
    this.lists = new SlabListCheck(machine, slabs);
    this.isSlab = "SLAB".equals(machine.kernel().get("alloc"));
  }

  /** What is wrong with a list of caches, or empty. */
  String problem(List<SlabState.Cache> caches) {
    BitSet known = new BitSet();
    for (SlabState.Cache cache : caches) {
      String problem = cacheProblem(cache);
      if (problem.isEmpty() && isSlab) {
        problem = SlabListCheck.problem(cache, known);
      }
      known.set(cache.id());
      if (!problem.isEmpty()) {
        return "cache " + cache.id() + " (" + cache.name() + "): " + problem;
      }
    }
    return "";
  }

  private static String cacheProblem(SlabState.Cache cache) {
    long size = cache.number("size", 0);
    long align = cache.number("align", 0);
    if (size < 1 || size > MAX_BYTES || cache.number("osize", -1) < 0) {
      return "size " + size + " is not one of 1.." + MAX_BYTES;
    }
    if (align < 1 || align > MAX_BYTES || cache.number("osize", 0) > MAX_BYTES) {
      return "align " + align + " is not one of 1.." + MAX_BYTES;
    }
    boolean fits = fits(cache, "order", "objs") && fits(cache, "min_order", "min_objs");
    return fits && fits(cache, "order", "num") ? "" : "its objects do not fit in its slabs";
  }

  private static boolean fits(SlabState.Cache cache, String orderKey, String numberKey) {
    long order = cache.number(orderKey, 0);
    long objects = cache.number(numberKey, 0);
    return order >= 0
        && order <= MAX_ORDER
        && objects >= 0
        && objects * cache.number("size", 0) <= (long) PAGE_BYTES << order;
  }

  /** What is wrong with the slabs, or empty. */
  String problem(SlabState state) {
    taken.clear();
    for (SlabState.Node node : state.nodes()) {
      if (node.counters().length < COUNTERS) {
        return "counters of cache " + node.cache() + " are missing";
      }
      if (!slabs.hasCache(node.cache()) || node.nid() >= nrNodes) {
        return "there is no cache " + node.cache() + " on node " + node.nid();
      }
    }
    for (SlubSlab slab : state.slubs()) {
      String problem = slabs.hasCache(slab.cache()) ? slubProblem(slab) : "there is no such cache";
      if (!problem.isEmpty()) {
        return "slab of cache " + slab.cache() + " at pfn " + slab.pfn() + ": " + problem;
      }
    }
    return isSlab ? lists.problem(state) : SlobStateCheck.problem(state.pages());
  }

  /** What is wrong with the slabs now that they are loaded; of SLUB full slabs are not known. */
  String problemOfLoaded() {
    return isSlab ? slabs.verify() : "";
  }

  private String slubProblem(SlubSlab slab) {
    boolean ofCpu = slab.list() == SlubSlab.CPU_SLAB || slab.list() == SlubSlab.CPU_PARTIAL;
    if (slab.owner() >= (ofCpu ? nrCpus : nrNodes)) {
      return "there is no CPU or node " + slab.owner();
    }
    int order = slabs.orderOfSlab(slab.cache(), slab.objects());
    if (order < 0) {
      return "a slab of this cache never has " + slab.objects() + " objects";
    }
    int end = slab.pfn() + (1 << order);
    if (end > maxPfn || isTaken(slab.pfn(), end)) {
      return "its pages lie beyond the memory or in another slab";
    }
    taken.set(slab.pfn(), end);
    free.clear();
    int twice = addFree(slab.cpuFreelist());
    twice = twice < 0 ? addFree(slab.freelist()) : twice;
    if (twice >= 0) {
      return "object " + twice + " is free twice";
    }
    int inuse = slab.objects() - slab.freelist().length;
    return slab.inuse() == inuse ? "" : "inuse=" + slab.inuse() + " should be " + inuse;
  }

  private boolean isTaken(int pfn, int end) {
    int next = taken.nextSetBit(pfn);
    return next >= 0 && next < end;
  }

  /** The first object that is free already, or -1. */
  private int addFree(int[] objects) {
    for (int object : objects) {
      if (free.get(object)) {
        return object;
      }
      free.set(object);
    }
    return -1;
  }
}
