package kmemsh.mm.vmalloc;

import kmemsh.base.IntColumn;
import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.PageAllocator;

/**
 * The pages of ordinary small areas in one pass: each is taken, noted and mapped before the next
 * one, and back. That is possible where nobody can tell it from the kernel's steps one after the
 * other: no facts are wanted, no contents, no purge is due, one table maps all of them, and the
 * page allocator's fast lane has them. Where it is not, nothing has changed.
 *
 * <p>Spec: mappings.md 7, 8
 */
final class PlainPages {
  private final PageAllocator pages;
  private final PageTables tables;
  private final IntColumn owners;
  private final long flags;

  PlainPages(PageAllocator pages, PageTables tables, IntColumn owners, long flags) {
    this.pages = pages;
    this.tables = tables;
    this.owners = owners;
    this.flags = flags;
  }

  private byte[] tableOf(long start, int nr) {
    boolean plain = !pages.hasContents() && !FrameBytes.isBytewise();
    return plain ? tables.tableToWrite(start, nr) : null;
  }

  /** Takes {@code nr} pages and maps them from {@code start} on, or does nothing. */
  boolean take(int area, long start, int nr, int gfpMask) {
    byte[] table = tableOf(start, nr);
    if (table == null || !pages.hasEasy(gfpMask, nr)) {
      return false;
    }
    int first = tables.indexInTable(start);
    for (int i = 0; i < nr; i++) {
      int pfn = pages.takeEasy();
      owners.set(pfn, area);
      tables.putIn(table, first + i, (long) pfn << Vmalloc.PAGE_SHIFT | flags);
    }
    return true;
  }

  /** Unmaps and frees all {@code nr} pages from {@code start} on, or does nothing. */
  boolean give(long start, int nr) {
    byte[] table = tableOf(start, nr);
    if (table == null) {
      return false;
    }
    int first = tables.indexInTable(start);
    for (int i = 0; i < nr; i++) {
      int pfn = unmap(table, first + i);
      if (!pages.freeEasy(pfn)) {
        pages.freePages(pfn, 0);
        giveRest(table, first + i + 1, first + nr);
        break;
      }
    }
    return true;
  }

  /** What the loop of {@link #give} does, which is faster without the long way in it. */
  private void giveRest(byte[] table, int first, int end) {
    for (int index = first; index < end; index++) {
      pages.freePages(unmap(table, index), 0);
    }
  }

  private int unmap(byte[] table, int index) {
    int pfn = (int) (Pte.phys(tables.getIn(table, index)) >>> Vmalloc.PAGE_SHIFT);
    tables.putIn(table, index, 0);
    owners.set(pfn, 0);
    return pfn;
  }
}
