package kmemsh.mm.slab;

import java.util.Arrays;
import kmemsh.trace.SlabStep;
import kmemsh.view.Gfp;

/**
 * The array caches of SLAB: made, resized, emptied, given back; and the reaper, who empties them
 * bit by bit.
 *
 * <p>Spec: slab-allocators.md 2.6, 2.10, 2.11, 2.14
 */
final class SlabArrays {
  private static final int ARRAY_HEADER_BYTES = 16;
  private static final int ALIEN_LIMIT = 12;

  /** No CPU gets a larger array: it would be more than the largest page block. */
  private static final int MAX_ENTRIES = KmallocTable.MAX_BYTES / Long.BYTES;

  private static final int REAP_SHARE = 5;

  private final Slab slab;
  private final SlabConfig config;
  private final SlabLists lists;
  private final long[] one = new long[1];

  /** How far boot is: one of the constants of {@link SlabBoot}. */
  int state = SlabBoot.FULL;

  SlabArrays(Slab slab, SlabLists lists) {
    this.slab = slab;
    this.config = slab.config;
    this.lists = lists;
  }

  // Making.

  /** Arrays and nodes of a new cache: 0, or -ENOMEM. */
  int setUp(SlabCache cache) {
    int error = state == SlabBoot.FULL ? enable(cache) : setUpEarly(cache);
    if (error != 0) {
      release(cache);
    }
    return error;
  }

  /** One entry for each CPU and no shared arrays; the limit of free objects is not set yet. */
  private int setUpEarly(SlabCache cache) {
    cache.limit = 1;
    cache.batchcount = 1;
    cache.shared = 0;
    for (int cpu = 0; cpu < cache.arrays.length; cpu++) {
      cache.arrays[cpu] = new SlabArray(1, 1);
    }
    for (int nid = 0; nid < cache.nodes.length; nid++) {
      cache.nodes[nid] = SlabNode.emptyIn(lists.table);
    }
    return state == SlabBoot.PARTIAL ? 0 : allocNodes(cache);
  }

  /** Allocates the node structures of a cache that was set up early. */
  int allocNodes(SlabCache cache) {
    for (int nid = 0; nid < cache.nodes.length; nid++) {
      cache.nodes[nid].address = slab.kmallocNode(config.nodeBytes(), Gfp.GFP_KERNEL, nid);
      if (cache.nodes[nid].address == SlabAllocator.NULL) {
        return SlabAllocator.ENOMEM;
      }
    }
    return 0;
  }

  /** Gives a cache the arrays that its size deserves. Spec: 2.6 */
  int enable(SlabCache cache) {
    int limit = SlabGeometry.arrayLimit(cache.size);
    int shared = SlabGeometry.sharedFactor(config, cache.size);
    return tune(cache, limit, (limit + 1) / 2, shared);
  }

  /** New arrays; what the old ones hold goes back to its slabs. Spec: 2.11 */
  int tune(SlabCache cache, int limit, int batchcount, int shared) {
    if (limit > MAX_ENTRIES) {
      return SlabAllocator.ENOMEM;
    }
    cache.changed = true;
    SlabArray[] old = cache.arrays.clone();
    for (int cpu = 0; cpu < old.length; cpu++) {
      cache.arrays[cpu] = new SlabArray(limit, batchcount);
    }
    cache.limit = limit;
    cache.batchcount = batchcount;
    cache.shared = shared;
    for (int cpu = 0; cpu < old.length; cpu++) {
      if (old[cpu] != null && old[cpu].avail > 0) {
        lists.freeBlock(cache, config.cpuNode()[cpu], old[cpu].entry, 0, old[cpu].avail);
      }
    }
    for (int nid = 0; nid < cache.nodes.length; nid++) {
      if (!setUpNode(cache, nid)) {
        return SlabAllocator.ENOMEM;
      }
    }
    return 0;
  }

  /** New shared and alien arrays for a node; false when there is no memory for one. */
  private boolean setUpNode(SlabCache cache, int nid) {
    SlabArray[] aliens = null;
    long table = SlabAllocator.NULL;
    if (usesAliens()) {
      table = slab.kmallocNode((long) config.nrNodes() * config.wordBytes(), Gfp.GFP_KERNEL, nid);
      aliens = newAliens(cache, nid);
    }
    SlabArray shared = null;
    if (cache.shared > 0) {
      shared = newArray((long) cache.shared * cache.batchcount, 0, nid);
    }
    SlabNode node = cache.nodes[nid];
    if (node == null) {
      node = SlabNode.emptyIn(lists.table);
      node.address = slab.kmallocNode(config.nodeBytes(), Gfp.GFP_KERNEL, nid);
      cache.nodes[nid] = node;
    }
    node.freeLimit = SlabGeometry.freeLimit(config, cache.batchcount, cache.nrObjects);
    if (node.shared != null) {
      lists.freeBlock(cache, nid, node.shared.entry, 0, node.shared.avail);
      kfree(node.shared.address);
    }
    node.shared = shared;
    if (node.alien == null) {
      node.alien = aliens;
      node.alienTable = table;
    } else {
      freeAliens(aliens, table);
    }
    return shared != null || cache.shared == 0;
  }

