package kmemsh.mm.slab;

/** SLUB at one moment. */
final class SlubCheckpoint extends SlabAllocator.State {
  private final SlubSlabs.State slabs;
  private final SlubCache[] each;
  private final long[][] words;
  private final boolean debugging;
  private final SlubCache nodeCache;
  private final SlubCache descriptorCache;
  private final int[] waitingForRcu;

  SlubCheckpoint(Slub slub) {
    super(slub);
    each = new SlubCache[slub.caches.size()];
    words = new long[each.length][];
    int at = 0;
    touchCpuSlabs(slub);
    for (KmemCache cache = slub.caches.oldest(); cache != null; cache = cache.newer()) {
      each[at] = (SlubCache) cache;
      words[at++] = ((SlubCache) cache).words();
    }
    slabs = slub.slabs.checkpoint();
    debugging = slub.debugging();
    waitingForRcu = slub.blocks.waitingForRcu.toArray();
    nodeCache = slub.nodeCache;
    descriptorCache = slub.descriptorCache;
  }

  private static void touchCpuSlabs(Slub slub) {
    for (KmemCache cache = slub.caches.oldest(); cache != null; cache = cache.newer()) {
      for (SlubCpu cpu : ((SlubCache) cache).cpus) {
        if (cpu.slab != SlubSlabs.NO_SLAB) {
          slub.slabs.touchLinks(cpu.slab);
        }
      }
    }
  }

  void restore(Slub slub) {
    touchCpuSlabs(slub);
    restoreCommon(slub);
    slub.slabs.restore(slabs);
    slub.slabs.findCaches(slub.caches);
    for (int i = 0; i < each.length; i++) {
      each[i].restoreWords(words[i]);
    }
    slub.setDebugging(debugging);
    slub.blocks.waitingForRcu.setAll(waitingForRcu);
    slub.nodeCache = nodeCache;
    slub.descriptorCache = descriptorCache;
  }
}
