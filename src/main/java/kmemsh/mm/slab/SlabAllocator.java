package kmemsh.mm.slab;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import kmemsh.base.IntColumn;
import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageMachine;
import kmemsh.trace.Trace;
import kmemsh.view.Gfp;
import kmemsh.view.SlabState;

/**
 * An object allocator: what is below the common layer, one of SLAB, SLUB and SLOB.
 *
 * <p>An object is its physical byte address, {@code pfn << 12 | offset}. A request that cannot be
 * served gives {@link #NULL}. Nothing is checked that a kernel without debugging does not check.
 *
 * <pre>
 *   owners  [nrFrames]  0 no slab   s > 0 the slab with number s   -1 - order head of a large block
 * </pre>
 */
public abstract class SlabAllocator {
  public static final long NULL = 0;

  /** What a request for no bytes gives. */
  public static final long ZERO_SIZE_PTR = 16;

  /** The caller does not name a node. */
  public static final int NO_NODE = -1;

  /** {@link #stateOf}: no slab of this allocator. */
  public static final int NO_SLAB_PAGE = 0;

  /** {@link #stateOf}: the start of an object that was handed out. */
  public static final int IN_USE = 1;

  /** {@link #stateOf}: the start of a free object. */
  public static final int FREE = 2;

  /** {@link #stateOf}: inside a slab, but not where an object begins. */
  public static final int INSIDE = 3;

  /** Numbers that {@link #counts} gives. */
  public static final int NR_COUNTS = 7;

  public static final int ENOMEM = -12;
  public static final int EINVAL = -22;
  public static final int E2BIG = -7;

  protected static final int PAGE_SHIFT = 12;
  protected static final int PAGE_BYTES = 1 << PAGE_SHIFT;

  protected static final int CONSTRAINT_MASK = Gfp.__GFP_HARDWALL | Gfp.__GFP_THISNODE;

  /** Bits no request for an object may have; they are dropped. */
  protected static final int BUG_MASK = Gfp.__GFP_DMA32 | Gfp.__GFP_HIGHMEM;

  /** Times that pages for objects were asked for with such bits, which the kernel complains of. */
  private long unexpectedGfps;

  protected final SlabConfig config;
  protected PageMachine machine;
  protected PageAllocator pages;
  protected final CacheList caches = new CacheList();
  protected final KmallocTable kmallocTable;
  protected final IntColumn owners;
  protected Trace trace = Trace.OFF;

  /** Whether the careful ways are taken: facts are wanted, or memory has contents. */
  protected boolean tracing;

  /** What is in memory; null as long as nobody looks. */
  protected ObjectBytes contents;

  /** Hears of requests without pages; null while the machine boots. */
  protected ShortageLog shortages;

  protected SlabAllocator(SlabConfig config, PageMachine machine) {
    this.config = config;
    this.machine = machine;
    this.pages = machine.allocator();
    this.kmallocTable = new KmallocTable(kind(), config.zoneDma());
    this.owners = IntColumn.of(machine.nrFrames());
  }

  public abstract SlabKind kind();

  /** From now on pages come from {@code other}, which is in the state this allocator left. */
  public void usePages(PageMachine other) {
    machine = other;
    pages = other.allocator();
  }

  public final SlabConfig config() {
    return config;
  }

  public final CacheList caches() {
    return caches;
  }

  public final KmallocTable kmallocTable() {
    return kmallocTable;
  }

  public void setTrace(Trace trace) {
    this.trace = trace;
    this.tracing = trace != Trace.OFF || contents != null;
  }

  /**
   * From now on objects are written to {@code bytes} as a kernel does, and what it reports goes to
   * {@code log}; null for both when nobody looks at memory.
   */
  public final void setContents(FrameBytes bytes, long pageOffset, SlabLog log) {
    contents = bytes == null ? null : new ObjectBytes(bytes, pageOffset, config.wordBytes());
    contentsChanged(log);
    setTrace(trace);
  }

  public final void setShortageLog(ShortageLog log) {
    shortages = log;
  }

  /** {@link #contents} is another one. */
  protected abstract void contentsChanged(SlabLog log);

  // Caches.

  /** Makes the caches that a machine boots with. Spec: 1.11 */
  public abstract void boot(SlabCommon common);

  /** Flags that kmalloc caches have under this allocator beside SLAB_KMALLOC. */
  public int kmallocFlags() {
    return 0;
  }

  /** An object for a cache descriptor, or {@link #NULL}. */
  public abstract long takeDescriptor();

  /** Gives a descriptor's object back; {@link #NULL} is passed over. */
  public abstract void giveDescriptor(long descriptor);

  /** A creation asks for {@code flags}: debug flags may switch debugging on. Spec: 1.2 step 1 */
  public void noteDebugFlags(int flags) {}