  private boolean usesAliens() {
    return config.aliens() && config.nrNodes() > 1;
  }

  private SlabArray[] newAliens(SlabCache cache, int nid) {
    SlabArray[] aliens = new SlabArray[config.nrNodes()];
    for (int other = 0; other < aliens.length; other++) {
      if (other != nid) {
        aliens[other] = newArray(alienLimit(cache.limit), config.wordBytes(), nid);
      }
    }
    return aliens;
  }

  /** An array that is a kmalloc object, or null when there is no memory for it. */
  private SlabArray newArray(long entries, int lockBytes, int nid) {
    long bytes = lockBytes + ARRAY_HEADER_BYTES + entries * config.wordBytes();
    long address = slab.kmallocNode(bytes, Gfp.GFP_KERNEL, nid);
    if (address == SlabAllocator.NULL) {
      return null;
    }
    SlabArray array = new SlabArray((int) entries, 0);
    array.address = address;
    return array;
  }

  private static int alienLimit(int limit) {
    return limit > 1 ? ALIEN_LIMIT : 1;
  }

  // Emptying.

  /** Gives one object back to a slab of node {@code nid} at once. */
  void freeOne(SlabCache cache, int nid, long object) {
    one[0] = object;
    lists.freeBlock(cache, nid, one, 0, 1);
  }

  private void freeAll(SlabCache cache, SlabArray array, int nid) {
    int nr = array.avail;
    if (nr > 0) {
      lists.freeBlock(cache, nid, array.entry, 0, nr);
      array.avail = 0;
    }
  }

  /** Sends the objects of an alien array home: to the shared array there, the rest to slabs. */
  void drainAlien(SlabCache cache, SlabArray alien, int home) {
    if (lists.tracing) {
      lists.trace.slabStep(SlabStep.ALIEN_DRAIN, cache.id, home, alien.avail);
    }
    SlabArray shared = cache.nodes[home].shared;
    if (shared != null) {
      shared.takeTopOf(alien, alien.limit);
    }
    freeAll(cache, alien, home);
  }

  private void drainAliens(SlabCache cache, SlabNode node) {
    if (node.alien != null) {
      for (int home = 0; home < node.alien.length; home++) {
        if (node.alien[home] != null) {
          drainAlien(cache, node.alien[home], home);
        }
      }
    }
  }

  /** Empties all arrays and destroys the free slabs: 1 when slabs are left, else 0. */
  int shrink(SlabCache cache) {
    cache.changed = true;
    int caller = slab.machine.cpu();
    freeAll(cache, cache.arrays[caller], config.cpuNode()[caller]);
    for (int cpu = 0; cpu < cache.arrays.length; cpu++) {
      if (cpu != caller) {
        slab.machine.setCpu(cpu);
        freeAll(cache, cache.arrays[cpu], config.cpuNode()[cpu]);
      }
    }
    slab.machine.setCpu(caller);
    for (SlabNode node : cache.nodes) {
      if (node != null) {
        drainAliens(cache, node);
      }
    }
    for (int nid = 0; nid < cache.nodes.length; nid++) {
      if (cache.nodes[nid] != null && cache.nodes[nid].shared != null) {
        freeAll(cache, cache.nodes[nid].shared, nid);
      }
    }
    int left = 0;
    for (SlabNode node : cache.nodes) {
      if (node != null) {
        lists.drainFreeList(cache, node, Integer.MAX_VALUE);
        left |= node.totalSlabs;
      }
    }
    return left == 0 ? 0 : 1;
  }

  /** Gives the arrays and nodes of an empty cache back. Spec: 1.5 */
  void release(SlabCache cache) {
    for (int nid = 0; nid < cache.nodes.length; nid++) {
      SlabNode node = cache.nodes[nid];
      if (node != null) {
        if (node.shared != null) {
          kfree(node.shared.address);
        }
        freeAliens(node.alien, node.alienTable);
        kfree(node.address);
        lists.table.freeList(node.partialList);
        lists.table.freeList(node.fullList);
        lists.table.freeList(node.freeList);
        cache.nodes[nid] = null;
      }
    }
  }

