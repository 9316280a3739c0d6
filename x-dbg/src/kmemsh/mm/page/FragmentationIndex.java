package kmemsh.mm.page;

/**
 * The two figures the kernel has for broken-up memory, from the free blocks of each order.
 *
 * <p>Spec: page-allocator.md 10.1
 */
final class FragmentationIndex {
  private static final long SCALE = 1000;

  private FragmentationIndex() {}

  /** For each order the part of free memory in smaller blocks, in thousandths. */
  static int[] unusable(int[] nrFree) {
    int[] index = new int[nrFree.length];
    long freePages = freePages(nrFree);
    for (int order = 0; order < index.length; order++) {
      long usable = suitable(nrFree, order) << order;
      index[order] = (int) (freePages == 0 ? SCALE : (freePages - usable) * SCALE / freePages);
    }
    return index;
  }

  /** For each order why a request would fail, in thousandths; -1000 where it would not. */
  static int[] extfrag(int[] nrFree) {
    int[] index = new int[nrFree.length];
    long freePages = freePages(nrFree);
    long blocks = 0;
    for (int count : nrFree) {
      blocks += count;
    }
    for (int order = 0; order < index.length; order++) {
      if (blocks == 0) {
        index[order] = 0;
      } else if (suitable(nrFree, order) != 0) {
        index[order] = (int) -SCALE;
      } else {
        index[order] = (int) (SCALE - (SCALE + ((freePages * SCALE) >> order)) / blocks);
      }
    }
    return index;
  }

  private static long freePages(int[] nrFree) {
    return suitable(nrFree, 0);
  }

  /** How many blocks of {@code order} the free blocks of that order and above contain. */
  private static long suitable(int[] nrFree, int order) {
    long sum = 0;
    for (int o = order; o < nrFree.length; o++) {
      sum += (long) nrFree[o] << (o - order);
    }
    return sum;
  }
}
