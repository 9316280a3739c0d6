package kmemsh.replay;

import java.util.BitSet;
import java.util.Map;
import kmemsh.capture.RecordedMachine;
import kmemsh.machine.Slabs;
import kmemsh.view.SlabState;
import kmemsh.view.SlabState.ArrayCache;

/** Whether the slabs and arrays of a recorded SLAB are ones that can be loaded. */
final class SlabListCheck {
  private static final int COUNTERS = 6;
  private static final int MAX_OBJECTS = 255;
  private static final int MAX_LIMIT = 1 << 16;
  private static final int FREELIST_OFF = 2;

  private final RecordedMachine machine;
  private final Slabs slabs;
  private final BitSet taken = new BitSet();

  SlabListCheck(RecordedMachine machine, Slabs slabs) {
    this.machine = machine;
    this.slabs = slabs;
  }

  /**
   * What is wrong with the numbers of a cache, or empty; {@code known} are the caches before it.
   */
  static String problem(SlabState.Cache cache, BitSet known) {
    long num = cache.number("num", 0);
    long limit = cache.number("limit", 0);
    long batch = cache.number("batch", 0);
    if (num < 1 || num > MAX_OBJECTS) {
      return "num " + num + " is not one of 1.." + MAX_OBJECTS;
    }
    if (limit < 1 || limit > MAX_LIMIT || batch < 1 || batch > limit) {
      return "limit " + limit + " and batch " + batch + " are not those of an array";
    }
    if (cache.number("colour", 0) < 0 || cache.number("colour_off", 0) < 0) {
      return "its colours are negative";
    }
    int other = (int) cache.number("freelist_cache", -1);
    boolean off = cache.number("freelist", 0) == FREELIST_OFF;
    return off && (other < 0 || !known.get(other)) ? "its index arrays have no older cache" : "";
  }

  /** What is wrong with the lists, or empty. */
  String problem(SlabState state) {
    taken.clear();
    for (SlabState.Node node : state.nodes()) {
      if (node.counters().length < COUNTERS) {
        return "counters of cache " + node.cache() + " are missing";
      }
    }
    for (SlabState.Slab slab : state.slabs()) {
      String problem = slabs.hasCache(slab.cache()) ? problem(slab) : "there is no such cache";
      if (!problem.isEmpty()) {
        return "slab of cache " + slab.cache() + " at pfn " + slab.pfn() + ": " + problem;
      }
    }
    for (ArrayCache array : state.arrays()) {
      String problem = slabs.hasCache(array.cache()) ? problem(array) : "there is no such cache";
      if (!problem.isEmpty()) {
        return "array of cache " + array.cache() + ": " + problem;
      }
    }
    return "";
  }

  private String problem(SlabState.Slab slab) {
    Map<String, Long> cache = slabs.cacheNumbers(slab.cache());
    int num = cache.get("num").intValue();
    if (slab.nid() < 0 || slab.nid() >= machine.nrNodes()) {
      return "there is no node " + slab.nid();
    }
    if (slab.active() < 0 || slab.active() > num || slab.free().length != num - slab.active()) {
      return slab.active() + " active and " + slab.free().length + " free are not " + num;
    }
    int end = slab.pfn() + (1 << cache.get("order"));
    if (slab.pfn() < 0 || end > machine.maxPfn() || taken.get(slab.pfn(), end).cardinality() > 0) {
      return "its pages lie beyond the memory or in another slab";
    }
    taken.set(slab.pfn(), end);
    for (int object : slab.free()) {
      if (object < 0 || object >= num) {
        return "there is no object " + object;
      }
    }
    return "";
  }

  private String problem(ArrayCache array) {
    boolean ofCpu = array.kind() == ArrayCache.CPU;
    int end = ofCpu ? machine.nrCpus() : machine.nrNodes();
    if (array.owner() < 0 || array.owner() >= end || array.other() >= machine.nrNodes()) {
      return "there is no CPU or node " + array.owner();
    }
    if (array.limit() < 1 || array.limit() > MAX_LIMIT || array.entries().length > array.limit()) {
      return array.entries().length + " entries do not fit its limit " + array.limit();
    }
    if (ofCpu && (array.batch() < 1 || array.batch() > array.limit())) {
      return "batch " + array.batch() + " is not one of 1.." + array.limit();
    }
    for (long entry : array.entries()) {
      if (entry < 0 || entry >>> 12 >= machine.maxPfn()) {
        return "entry 0x" + Long.toHexString(entry) + " lies beyond the memory";
      }
    }
    return "";
  }
}
