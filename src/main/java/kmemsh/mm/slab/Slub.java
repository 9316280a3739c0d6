package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;
import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

import java.util.Map;
import kmemsh.base.IntDeque;
import kmemsh.base.ShortColumn;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageMachine;
import kmemsh.trace.SlubStep;
import kmemsh.view.CacheGeometry;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;

/**
 * SLUB: each CPU takes objects from a slab of its own; slabs with free objects wait on a node's
 * partial list and, on kernels for several CPUs, on a CPU's partial chain.
 *
 * <p>Left out: what the debug flags write into objects and the reports about it, hardening and
 * randomised freelists, cgroup accounting.
 *
 * <p>Spec: slab-allocators.md 3
 */
public final class Slub extends SlabAllocator {
  private static final int SUPPORTED = SlabFlags.PERMITTED & ~SlabFlags.SLAB_MEM_SPREAD;
  private static final int LOOK_AHEAD = 3;

  final SlubSlabs slabs = new SlubSlabs();
  private final ShortColumn links = slabs.links;
  private final SlubLists lists;
  private final SlubDebug debug;
  private long[] bulk = new long[16];

  /** Blocks of TYPESAFE_BY_RCU caches that wait for a grace period: pfn and order in turn. */
  final IntDeque waitingForRcu = new IntDeque();

  /**
   * Where the last object of a cpu slab went: an address that is of the same slab need not be
   * looked up any further. Never of a cache that is not there.
   */
  private final SlubCpu nowhere;

  private SlubCpu lastFreed;

  /** Whether any cache was created with debug flags, or booted with them. */
  boolean debugging;

  /** The caches for node structures and for descriptors; null while booting or not known. */
  SlubCache nodeCache;

  SlubCache descriptorCache;

  public Slub(SlabConfig config, PageMachine machine) {
    super(config, machine);
    CacheSpec none = new CacheSpec("", 1, 1, 0, false);
    nowhere = new SlubCpu(slabs, new SlubCache(0, none, 1, 0), 0);
    lastFreed = nowhere;
    lists = new SlubLists(this);
    debug = new SlubDebug(this, lists);
    debugging = config.slubDebug() != 0;
  }

  @Override
  public SlabKind kind() {
    return SlabKind.SLUB;
  }

  // Caches.

  @Override
  public int supportedFlags() {
    return SUPPORTED;
  }

  @Override
  public int effectiveFlags(String name, int flags) {
    if ((flags & SlabFlags.SLAB_NO_USER_FLAGS) != 0) {
      return flags;
    }
    int added = config.slubDebug();
    if ((flags & SlabFlags.SLAB_NOLEAKTRACE) != 0) {
      added &= ~SlabFlags.SLAB_STORE_USER;
    }
    return flags | added;
  }

  @Override
  public void noteDebugFlags(int flags) {
    debugging |= (flags & SlabFlags.DEBUG_FLAGS) != 0;
  }

  @Override
  public void boot(SlabCommon common) {
    new SlubBoot(this, common).boot();
  }

  @Override
  public long takeDescriptor() {
    return alloc(descriptorCache, Gfp.GFP_KERNEL, NO_NODE);
  }

  @Override
  public void giveDescriptor(long descriptor) {
    if (descriptor != NULL) {
      free(descriptorCache, descriptor);
    }
  }

  @Override
  public KmemCache newCache(int id, CacheSpec spec, int align, int flags) {
    return new SlubCache(id, spec, align, flags);
  }

  @Override
  public int sizes(KmemCache cache) {
    SlubCache slub = (SlubCache) cache;
    if (cache.objectSize <= 0 || cache.objectSize > KmallocTable.MAX_BYTES) {
      return EINVAL;
    }
    CacheGeometry.Slub sizes =
        SlubGeometry.of(config, cache.objectSize, cache.align, cache.flags, cache.ctor, debugging);
    if (sizes.error() == 0) {
      slub.setSizes(sizes);
      slub.debug = debugging && cache.has(SlabFlags.DEBUG_FLAGS);
    }
    return sizes.error();
  }

  @Override
  public int setUp(KmemCache cache) {
    SlubCache slub = (SlubCache) cache;
    makeParts(slub);
    if (nodeCache == null) {
      return 0;
    }
    for (SlubNode node : slub.nodes) {
      node.address = alloc(nodeCache, Gfp.GFP_KERNEL, node.nid);
      if (node.address == NULL) {
        release(cache);
        return EINVAL;
      }
    }
    return 0;
  }

