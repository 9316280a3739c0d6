package kmemsh.mm.slab;

import java.util.List;
import java.util.Map;
import kmemsh.mm.page.PageMachine;
import kmemsh.trace.SlabStep;
import kmemsh.trace.Trace;
import kmemsh.view.CacheGeometry;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;

/**
 * SLAB: a stack of objects for each CPU in front of full, partial and free slabs.
 *
 * <p>Spec: slab-allocators.md 2
 */
public final class Slab extends SlabAllocator {
  /** An array that was not used since the reaper looked gets no more at a time. */
  private static final int BATCHREFILL_LIMIT = 16;

  final SlabTable table;
  final SlabLists lists;
  final SlabArrays arrays;

  /** The cache that cache descriptors come from; null until boot made it. */
  SlabCache descriptorCache;

  private final boolean manyNodes;

  /** Without any cache. A method, so that a process never loads the kinds it does not use. */
  public static SlabAllocator create(SlabConfig config, PageMachine machine) {
    return new Slab(config, machine);
  }

  Slab(SlabConfig config, PageMachine machine) {
    super(config, machine);
    table = new SlabTable(owners, machine.nrFrames());
    lists = new SlabLists(this, table);
    arrays = new SlabArrays(this, lists);
    manyNodes = config.nrNodes() > 1;
  }

  @Override
  public SlabKind kind() {
    return SlabKind.SLAB;
  }

  @Override
  public void setTrace(Trace trace) {
    super.setTrace(trace);
    lists.trace = trace;
    lists.tracing = tracing;
  }

  @Override
  protected void contentsChanged(SlabLog log) {
    lists.contents = contents;
  }

  // Caches.

  @Override
  public void boot(SlabCommon common) {
    new SlabBoot(this, common).boot();
  }

  @Override
  public int kmallocFlags() {
    return SlabFlags.SLAB_HWCACHE_ALIGN;
  }

  @Override
  public long takeDescriptor() {
    return descriptorCache == null ? NULL : alloc(descriptorCache, Gfp.GFP_KERNEL, NO_NODE);
  }

  @Override
  public void giveDescriptor(long descriptor) {
    if (descriptor != NULL) {
      free(descriptorCache, descriptor);
    }
  }

  @Override
  public int supportedFlags() {
    return SlabFlags.SLAB_HWCACHE_ALIGN
        | SlabFlags.SLAB_CACHE_DMA
        | SlabFlags.SLAB_CACHE_DMA32
        | SlabFlags.SLAB_PANIC
        | SlabFlags.SLAB_TYPESAFE_BY_RCU
        | SlabFlags.SLAB_DEBUG_OBJECTS
        | SlabFlags.SLAB_MEM_SPREAD
        | SlabFlags.SLAB_NOLEAKTRACE
        | SlabFlags.SLAB_RECLAIM_ACCOUNT
        | SlabFlags.SLAB_ACCOUNT;
  }

  @Override
  public boolean mergesOnAlign() {
    return true;
  }

  @Override
  public KmemCache newCache(int id, CacheSpec spec, int align, int flags) {
    return new SlabCache(id, spec, align, flags, config.cpuNode().length, config.nrNodes());
  }

  @Override
  public int sizes(KmemCache of) {
    SlabCache cache = (SlabCache) of;
    CacheGeometry.Slab geometry =
        SlabGeometry.of(config, cache.objectSize, cache.align, cache.flags, cache.ctor);
    if (geometry.error() != 0) {
      return geometry.error();
    }
    cache.setGeometry(geometry);
    if (cache.freelist == CacheGeometry.Freelist.OFF) {
      int index = kmallocTable.index(cache.nrObjects);
      cache.freelistCache = (SlabCache) kmallocTable.get(KmallocTable.NORMAL, index);
    }
    return 0;
  }

  @Override
  public int setUp(KmemCache cache) {
    return arrays.setUp((SlabCache) cache);
  }

  /**
   * What writing {@code NAME LIMIT BATCHCOUNT SHARED} to /proc/slabinfo does: 0 or -ENOMEM. {@code
   * batchcount} is 1 to {@code limit}, {@code shared} at least 0. Spec: 2.11
   */
  public int tune(KmemCache cache, int limit, int batchcount, int shared) {
    return arrays.tune((SlabCache) cache, limit, batchcount, shared);
  }

  @Override
  public int shrink(KmemCache cache) {
    return arrays.shrink((SlabCache) cache);
  }