  /** Flags of a creation that this allocator knows; the others are dropped. Spec: 1.2 step 4 */
  public abstract int supportedFlags();

  /** Flags after the boot options for debugging were applied to the cache called {@code name}. */
  public int effectiveFlags(String name, int flags) {
    return flags;
  }

  /** A descriptor with the common fields, whose sizes {@link #sizes} computes. */
  public abstract KmemCache newCache(int id, CacheSpec spec, int align, int flags);

  /** Computes a descriptor's geometry and changes nothing else: 0 or a negative errno. */
  public abstract int sizes(KmemCache cache);

  /** Makes arrays and node structures of a cache with sizes: 0 or a negative errno. */
  public abstract int setUp(KmemCache cache);

  /** The order of a slab with {@code objects} objects, or -1 where no slab has so many. */
  public int orderOfSlab(KmemCache cache, int objects) {
    return objects == cache.nrObjects ? cache.order : -1;
  }

  /** {@code size} more bytes were asked of {@code cache}, which is now shared. Spec: 1.4 */
  public void merged(KmemCache cache, int size) {
    cache.objectSize = Math.max(cache.objectSize, size);
  }

  /** Whether alignments must agree for two caches to be shared. Only SLAB asks. */
  public boolean mergesOnAlign() {
    return false;
  }

  /** Gives back free slabs: 1 if slabs are left, else 0. */
  public abstract int shrink(KmemCache cache);

  /** Empties the cache for its destruction; false when objects remain. */
  public abstract boolean shutdown(KmemCache cache);

  /** Gives back arrays and node structures after {@link #shutdown}. */
  public abstract void release(KmemCache cache);

  // Objects.

  /** Takes an object; {@code nid} may be {@link #NO_NODE}. */
  public abstract long alloc(KmemCache cache, int gfpMask, int nid);

  public abstract void free(KmemCache cache, long object);

  /** Fills {@code out} from its start: {@code nr}, or 0 and nothing is taken. Spec: 1.10 */
  public int allocBulk(KmemCache cache, int gfpMask, int nr, long[] out) {
    for (int i = 0; i < nr; i++) {
      out[i] = alloc(cache, gfpMask, NO_NODE);
      if (out[i] == NULL) {
        freeBulk(cache, i, out);
        return 0;
      }
    }
    return nr;
  }

  /** Frees {@code objects[0..nr-1]}; a null cache means each object's own, or pages. */
  public void freeBulk(KmemCache cache, int nr, long[] objects) {
    for (int i = 0; i < nr; i++) {
      if (cache == null) {
        kfree(objects[i]);
      } else {
        free(cache, objects[i]);
      }
    }
  }

  /** The cache whose slab holds {@code address}, or null. */
  public abstract KmemCache cacheOf(long address);

  /**
   * Counts of a cache: slabs without a free object, on partial lists, without an object in use,
   * held by CPUs, all; then objects of all slabs and those in the hands of users. SLOB has none.
   */
  public abstract long[] counts(KmemCache cache);

  /** Slabs of all caches. */
  public abstract long nrSlabs();

  /** What {@code address} is, as far as lists and arrays tell. SLOB cannot tell. */
  public abstract int stateOf(long address);

  /** Where the object around {@code address} begins, or {@link #NULL} outside of objects. */
  public abstract long objectStart(long address);

  /** Where object 0 of the slab of {@code address} begins; there is a slab. */
  public abstract long firstObject(long address);

  /** Where the slab of {@code address} begins, or -1 where there is none. */
  public abstract int slabPfn(long address);

  /** Objects that the kernel took for itself and gives back when a cache goes. */
  public long[] kernelObjects() {
    long[] own = new long[caches.size()];
    int nr = 0;
    for (KmemCache cache = caches.newest(); cache != null; cache = cache.older) {
      own[nr++] = cache.nameCopy;
    }
    return own;
  }

  /** {@link #checkedFree}: the object was freed. */
  public static final int FREED = 0;

  /** {@link #checkedFree}: something was reported and the object was not freed. */
  public static final int NOT_FREED = 1;

  /** Whether freeing a free object once more has an effect that can be shown. */
  public boolean showsDoubleFree(long address) {
    return false;
  }

  /** How many more objects the slab of {@code address} can count down. */
  public long freesLeft(long address) {
    return Long.MAX_VALUE;
  }

  /** Whether freeing an object in use into {@code asked}, not its cache, can be shown. */
  public boolean showsWrongFree(KmemCache asked, long address) {
    return false;
  }

  /** Frees an object of another cache into {@code asked} where that {@link #showsWrongFree}. */
  public void wrongFree(KmemCache asked, long address) {
    throw new IllegalArgumentException("cannot be shown");
  }