  /** Makes the per-CPU and per-node parts, empty. */
  void makeParts(SlubCache cache) {
    cache.cpus = new SlubCpu[config.nrCpuIds()];
    for (int cpu = 0; cpu < cache.cpus.length; cpu++) {
      cache.cpus[cpu] = new SlubCpu(slabs, cache, cpu);
    }
    cache.nodes = new SlubNode[config.nrNodes()];
    for (int nid = 0; nid < cache.nodes.length; nid++) {
      cache.nodes[nid] = new SlubNode(slabs, nid);
    }
  }

  @Override
  public int orderOfSlab(KmemCache cache, int objects) {
    SlubCache slub = (SlubCache) cache;
    int small = objects == slub.minObjects ? slub.minOrder : -1;
    return objects == slub.nrObjects ? slub.order : small;
  }

  @Override
  public void merged(KmemCache cache, int size) {
    super.merged(cache, size);
    SlubCache slub = (SlubCache) cache;
    slub.inuse = Math.max(slub.inuse, SlabSizes.align(size, config.wordBytes()));
  }

  @Override
  public int shrink(KmemCache cache) {
    return lists.shrink((SlubCache) cache);
  }

  @Override
  public boolean shutdown(KmemCache cache) {
    return lists.shutdown((SlubCache) cache);
  }

  @Override
  public void release(KmemCache cache) {
    lastFreed = nowhere;
    for (SlubNode node : ((SlubCache) cache).nodes) {
      if (node.address != NULL) {
        free(nodeCache, node.address);
        node.address = NULL;
      }
    }
  }

  /** Takes the slabs of every CPU away from it, the calling CPU's first. Spec: 3.8 */
  public void flushAll(SlubCache cache) {
    lists.flushAll(cache);
  }

  /** Takes its slabs away from the calling CPU. */
  void flushOwn(SlubCache cache) {
    lists.flush(cache, cache.cpus[machine.cpu()]);
  }

  // Taking an object. Spec: 3.5

  @Override
  public long alloc(KmemCache cache, int gfpMask, int nid) {
    SlubCache slub = (SlubCache) cache;
    SlubCpu cpu = slub.cpus[machine.cpu()];
    int object = cpu.freelist;
    if (object < 0 || nid != NO_NODE || tracing) {
      return slowAlloc(slub, cpu, gfpMask, nid);
    }
    cpu.freelist = links.get(cpu.linkBase + object);
    return cpu.base + (long) object * cpu.size;
  }

  @Override
  public long kmalloc(long size, int gfpMask) {
    if (size - 1 >= 0 && size <= KmallocTable.MAX_CACHE_BYTES && !tracing) {
      return alloc(kmallocTable.cache((int) size, gfpMask), gfpMask, NO_NODE);
    }
    return super.kmalloc(size, gfpMask);
  }

  private long slowAlloc(SlubCache cache, SlubCpu cpu, int gfpMask, int nid) {
    boolean fast = cpu.freelist != NO_OBJECT;
    long object;
    if (cache.debug) {
      object = debug.alloc(cache, gfpMask, nid);
    } else if (haveFreeObject(cache, cpu, nid) || moreObjects(cache, cpu, gfpMask, nid)) {
      int first = cpu.freelist;
      cpu.freelist = links.get(cpu.linkBase + first);
      object = cpu.base + (long) first * cache.size;
      if (tracing && fast) {
        trace.slabStep(SlubStep.ALLOC_FASTPATH, cache.id, machine.cpu(), first);
      }
    } else {
      object = NULL;
    }
    if (tracing) {
      trace.kmemCacheAlloc(cache.id, object, cache.objectSize, cache.size, gfpMask, nid);
    }
    return object;
  }

  /** Steps 1 to 5: whether the CPU has a free object of the right node, or can take one over. */
  private boolean haveFreeObject(SlubCache cache, SlubCpu cpu, int nid) {
    while (true) {
      int slab = cpu.slab;
      if (slab != NO_SLAB && isElsewhere(slab, nid)) {
        if (tracing) {
          trace.slabStep(SlubStep.NODE_MISMATCH, cache.id, slabs.pfn(slab), nid);
        }
        lists.deactivate(cache, cpu);
      } else if (slab != NO_SLAB) {
        if (cpu.freelist != NO_OBJECT || takeOver(cache, cpu, slab)) {
          return true;
        }
      }
      if (cpu.partial == NO_SLAB) {
        return false;
      }
      int next = cpu.partial;
      cpu.partial = slabs.next(next);
      cpu.take(next, NO_OBJECT);
      if (tracing) {
        trace.slabStep(SlubStep.CPU_PARTIAL_ALLOC, cache.id, slabs.pfn(next), machine.cpu());
      }
    }
  }

