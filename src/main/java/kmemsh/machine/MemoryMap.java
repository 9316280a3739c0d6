package kmemsh.machine;

import java.util.ArrayList;
import java.util.List;
import kmemsh.mm.vmalloc.StructPages;

/**
 * RAM as firmware reports it and what boot code reserves in it, for machines that are given by a
 * size alone.
 *
 * <p>The firmware map is a PC's: 636 KiB below the first hole, RAM from 1 MiB up to a hole below 4
 * GiB, the rest from 4 GiB on. The reservations follow the recorded kernels: the first MiB, the
 * kernel image at 16 MiB, an initrd, the memory map, boot-time tables.
 *
 * <p>Spec: page-allocator.md 2.1
 */
final class MemoryMap {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final long GIB = 1024 * MIB;
  private static final long PAGE = 4096;
  private static final long LOW_END = 0x9f000;
  private static final long PCI_HOLE = 3 * GIB;
  private static final long FOUR_GIB = 4 * GIB;
  private static final long ACPI = 128 * KIB;
  private static final long KERNEL = 16 * MIB;
  private static final long KERNEL_END_I386 = 0x138a000;
  private static final long KERNEL_END_X86_64 = 0x1c06000;
  private static final long INITRD = 0x105000;
  private static final long SWIOTLB = 64 * MIB;
  private static final long HUGE = 2 * MIB;
  private static final long VMEMMAP = 0xffffea0000000000L;

  private MemoryMap() {}

  /** Usable RAM of a machine with {@code bytes} of it, as rows of start and end. */
  static List<long[]> firmware(long bytes) {
    List<long[]> ram = new ArrayList<>();
    ram.add(new long[] {PAGE, LOW_END});
    ram.add(new long[] {MIB, Math.min(bytes, PCI_HOLE) - ACPI});
    if (bytes > PCI_HOLE) {
      ram.add(new long[] {FOUR_GIB, FOUR_GIB + bytes - PCI_HOLE});
    }
    return ram;
  }

  /** Whole pages of {@code usable}, without page 0 and the range from 640 KiB to 1 MiB. */
  static List<long[]> trim(List<long[]> usable) {
    List<long[]> pages = new ArrayList<>();
    for (long[] range : usable) {
      add(pages, Math.max(range[0], PAGE), Math.min(range[1], 0xa0000));
      add(pages, Math.max(range[0], MIB), range[1]);
    }
    return pages;
  }

  private static void add(List<long[]> pages, long start, long end) {
    long from = (start + PAGE - 1) & -PAGE;
    long to = end & -PAGE;
    if (from < to) {
      long[] last = pages.isEmpty() ? null : pages.get(pages.size() - 1);
      if (last != null && last[1] == from) {
        last[1] = to;
      } else {
        pages.add(new long[] {from, to});
      }
    }
  }

  /** Cuts RAM into {@code nrNodes} nodes of about equal size, at multiples of 4 MiB. */
  static long[][] nodes(List<long[]> ram, int nrNodes) {
    long total = 0;
    for (long[] range : ram) {
      total += range[1] - range[0];
    }
    List<long[]> cut = new ArrayList<>();
    long seen = 0;
    int nid = 0;
    for (long[] range : ram) {
      long start = range[0];
      while (start < range[1]) {
        long share = total * (nid + 1) / nrNodes;
        long end = nid == nrNodes - 1 ? range[1] : start + share - seen;
        end = Math.min(range[1], (end + 4 * MIB - 1) & -(4 * MIB));
        cut.add(new long[] {start, end, nid});
        seen += end - start;
        start = end;
        if (seen >= share && nid < nrNodes - 1) {
          nid++;
        }
      }
    }
    return cut.toArray(new long[0][]);
  }

