package kmemsh.mm.slab;

/** What SLUB keeps of a cache on one CPU: the cpu slab, its free objects and the partial chain. */
final class SlubCpu {
  private final SlubSlabs slabs;
  final SlubCache cache;

  /** The CPU. */
  final int number;

  /** Spacing of the cache's objects. */
  final int size;

  private final long reciprocal;

  /** The cache's only node, as the cache says. */
  final SlubNode soleNode;

  /** The cpu slab, or NO_SLAB. */
  int slab;

  /** The first free object of the CPU's own freelist, or NO_OBJECT. */
  int freelist = SlubSlabs.NO_OBJECT;

  /** The address of that object. */
  long firstFree;

  /** The first slab of the partial chain, or NO_SLAB. */
  int partial;

  /** Address of object 0 of the cpu slab, and where its links begin. */
  long base;

  int linkBase;

  SlubCpu(SlubSlabs slabs, SlubCache cache, int number) {
    this.slabs = slabs;
    this.number = number;
    this.cache = cache;
    this.size = cache.size;
    this.reciprocal = cache.reciprocal();
    this.soleNode = cache.soleNode;
  }

  /** Makes {@code of} the cpu slab, with {@code first} the first of its free objects. */
  void take(int of, int first) {
    slab = of;
    freelist = first;
    if (of != SlubSlabs.NO_SLAB) {
      base = ((long) slabs.pfn(of) << 12) + cache.redLeftPad;
      linkBase = slabs.linkBase(of);
      slabs.setPlace(of, SlubSlabs.CPU_SLAB);
      free(first);
    }
  }

  /** Makes {@code object} the first of the CPU's own freelist; NO_OBJECT: it is empty. */
  void free(int object) {
    freelist = object;
    firstFree = base + (long) object * size;
  }

  /** The number of the object of the cpu slab at an address. */
  int objectAt(long address) {
    return (int) ((address - base) * reciprocal >>> SlubCache.RECIPROCAL_SHIFT);
  }

  void forget() {
    slab = SlubSlabs.NO_SLAB;
    freelist = SlubSlabs.NO_OBJECT;
  }

  void clear() {
    forget();
    partial = SlubSlabs.NO_SLAB;
  }
}
