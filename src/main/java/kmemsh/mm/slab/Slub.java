package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import kmemsh.base.FlatShortColumn;
import kmemsh.mm.page.PageMachine;
import kmemsh.trace.SlubStep;
import kmemsh.trace.Trace;
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
  private static final int LANE_BYTES = KmallocTable.MAX_CACHE_BYTES - 1;
  private static final SlubCpu[] NO_LANE = {};
  private static final int FREED_TO = 32;
  private static final int NO_CPU = -1;
  private static final int SUPPORTED = SlabFlags.PERMITTED & ~SlabFlags.SLAB_MEM_SPREAD;

  final SlubSlabs slabs = new SlubSlabs();
  private final FlatShortColumn links = slabs.links;
  private final SlubPlain quick = slabs.plain;
  final SlubBlocks blocks = new SlubBlocks(this);
  final SlubLists lists = new SlubLists(this);
  final SlubDebug debug = new SlubDebug(this);
  private final SlubSlowPath slowPath = new SlubSlowPath(this);

  /** Made when first asked. */
  private SlubBulk bulk;

  private SlubObjects objects;

  /** Stands where no cache has been looked up yet: it has no slab and no free object. */
  final SlubCpu nowhere;

  /** Who has a cpu slab, by the low bits of its number, as far as an object went back there. */
  private final SlubCpu[] freedTo = new SlubCpu[FREED_TO];

  /** Whether any cache was created with debug flags, or booted with them. */
  private boolean debugging;

  /** Nobody listens and no cache has debug flags: nothing needs more than lists and counters. */
  boolean plain;

  /**
   * For each CPU what it keeps of the cache for 8 * n + 1 to 8 * n + 8 bytes, {@link #nowhere}
   * where that was not looked up yet.
   */
  private SlubCpu[][] lanes;

  /** The caches for node structures and for descriptors; null while booting or not known. */
  SlubCache nodeCache;

  SlubCache descriptorCache;

  /** Without any cache. A method, so that a process never loads the kinds it does not use. */
  public static SlabAllocator create(SlabConfig config, PageMachine machine) {
    return new Slub(config, machine);
  }

  Slub(SlabConfig config, PageMachine machine) {
    super(config, machine);
    CacheSpec none = new CacheSpec("", 1, 1, 0, false);
    nowhere = new SlubCpu(slabs, new SlubCache(0, none, 1, 0), NO_CPU);
    lanes = new SlubCpu[config.nrCpuIds()][];
    forgetLanes();
    if (!config.smp() && config.nrNodes() == 1) {
      quick.fullMoves();
    }
    setDebugging(config.debugs());
  }

  @Override
  public void usePages(PageMachine other) {
    forgetLanes();
    super.usePages(other);
  }

  private void forgetLanes() {
    Arrays.fill(freedTo, nowhere);
    Arrays.fill(lanes, NO_LANE);
    machine.newTurn();
  }

  boolean debugging() {
    return debugging;
  }

  void setDebugging(boolean on) {
    debugging = on;
    plain = !on && !tracing;
    machine.newTurn();
  }

  @Override
  public void setTrace(Trace trace) {
    super.setTrace(trace);
    plain = !debugging && !tracing;
    machine.newTurn();
  }

  @Override
  public SlabKind kind() {
    return SlabKind.SLUB;
  }

  /** What is in the slabs; null as long as nobody looks at memory. */
  SlubContents inSlabs;

  /** The checks of debug caches; null as long as nobody looks at memory. */
  SlubChecks checks;

  @Override
  protected void contentsChanged(SlabLog log) {
    inSlabs = contents == null ? null : new SlubContents(slabs, contents);
    checks = contents == null ? null : new SlubChecks(this, log);
  }

  // Caches.

  @Override
  public int supportedFlags() {
    return SUPPORTED;
  }

  @Override
  public int effectiveFlags(String name, int flags) {
    return config.withDebug(name, flags);
  }

  @Override
  public void noteDebugFlags(int flags) {
    setDebugging(debugging || (flags & SlabFlags.DEBUG_FLAGS) != 0);
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
    slub.makeParts(slabs, config);
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
    forgetLanes();
    for (SlubNode node : ((SlubCache) cache).nodes) {
      if (node.address != NULL) {
        free(nodeCache, node.address);
        node.address = NULL;
      }
    }
  }

  @Override
  public int passOver(BitSet looks) {
    lists.passedOver = looks == null ? lists.passedOver : looks;
    return lists.nrRemoteLooks;
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
    boolean fast = cpu.freelist >= 0 && nid == NO_NODE && !tracing;
    return fast ? quick.take(cpu) : slowPath.alloc(slub, cpu, gfpMask, nid);
  }

  @Override
  public long kmalloc(long size, int gfpMask) {
    if (((size - 1) & ~LANE_BYTES) != 0 || (gfpMask & KmallocTable.NOT_NORMAL) != 0 || !plain) {
      return super.kmalloc(size, gfpMask);
    }
    SlubCpu[] lane = lanes[machine.cpu()];
    int at = (int) (size - 1) >>> 3;
    if (at >= lane.length) {
      return fillLane(at, gfpMask);
    }
    SlubCpu cpu = lane[at];
    if (cpu.freelist >= 0) {
      return quick.take(cpu);
    }
    long object = quick.takeOfNext(cpu);
    if (object != NULL) {
      return object;
    }
    return cpu == nowhere
        ? fillLane(at, gfpMask)
        : slowPath.alloc(cpu.cache, cpu, gfpMask, NO_NODE);
  }

  @Override
  public QuickObjects quickObjects(KmemCache cache, long size) {
    return new SlubQuick(this, cache, size);
  }

  /** Looks up what serves {@code 8 * at + 8} bytes on this CPU, and takes an object there. */
  private long fillLane(int at, int gfpMask) {
    SlubCache cache = (SlubCache) kmallocTable.cache(8 * at + 8, gfpMask);
    if (cache == null) {
      return NULL;
    }
    int cpu = machine.cpu();
    if (lanes[cpu].length == 0) {
      lanes[cpu] = new SlubCpu[LANE_BYTES / 8 + 1];
      Arrays.fill(lanes[cpu], nowhere);
    }
    lanes[cpu][at] = cache.cpus[cpu];
    return alloc(cache, gfpMask, NO_NODE);
  }

  @Override
  public void endGracePeriod() {
    blocks.endGracePeriod();
  }

  // Giving an object back. Spec: 3.6

  @Override
  public void free(KmemCache cache, long object) {
    SlubCache slub = (SlubCache) cache;
    int slab = owners.get((int) (object >>> PAGE_SHIFT));
    SlubCpu cpu = slub.cpus[machine.cpu()];
    if (slab == cpu.slab && !tracing) {
      quick.give(cpu, object);
    } else if (!plain || !quick.free(slab, object)) {
      freeOne(slub, cpu, slab, object);
    }
  }

  @Override
  public void kfree(long address) {
    int slab = owners.get((int) (address >>> PAGE_SHIFT));
    if (slab <= NO_SLAB || !plain) {
      super.kfree(address);
      return;
    }
    SlubCpu cpu = freedTo[slab & (FREED_TO - 1)];
    if (slab != cpu.slab || cpu.number != machine.cpu()) {
      if (quick.free(slab, address)) {
        return;
      }
      SlubCache cache = slabs.cacheOf(slab);
      cpu = cache.cpus[machine.cpu()];
      if (slab != cpu.slab) {
        freeOne(cache, cpu, slab, address);
        return;
      }
      freedTo[slab & (FREED_TO - 1)] = cpu;
    }
    quick.give(cpu, address);
  }

  private void freeOne(SlubCache cache, SlubCpu cpu, int slab, long object) {
    int number = objectNumber(cache, slab, object);
    if (tracing) {
      trace.kmemCacheFree(cache.id, object);
    }
    freeChain(cache, cpu, slab, number, number, 1);
  }

  int objectNumber(SlubCache cache, int slab, long object) {
    long base = ((long) slabs.pfn(slab) << PAGE_SHIFT) + cache.redLeftPad;
    return cache.objectAt(object - base);
  }

  /**
   * Gives {@code nr} objects of one slab back, linked from {@code head} to {@code tail}. Too long
   * to be inlined, so that {@link #kfree} is short enough for it.
   */
  void freeChain(SlubCache cache, SlubCpu cpu, int slab, int head, int tail, int nr) {
    assert slab > NO_SLAB : "no slab";
    assert cpu.cache == cache : cache.id;
    if (inSlabs != null && !cache.debug) {
      int prior = slab == cpu.slab ? cpu.freelist : slabs.freelist(slab);
      inSlabs.freed(cache, slab, head, tail, prior);
    }
    if (slab == cpu.slab) {
      links.set(cpu.linkBase + tail, cpu.freelist);
      cpu.free(head);
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

  @Override
  public void freeBulk(KmemCache cache, int nr, long[] objects) {
    if (bulk == null) {
      bulk = new SlubBulk(this);
    }
    bulk.freeBulk((SlubCache) cache, nr, objects);
  }

  // Finding objects.

  @Override
  public SlubCache cacheOf(long address) {
    long pfn = address >>> PAGE_SHIFT;
    int slab = pfn < machine.nrFrames() ? owners.get((int) pfn) : NO_SLAB;
    return slab > NO_SLAB ? slabs.cacheOf(slab) : null;
  }

  /** The slab of the page of {@code address}; 0 or less where there is none. */
  int slabAt(long address) {
    return owners.get((int) (address >>> PAGE_SHIFT));
  }

  @Override
  public boolean showsDoubleFree(long address) {
    return !cacheOf(address).debug;
  }

  @Override
  public long freesLeft(long address) {
    SlubCache cache = cacheOf(address);
    int slab = cache == null ? NO_SLAB : slabAt(address);
    boolean counts = slab > NO_SLAB && slab != cache.cpus[machine.cpu()].slab;
    return counts ? slabs.inuse(slab) : Long.MAX_VALUE;
  }

  @Override
  public boolean showsWrongFree(KmemCache asked, long address) {
    return objects().showsWrongFree((SlubCache) asked, address);
  }

  @Override
  public void wrongFree(KmemCache asked, long address) {
    SlubCache owner = cacheOf(address);
    int slab = slabAt(address);
    int number = objectNumber(owner, slab, address);
    if (inSlabs != null) {
      inSlabs.freed(owner, slab, number, number, slabs.freelist(slab));
    }
    slabs.pushFree(slab, number, number, 1);
    if (tracing) {
      trace.kmemCacheFree(asked.id, address);
      int step = slabs.isFrozen(slab) ? SlubStep.FREE_FROZEN : SlubStep.FREE_PARTIAL;
      trace.slabStep(step, owner.id, slabs.pfn(slab), slabs.inuse(slab));
    }
  }

  @Override
  public int cpuWithCycle(KmemCache of) {
    return objects().cpuWithCycle((SlubCache) of);
  }

  @Override
  public boolean isChecked(long address) {
    SlubCache cache = cacheOf(address);
    return checks != null && cache != null && cache.checks();
  }

  @Override
  public int checkedFree(KmemCache asked, long address) {
    SlubCache owner = cacheOf(address);
    if (asked != null && asked != owner) {
      checks.reporter.wrongCache((SlubCache) asked, owner, address);
    }
    long before = checks.reporter.nrReports;
    if (objectStart(address) == address) {
      free(owner, address);
    } else {
      checks.notAnObject(owner, slabAt(address), address);
    }
    return checks.reporter.nrReports == before ? FREED : NOT_FREED;
  }

  /** Checks every slab of a debug cache. Spec: 3.17 */
  void validate(SlubCache cache) {
    if (checks != null) {
      checks.validate(cache);
    }
  }

  @Override
  public long guarded(long from, long end) {
    return new SlubPointers(this).guarded(from, end);
  }

  @Override
  public String guardedBy() {
    return "the free pointer";
  }

  @Override
  public boolean follows() {
    return true;
  }

  @Override
  public boolean follow(long from, long end) {
    return new SlubPointers(this).follow(from, end);
  }

  private SlubObjects objects() {
    if (objects == null) {
      objects = new SlubObjects(this);
    }
    return objects;
  }

  @Override
  public long[] counts(KmemCache of) {
    return objects().counts((SlubCache) of);
  }

  @Override
  public long nrSlabs() {
    return objects().nrSlabs();
  }

  @Override
  public int stateOf(long address) {
    return objects().stateOf(address);
  }

  @Override
  public long objectStart(long address) {
    return objects().objectStart(address);
  }

  @Override
  public long firstObject(long address) {
    return objects().firstObject(address);
  }

  @Override
  public int slabPfn(long address) {
    return objects().slabPfn(address);
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
    forgetLanes();
    new SlubStates(this).load(state, keepUnlisted);
  }

  @Override
  public SlabState saveState() {
    return new SlubStates(this).save();
  }

  @Override
  public List<String> problems() {
    return new SlubVerify(this).problems();
  }

  @Override
  public State checkpoint() {
    return new SlubCheckpoint(this);
  }

  @Override
  public void restore(State state) {
    forgetLanes();
    ((SlubCheckpoint) state).restore(this);
  }
}
