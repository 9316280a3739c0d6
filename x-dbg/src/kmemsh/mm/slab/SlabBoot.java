package kmemsh.mm.slab;

import kmemsh.view.SlabFlags;

/**
 * How SLAB makes the caches that it needs to make caches.
 *
 * <pre>
 *   PARTIAL  kmem_cache, the kmalloc cache of node structures; both have static nodes
 *   UP       the other kmalloc caches, with arrays of one entry
 *   FULL     all caches, newest first, get the arrays they keep
 * </pre>
 *
 * <p>Spec: slab-allocators.md 1.11
 */
final class SlabBoot {
  static final int PARTIAL = 0;
  static final int UP = 1;
  static final int FULL = 2;

  private final Slab slab;
  private final SlabCommon common;

  SlabBoot(Slab slab, SlabCommon common) {
    this.slab = slab;
    this.common = common;
  }

  void boot() {
    slab.arrays.state = PARTIAL;
    SlabCache descriptors = firstCache();
    KmallocTable table = slab.kmallocTable;
    int index = table.index(slab.config.nodeBytes());
    common.createKmallocCache(KmallocTable.NORMAL, index);
    slab.arrays.allocNodes(descriptors);
    slab.arrays.allocNodes((SlabCache) table.get(KmallocTable.NORMAL, index));
    slab.arrays.state = UP;
    common.createKmallocCaches();
    for (KmemCache cache = slab.caches.newest(); cache != null; cache = cache.older) {
      slab.arrays.enable((SlabCache) cache);
    }
    slab.arrays.state = FULL;
  }

  private SlabCache firstCache() {
    int bytes = slab.config.kmemCacheBytes();
    int flags = SlabFlags.SLAB_HWCACHE_ALIGN;
    SlabCache cache = (SlabCache) common.createBootCache("kmem_cache", bytes, flags, 0);
    cache.refcount = -1;
    slab.setUp(cache);
    slab.caches.add(cache);
    slab.descriptorCache = cache;
    return cache;
  }
}
