package kmemsh.mm.vmalloc;

import kmemsh.mm.slab.QuickObjects;
import kmemsh.mm.slab.SlabAllocator;

/**
 * Where the arrays of page pointers of small areas come from.
 *
 * <p>Spec: mappings.md 7
 */
final class PageArrays {
  private static final int NR_SMALL = 16;

  private final SlabAllocator slab;
  private final int wordBytes;

  /** By the number of pages; each made when first asked. */
  private final QuickObjects[] small = new QuickObjects[NR_SMALL];

  PageArrays(SlabAllocator slab, int wordBytes) {
    this.slab = slab;
    this.wordBytes = wordBytes;
  }

  /** An array for {@code nr} pages, which is no area of its own; or NULL. */
  long take(int nr, int gfpMask) {
    if (nr < NR_SMALL && small[nr] != null) {
      long array = small[nr].take();
      if (array != SlabAllocator.NULL) {
        return array;
      }
    }
    return takeAside(nr, gfpMask);
  }

  private long takeAside(int nr, int gfpMask) {
    long bytes = (long) nr * wordBytes;
    if (nr < NR_SMALL && small[nr] == null) {
      small[nr] = slab.quickObjects(null, bytes);
    }
    return slab.kmalloc(bytes, gfpMask);
  }

  void give(long array, int nr) {
    if (nr >= NR_SMALL || small[nr] == null || !small[nr].give(array)) {
      slab.kfree(array);
    }
  }
}