  private boolean isElsewhere(int slab, int nid) {
    return nid != NO_NODE && config.nrNodes() > 1 && machine.nodeOf(slabs.pfn(slab)) != nid;
  }

  /** Step 4: makes the slab's own freelist the CPU's, or lets go of a full slab. */
  private boolean takeOver(SlubCache cache, SlubCpu cpu, int slab) {
    if (slabs.letGo(slab)) {
      cpu.forget();
      if (tracing) {
        int objects = slabs.objects(slab);
        trace.slabStep(SlubStep.DEACTIVATE_BYPASS, cache.id, slabs.pfn(slab), objects);
      }
      return false;
    }
    if (tracing) {
      int nr = slabs.objects(slab) - slabs.inuse(slab);
      trace.slabStep(SlubStep.REFILL, cache.id, slabs.pfn(slab), nr);
    }
    slabs.giveTo(cpu, slab);
    return true;
  }

  /** Steps 6 and 7: a slab of a partial list, or a new one, becomes the cpu slab. */
  private boolean moreObjects(SlubCache cache, SlubCpu cpu, int gfpMask, int nid) {
    int slab = lists.getPartial(cache, cpu, gfpMask, nid);
    if (slab == NO_SLAB) {
      slab = newSlab(cache, gfpMask, nid);
      if (slab == NO_SLAB) {
        return false;
      }
    }
    slabs.giveTo(cpu, slab);
    return true;
  }

  /** A new slab whose freelist holds all its objects, counted on its node. Spec: 3.4 */
  int newSlab(SlubCache cache, int gfpMask, int nid) {
    int gfp = (gfpMask & (RECLAIM_MASK | CONSTRAINT_MASK)) | cache.allocFlags;
    int order = cache.order;
    int first = (gfp | Gfp.__GFP_NOWARN | Gfp.__GFP_NORETRY) & ~Gfp.__GFP_NOFAIL;
    if ((first & Gfp.__GFP_DIRECT_RECLAIM) != 0 && order > cache.minOrder) {
      first |= Gfp.__GFP_NOMEMALLOC;
      first &= ~(Gfp.__GFP_DIRECT_RECLAIM | Gfp.__GFP_KSWAPD_RECLAIM);
    }
    int pfn = allocPages(first, order, nid);
    if (pfn == PageAllocator.NO_PFN) {
      order = cache.minOrder;
      pfn = allocPages(gfp, order, nid);
      if (pfn == PageAllocator.NO_PFN) {
        return NO_SLAB;
      }
      if (tracing) {
        trace.slabStep(SlubStep.ORDER_FALLBACK, cache.id, pfn, order);
      }
    }
    return makeSlab(cache, pfn, order);
  }

  private int makeSlab(SlubCache cache, int pfn, int order) {
    int objects = order == cache.order ? cache.nrObjects : cache.minObjects;
    int slab = slabs.add(cache, order, pfn, objects);
    for (int page = pfn; page < pfn + (1 << order); page++) {
      owners.set(page, slab);
    }
    slabs.linkInOrder(slab);
    slabs.setFreelist(slab, 0);
    SlubNode node = nodeOfSlab(cache, slab);
    node.nrSlabs++;
    node.totalObjects += objects;
    if (tracing) {
      trace.slabStep(SlubStep.ALLOC_SLAB, cache.id, pfn, objects);
    }
    return slab;
  }

  SlubNode nodeOfSlab(SlubCache cache, int slab) {
    return cache.nodes.length == 1 ? cache.nodes[0] : cache.nodes[machine.nodeOf(slabs.pfn(slab))];
  }

  /** Gives the slab's pages back. Spec: 3.6 */
  void discard(SlubCache cache, int slab) {
    SlubNode node = nodeOfSlab(cache, slab);
    node.nrSlabs--;
    node.totalObjects -= slabs.objects(slab);
    freeSlab(cache, slab);
  }

  /** Gives the pages back of a slab that was taken out of the counters. */
  void freeSlab(SlubCache cache, int slab) {
    int pfn = slabs.pfn(slab);
    int order = slabs.order(slab);
    for (int page = pfn; page < pfn + (1 << order); page++) {
      owners.set(page, NO_SLAB);
    }
    slabs.remove(slab);
    if (tracing) {
      trace.slabStep(SlubStep.FREE_SLAB, cache.id, pfn, order);
    }
    if (cache.has(SlabFlags.SLAB_TYPESAFE_BY_RCU)) {
      waitingForRcu.pushTail(pfn);
      waitingForRcu.pushTail(order);
    } else {
      pages.freePages(pfn, order);
    }
  }