  /**
   * Where the struct pages are: on i386 in the memory map, which lies where {@link #reservedI386}
   * puts it or at the start of what else was reserved for it, on x86_64 at vmemmap. Spec:
   * mappings.md 3
   */
  static StructPages structPages(Profile profile) {
    int sizeofPage = profile.sizeofPage();
    if (!profile.i386()) {
      return new StructPages(VMEMMAP, sizeofPage);
    }
    long lowEnd = (long) profile.endOfLowmem() << 12;
    long bytes = memmapBytes(profile.maxPfn(), sizeofPage);
    long start = lowEnd - INITRD - bytes;
    boolean reserved = false;
    for (long[] row : profile.reserved()) {
      reserved |= row[0] <= start && start + bytes <= row[1];
    }
    for (long[] row : profile.reserved()) {
      if (!reserved && row[0] != 0 && row[1] - row[0] >= bytes && row[1] <= lowEnd) {
        start = row[0];
      }
    }
    return new StructPages(profile.pageOffset() + start, sizeofPage);
  }

  private static long memmapBytes(int maxPfn, int sizeofPage) {
    long blocks = (maxPfn + 1023L) & -1024L;
    return (blocks * sizeofPage + PAGE - 1) & -PAGE;
  }

  /** What an i386 kernel reserves, lowest first. {@code lowEnd} is the end of low memory. */
  static long[][] reservedI386(long lowEnd, int maxPfn, int sizeofPage) {
    long memmap = lowEnd - INITRD - memmapBytes(maxPfn, sizeofPage);
    long hashes = Math.min(768 * KIB, Math.max(16 * KIB, Long.highestOneBit(lowEnd / 1024)));
    return new long[][] {
      {0, MIB}, {KERNEL, KERNEL_END_I386}, {memmap - PAGE - hashes, lowEnd},
    };
  }

  /** What an x86_64 kernel reserves, lowest first. */
  static long[][] reservedX8664(long[][] ram, int sizeofPage) {
    List<long[]> reserved = new ArrayList<>();
    reserved.add(new long[] {0, MIB});
    reserved.add(new long[] {KERNEL, KERNEL_END_X86_64});
    boolean above4G = ram[ram.length - 1][1] > FOUR_GIB;
    for (int i = 0; i < ram.length; i++) {
      boolean lastOfNode = i == ram.length - 1 || ram[i + 1][2] != ram[i][2];
      if (above4G && ram[i][0] < FOUR_GIB && ram[i][1] > 2 * GIB && ram[i][1] >= PCI_HOLE - MIB) {
        reserved.add(new long[] {ram[i][1] - SWIOTLB, ram[i][1]});
      }
      if (lastOfNode) {
        reserveMemmap(reserved, ram, ram[i], sizeofPage);
      }
    }
    return sorted(reserved);
  }

  private static long[][] sorted(List<long[]> ranges) {
    long[][] rows = ranges.toArray(new long[0][]);
    for (int i = 1; i < rows.length; i++) {
      for (int j = i; j > 0 && rows[j][0] < rows[j - 1][0]; j--) {
        long[] row = rows[j];
        rows[j] = rows[j - 1];
        rows[j - 1] = row;
      }
    }
    return rows;
  }

  private static void reserveMemmap(
      List<long[]> reserved, long[][] ram, long[] last, int sizeofPage) {
    long pages = 0;
    for (long[] range : ram) {
      pages += range[2] == last[2] ? (range[1] - range[0]) / PAGE : 0;
    }
    long memmap = (pages * sizeofPage + HUGE - 1) & -HUGE;
    long top = (last[1] - MIB) & -HUGE;
    long imageEnd = (KERNEL_END_X86_64 + HUGE - 1) & -HUGE;
    if (top - memmap >= Math.max(last[0], imageEnd)) {
      reserved.add(new long[] {top - memmap, top});
    } else if (last[0] <= KERNEL - memmap && last[1] >= KERNEL) {
      reserved.add(new long[] {KERNEL - memmap, KERNEL});
    }
    if (last[1] <= KERNEL || last[1] - 212 * PAGE >= KERNEL_END_X86_64) {
      reserved.add(new long[] {last[1] - 212 * PAGE, last[1]});
    }
  }
}
