package kmemsh.machine;

import kmemsh.mm.page.PageMachine;
import kmemsh.view.Gfp;

/**
 * The object allocator of a machine on which nobody has asked for an object yet. Its pages are
 * taken; the rest is made when it is first needed, by booting the machine's twin, since most
 * scripts never do.
 *
 * <p>Only SLAB on one i386 CPU sleeps: its boot takes three pages one by one, for the first
 * descriptors and the first objects of two kmalloc caches, whatever memory there is.
 *
 * <p>Spec: slab-allocators.md 1.11
 */
final class SleepingSlabs {
  private static final int NR_PAGES = 3;

  private final int[] pfns = new int[NR_PAGES];

  private SleepingSlabs() {}

  /** Takes the pages of an allocator that can sleep; null, and nothing is taken, if it cannot. */
  static SleepingSlabs of(Profile profile, PageMachine pages) {
    if (!profile.i386() || profile.smp() || !profile.slab().equals("slab")) {
      return null;
    }
    SleepingSlabs sleeping = new SleepingSlabs();
    for (int i = 0; i < NR_PAGES; i++) {
      sleeping.pfns[i] = pages.allocator().allocPages(Gfp.GFP_KERNEL | Gfp.__GFP_COMP, 0);
    }
    return sleeping;
  }

  boolean holds(int pfn) {
    for (int held : pfns) {
      if (held == pfn) {
        return true;
      }
    }
    return false;
  }
}