  @Override
  public void endGracePeriod() {
    while (!waitingForRcu.isEmpty()) {
      int pfn = waitingForRcu.popHead();
      pages.freePages(pfn, waitingForRcu.popHead());
    }
  }

  // Giving an object back. Spec: 3.6

  @Override
  public void free(KmemCache cache, long object) {
    freeOne((SlubCache) cache, owners.get((int) (object >>> PAGE_SHIFT)), object);
  }

  @Override
  public void kfree(long address) {
    int slab = address <= ZERO_SIZE_PTR ? NO_SLAB : owners.get((int) (address >>> PAGE_SHIFT));
    SlubCpu last = lastFreed;
    if (slab == last.slab && slab > NO_SLAB && last.number == machine.cpu() && !tracing) {
      last.push(address);
    } else if (slab > NO_SLAB && !tracing) {
      freeOne(slabs.cacheOf(slab), slab, address);
    } else {
      super.kfree(address);
    }
  }

  private void freeOne(SlubCache slub, int slab, long object) {
    SlubCpu cpu = slub.cpus[machine.cpu()];
    if (slab == cpu.slab && !tracing) {
      cpu.push(object);
      lastFreed = cpu;
    } else {
      int number = objectNumber(slub, slab, object);
      if (tracing) {
        trace.kmemCacheFree(slub.id, object);
      }
      freeChain(slub, cpu, slab, number, number, 1);
    }
  }

  int objectNumber(SlubCache cache, int slab, long object) {
    long base = ((long) slabs.pfn(slab) << PAGE_SHIFT) + cache.redLeftPad;
    return cache.objectAt(object - base);
  }

  /** Gives {@code nr} objects of one slab back, linked from {@code head} to {@code tail}. */
  private void freeChain(SlubCache cache, SlubCpu cpu, int slab, int head, int tail, int nr) {
    assert slab > NO_SLAB : "no slab";
    if (slab == cpu.slab) {
      links.set(cpu.linkBase + tail, cpu.freelist);
      cpu.freelist = head;
      if (tracing) {
        trace.slabStep(SlubStep.FREE_FASTPATH, cache.id, machine.cpu(), head);
      }
      return;
    }
    if (cache.debug) {
      debug.free(cache, slab, head, tail, nr);
      return;
    }
    boolean moves = slabs.pushFree(slab, head, tail, nr);
    if (tracing && slabs.isFrozen(slab)) {
      trace.slabStep(SlubStep.FREE_FROZEN, cache.id, slabs.pfn(slab), slabs.inuse(slab));
    } else if (tracing && !moves) {
      trace.slabStep(SlubStep.FREE_PARTIAL, cache.id, slabs.pfn(slab), slabs.inuse(slab));
    }
    if (moves) {
      lists.freedInto(cache, cpu, slab, !slabs.wasEmpty, SlubSlabs.inuseOf(slabs.countsAfter));
    }
  }

  /** Frees chains of objects of the same slab, looked for from the end. Spec: 3.9 */
  @Override
  public void freeBulk(KmemCache cache, int nr, long[] objects) {
    if (bulk.length < nr) {
      bulk = new long[nr];
    }
    System.arraycopy(objects, 0, bulk, 0, nr);
    int left = nr;
    while (left > 0) {
      left = freeOneChain((SlubCache) cache, left);
    }
  }

