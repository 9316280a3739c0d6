package kmemsh.mm.slab;

import java.util.List;
import java.util.Map;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;

/**
 * The layer above the object allocators: caches come and go, are shared under several names, and
 * the caches of kmalloc are made when the machine boots.
 *
 * <p>Spec: slab-allocators.md 1
 */
public final class SlabCommon {
  public static final int EBUSY = -16;

  /** {@link #destroyCache}: other creators still use it. */
  public static final int STILL_SHARED = 1;

  private static final int INTERNAL_FLAGS = 0xc0000000;

  private final SlabConfig config;
  private final SlabAllocator allocator;
  private final CacheList caches;

  public SlabCommon(SlabAllocator allocator) {
    this.config = allocator.config();
    this.allocator = allocator;
    this.caches = allocator.caches();
  }

  public SlabAllocator allocator() {
    return allocator;
  }

  /** The cache with this number, or null. */
  public KmemCache cache(int id) {
    return caches.get(id);
  }

  // Creating. Spec: 1.2 to 1.4

  /** {@code kmem_cache_create}: the number of a new or a shared cache, or a negative errno. */
  public int createCache(CacheSpec spec) {
    allocator.noteDebugFlags(spec.flags());
    if ((spec.flags() & ~SlabFlags.PERMITTED) != 0) {
      return SlabAllocator.EINVAL;
    }
    CacheSpec asked = sound(spec);
    if (asked.usersize() == 0) {
      KmemCache shared = mergeable(asked);
      if (shared != null) {
        shared.refcount++;
        allocator.merged(shared, (int) asked.size());
        return shared.id;
      }
    }
    return createNew(asked);
  }

  /** Without unknown flags and without an impossible user region. */
  private CacheSpec sound(CacheSpec spec) {
    boolean region =
        spec.usersize() > 0
            && spec.useroffset() >= 0
            && spec.usersize() <= spec.size() - spec.useroffset();
    return new CacheSpec(
        spec.name(),
        spec.size(),
        spec.align(),
        spec.flags() & allocator.supportedFlags(),
        spec.ctor(),
        region ? spec.useroffset() : 0,
        region ? spec.usersize() : 0);
  }

  /** The oldest cache that a creation can share, or null. Spec: 1.4 */
  public KmemCache mergeable(CacheSpec spec) {
    for (KmemCache cache = caches.oldest(); cache != null; cache = cache.newer()) {
      if (canShare(cache, spec)) {
        return cache;
      }
    }
    return null;
  }

  /** Whether a creation can share {@code cache}. Spec: 1.4 */
  public boolean canShare(KmemCache cache, CacheSpec spec) {
    if (config.nomerge() || spec.ctor() || allocator.kind() == SlabKind.SLOB) {
      return false;
    }
    int flags = allocator.effectiveFlags(spec.name(), spec.flags());
    if ((flags & SlabFlags.NEVER_MERGE) != 0 || spec.size() > KmallocTable.MAX_BYTES) {
      return false;
    }
    int size = SlabSizes.align((int) spec.size(), config.wordBytes());
    int align = SlabSizes.calculateAlignment(config, spec.flags(), spec.align(), size);
    size = SlabSizes.align(size, align);
    return cache.isMergeable()
        && size <= cache.size
        && (cache.flags & SlabFlags.MERGE_SAME) == (flags & SlabFlags.MERGE_SAME)
        && (cache.size & (align - 1)) == 0
        && cache.size - size < config.wordBytes()
        && (!allocator.mergesOnAlign() || alignsWith(cache, align));
  }

  private static boolean alignsWith(KmemCache cache, int align) {
    return align == 0 || (align <= cache.align && cache.align % align == 0);
  }

  private int createNew(CacheSpec spec) {
    long name = allocator.kmalloc(spec.name().length() + 1L, Gfp.GFP_KERNEL);
    if (name == SlabAllocator.NULL) {
      return SlabAllocator.ENOMEM;
    }
    KmemCache cache = describe(spec);
    cache.nameCopy = name;
    if (allocator.contents != null) {
      allocator.contents.setText(name, spec.name());
    }
    cache.descriptor = allocator.takeDescriptor();
    int error = SlabAllocator.ENOMEM;
    if (cache.descriptor != SlabAllocator.NULL) {
      error = spec.size() > Integer.MAX_VALUE ? SlabAllocator.EINVAL : allocator.sizes(cache);
      error = error == 0 ? allocator.setUp(cache) : error;
    }
    if (error < 0) {
      allocator.giveDescriptor(cache.descriptor);
      allocator.kfree(name);
      return error;
    }
    caches.add(cache);
    return cache.id;
  }

  /** A descriptor with alignment and flags as a creation gives them; sizes are still to come. */
  public KmemCache describe(CacheSpec spec) {
    int size = (int) Math.min(spec.size(), Integer.MAX_VALUE);
    int align = SlabSizes.calculateAlignment(config, spec.flags(), spec.align(), size);
    int flags = allocator.effectiveFlags(spec.name(), spec.flags());
    return allocator.newCache(caches.nextId(), spec, align, flags);
  }

