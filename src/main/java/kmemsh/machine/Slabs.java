package kmemsh.machine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.PageMachine;
import kmemsh.mm.slab.CacheSpec;
import kmemsh.mm.slab.KmemCache;
import kmemsh.mm.slab.Slab;
import kmemsh.mm.slab.SlabAllocator;
import kmemsh.mm.slab.SlabCommon;
import kmemsh.mm.slab.SlabConfig;
import kmemsh.mm.slab.SlabKind;
import kmemsh.mm.slab.Slob;
import kmemsh.mm.slab.Slub;
import kmemsh.mm.slab.SlubKnobs;
import kmemsh.trace.Trace;
import kmemsh.view.SlabState;

/**
 * The object allocator of a machine: caches are numbers, objects are physical addresses, 0 is NULL.
 *
 * <p>It checks nothing that a kernel would not check; {@link #cacheOf} and {@link #largeOrder} tell
 * what an address is.
 */
public final class Slabs {
  public static final long NULL = SlabAllocator.NULL;
  public static final long ZERO_SIZE_PTR = SlabAllocator.ZERO_SIZE_PTR;
  public static final int NO_CACHE = -1;

  /** {@link #stateOf}: the start of an object that was handed out. */
  public static final int IN_USE = SlabAllocator.IN_USE;

  /** {@link #stateOf}: the start of a free object. */
  public static final int FREE = SlabAllocator.FREE;

  /** {@link #stateOf}: inside a slab, but not where an object begins. */
  public static final int INSIDE = SlabAllocator.INSIDE;

  private static final long KMALLOC_ALIGN = 8;

  private final SlabAllocator allocator;
  private final SlabCommon common;
  private final CacheNames names;

  /** What SLOB handed out since boot; null under the others, which know it themselves. */
  private LiveBlocks live;

  /** Caches below this number were made at boot. */
  private int firstOfUsers;

  /** Objects of the kernel's own, ascending; null when it is not known which. */
  private long[] kernelObjects;

  /** The allocator and the names of its caches at one moment. */
  public static final class State {
    private final SlabAllocator.State allocator;
    private final LiveBlocks.State live;
    private final Object names;

    private State(SlabAllocator.State allocator, LiveBlocks.State live, Object names) {
      this.allocator = allocator;
      this.live = live;
      this.names = names;
    }
  }

  private Slabs(SlabAllocator allocator) {
    this.allocator = allocator;
    this.common = new SlabCommon(allocator);
    this.names = new CacheNames(allocator.caches());
  }

  /** The allocator of {@code options} on {@code pages}, without any cache; null if not modelled. */
  public static Slabs of(Profile profile, SlabOptions options, PageMachine pages) {
    SlabConfig config = options.config(profile);
    SlabAllocator allocator = allocator(SlabKind.of(options.kind()), config, pages);
    return allocator == null ? null : new Slabs(allocator);
  }

  private static SlabAllocator allocator(SlabKind kind, SlabConfig config, PageMachine pages) {
    if (kind == SlabKind.SLAB) {
      return Slab.create(config, pages);
    }
    if (kind == SlabKind.SLUB) {
      return Slub.create(config, pages);
    }
    return kind == SlabKind.SLOB ? Slob.create(config, pages) : null;
  }

  /** The layer above, with everything there is to know of caches. */
  public SlabCommon common() {
    return common;
  }

  /** What misuse of objects does. */
  public Injuries injuries() {
    return new Injuries(this, allocator);
  }

  public void setTrace(Trace trace) {
    allocator.setTrace(trace);
  }

  /** From now on pages come from {@code pages}, which is in the state this allocator left. */
  public void usePages(PageMachine pages) {
    allocator.usePages(pages);
  }

  /** See {@link SlabAllocator#setContents}; what is found goes to the log of {@code machine}. */
  void setContents(FrameBytes bytes, Machine machine) {
    SlabReports reports = bytes == null ? null : new SlabReports(machine);
    allocator.setContents(bytes, machine.pageOffset(), reports);
  }

  /** Requests that find no pages are told in the log of {@code machine} from now on. */
  void reportTo(Machine machine) {
    allocator.setShortageLog(new SlabReports(machine));
  }

  /** Makes the caches that a machine boots with. */
  public void boot() {
    common.boot();
    firstOfUsers = allocator.caches().nextId();
    live = allocator.kind() == SlabKind.SLOB ? new LiveBlocks() : null;
  }

  // Names and what addresses are.

