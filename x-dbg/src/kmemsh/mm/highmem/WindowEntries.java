package kmemsh.mm.highmem;

import kmemsh.mm.vmalloc.PageTables;
import kmemsh.mm.vmalloc.Pte;

/**
 * The entries of a window in the page tables, which boot has made for the windows. As long as
 * nobody has asked for page tables there are none, and nothing is written.
 *
 * <p>Spec: mappings.md 4.2
 */
final class WindowEntries {
  private static final int PAGE_SHIFT = 12;

  private PageTables tables;

  /** Where entries go from now on; null for nowhere. */
  void use(PageTables tables) {
    this.tables = tables;
  }

  void set(long virt, int pfn) {
    if (tables != null) {
      boolean set = tables.set(virt, (long) pfn << PAGE_SHIFT | Pte.PAGE_KERNEL | tables.nx());
      assert set : "no page table for the window at 0x" + Long.toHexString(virt);
    }
  }

  void clear(long virt) {
    if (tables != null) {
      tables.clear(virt);
    }
  }

  /** Whether the tables lead from {@code virt} to {@code pfn}, or nowhere for -1. */
  boolean agree(long virt, int pfn) {
    return tables == null || tables.pfn(virt) == pfn;
  }
}
