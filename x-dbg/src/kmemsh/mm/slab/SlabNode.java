package kmemsh.mm.slab;

/** What SLAB keeps of one cache on one memory node. Spec: slab-allocators.md 2.1 */
final class SlabNode {
  /** Heads of the lists in {@link SlabTable}. */
  int partialList;

  int fullList;
  int freeList;

  int totalSlabs;
  int freeSlabs;

  /** Free objects inside slabs; those in arrays are not counted. */
  int freeObjects;

  int freeLimit;

  /** The colour of the slab made last. */
  int colourNext;

  /** Whether a slab of the free list was needed since the reaper looked last. */
  boolean freeTouched;

  /** Null where the cache has none. */
  SlabArray shared;

  /** By node: objects of that node freed by CPUs of this one; null without aliens. */
  SlabArray[] alien;

  /** The kmalloc objects that are this structure and its table of alien arrays in a kernel. */
  long address = SlabAllocator.NULL;

  long alienTable = SlabAllocator.NULL;

  /** A node without slabs whose lists are in {@code table}. */
  static SlabNode emptyIn(SlabTable table) {
    SlabNode node = new SlabNode();
    node.partialList = table.newList();
    node.fullList = table.newList();
    node.freeList = table.newList();
    return node;
  }

  static SlabNode copyOf(SlabNode node) {
    if (node == null) {
      return null;
    }
    SlabNode copy = new SlabNode();
    copy.partialList = node.partialList;
    copy.fullList = node.fullList;
    copy.freeList = node.freeList;
    copy.totalSlabs = node.totalSlabs;
    copy.freeSlabs = node.freeSlabs;
    copy.freeObjects = node.freeObjects;
    copy.freeLimit = node.freeLimit;
    copy.colourNext = node.colourNext;
    copy.freeTouched = node.freeTouched;
    copy.shared = SlabArray.copyOf(node.shared);
    copy.alien = copyOf(node.alien);
    copy.address = node.address;
    copy.alienTable = node.alienTable;
    return copy;
  }

  static SlabArray[] copyOf(SlabArray[] arrays) {
    if (arrays == null) {
      return null;
    }
    SlabArray[] copy = new SlabArray[arrays.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = SlabArray.copyOf(arrays[i]);
    }
    return copy;
  }
}
