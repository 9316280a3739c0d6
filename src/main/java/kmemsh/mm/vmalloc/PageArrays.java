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

  /** The one used last, and for how many pages it is. */
  private QuickObjects last = new QuickObjects();

  private int lastNr;

  PageArrays(SlabAllocator slab, int wordBytes) {
    this.slab = slab;
    this.wordBytes = wordBytes;
  }

  /** An array for {@code nr} pages, which is no area of its own; or NULL. */
  long take(int nr, int gfpMask) {
    long array = nr == lastNr ? last.take() : SlabAllocator.NULL;
    return array != SlabAllocator.NULL ? array : takeAside(nr, gfpMask);
  }

  private long takeAside(int nr, int gfpMask) {
    long bytes = (long) nr * wordBytes;
    if (nr < NR_SMALL) {
      if (small[nr] == null) {
        small[nr] = slab.quickObjects(null, bytes);
      }
      lastNr = nr;
      last = small[nr];
    }
    return slab.kmalloc(bytes, gfpMask);
  }

  /** Frees an array for {@code nr} pages if that takes no more than a few steps. */
  boolean giveEasy(long array, int nr) {
    return nr == lastNr && last.give(array);
  }
}
