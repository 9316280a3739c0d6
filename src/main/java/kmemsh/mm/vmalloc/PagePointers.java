package kmemsh.mm.vmalloc;

import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.PageMachine;

/**
 * The arrays of pointers to struct pages that vmalloc keeps, as they are in memory.
 *
 * <p>Spec: mappings.md 3, 7
 */
final class PagePointers {
  private static final int PAGE_SHIFT = Vmalloc.PAGE_SHIFT;
  private static final long IN_PAGE = Vmalloc.PAGE_BYTES - 1;

  private final PageMachine machine;
  private final PageTables tables;
  private final AddressLayout layout;
  private final StructPages structPages;

  PagePointers(
      PageMachine machine, PageTables tables, AddressLayout layout, StructPages structPages) {
    this.machine = machine;
    this.tables = tables;
    this.layout = layout;
    this.structPages = structPages;
  }

  /**
   * Writes the pointers to {@code nr} frames if anyone looks at memory.
   *
   * @param array of vmalloc, or a physical address
   */
  void write(long array, int[] pfns, int nr) {
    FrameBytes bytes = machine.contents();
    if (bytes == null) {
      return;
    }
    boolean mapped = layout.isVmalloc(array);
    int wordBytes = layout.i386 ? Integer.BYTES : Long.BYTES;
    for (int i = 0; i < nr; i++) {
      long at = array + (long) i * wordBytes;
      long phys = mapped ? ((long) tables.pfn(at) << PAGE_SHIFT) | (at & IN_PAGE) : at;
      long pointer = structPages.address(pfns[i]);
      if (layout.i386) {
        bytes.set32(phys, (int) pointer);
      } else {
        bytes.set64(phys, pointer);
      }
    }
  }
}