  /** slab, slub or slob. */
  public String kind() {
    return allocator.kind().option();
  }

  /** The cache of that name, or {@link #NO_CACHE}. */
  public int find(String name) {
    return names.find(name);
  }

  /** The names that {@link #find} knows, newest first. */
  public String[] names() {
    return names.all();
  }

  /** The cache with this number, or null. */
  public KmemCache cache(int cache) {
    return common.cache(cache);
  }

  /** Whether boot made this cache. */
  public boolean isBootCache(int cache) {
    return cache < firstOfUsers;
  }

  /** Whether only the allocator itself takes objects of this cache. */
  public boolean isInternal(int cache) {
    return common.cache(cache).refcount < 0;
  }

  /** What {@code address} is: {@link SlabAllocator#NO_SLAB_PAGE} and the constants behind it. */
  public int stateOf(long address) {
    if (live == null) {
      return allocator.stateOf(address);
    }
    return live.owner(address) == LiveBlocks.NONE
        ? allocator.stateOf(address)
        : SlabAllocator.IN_USE;
  }

  /** Whether SLOB handed {@code address} out from {@code cache}, or from kmalloc for NO_CACHE. */
  public boolean isOwner(long address, int cache) {
    return live == null || live.owner(address) == cache;
  }

  /** Whether the page of {@code address} is one of a slab or of SLOB's heap. */
  public boolean holds(long address) {
    return allocator.stateOf(address) != SlabAllocator.NO_SLAB_PAGE;
  }

  /** Where the object around {@code address} begins, or {@link #NULL}. */
  public long objectStart(long address) {
    return allocator.objectStart(address);
  }

  /** The number of the object at {@code address} in its slab. */
  public int objectNumber(long address) {
    KmemCache cache = allocator.cacheOf(address);
    return (int) (address - allocator.firstObject(address)) / cache.size;
  }

  /** The first page of the slab of {@code address}, or -1. */
  public int slabPfn(long address) {
    return allocator.slabPfn(address);
  }

  /** Whether the kernel took the object at {@code address} for itself. */
  public boolean isKernelOwn(long address) {
    KmemCache cache = allocator.cacheOf(address);
    if (cache == null) {
      return false;
    }
    sortKernelObjects();
    return cache.refcount < 0
        || Arrays.binarySearch(kernelObjects, address) >= 0
        || allocator.isSlabIndex(address);
  }

  /** How many objects the kernel itself took there that begin in {@code [start, end)}. */
  int nrKernelObjects(long start, long end) {
    sortKernelObjects();
    int first = Arrays.binarySearch(kernelObjects, start);
    int nr = 0;
    for (int i = first < 0 ? -1 - first : first; i < kernelObjects.length; i++) {
      nr += kernelObjects[i] < end ? 1 : 0;
    }
    return nr;
  }

  private void sortKernelObjects() {
    if (kernelObjects == null) {
      kernelObjects = allocator.kernelObjects();
      Arrays.sort(kernelObjects);
    }
  }

  /**
   * The first byte of {@code nr} from {@code phys} on, all of one page, that is in a structure of
   * the allocator's own; -1 for none.
   */
  public long ownStructure(long phys, long nr) {
    KmemCache cache = allocator.cacheOf(phys);
    if (cache == null) {
      return -1;
    }
    long first = allocator.firstObject(phys);
    long object = phys < first ? first : phys - (phys - first) % cache.size;
    for (; object < phys + nr; object += cache.size) {
      boolean touched = object + cache.objectSize > phys;
      if (touched && isKernelOwn(object) && allocator.stateOf(object) == IN_USE) {
        return Math.max(object, phys);
      }
    }
    return -1;
  }

  /** The first of {@code nr} bytes of one page that lists or sizes depend on, or -1. */
  public long guarded(long phys, long nr) {
    for (long block = (phys & -KMALLOC_ALIGN) + KMALLOC_ALIGN;
        live != null && block < phys + nr + KMALLOC_ALIGN;
        block += KMALLOC_ALIGN) {
      long header = block - KMALLOC_ALIGN;
      boolean touched = header < phys + nr && header + Integer.BYTES > phys;
      if (touched && live.owner(block) == LiveBlocks.KMALLOC) {
        return Math.max(header, phys);
      }
    }
    return allocator.guarded(phys, phys + nr);
  }

  /** What is in {@link #guarded} bytes, in words. */
  public String guardedBy() {
    return allocator.guardedBy();
  }

  /** Whether lists can follow what is written into {@link #guarded} bytes. */
  public boolean follows() {
    return allocator.follows();
  }