  @Override
  public boolean shutdown(KmemCache cache) {
    return arrays.shrink((SlabCache) cache) == 0;
  }

  @Override
  public void release(KmemCache cache) {
    arrays.release((SlabCache) cache);
  }

  @Override
  public void reap(boolean due, int drainNode) {
    for (KmemCache cache = caches.newest(); cache != null; cache = cache.older) {
      arrays.reap((SlabCache) cache, due, drainNode);
    }
  }

  /** Ends the grace period that blocks of destroyed TYPESAFE_BY_RCU slabs wait for. */
  @Override
  public void endGracePeriod() {
    lists.endGracePeriod();
  }

  // Objects.

  @Override
  public long alloc(KmemCache of, int gfpMask, int nid) {
    SlabCache cache = (SlabCache) of;
    cache.changed = true;
    SlabArray array = cache.arrays[machine.cpu()];
    int avail = array.avail;
    if (avail == 0 || (nid != NO_NODE && manyNodes) || tracing) {
      return slowAlloc(cache, array, gfpMask, nid);
    }
    array.touched = true;
    array.avail = --avail;
    return array.entry[avail];
  }

  private long slowAlloc(SlabCache cache, SlabArray array, int gfpMask, int nid) {
    long object;
    if (nid != NO_NODE && manyNodes && nid != localNode()) {
      object = allocElsewhere(cache, gfpMask, nid);
    } else if (array.avail == 0) {
      object = allocByRefill(cache, array, gfpMask);
    } else {
      array.touched = true;
      object = array.entry[--array.avail];
      trace.slabStep(SlabStep.ALLOC_HIT, cache.id, machine.cpu(), array.avail);
    }
    clear(object, cache.objectSize, gfpMask);
    if (tracing) {
      trace.kmemCacheAlloc(cache.id, object, cache.objectSize, cache.size, gfpMask, nid);
    }
    return object;
  }

  private long allocElsewhere(SlabCache cache, int gfpMask, int nid) {
    long object = cache.nodes[nid] == null ? NULL : lists.allocOnNode(cache, gfpMask, nid);
    return object == NULL ? lists.fallBack(cache, gfpMask, localNode()) : object;
  }

  private long allocByRefill(SlabCache cache, SlabArray array, int gfpMask) {
    int nid = localNode();
    int gfp = config.numa() ? SlabLists.exactNode(gfpMask) : gfpMask & ~Gfp.__GFP_NOFAIL;
    refill(cache, array, gfp, nid);
    if (array.avail == 0) {
      if (!config.numa()) {
        return NULL;
      }
      return allocLocalOrElsewhere(cache, gfpMask, nid);
    }
    array.touched = true;
    return array.entry[--array.avail];
  }

  private long allocLocalOrElsewhere(SlabCache cache, int gfpMask, int nid) {
    long object = lists.allocOnNode(cache, gfpMask, nid);
    return object == NULL ? lists.fallBack(cache, gfpMask, nid) : object;
  }

  /** Fills an empty array of the present CPU if it can. Spec: 2.7 */
  private void refill(SlabCache cache, SlabArray array, int gfp, int nid) {
    SlabNode node = cache.nodes[nid];
    int wanted = array.batchcount;
    if (!array.touched && wanted > BATCHREFILL_LIMIT) {
      wanted = BATCHREFILL_LIMIT;
    }
    if (tracing) {
      trace.slabStep(SlabStep.REFILL, cache.id, machine.cpu(), wanted);
    }
    SlabArray shared = node.shared;
    if (shared != null && shared.avail > 0) {
      int nr = array.takeTopOf(shared, wanted);
      shared.touched = true;
      if (tracing) {
        trace.slabStep(SlabStep.REFILL_SHARED, cache.id, nid, nr);
      }
      return;
    }
    if (node.freeObjects > 0) {
      refillFromSlabs(cache, node, array, wanted);
    }
    if (array.avail == 0) {
      int grown = lists.grow(cache, gfp, nid);
      if (grown != SlabLists.NO_SLAB) {
        lists.take(cache, grown, array, wanted);
        lists.addGrown(cache, grown);
      }
    }
  }

  private void refillFromSlabs(SlabCache cache, SlabNode node, SlabArray array, int wanted) {
    int left = wanted;
    while (left > 0) {
      int from = lists.takeFirst(node);
      if (from == SlabLists.NO_SLAB) {
        break;
      }
      left -= lists.take(cache, from, array, left);
      lists.placeTaken(cache, node, from);
    }
    node.freeObjects -= array.avail;
  }