  /** Whether objects of other caches wait in {@code cache} after wrong frees. */
  public boolean holdsForeign(KmemCache cache) {
    return false;
  }

  /** How many more objects the present CPU can free into {@code cache} before lists move. */
  public int room(KmemCache cache) {
    return Integer.MAX_VALUE;
  }

  /** Number of a CPU whose freelist of {@code cache} never ends, or -1. */
  public int cpuWithCycle(KmemCache cache) {
    return -1;
  }

  /** Whether objects of the slab around {@code address} are checked when they are freed. */
  public boolean isChecked(long address) {
    return false;
  }

  /**
   * Frees what may be no object in use of {@code cache}, null for kfree, in a slab that {@link
   * #isChecked}: {@link #FREED} or {@link #NOT_FREED}. Spec: 1.8, 3.13
   */
  public int checkedFree(KmemCache cache, long address) {
    throw new IllegalArgumentException("no checks");
  }

  /**
   * The first byte of {@code [from, end)}, a part of one page of a slab, that its allocator reads
   * as a link or a number of a list; -1 when all of it is its users' own.
   */
  public abstract long guarded(long from, long end);

  /** What {@link #guarded} bytes hold, in words. */
  public abstract String guardedBy();

  /**
   * Whether lists can be made to {@link #follow} what a user writes into {@link #guarded} bytes.
   */
  public boolean follows() {
    return false;
  }

  /** Lists go on as the bytes {@code [from, end)} say; false when they lead to no object. */
  public boolean follow(long from, long end) {
    return true;
  }

  /** Whether the object at {@code address} holds the index of one of SLAB's slabs. */
  public boolean isSlabIndex(long address) {
    return false;
  }

  /** Bytes of the object at {@code address} that its user may touch. Spec: 1.9 */
  protected abstract int usableBytes(KmemCache cache);

  /** One run of the periodic work on the present CPU; only SLAB has any. Spec: 2.10 */
  public void reap(boolean due, int drainNode) {}

  /** What was given back under SLAB_TYPESAFE_BY_RCU and waits for readers is free from now on. */
  public abstract void endGracePeriod();

  /**
   * Tells which look-ups on the partial lists of other nodes are not made, by their numbers from 0
   * on; null for as before. In a kernel a cycle counter decides that. Spec: 3.5 step 6
   *
   * @return how many look-ups there were that found something
   */
  public int passOver(BitSet looks) {
    return 0;
  }

  // kmalloc. SLOB, which has no kmalloc caches, has its own.

  /** {@code kmalloc}: an address, {@link #ZERO_SIZE_PTR} or {@link #NULL}. Spec: 1.9 */
  public long kmalloc(long size, int gfpMask) {
    return kmallocNode(size, gfpMask, NO_NODE);
  }

  /** The short way to objects of a cache, or of that for {@code size} bytes if it is null. */
  public QuickObjects quickObjects(KmemCache cache, long size) {
    return new QuickObjects();
  }

  public long kmallocNode(long size, int gfpMask, int nid) {
    if (size > KmallocTable.MAX_CACHE_BYTES) {
      return kmallocLarge(size, gfpMask, nid);
    }
    if (size == 0) {
      return ZERO_SIZE_PTR;
    }
    KmemCache cache = kmallocTable.cache((int) size, gfpMask);
    long object = cache == null ? NULL : alloc(cache, gfpMask, nid);
    if (tracing) {
      trace.kmalloc(object, size, cache == null ? 0 : cache.size, gfpMask, nid);
    }
    return object;
  }

  /** Counts a request for pages whose mask has bits that no object can be had with. */
  final void noteGfp(int gfpMask) {
    if ((gfpMask & BUG_MASK) != 0) {
      unexpectedGfps++;
    }
  }

  /** How often that was so; never goes back. */
  public final long unexpectedGfps() {
    return unexpectedGfps;
  }

  /** A block straight from the page allocator. */
  protected final long kmallocLarge(long size, int gfpMask, int nid) {
    int order = PageAllocator.orderOf(size);
    noteGfp(gfpMask);
    long object = takeLargeBlock(order, (gfpMask & ~BUG_MASK) | Gfp.__GFP_COMP, nid);
    if (tracing) {
      trace.kmalloc(object, size, (long) PAGE_BYTES << order, gfpMask, nid);
    }
    return object;
  }

  /** Takes a block that {@link #kfree} will know, or {@link #NULL}. */
  protected final long takeLargeBlock(int order, int gfpMask, int nid) {
    int pfn = allocPages(gfpMask, order, nid);
    if (pfn == PageAllocator.NO_PFN) {
      return NULL;
    }
    owners.set(pfn, -1 - order);
    return (long) pfn << PAGE_SHIFT;
  }