  /** Lists go on as {@code nr} bytes of one page say; false when they lead to no object. */
  public boolean follow(long phys, long nr) {
    return allocator.follow(phys, phys + nr);
  }

  /**
   * A number of a cache by its name in expressions: slabs, full, partial, free, held, objects,
   * active, size, order or pages; -1 for another name.
   */
  public long number(int cache, String name) {
    long[] counts = counts(cache);
    KmemCache of = common.cache(cache);
    return switch (name) {
      case "full" -> counts[0];
      case "partial" -> counts[1];
      case "free" -> counts[2];
      case "held" -> counts[3];
      case "slabs" -> counts[4];
      case "objects" -> counts[5];
      case "active" -> counts[6];
      case "size" -> of.objectSize;
      case "order" -> of.order;
      case "pages" -> counts[4] << of.order;
      default -> -1;
    };
  }

  /** See {@link SlabAllocator#unexpectedGfps}. */
  public long unexpectedGfps() {
    return allocator.unexpectedGfps();
  }

  /** Slabs of all caches. */
  public long nrSlabs() {
    return allocator.nrSlabs();
  }

  /** See {@link SlabAllocator#counts}; SLOB knows only the objects in use. */
  public long[] counts(int cache) {
    long[] counts = allocator.counts(common.cache(cache));
    if (live != null) {
      counts[SlabAllocator.NR_COUNTS - 1] = live.count(cache);
    }
    return counts;
  }

  // Caches.

  /** {@code kmem_cache_create}: the cache's number or a negative errno. */
  public int createCache(String name, long size, int align, int flags, boolean ctor) {
    kernelObjects = null;
    int cache = common.createCache(new CacheSpec(name, size, align, flags, ctor));
    if (cache >= 0) {
      names.created(name, cache);
    }
    return cache;
  }

  /** {@code kmem_cache_destroy} by one of the names a cache has, which is forgotten. */
  public int destroyCache(int cache, String name) {
    int left = destroyCache(cache);
    if (left >= 0) {
      names.destroyed(name, cache, left == 0);
    }
    return left;
  }

  /** Whether a creation could share {@code cache}. */
  public boolean canShare(int cache, String name, long size, int align, int flags, boolean ctor) {
    CacheSpec spec = new CacheSpec(name, size, align, flags, ctor);
    return common.canShare(common.cache(cache), spec);
  }

  /** {@code kmem_cache_destroy}: 0 when it is gone, else see {@link SlabCommon#destroyCache}. */
  public int destroyCache(int cache) {
    kernelObjects = null;
    return common.destroyCache(common.cache(cache));
  }

  /** {@code kmem_cache_shrink}: 1 if slabs are left, else 0. */
  public int shrink(int cache) {
    return common.shrink(common.cache(cache));
  }

  /** The order of a slab with {@code objects} objects of a cache, or -1 where none has so many. */
  public int orderOfSlab(int cache, int objects) {
    return allocator.orderOfSlab(common.cache(cache), objects);
  }

  /** Number of the first cache in list order called {@code name}, or {@link #NO_CACHE}. */
  public int cacheNamed(String name) {
    KmemCache cache = allocator.caches().named(name);
    return cache == null ? NO_CACHE : cache.id;
  }

  /** Gives a cache of SLAB new arrays: 0 or a negative errno. Spec: slab-allocators.md 2.11 */
  public int tune(int cache, int limit, int batchcount, int shared) {
    return ((Slab) allocator).tune(common.cache(cache), limit, batchcount, shared);
  }

  /** What a kernel says to a number in a file under /sys/kernel/slab: 0 or a negative errno. */
  public int checkFile(int cache, String file, int value) {
    return new SlubKnobs(allocator, common.cache(cache)).check(file, value);
  }

  /** Writes a number that {@link #checkFile} lets through. Spec: slab-allocators.md 3.16 */
  public void writeFile(int cache, String file, int value) {
    new SlubKnobs(allocator, common.cache(cache)).write(file, value);
  }

  public boolean hasCache(int cache) {
    return common.cache(cache) != null;
  }

  // Objects.

  public long alloc(int cache, int gfpMask) {
    long object = allocator.alloc(common.cache(cache), gfpMask, SlabAllocator.NO_NODE);
    if (live != null) {
      noteTaken(object, cache);
    }
    return object;
  }

  private void noteTaken(long object, int owner) {
    if (object > ZERO_SIZE_PTR) {
      live.add(object, owner);
    }
  }