  private void freeDescriptor(KmemCache cache) {
    if (cache.nameCopy != SlabAllocator.NULL) {
      allocator.kfree(cache.nameCopy);
    }
    allocator.giveDescriptor(cache.descriptor);
  }

  // Destroying and shrinking.

  /**
   * {@code kmem_cache_destroy}: 0 when it is gone, {@link #STILL_SHARED}, or {@link #EBUSY} when
   * objects remain. The release of a TYPESAFE_BY_RCU cache waits for a grace period. Spec: 1.5
   */
  public int destroyCache(KmemCache cache) {
    cache.refcount--;
    if (cache.refcount != 0) {
      return STILL_SHARED;
    }
    if (!allocator.shutdown(cache)) {
      return EBUSY;
    }
    caches.remove(cache);
    if (cache.has(SlabFlags.SLAB_TYPESAFE_BY_RCU)) {
      allocator.endGracePeriod();
    }
    allocator.release(cache);
    freeDescriptor(cache);
    return 0;
  }

  /** {@code kmem_cache_shrink}: 1 if slabs are left, else 0. */
  public int shrink(KmemCache cache) {
    return allocator.shrink(cache);
  }

  // Boot. Spec: 1.11

  /** Makes the allocator's own caches and those of kmalloc. */
  public void boot() {
    allocator.boot(this);
  }

  /** Makes the kmalloc caches that are not there yet, type by type. */
  void createKmallocCaches() {
    KmallocTable table = allocator.kmallocTable();
    int types = config.zoneDma() ? KmallocTable.NR_TYPES : KmallocTable.DMA;
    for (int type = 0; type < types; type++) {
      for (int index = table.smallestIndex(); index < KmallocTable.NR_INDEXES; index++) {
        createKmallocCache(type, index);
        if (index == 6) {
          createKmallocCache(type, 1);
        } else if (index == 7) {
          createKmallocCache(type, 2);
        }
      }
    }
  }

  /** Makes one kmalloc cache unless it is there. */
  void createKmallocCache(int type, int index) {
    if (allocator.kmallocTable().get(type, index) != null) {
      return;
    }
    int bytes = KmallocTable.bytes(index);
    int flags = SlabFlags.SLAB_KMALLOC | allocator.kmallocFlags();
    if (type == KmallocTable.RECLAIM) {
      flags |= SlabFlags.SLAB_RECLAIM_ACCOUNT;
    } else if (type == KmallocTable.DMA) {
      flags |= SlabFlags.SLAB_CACHE_DMA;
    }
    String name = KmallocTable.name(type, index);
    KmemCache cache = createBootCache(name, bytes, flags, bytes);
    cache.descriptor = allocator.takeDescriptor();
    allocator.setUp(cache);
    caches.add(cache);
    allocator.kmallocTable().set(type, index, cache);
  }

  /** A descriptor with sizes of a cache that boot makes; it is not listed yet. */
  KmemCache createBootCache(String name, int bytes, int flags, int usersize) {
    int align = (bytes & (bytes - 1)) == 0 ? bytes : SlabConfig.MIN_ALIGN;
    KmemCache cache = describe(new CacheSpec(name, bytes, align, flags, false, 0, usersize));
    int error = allocator.sizes(cache);
    assert error == 0 : name;
    return cache;
  }

  // State.

  /** The geometry of a cache like {@code cache}, computed anew. */
  public Map<String, Long> recomputed(KmemCache cache) {
    CacheSpec spec =
        new CacheSpec(
            cache.name,
            cache.objectSize,
            cache.align,
            cache.flags,
            cache.ctor,
            cache.useroffset,
            cache.usersize);
    int flags = cache.flags & ~INTERNAL_FLAGS;
    KmemCache like = allocator.newCache(cache.id, spec, cache.align, flags);
    like.refcount = cache.refcount;
    allocator.sizes(like);
    return allocator.cacheNumbers(like);
  }

  /**
   * Replaces all caches by recorded ones, oldest first.
   *
   * @param kmalloc rows of type, then the cache numbers of indexes 0, 1, ..., -1 for none
   */
  public void loadCaches(List<SlabState.Cache> recorded, List<int[]> kmalloc) {
    caches.clear();
    for (SlabState.Cache cache : recorded) {
      caches.add(allocator.loadCache(cache));
    }
    KmallocTable table = allocator.kmallocTable();
    for (int type = 0; type < KmallocTable.NR_TYPES; type++) {
      for (int index = 0; index < KmallocTable.NR_INDEXES; index++) {
        table.set(type, index, null);
      }
    }
    for (int[] row : kmalloc) {
      for (int i = 1; i < row.length && i <= KmallocTable.NR_INDEXES; i++) {
        table.set(row[0], i - 1, caches.get(row[i]));
      }
    }
  }
}