  /** Clears an object that was taken with __GFP_ZERO; {@code object} may be NULL. */
  protected final void clear(long object, int sizeBytes, int gfpMask) {
    if (contents != null && (gfpMask & Gfp.__GFP_ZERO) != 0 && object != NULL) {
      contents.fill(object, sizeBytes, 0);
    }
  }

  /** {@code kfree}. An address that belongs to nothing is passed over. Spec: 1.8 */
  public void kfree(long address) {
    if (tracing) {
      trace.kfree(address);
    }
    if (address <= ZERO_SIZE_PTR) {
      return;
    }
    int pfn = (int) (address >>> PAGE_SHIFT);
    int owner = owners.get(pfn);
    if (owner < 0) {
      freeLargeBlock(pfn, -1 - owner);
    } else if (owner > 0) {
      free(cacheOf(address), address);
    }
  }

  protected final void freeLargeBlock(int pfn, int order) {
    owners.set(pfn, 0);
    pages.freePages(pfn, order);
  }

  /** Bytes that may be used behind {@code address}; 0 for what is no object. Spec: 1.9 */
  public long ksize(long address) {
    if (address <= ZERO_SIZE_PTR) {
      return 0;
    }
    int owner = owners.get((int) (address >>> PAGE_SHIFT));
    if (owner < 0) {
      return largeBytes(address, -1 - owner);
    }
    return owner == 0 ? 0 : usableBytes(cacheOf(address));
  }

  /** The order of the large block that begins at {@code address}, or -1. */
  public final int largeOrder(long address) {
    long pfn = address >>> PAGE_SHIFT;
    int owner = pfn < machine.nrFrames() ? owners.get((int) pfn) : 0;
    return -1 - Math.min(owner, 0);
  }

  private static long largeBytes(long address, int order) {
    long bytes = (long) PAGE_BYTES << order;
    boolean start = (address & (PAGE_BYTES - 1)) == 0;
    return start && bytes > KmallocTable.MAX_CACHE_BYTES ? bytes : 0;
  }

  /** {@code krealloc}: the old address while it is large enough. Spec: 1.9 */
  public final long krealloc(long address, long size, int gfpMask) {
    if (size == 0) {
      kfree(address);
      return ZERO_SIZE_PTR;
    }
    long old = ksize(address);
    boolean zero = contents != null && (gfpMask & Gfp.__GFP_ZERO) != 0;
    if (old >= size) {
      if (zero) {
        contents.fill(address + size, old - size, 0);
      }
      return address;
    }
    long moved = kmalloc(size, gfpMask);
    if (moved != NULL) {
      if (contents != null) {
        contents.copy(address, moved, old);
      }
      kfree(address);
    }
    return moved;
  }

  // Pages.

  protected final int allocPages(int gfpMask, int order, int nid) {
    return nid == NO_NODE
        ? pages.allocPages(gfpMask, order)
        : machine.allocPagesNode(nid, gfpMask, order);
  }

  protected final int localNode() {
    return config.cpuNode()[machine.cpu()];
  }

  protected final int nodeOf(long address) {
    return config.nrNodes() == 1 ? 0 : machine.nodeOf((int) (address >>> PAGE_SHIFT));
  }

  // State.

  /** A descriptor with the recorded geometry. */
  public abstract KmemCache loadCache(SlabState.Cache recorded);

  /** The numbers of a CACHE line, with its keys, in its order. */
  public abstract Map<String, Long> cacheNumbers(KmemCache cache);

  /**
   * Takes over {@code state}. With {@code keepUnlisted} slabs that are known and not listed stay,
   * as full ones: a recording lists no full slabs of SLUB.
   */
  public abstract void loadState(SlabState state, boolean keepUnlisted);

  public abstract SlabState saveState();

  /** Everything that is wrong with the lists and counters. Spec: 7 */
  public abstract List<String> problems();

  /** What is wrong first, or empty. */
  public final String verify() {
    List<String> problems = problems();
    return problems.isEmpty() ? "" : problems.get(0);
  }

  /** The state at one moment, columns shared until written. */
  public abstract State checkpoint();

  /** Goes back to {@code state}, which may be restored again later. */
  public abstract void restore(State state);

  /** A checkpoint; each allocator has its own. */
  public abstract static class State {
    final CacheList.State caches;
    final IntColumn.State owners;
    final KmemCache[][] kmalloc;

    protected State(SlabAllocator allocator) {
      caches = allocator.caches.checkpoint();
      owners = allocator.owners.checkpoint();
      kmalloc = allocator.kmallocTable.checkpoint();
    }

    protected final void restoreCommon(SlabAllocator allocator) {
      allocator.caches.restore(caches);
      allocator.owners.restore(owners);
      allocator.kmallocTable.restore(kmalloc);
    }
  }
}
