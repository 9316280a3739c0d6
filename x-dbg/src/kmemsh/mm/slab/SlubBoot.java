package kmemsh.mm.slab;

import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;

/** How SLUB makes the caches that it needs to make caches. Spec: slab-allocators.md 1.11 */
final class SlubBoot {
  private final Slub slub;
  private final SlabCommon common;

  SlubBoot(Slub slub, SlabCommon common) {
    this.slub = slub;
    this.common = common;
  }

  void boot() {
    SlubCache nodes = bootCache("kmem_cache_node", 1, slub.config.nodeBytes());
    nodes.makeParts(slub.slabs, slub.config);
    for (SlubNode node : nodes.nodes) {
      firstNode(nodes, node);
    }
    slub.nodeCache = nodes;
    SlubCache descriptors = bootCache("kmem_cache", 0, slub.config.kmemCacheBytes());
    slub.setUp(descriptors);
    slub.descriptorCache = descriptors;
    moveIn(descriptors);
    moveIn(nodes);
    common.createKmallocCaches();
  }

  /** The caches stand in the list in the order of their numbers. */
  private SlubCache bootCache(String name, int id, int bytes) {
    int flags = SlabFlags.SLAB_HWCACHE_ALIGN;
    CacheSpec spec = new CacheSpec(name, bytes, alignFor(bytes), flags, false);
    int align = SlabSizes.calculateAlignment(slub.config, flags, spec.align(), bytes);
    SlubCache cache = (SlubCache) slub.newCache(id, spec, align, slub.effectiveFlags(name, flags));
    slub.sizes(cache);
    cache.refcount = -1;
    return cache;
  }

  private static int alignFor(int bytes) {
    return (bytes & (bytes - 1)) == 0 ? bytes : SlabConfig.MIN_ALIGN;
  }

  /** A slab made by hand, whose object 0 is the cache's own node structure. */
  private void firstNode(SlubCache cache, SlubNode node) {
    int slab = slub.blocks.newSlab(cache, Gfp.GFP_NOWAIT, node.nid);
    SlubSlabs slabs = slub.slabs;
    slabs.setFreelist(slab, slabs.links.get(slabs.linkBase(slab)));
    slabs.setCounts(slab, 1, false);
    if (slub.checks != null && cache.debug) {
      slub.checks.taken(cache, slab, 0);
    }
    node.addPartial(slab, false);
    node.address = ((long) slabs.pfn(slab) << 12) + cache.redLeftPad;
  }

  /** The descriptor gets an object of its own, and the CPU's slab of the cache is flushed. */
  private void moveIn(SlubCache cache) {
    cache.descriptor = slub.takeDescriptor();
    slub.flushOwn(cache);
    slub.caches.add(cache);
  }
}