  private void freeAliens(SlabArray[] aliens, long table) {
    if (aliens != null) {
      for (SlabArray alien : aliens) {
        if (alien != null) {
          kfree(alien.address);
        }
      }
      kfree(table);
    }
  }

  private void kfree(long address) {
    if (address != SlabAllocator.NULL) {
      slab.kfree(address);
    }
  }

  // The reaper.

  /**
   * One run over one cache on the present CPU. Spec: 2.10
   *
   * @param due whether the time for the shared array and the free slabs has come
   * @param drainNode the node whose alien array is drained in this run
   */
  void reap(SlabCache cache, boolean due, int drainNode) {
    int cpu = slab.machine.cpu();
    int nid = config.cpuNode()[cpu];
    SlabNode node = cache.nodes[nid];
    if (node == null) {
      return;
    }
    cache.changed = true;
    if (node.alien != null && node.alien[drainNode] != null && node.alien[drainNode].avail > 0) {
      drainAlien(cache, node.alien[drainNode], drainNode);
    }
    reapArray(cache, cache.arrays[cpu], nid);
    if (!due) {
      return;
    }
    if (node.shared != null) {
      reapArray(cache, node.shared, nid);
    }
    if (node.freeTouched) {
      node.freeTouched = false;
      return;
    }
    int share = REAP_SHARE * cache.nrObjects;
    int nr = lists.drainFreeList(cache, node, (node.freeLimit + share - 1) / share);
    if (lists.tracing && nr > 0) {
      lists.trace.slabStep(SlabStep.REAP_SLABS, cache.id, nid, nr);
    }
  }

  private void reapArray(SlabCache cache, SlabArray array, int nid) {
    if (array.avail == 0) {
      return;
    }
    if (array.touched) {
      array.touched = false;
      if (lists.tracing) {
        lists.trace.slabStep(SlabStep.REAP_TOUCHED, cache.id, nid, array.avail);
      }
      return;
    }
    int nr = (array.limit + REAP_SHARE - 1) / REAP_SHARE;
    if (nr > array.avail) {
      nr = (array.avail + 1) / 2;
    }
    if (lists.tracing) {
      lists.trace.slabStep(SlabStep.REAP_ARRAY, cache.id, nid, nr);
    }
    lists.freeBlock(cache, nid, array.entry, 0, nr);
    array.dropBottom(nr);
  }

  // Looking.

  /** Free objects that wait in all arrays of {@code cache}. */
  long waiting(SlabCache cache) {
    long nr = 0;
    for (SlabArray array : cache.arrays) {
      nr += array == null ? 0 : array.avail;
    }
    for (SlabNode node : cache.nodes) {
      nr += node == null || node.shared == null ? 0 : node.shared.avail;
      int aliens = node == null || node.alien == null ? 0 : node.alien.length;
      for (int i = 0; i < aliens; i++) {
        nr += node.alien[i] == null ? 0 : node.alien[i].avail;
      }
    }
    return nr;
  }

  /** Whether {@code object} waits in an array of {@code cache}. */
  boolean hold(SlabCache cache, long object) {
    for (SlabArray array : cache.arrays) {
      if (holds(array, object)) {
        return true;
      }
    }
    for (SlabNode node : cache.nodes) {
      if (node != null && (holds(node.shared, object) || aliensHold(node.alien, object))) {
        return true;
      }
    }
    return false;
  }

  private static boolean aliensHold(SlabArray[] aliens, long object) {
    for (int i = 0; aliens != null && i < aliens.length; i++) {
      if (holds(aliens[i], object)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(SlabArray array, long object) {
    for (int i = array == null ? 0 : array.avail; i > 0; i--) {
      if (array.entry[i - 1] == object) {
        return true;
      }
    }
    return false;
  }

  /** {@code others} and the objects that nodes, shared and alien arrays are in a kernel. */
  long[] withOwnObjects(long[] others) {
    long[] own = Arrays.copyOf(others, 2 * others.length + 16);
    int nr = others.length;
    for (KmemCache of = slab.caches.newest(); of != null; of = of.older) {
      for (SlabNode node : ((SlabCache) of).nodes) {
        int aliens = node == null || node.alien == null ? 0 : node.alien.length;
        if (nr + 3 + aliens > own.length) {
          own = Arrays.copyOf(own, 2 * own.length + 3 + aliens);
        }
        if (node == null) {
          continue;
        }
        own[nr++] = node.address;
        own[nr++] = node.alienTable;
        own[nr++] = node.shared == null ? SlabAllocator.NULL : node.shared.address;
        for (int i = 0; i < aliens; i++) {
          own[nr++] = node.alien[i] == null ? SlabAllocator.NULL : node.alien[i].address;
        }
      }
    }
    return Arrays.copyOf(own, nr);
  }
}
