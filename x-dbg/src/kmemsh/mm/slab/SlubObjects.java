package kmemsh.mm.slab;

/** Finds SLUB's objects by their addresses and counts them. Reads only. */
final class SlubObjects {
  private final Slub slub;
  private final SlubSlabs slabs;

  SlubObjects(Slub slub) {
    this.slub = slub;
    this.slabs = slub.slabs;
  }

  long[] counts(SlubCache of) {
    long[] counts = new long[SlabAllocator.NR_COUNTS];
    for (int slab = 1; slab < slabs.end(); slab++) {
      if (slabs.isUsed(slab) && slabs.cache(slab) == of.id) {
        count(of, slab, counts);
      }
    }
    return counts;
  }

  long nrSlabs() {
    long nr = 0;
    for (KmemCache cache = slub.caches.newest(); cache != null; cache = cache.older()) {
      for (SlubNode node : ((SlubCache) cache).nodes) {
        nr += node.nrSlabs;
      }
    }
    return nr;
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

  private int slabAt(long address) {
    return slub.owners.get((int) (address >>> SlabAllocator.PAGE_SHIFT));
  }

  int stateOf(long address) {
    SlubCache cache = slub.cacheOf(address);
    if (cache == null) {
      return SlabAllocator.NO_SLAB_PAGE;
    }
    if (objectStart(address) != address) {
      return SlabAllocator.INSIDE;
    }
    int slab = slabAt(address);
    int number = slub.objectNumber(cache, slab, address);
    boolean free = isListed(slab, slabs.freelist(slab), number);
    for (SlubCpu cpu : cache.cpus) {
      free = free || (cpu.slab == slab && isListed(slab, cpu.freelist, number));
    }
    return free ? SlabAllocator.FREE : SlabAllocator.IN_USE;
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

  /** Number of a CPU whose own freelist never ends, or -1. */
  int cpuWithCycle(SlubCache cache) {
    for (int k = 0; k < cache.cpus.length; k++) {
      SlubCpu cpu = cache.cpus[k];
      int left = cpu.slab == SlubSlabs.NO_SLAB ? 0 : slabs.objects(cpu.slab);
      int object = cpu.freelist;
      while (object != SlubSlabs.NO_OBJECT && left-- > 0) {
        object = slabs.links.get(cpu.linkBase + object);
      }
      if (object != SlubSlabs.NO_OBJECT) {
        return k;
      }
    }
    return -1;
  }

  long objectStart(long address) {
    SlubCache cache = slub.cacheOf(address);
    if (cache == null) {
      return SlabAllocator.NULL;
    }
    int slab = slabAt(address);
    long first = firstObject(address);
    long number = (address - first) / cache.size;
    boolean inside = address >= first && number < slabs.objects(slab);
    return inside ? first + number * cache.size : SlabAllocator.NULL;
  }

  long firstObject(long address) {
    int slab = slabAt(address);
    return ((long) slabs.pfn(slab) << SlabAllocator.PAGE_SHIFT) + slabs.cacheOf(slab).redLeftPad;
  }

  int slabPfn(long address) {
    return slub.cacheOf(address) == null ? -1 : slabs.pfn(slabAt(address));
  }
}
