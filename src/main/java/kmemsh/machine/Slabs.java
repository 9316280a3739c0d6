package kmemsh.machine;

import java.util.List;
import java.util.Map;
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

  private final SlabAllocator allocator;
  private final SlabCommon common;

  private Slabs(SlabAllocator allocator) {
    this.allocator = allocator;
    this.common = new SlabCommon(allocator);
  }

  /** The allocator of {@code options} on {@code pages}, without any cache; null if not modelled. */
  public static Slabs of(Profile profile, SlabOptions options, PageMachine pages) {
    SlabConfig config = options.config(profile);
    SlabAllocator allocator = allocator(SlabKind.of(options.kind()), config, pages);
    return allocator == null ? null : new Slabs(allocator);
  }

  private static SlabAllocator allocator(SlabKind kind, SlabConfig config, PageMachine pages) {
    if (kind == SlabKind.SLAB) {
      return new Slab(config, pages);
    }
    if (kind == SlabKind.SLUB) {
      return new Slub(config, pages);
    }
    return kind == SlabKind.SLOB ? new Slob(config, pages) : null;
  }

  /** The layer above, with everything there is to know of caches. */
  public SlabCommon common() {
    return common;
  }

  public void setTrace(Trace trace) {
    allocator.setTrace(trace);
  }

  /** From now on pages come from {@code pages}, which is in the state this allocator left. */
  public void usePages(PageMachine pages) {
    allocator.usePages(pages);
  }

  /** Makes the caches that a machine boots with. */
  public void boot() {
    common.boot();
  }

  // Caches.

  /** {@code kmem_cache_create}: the cache's number or a negative errno. */
  public int createCache(String name, long size, int align, int flags, boolean ctor) {
    return common.createCache(new CacheSpec(name, size, align, flags, ctor));
  }

  /** Whether a creation could share {@code cache}. */
  public boolean canShare(int cache, String name, long size, int align, int flags, boolean ctor) {
    CacheSpec spec = new CacheSpec(name, size, align, flags, ctor);
    return common.canShare(common.cache(cache), spec);
  }

  /** {@code kmem_cache_destroy}: 0 when it is gone, else see {@link SlabCommon#destroyCache}. */
  public int destroyCache(int cache) {
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

  public boolean hasCache(int cache) {
    return common.cache(cache) != null;
  }

  // Objects.

  public long alloc(int cache, int gfpMask) {
    return allocator.alloc(common.cache(cache), gfpMask, SlabAllocator.NO_NODE);
  }

  /** {@code kmem_cache_alloc_node}. */
  public long allocNode(int cache, int gfpMask, int nid) {
    return allocator.alloc(common.cache(cache), gfpMask, nid);
  }

  public void free(int cache, long object) {
    allocator.free(common.cache(cache), object);
  }

  /** Fills {@code out} from its start; gives {@code nr}, or 0 and nothing is taken. */
  public int allocBulk(int cache, int gfpMask, int nr, long[] out) {
    return allocator.allocBulk(common.cache(cache), gfpMask, nr, out);
  }

  public void freeBulk(int cache, int nr, long[] objects) {
    allocator.freeBulk(common.cache(cache), nr, objects);
  }

  /** {@code kfree_bulk}: objects of any cache and large blocks. */
  public void kfreeBulk(int nr, long[] objects) {
    allocator.freeBulk(null, nr, objects);
  }

  public long kmalloc(long size, int gfpMask) {
    return allocator.kmalloc(size, gfpMask);
  }

  public long krealloc(long address, long size, int gfpMask) {
    return allocator.krealloc(address, size, gfpMask);
  }

  public void kfree(long address) {
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

  /** What is wrong with lists and counters, or empty. */
  public String verify() {
    return allocator.verify();
  }

  public SlabAllocator.State checkpoint() {
    return allocator.checkpoint();
  }

  public void restore(SlabAllocator.State state) {
    allocator.restore(state);
  }
}
