package kmemsh.mm.slab;

/** What SLUB keeps of a cache on one node: the partial list, the full list and two counters. */
final class SlubNode {
  private static final int NO_SLAB = SlubSlabs.NO_SLAB;

  private final SlubSlabs slabs;
  final int nid;

  /** Address of the structure, an object of kmem_cache_node; 0 where not known. */
  long address;

  int partialHead;
  int partialTail;
  int nrPartial;
  int fullHead;
  long nrSlabs;
  long totalObjects;

  SlubNode(SlubSlabs slabs, int nid) {
    this.slabs = slabs;
    this.nid = nid;
  }

  void addPartial(int slab, boolean tail) {
    if (tail) {
      slabs.place(slab, SlubSlabs.PARTIAL, NO_SLAB, partialTail);
      if (partialTail == NO_SLAB) {
        partialHead = slab;
      } else {
        slabs.setNext(partialTail, slab);
      }
      partialTail = slab;
    } else {
      slabs.place(slab, SlubSlabs.PARTIAL, partialHead, NO_SLAB);
      if (partialHead == NO_SLAB) {
        partialTail = slab;
      } else {
        slabs.setPrev(partialHead, slab);
      }
      partialHead = slab;
    }
    nrPartial++;
  }

  void removePartial(int slab) {
    int next = slabs.next(slab);
    int prev = slabs.prev(slab);
    if (next == NO_SLAB) {
      partialTail = prev;
    } else {
      slabs.setPrev(next, prev);
    }
    if (prev == NO_SLAB) {
      partialHead = next;
    } else {
      slabs.setNext(prev, next);
    }
    slabs.setPlace(slab, SlubSlabs.NOWHERE);
    nrPartial--;
  }

  /** Puts a slab at the head of the full list, which debug caches with STORE_USER have. */
  void addFull(int slab) {
    slabs.setPrev(slab, NO_SLAB);
    slabs.setNext(slab, fullHead);
    if (fullHead != NO_SLAB) {
      slabs.setPrev(fullHead, slab);
    }
    fullHead = slab;
    slabs.setPlace(slab, SlubSlabs.FULL);
  }

  void removeFull(int slab) {
    int next = slabs.next(slab);
    int prev = slabs.prev(slab);
    if (next != NO_SLAB) {
      slabs.setPrev(next, prev);
    }
    if (prev == NO_SLAB) {
      fullHead = next;
    } else {
      slabs.setNext(prev, next);
    }
    slabs.setPlace(slab, SlubSlabs.NOWHERE);
  }

  void clear() {
    partialHead = NO_SLAB;
    partialTail = NO_SLAB;
    nrPartial = 0;
    fullHead = NO_SLAB;
    nrSlabs = 0;
    totalObjects = 0;
  }
}
