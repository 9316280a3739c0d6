package kmemsh.mm.vmalloc;

import kmemsh.base.RangeTree;
import kmemsh.mm.page.PageMachine;

/**
 * Checks what must hold between two calls: addresses are in one place each, page tables agree with
 * the areas, and every page that an area owns is allocated and behind its address.
 */
final class VmallocVerify {
  private static final int PAGE_SHIFT = Vmalloc.PAGE_SHIFT;

  private final Vmalloc vmalloc;
  private final VmapAreas areas;
  private final PageMachine pages;
  private long owned;

  private VmallocVerify(Vmalloc vmalloc, PageMachine pages) {
    this.vmalloc = vmalloc;
    this.areas = vmalloc.areas();
    this.pages = pages;
  }

  /** What is wrong, or empty. */
  static String check(Vmalloc vmalloc, PageMachine pages) {
    VmallocVerify verify = new VmallocVerify(vmalloc, pages);
    String problem = verify.areas.verify();
    problem = problem.isEmpty() ? vmalloc.maps().verify() : problem;
    RangeTree busy = verify.areas.busyTree();
    for (int area = busy.first(); area != RangeTree.NIL; area = busy.next(area)) {
      problem = problem.isEmpty() ? verify.area(area) : problem;
    }
    RangeTree lazy = verify.areas.lazyTree();
    for (int node = lazy.first(); node != RangeTree.NIL; node = lazy.next(node)) {
      problem = problem.isEmpty() ? verify.unmapped(lazy.start(node), lazy.end(node)) : problem;
    }
    if (problem.isEmpty() && verify.owned != vmalloc.usedPages()) {
      return vmalloc.usedPages() + " pages of vmalloc are counted, but there are " + verify.owned;
    }
    return problem;
  }

  private String area(int area) {
    long start = areas.start(area);
    int nr = vmalloc.structs().nrPages(area);
    owned += nr;
    for (int i = 0; i < nr; i++) {
      long virt = start + ((long) i << PAGE_SHIFT);
      int pfn = vmalloc.tables().pfn(virt);
      if (pfn < 0 || vmalloc.ownerOf(pfn) != area || pages.allocatedOrder(pfn) != 0) {
        return "the page at " + Long.toHexString(virt) + " is not one that its area owns";
      }
    }
    boolean guarded =
        vmalloc.structs().has(area) && (vmalloc.structs().flags(area) & Vmalloc.VM_NO_GUARD) == 0;
    long end = areas.end(area);
    return guarded ? unmapped(end - Vmalloc.PAGE_BYTES, end) : "";
  }

  private String unmapped(long start, long end) {
    for (long virt = start; Long.compareUnsigned(virt, end) < 0; virt += Vmalloc.PAGE_BYTES) {
      if (vmalloc.tables().pfn(virt) >= 0) {
        return "the page tables map " + Long.toHexString(virt) + ", which nobody has";
      }
    }
    return "";
  }
}