  @Override
  public void free(KmemCache of, long object) {
    SlabCache cache = (SlabCache) of;
    cache.changed = true;
    if (tracing) {
      trace.kmemCacheFree(cache.id, object);
    }
    if (manyNodes && freeElsewhere(cache, object)) {
      return;
    }
    SlabArray array = cache.arrays[machine.cpu()];
    int avail = array.avail;
    if (avail == array.limit) {
      flush(cache, array);
      avail = array.avail;
    }
    array.entry[avail] = object;
    array.avail = avail + 1;
    if (tracing) {
      trace.slabStep(SlabStep.FREE_HIT, cache.id, machine.cpu(), avail + 1);
    }
  }

  /** Moves the oldest entries to the shared array, or to their slabs. Spec: 2.8 */
  private void flush(SlabCache cache, SlabArray array) {
    int nid = localNode();
    SlabArray shared = cache.nodes[nid].shared;
    int nr = array.batchcount;
    if (tracing) {
      trace.slabStep(SlabStep.FLUSH, cache.id, machine.cpu(), nr);
    }
    if (shared != null && shared.avail < shared.limit) {
      nr = Math.min(nr, shared.limit - shared.avail);
      System.arraycopy(array.entry, 0, shared.entry, shared.avail, nr);
      shared.avail += nr;
      if (tracing) {
        trace.slabStep(SlabStep.FLUSH_SHARED, cache.id, nid, shared.avail);
      }
    } else {
      lists.freeBlock(cache, nid, array.entry, 0, nr);
    }
    array.dropBottom(nr);
  }

  /** Frees an object of another node than the CPU's; false when it is of this one. Spec: 2.14 */
  private boolean freeElsewhere(SlabCache cache, long object) {
    int nid = localNode();
    int home = nodeOf(object);
    if (home == nid) {
      return false;
    }
    SlabArray[] aliens = cache.nodes[nid].alien;
    SlabArray alien = aliens == null ? null : aliens[home];
    if (alien == null) {
      arrays.freeOne(cache, home, object);
      return true;
    }
    if (alien.avail == alien.limit) {
      arrays.drainAlien(cache, alien, home);
    }
    alien.entry[alien.avail++] = object;
    if (tracing) {
      trace.slabStep(SlabStep.ALIEN_FREE, cache.id, home, alien.avail);
    }
    return true;
  }

  @Override
  public KmemCache cacheOf(long address) {
    int slab = table.slabOf((int) (address >>> PAGE_SHIFT));
    return slab <= SlabTable.NONE ? null : caches.get(table.get(slab, SlabTable.CACHE));
  }

  @Override
  public long nrSlabs() {
    return table.countSlabs();
  }

  @Override
  public long[] counts(KmemCache of) {
    SlabCache cache = (SlabCache) of;
    long[] counts = new long[NR_COUNTS];
    long free = arrays.waiting(cache);
    for (SlabNode node : cache.nodes) {
      if (node != null) {
        int partial = table.length(node.partialList);
        counts[0] += node.totalSlabs - node.freeSlabs - partial;
        counts[1] += partial;
        counts[2] += node.freeSlabs;
        counts[4] += node.totalSlabs;
        free += node.freeObjects;
      }
    }
    counts[5] = counts[4] * cache.nrObjects;
    counts[6] = counts[5] - free;
    return counts;
  }

  @Override
  public int stateOf(long address) {
    SlabCache cache = (SlabCache) cacheOf(address);
    if (cache == null) {
      return NO_SLAB_PAGE;
    }
    if (objectStart(address) != address) {
      return INSIDE;
    }
    int of = table.slabOf((int) (address >>> PAGE_SHIFT));
    int number = lists.indexOf(cache, of, address);
    int index = table.get(of, SlabTable.INDEX);
    for (int i = table.get(of, SlabTable.ACTIVE); i < cache.nrObjects; i++) {
      if (table.index(index, i) == number) {
        return FREE;
      }
    }
    return arrays.hold(cache, address) ? FREE : IN_USE;
  }

  @Override
  public long objectStart(long address) {
    SlabCache cache = (SlabCache) cacheOf(address);
    if (cache == null) {
      return NULL;
    }
    long first = firstObject(address);
    long number = (address - first) / cache.size;
    return address >= first && number < cache.nrObjects ? first + number * cache.size : NULL;
  }

