package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;

/**
 * What SLUB writes into its slabs: a free object holds the address of the next one.
 *
 * <pre>
 *   |        object         |            |    object    |red|next|
 *   |     ....next......    |            |              |   |    |
 *         offset = middle                       offset = inuse, when the object must stay whole
 * </pre>
 *
 * <p>Spec: slab-allocators.md 3.1, 3.2
 */
final class SlubContents {
  private final SlubSlabs slabs;
  final ObjectBytes bytes;

  SlubContents(SlubSlabs slabs, ObjectBytes bytes) {
    this.slabs = slabs;
    this.bytes = bytes;
  }

  /** Where an object is. */
  long address(SlubCache cache, int slab, int object) {
    return ((long) slabs.pfn(slab) << SlabAllocator.PAGE_SHIFT)
        + cache.redLeftPad
        + (long) object * cache.size;
  }

  /** Writes that {@code next} follows {@code object} on a freelist. */
  void link(SlubCache cache, int slab, int object, int next) {
    long target = next == NO_OBJECT ? SlabAllocator.NULL : address(cache, slab, next);
    bytes.setPointer(address(cache, slab, object) + cache.offset, target);
  }

  /** Stands for a pointer that leads to no object of its slab. */
  static final int WILD = -2;

  /** The object that follows in memory: NO_OBJECT at the end, {@link #WILD} for no object. */
  int decode(SlubCache cache, int slab, int object) {
    long pointer = bytes.word(address(cache, slab, object) + cache.offset);
    if (pointer == 0) {
      return NO_OBJECT;
    }
    long behind = bytes.physical(pointer) - address(cache, slab, 0);
    boolean proper =
        behind >= 0 && behind % cache.size == 0 && behind / cache.size < slabs.objects(slab);
    return proper ? (int) (behind / cache.size) : WILD;
  }

  /** Links the objects of a new slab as the model has them. */
  void newSlab(SlubCache cache, int slab) {
    int base = slabs.linkBase(slab);
    for (int object = 0; object < slabs.objects(slab); object++) {
      link(cache, slab, object, slabs.links.get(base + object));
    }
  }

  /** Links freed objects from {@code head} to {@code tail}, and {@code prior} behind them. */
  void freed(SlubCache cache, int slab, int head, int tail, int prior) {
    int base = slabs.linkBase(slab);
    for (int object = head; object != tail; object = slabs.links.get(base + object)) {
      link(cache, slab, object, slabs.links.get(base + object));
    }
    link(cache, slab, tail, prior);
  }

  /** What is wrong with the links in memory of the objects from {@code first} on, or empty. */
  String problem(SlubCache cache, int slab, int first) {
    int base = slabs.linkBase(slab);
    int left = slabs.objects(slab);
    for (int object = first; object != NO_OBJECT && left-- > 0; ) {
      int next = slabs.links.get(base + object);
      long target = next == NO_OBJECT ? SlabAllocator.NULL : address(cache, slab, next);
      long pointer = bytes.word(address(cache, slab, object) + cache.offset);
      if (pointer != bytes.virtual(target)) {
        return "the free pointer of object " + object + " is 0x" + Long.toHexString(pointer);
      }
      object = next;
    }
    return "";
  }
}
