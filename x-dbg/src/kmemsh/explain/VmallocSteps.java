package kmemsh.explain;

import kmemsh.trace.Fact;
import kmemsh.trace.VmallocStep;

/** Tells what vmalloc and its kin did with addresses, pages and page tables. */
final class VmallocSteps {
  private static final long GUARD = 4096;

  private final Paper paper;

  VmallocSteps(Paper paper) {
    this.paper = paper;
  }

  /** Tells {@code fact}; false when it is not one of vmalloc. */
  boolean tell(Fact fact) {
    if (fact.kind() != Fact.VMALLOC_STEP) {
      return false;
    }
    int step = fact.at(0);
    int depth =
        step == VmallocStep.FIRST || step == VmallocStep.REQUEST || step == VmallocStep.UNMAP
            ? 0
            : 1;
    String text = text(step, fact.get(1), fact.get(2));
    paper.line(depth, text.isEmpty() ? fact.toString() : text);
    return true;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private static String pages(long number) {
    return Words.pages(number);
  }

  private static String text(int step, long where, long value) {
    return switch (step) {
      case VmallocStep.REQUEST ->
          "__get_vm_area_node: "
              + Words.count(value)
              + " bytes"
              + (where > 1 ? ", aligned to " + Words.count(where) : "")
              + "; a guard page of "
              + GUARD
              + " is added";
      case VmallocStep.FIRST ->
          "the first call: the cache vmap_area is made now (a real kernel makes it at boot)";
      case VmallocStep.AREA ->
          "alloc_vmap_area: the first free range that fits, from the left of the tree: "
              + hex(where)
              + ".."
              + hex(where + value - 1);
      case VmallocStep.NO_SPACE ->
          "alloc_vmap_area: no free range fits " + Words.count(value) + " bytes";
      case VmallocStep.PURGE ->
          "__purge_vmap_area_lazy: " + pages(value) + " of freed addresses become free";
      case VmallocStep.ARRAY ->
          "the array of page pointers, " + value + " bytes, comes from kmalloc";
      case VmallocStep.ARRAY_AREA ->
          "the array of page pointers, "
              + Words.count(value)
              + " bytes, is more than a page: an area of its own";
      case VmallocStep.PAGES -> "vm_area_alloc_pages: " + pages(value) + ", wherever they are";
      case VmallocStep.TABLE ->
          "the page table for " + hex(where) + " was missing: page " + Words.pfn(value);
      case VmallocStep.MAP -> "vmap_pages_range: " + pages(value) + " mapped from " + hex(where);
      default -> freeing(step, where, value);
    };
  }

  private static String freeing(int step, long where, long value) {
    return switch (step) {
      case VmallocStep.UNMAP ->
          "vunmap_range: the entries of " + pages(value) + " from " + hex(where) + " are cleared";
      case VmallocStep.LAZY ->
          "free_vmap_area_noflush: "
              + hex(where)
              + " may not be used again yet; "
              + pages(value)
              + " wait for a purge";
      case VmallocStep.DRAIN_DUE ->
          "more than " + Words.count(value) + " wait: the worker purges at the next chance";
      case VmallocStep.FREE_PAGES -> pages(value) + " go back one by one";
      case VmallocStep.BLOCK ->
          "new_vmap_block: a block of " + pages(value) + " of addresses at " + hex(where);
      case VmallocStep.BLOCK_TAKE ->
          "vb_alloc: " + hex(where) + " from the cpu's block, " + pages(value) + " left in it";
      case VmallocStep.BLOCK_GIVE ->
          "vb_free: " + pages(value) + " of the block are used up; none is used twice";
      default -> "";
    };
  }
}