  /** Frees the last object of {@link #bulk} and its companions; how many objects remain. */
  private int freeOneChain(SlubCache cache, int nr) {
    int n = nr - 1;
    long first = bulk[n];
    int slab = owners.get((int) (first >>> PAGE_SHIFT));
    if (slab <= NO_SLAB) {
      kfree(first);
      return n;
    }
    SlubCache of = cache == null ? (SlubCache) cacheOf(first) : cache;
    int base = slabs.linkBase(slab);
    int head = objectNumber(of, slab, first);
    int tail = head;
    int same = n;
    int look = LOOK_AHEAD;
    while (n > 0) {
      long object = bulk[--n];
      if (owners.get((int) (object >>> PAGE_SHIFT)) == slab) {
        int number = objectNumber(of, slab, object);
        links.set(base + tail, number);
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
    if (tracing) {
      for (int i = nr - 1; i >= same; i--) {
        trace.kmemCacheFree(of.id, bulk[i]);
      }
    }
    freeChain(of, of.cpus[machine.cpu()], slab, head, tail, nr - same);
    return same;
  }

  @Override
  public KmemCache cacheOf(long address) {
    long pfn = address >>> PAGE_SHIFT;
    int slab = pfn < machine.nrFrames() ? owners.get((int) pfn) : NO_SLAB;
    return slab > NO_SLAB ? slabs.cacheOf(slab) : null;
  }

  @Override
  public long[] counts(KmemCache of) {
    long[] counts = new long[NR_COUNTS];
    for (int slab = 1; slab < slabs.end(); slab++) {
      if (slabs.isUsed(slab) && slabs.cache(slab) == of.id) {
        count((SlubCache) of, slab, counts);
      }
    }
    return counts;
  }

  private void count(SlubCache cache, int slab, long[] counts) {
    int place = slabs.place(slab);
    int used = slabs.inuse(slab);
    for (SlubCpu cpu : cache.cpus) {
      used -= cpu.slab == slab ? slabs.listFrom(slab, cpu.freelist).length : 0;
    }
    boolean held = place == SlubSlabs.CPU_SLAB || place == SlubSlabs.CPU_PARTIAL;
    counts[0] += !held && used == slabs.objects(slab) ? 1 : 0;
    counts[1] += place == SlubSlabs.PARTIAL ? 1 : 0;
    counts[2] += used == 0 ? 1 : 0;
    counts[3] += held ? 1 : 0;
    counts[4]++;
    counts[5] += slabs.objects(slab);
    counts[6] += used;
  }

  @Override
  public int stateOf(long address) {
    SlubCache cache = (SlubCache) cacheOf(address);
    if (cache == null) {
      return NO_SLAB_PAGE;
    }
    if (objectStart(address) != address) {
      return INSIDE;
    }
    int slab = owners.get((int) (address >>> PAGE_SHIFT));
    int number = objectNumber(cache, slab, address);
    boolean free = isListed(slab, slabs.freelist(slab), number);
    for (SlubCpu cpu : cache.cpus) {
      free = free || (cpu.slab == slab && isListed(slab, cpu.freelist, number));
    }
    return free ? FREE : IN_USE;
  }

  private boolean isListed(int slab, int first, int number) {
    int base = slabs.linkBase(slab);
    int left = slabs.objects(slab);
    int object = first;
    while (object != SlubSlabs.NO_OBJECT && object != number && left-- > 0) {
      object = slabs.links.get(base + object);
    }
    return object == number;
  }

  @Override
  public long objectStart(long address) {
    SlubCache cache = (SlubCache) cacheOf(address);
    if (cache == null) {
      return NULL;
    }
    int slab = owners.get((int) (address >>> PAGE_SHIFT));
    long first = firstObject(address);
    long number = (address - first) / cache.size;
    boolean inside = address >= first && number < slabs.objects(slab);
    return inside ? first + number * cache.size : NULL;
  }

  @Override
  public long firstObject(long address) {
    int slab = owners.get((int) (address >>> PAGE_SHIFT));
    return ((long) slabs.pfn(slab) << PAGE_SHIFT) + slabs.cacheOf(slab).redLeftPad;
  }

  @Override
  public int slabPfn(long address) {
    return cacheOf(address) == null ? -1 : slabs.pfn(owners.get((int) (address >>> PAGE_SHIFT)));
  }

  @Override
  protected int usableBytes(KmemCache cache) {
    if (cache.has(SlabFlags.SLAB_RED_ZONE | SlabFlags.SLAB_POISON)) {
      return cache.objectSize;
    }
    boolean tail = cache.has(SlabFlags.SLAB_TYPESAFE_BY_RCU | SlabFlags.SLAB_STORE_USER);
    return tail ? ((SlubCache) cache).inuse : cache.size;
  }

  // State.

  @Override
  public KmemCache loadCache(SlabState.Cache recorded) {
    return new SlubStates(this).loadCache(recorded);
  }

  @Override
  public Map<String, Long> cacheNumbers(KmemCache cache) {
    return SlubStates.numbers((SlubCache) cache, config);
  }

  @Override
  public void loadState(SlabState state, boolean keepUnlisted) {
    lastFreed = nowhere;
    new SlubStates(this).load(state, keepUnlisted);
  }

  @Override
  public SlabState saveState() {
    return new SlubStates(this).save();
  }

  @Override
  public String verify() {
    return new SlubVerify(this).problem();
  }

  @Override
  public State checkpoint() {
    return new SlubCheckpoint(this);
  }

  @Override
  public void restore(State state) {
    lastFreed = nowhere;
    ((SlubCheckpoint) state).restore(this);
  }
}