  @Override
  public long firstObject(long address) {
    int of = table.slabOf((int) (address >>> PAGE_SHIFT));
    return lists.addressOf((SlabCache) cacheOf(address), of, 0);
  }

  @Override
  public int slabPfn(long address) {
    int of = cacheOf(address) == null ? 0 : table.slabOf((int) (address >>> PAGE_SHIFT));
    return of == 0 ? -1 : table.get(of, SlabTable.PFN);
  }

  @Override
  public boolean showsDoubleFree(long address) {
    return true;
  }

  @Override
  public long freesLeft(long address) {
    SlabCache cache = (SlabCache) cacheOf(address);
    if (cache == null) {
      return Long.MAX_VALUE;
    }
    int of = table.slabOf((int) (address >>> PAGE_SHIFT));
    return table.get(of, SlabTable.ACTIVE) - arrays.waitingOf(cache, of);
  }

  @Override
  public boolean showsWrongFree(KmemCache asked, long address) {
    return !manyNodes && room(asked) > 0;
  }

  @Override
  public void wrongFree(KmemCache asked, long address) {
    free(asked, address);
  }

  @Override
  public boolean holdsForeign(KmemCache cache) {
    return arrays.holdForeign((SlabCache) cache);
  }

  @Override
  public int room(KmemCache cache) {
    SlabArray array = ((SlabCache) cache).arrays[machine.cpu()];
    return array.limit - array.avail;
  }

  @Override
  public long[] kernelObjects() {
    return arrays.withOwnObjects(super.kernelObjects());
  }

  @Override
  public boolean isSlabIndex(long address) {
    KmemCache holder = cacheOf(address);
    boolean holds = false;
    for (KmemCache cache = caches.newest(); cache != null; cache = cache.older) {
      holds |= ((SlabCache) cache).freelistCache == holder;
    }
    return holds && table.isFreelist(address);
  }

  @Override
  public long guarded(long from, long end) {
    SlabCache cache = (SlabCache) cacheOf(from);
    int of = table.slabOf((int) (from >>> PAGE_SHIFT));
    long index = table.freelist(of);
    long first = index + table.get(of, SlabTable.ACTIVE);
    boolean touched = index != NULL && first < end && index + cache.nrObjects > from;
    return touched ? Math.max(first, from) : -1;
  }

  @Override
  public String guardedBy() {
    return "the index";
  }

  @Override
  protected int usableBytes(KmemCache cache) {
    return cache.objectSize;
  }

  // State.

  @Override
  public KmemCache loadCache(SlabState.Cache recorded) {
    return SlabStates.cache(this, recorded);
  }

  @Override
  public Map<String, Long> cacheNumbers(KmemCache cache) {
    return SlabStates.numbers((SlabCache) cache);
  }

  @Override
  public void loadState(SlabState state, boolean keepUnlisted) {
    new SlabStates(this).load(state);
  }

  @Override
  public SlabState saveState() {
    return new SlabStates(this).save();
  }

  @Override
  public List<String> problems() {
    return new SlabVerify(this).problems();
  }

  @Override
  public State checkpoint() {
    return new Saved(this);
  }

  @Override
  public void restore(State state) {
    ((Saved) state).restore(this);
  }

  /** SLAB at one moment. */
  private static final class Saved extends State {
    private final SlabTable.State table;
    private final SlabCache[] each;
    private final SlabCache.State[] states;
    private final int[] waitingForRcu;
    private final int bootState;
    private final SlabCache descriptorCache;

    Saved(Slab slab) {
      super(slab);
      table = slab.table.checkpoint();
      waitingForRcu = slab.lists.waitingForRcu.toArray();
      bootState = slab.arrays.state;
      descriptorCache = slab.descriptorCache;
      each = new SlabCache[slab.caches.size()];
      states = new SlabCache.State[each.length];
      int i = 0;
      for (KmemCache cache = slab.caches.newest(); cache != null; cache = cache.older) {
        each[i] = (SlabCache) cache;
        states[i] = each[i].checkpoint();
        i++;
      }
    }

    void restore(Slab slab) {
      restoreCommon(slab);
      slab.table.restore(table);
      slab.lists.waitingForRcu.setAll(waitingForRcu);
      slab.arrays.state = bootState;
      slab.descriptorCache = descriptorCache;
      for (int i = 0; i < each.length; i++) {
        each[i].restore(states[i]);
      }
    }
  }
}