  /** {@code kmem_cache_alloc_node}. */
  public long allocNode(int cache, int gfpMask, int nid) {
    return allocator.alloc(common.cache(cache), gfpMask, nid);
  }

  public void free(int cache, long object) {
    if (live != null) {
      live.remove(object);
    }
    allocator.free(common.cache(cache), object);
  }

  /** {@link #checkedFree}: reported, and not freed. */
  public static final int NOT_FREED = SlabAllocator.NOT_FREED;

  /** Whether freeing at {@code address} is checked, as with slub_debug=F. */
  public boolean isChecked(long address) {
    return allocator.isChecked(address);
  }

  /** Frees what may be no object of {@code cache} where that {@link #isChecked}. */
  public int checkedFree(int cache, long address) {
    return allocator.checkedFree(cache == NO_CACHE ? null : common.cache(cache), address);
  }

  /** Fills {@code out} from its start; gives {@code nr}, or 0 and nothing is taken. */
  public int allocBulk(int cache, int gfpMask, int nr, long[] out) {
    int got = allocator.allocBulk(common.cache(cache), gfpMask, nr, out);
    for (int i = 0; live != null && i < got; i++) {
      noteTaken(out[i], cache);
    }
    return got;
  }

  public void freeBulk(int cache, int nr, long[] objects) {
    for (int i = 0; live != null && i < nr; i++) {
      live.remove(objects[i]);
    }
    allocator.freeBulk(common.cache(cache), nr, objects);
  }

  /** {@code kfree_bulk}: objects of any cache and large blocks. */
  public void kfreeBulk(int nr, long[] objects) {
    allocator.freeBulk(null, nr, objects);
  }

  public long kmalloc(long size, int gfpMask) {
    long object = allocator.kmalloc(size, gfpMask);
    if (live != null) {
      noteTaken(object, LiveBlocks.KMALLOC);
    }
    return object;
  }

  public long krealloc(long address, long size, int gfpMask) {
    long object = allocator.krealloc(address, size, gfpMask);
    if (live != null && object != NULL && object != address) {
      live.remove(address);
      noteTaken(object, LiveBlocks.KMALLOC);
    }
    return object;
  }

  public void kfree(long address) {
    if (live != null) {
      live.remove(address);
    }
    allocator.kfree(address);
  }

  public long ksize(long address) {
    return allocator.ksize(address);
  }

  /** Number of the cache whose slab holds {@code address}, or {@link #NO_CACHE}. */
  public int cacheOf(long address) {
    KmemCache cache = allocator.cacheOf(address);
    return cache == null ? NO_CACHE : cache.id;
  }

  /** Order of the large kmalloc block that begins at {@code address}, or -1. */
  public int largeOrder(long address) {
    return allocator.largeOrder(address);
  }

  /** One run of the periodic work on the present CPU. */
  public void reap(boolean due, int drainNode) {
    allocator.reap(due, drainNode);
  }

  /** See {@link SlabAllocator#passOver}. */
  public int passOver(BitSet looks) {
    return allocator.passOver(looks);
  }

  /** What waits for a grace period of TYPESAFE_BY_RCU caches goes back now. */
  public void endGracePeriod() {
    allocator.endGracePeriod();
  }

  // State.

  public void loadCaches(List<SlabState.Cache> caches, List<int[]> kmalloc) {
    common.loadCaches(caches, kmalloc);
  }

  /** The numbers of a CACHE line, with its keys, in its order. */
  public Map<String, Long> cacheNumbers(int cache) {
    return allocator.cacheNumbers(common.cache(cache));
  }

  /** The same numbers computed anew from size, alignment, flags and constructor. */
  public Map<String, Long> recomputed(int cache) {
    return common.recomputed(common.cache(cache));
  }

  /** Takes over {@code state}; with {@code keepUnlisted} known slabs that it omits are full. */
  public void loadState(SlabState state, boolean keepUnlisted) {
    allocator.loadState(state, keepUnlisted);
  }

  public SlabState saveState() {
    return allocator.saveState();
  }

  public List<String> problems() {
    return allocator.problems();
  }

  public String verify() {
    return allocator.verify();
  }

  public State checkpoint() {
    LiveBlocks.State blocks = live == null ? null : live.checkpoint();
    return new State(allocator.checkpoint(), blocks, names.checkpoint());
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    allocator.restore(state.allocator);
    if (live != null) {
      live.restore(state.live);
    }
    names.restore(state.names);
    kernelObjects = null;
  }
}
