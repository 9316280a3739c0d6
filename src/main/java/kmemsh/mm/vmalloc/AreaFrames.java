package kmemsh.mm.vmalloc;

import java.util.Arrays;
import kmemsh.mm.page.PageAllocator;
import kmemsh.view.Gfp;

/**
 * The frames that the call at hand takes for an area or finds behind one.
 *
 * <p>Spec: mappings.md 7
 */
final class AreaFrames {
  static final int HUGE_ORDER = 9;
  static final int HUGE_PAGES = 1 << HUGE_ORDER;

  /** Pages of one request. */
  static final int BULK = 100;

  /** Holds {@link #nr} of them; longer ones take its place, see {@link #ensure}. */
  int[] pfns = new int[BULK];

  int nr;
  private final PageAllocator pages;
  private final int[] bulk = new int[BULK];

  AreaFrames(PageAllocator pages) {
    this.pages = pages;
  }

  /** Makes room. */
  void ensure(int wanted) {
    if (wanted > pfns.length) {
      pfns = Arrays.copyOf(pfns, Math.max(wanted, 2 * pfns.length));
    }
  }

  int[] copy(int howMany) {
    return Arrays.copyOf(pfns, howMany);
  }

  void set(int[] from) {
    ensure(from.length);
    System.arraycopy(from, 0, pfns, 0, from.length);
    nr = from.length;
  }

  /** Takes single pages, {@code wanted} of them if there are so many. */
  void takeSingles(int wanted, int mask) {
    ensure(wanted);
    nr = 0;
    while (nr < wanted) {
      int asked = Math.min(BULK, wanted - nr);
      int got = pages.allocPagesBulk(mask, asked, nr == 0 ? pfns : bulk);
      if (nr > 0) {
        System.arraycopy(bulk, 0, pfns, nr, got);
      }
      nr += got;
      if (got != asked) {
        break;
      }
    }
    while (nr < wanted) {
      int pfn = pages.allocPages(mask, 0);
      if (pfn == PageAllocator.NO_PFN) {
        break;
      }
      pfns[nr++] = pfn;
    }
  }

  /** Takes blocks for large entries and splits them. */
  void takeHuge(int wanted, int mask) {
    ensure(wanted);
    nr = 0;
    while (nr < wanted) {
      int pfn = pages.allocPages(mask & ~Gfp.__GFP_NOFAIL, HUGE_ORDER);
      if (pfn == PageAllocator.NO_PFN) {
        break;
      }
      pages.splitPage(pfn, HUGE_ORDER);
      addRun(pfn, HUGE_PAGES);
    }
  }

  /** Adds {@code howMany} frames, one behind the other. */
  void addRun(int pfn, int howMany) {
    ensure(nr + howMany);
    for (int i = 0; i < howMany; i++) {
      pfns[nr++] = pfn + i;
    }
  }

  /** Finds the frames behind [start, end), of which some have large entries, and unmaps them. */
  void unmapLarge(PageTables tables, long start, long end) {
    nr = 0;
    long virt = start;
    while (Long.compareUnsigned(virt, end) < 0) {
      int pfn = tables.pfn(virt);
      long bytes = tables.clearAny(virt);
      if (pfn >= 0) {
        addRun(pfn, (int) (Math.min(bytes, end - virt) >>> Vmalloc.PAGE_SHIFT));
      }
      virt += bytes;
    }
  }
}
