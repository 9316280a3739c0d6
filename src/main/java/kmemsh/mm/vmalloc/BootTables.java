package kmemsh.mm.vmalloc;

/**
 * Makes the page tables that are there when the kernel has booted: the linear map, and the tables
 * of the windows at the top of the address space.
 *
 * <pre>
 *   4 KiB pages    the first table's reach, the tables that the kernel image touches, the tail
 *   large pages    the rest: 4 MiB, with PAE and on x86_64 2 MiB, above 64 GiB of RAM 1 GiB
 * </pre>
 *
 * <p>Holes are not mapped. x86_64 maps the kernel image a second time, at its own addresses.
 *
 * <p>Spec: mappings.md 3; the split pages of the image as DirectMap4k of the recorded kernels
 */
final class BootTables {
  private static final long GIB = 1L << 30;
  private static final long IMAGE = 0xffffffff80000000L;
  private static final long RAM_OF_GIB_PAGES = 64 * GIB;

  private final PageTables tables;
  private final AddressLayout layout;
  private final long[][] ram;
  private final long imageStart;
  private final long imageEnd;
  private int nextPfn;

  /**
   * For {@code tables} whose top table is in {@code firstPfn}; more are in the frames behind it.
   *
   * @param ram rows of start and end of usable memory, ascending, in bytes
   */
  BootTables(PageTables tables, AddressLayout layout, long[][] ram, long[] image, int firstPfn) {
    this.tables = tables;
    this.layout = layout;
    this.ram = ram;
    imageStart = image[0];
    imageEnd = image[1];
    nextPfn = firstPfn + 1;
  }

  /** Makes all of them; {@code puds} are the tables that x86_64 took for vmalloc, or empty. */
  void make(int[] puds) {
    long end = (layout.highMemory - layout.pageOffset) & ~0xfffL;
    mapRange(0, Math.min(end, 1 << 20));
    for (long[] range : ram) {
      mapRange(Math.max(range[0], 1 << 20), Math.min(range[1], end));
    }
    if (layout.i386) {
      makeWindows();
      return;
    }
    mapImage();
    for (int i = 0; i < puds.length; i++) {
      tables.hang(layout.vmallocStart + i * tables.entryMaps(0), 1, puds[i]);
    }
  }

  /** The kernel's own addresses on x86_64, executable. */
  private void mapImage() {
    int level = tables.nrLevels() - 2;
    long size = tables.entryMaps(level);
    for (long phys = imageStart & -size; phys < imageEnd; phys += size) {
      makeTables(IMAGE + phys, level);
      tables.setRun(IMAGE + phys, level, 1, phys | Pte.PAGE_KERNEL_LARGE);
    }
  }

  /** Maps physical [start, end) at its place in the linear map. */
  private void mapRange(long start, long end) {
    int last = tables.nrLevels() - 1;
    long at = start;
    while (at < end) {
      int level = last;
      while (level > 0 && fits(at, end, level - 1)) {
        level--;
      }
      int nr = entriesInTable(at, end, level);
      map(at, level, nr);
      at += nr * tables.entryMaps(level);
    }
  }

  /**
   * How many entries of {@code level} there are from {@code at} on before the end, the end of a
   * table, or the kernel image. Behind the first of them none is aligned as a larger page is.
   */
  private int entriesInTable(long at, long end, int level) {
    long size = tables.entryMaps(level);
    long stop = end;
    if (level > 0) {
      long reach = tables.entryMaps(level - 1);
      stop = Math.min(stop, at + reach - (layout.pageOffset + at & reach - 1));
    }
    if (level < tables.nrLevels() - 1 && at < imageStart) {
      stop = Math.min(stop, imageStart);
    }
    return (int) Math.max(1, (stop - at) / size);
  }

  private boolean fits(long at, long end, int level) {
    long size = tables.entryMaps(level);
    boolean allowed = size < GIB || (size == GIB && !layout.i386 && end > RAM_OF_GIB_PAGES);
    return allowed
        && (at & (size - 1)) == 0
        && at != 0
        && at + size <= end
        && (at >= imageEnd || at + size <= imageStart);
  }

  private void map(long phys, int level, int nr) {
    long virt = layout.pageOffset + phys;
    makeTables(virt, level);
    boolean small = level == tables.nrLevels() - 1;
    long flags = small ? Pte.PAGE_KERNEL : Pte.PAGE_KERNEL_LARGE;
    tables.setRun(virt, level, nr, phys | flags | tables.nx());
  }

  /** The tables of all levels down to {@code level} for {@code virt}. */
  private void makeTables(long virt, int level) {
    for (int below = 1; below <= level; below++) {
      if (!tables.has(virt, below)) {
        tables.hang(virt, below, nextPfn++);
      }
    }
  }

  /** Tables of the kmap window, the CPU entry areas and the fixmap; with PAE all pmd tables. */
  private void makeWindows() {
    int last = tables.nrLevels() - 1;
    if (layout.pae) {
      for (long virt = layout.pageOffset; virt < 1L << 32; virt += GIB) {
        makeTables(virt, 1);
      }
    }
    if (layout.pkmapBase != 0) {
      makeTables(layout.pkmapBase, last);
    }
    for (long virt = layout.cpuEntryBase; virt < layout.cpuEntryEnd; virt += layout.pmdBytes) {
      makeTables(virt, last);
    }
    long fixmap = layout.fixaddrTotStart & -layout.pmdBytes;
    for (long virt = fixmap; virt < layout.fixaddrTop; virt += layout.pmdBytes) {
      makeTables(virt, last);
    }
  }

  /** Behind the last frame that was used. */
  int endPfn() {
    return nextPfn;
  }
}
