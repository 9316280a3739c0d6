package kmemsh.machine;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.BootReport;

/**
 * What firmware said about memory, and the pages beside it that have a struct page and no RAM.
 *
 * <p>A machine that is given by a size has the map of the recorded machines, a PC's. Such a page
 * belongs to the zone of the next RAM; with the memory map in sections (x86_64) only pages of
 * sections with RAM have one, and the end of the last section counts for the last zone.
 */
final class Firmware {
  static final int USABLE = 1;
  static final int RESERVED = 2;

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long PCI_HOLE = 3 * GIB;
  private static final long ACPI = 128 << 10;
  private static final long HYPERTRANSPORT = 0xfd00000000L;
  private static final int SECTION = 0x8000;
  private static final int MAX_ARCH_PFN_I386 = 0x100000;
  private static final int MAX_ARCH_PFN_PAE = 0x1000000;
  private static final long MAX_ARCH_PFN_X86_64 = 0x400000000L;

  private final Profile profile;
  private final List<int[]> holes = new ArrayList<>();

  private Firmware(Profile profile) {
    this.profile = profile;
  }

  static BootReport.Firmware of(Profile profile) {
    Firmware firmware = new Firmware(profile);
    long[][] rows = profile.firmware() == null ? firmware.ofPc() : profile.firmware();
    long end = 0;
    long endBelow4G = 0;
    for (long[] row : rows) {
      if (row[2] == USABLE) {
        end = Math.max(end, row[1]);
        endBelow4G = row[0] < 4 * GIB ? Math.max(endBelow4G, row[1]) : endBelow4G;
      }
    }
    long arch = profile.pae() ? MAX_ARCH_PFN_PAE : MAX_ARCH_PFN_I386;
    firmware.findHoles();
    return new BootReport.Firmware(
        rows,
        end >>> 12,
        endBelow4G >>> 12,
        profile.i386() ? arch : MAX_ARCH_PFN_X86_64,
        firmware.holes);
  }

  /** The map of a PC, lowest first. */
  private long[][] ofPc() {
    long bytes = profile.memBytes();
    long low = Math.min(bytes, PCI_HOLE);
    List<long[]> rows = new ArrayList<>();
    rows.add(new long[] {0, 0x9fc00, USABLE});
    rows.add(new long[] {0x9fc00, 0xa0000, RESERVED});
    rows.add(new long[] {0xf0000, MIB, RESERVED});
    rows.add(new long[] {MIB, low - ACPI, USABLE});
    rows.add(new long[] {low - ACPI, low, RESERVED});
    rows.add(new long[] {0xfffc0000L, 4 * GIB, RESERVED});
    if (bytes > PCI_HOLE) {
      rows.add(new long[] {4 * GIB, 4 * GIB + bytes - PCI_HOLE, USABLE});
    }
    if (!profile.i386() && bytes - PCI_HOLE + 4 * GIB <= HYPERTRANSPORT) {
      rows.add(new long[] {HYPERTRANSPORT, 0x10000000000L, RESERVED});
    }
    return rows.toArray(new long[0][]);
  }

  private void findHoles() {
    int[] limits = Zones.limits(profile);
    long known = 0;
    int nid = 0;
    int zone = 0;
    for (long[] range : profile.ram()) {
      long start = range[0] >>> 12;
      nid = (int) range[2];
      zone = zoneOf(limits, start);
      hole(known, start, nid, zone);
      known = Math.min(range[1] >>> 12, profile.maxPfn());
      zone = zoneOf(limits, known - 1);
    }
    if (!profile.i386()) {
      hole(known, known + SECTION - 1 & -SECTION, nid, zone);
    }
  }

  private static int zoneOf(int[] limits, long pfn) {
    int zone = limits.length - 2;
    while (zone > 0 && pfn < limits[zone]) {
      zone--;
    }
    return zone;
  }

  private void hole(long start, long end, int nid, int zone) {
    long pages = end - start;
    if (!profile.i386()) {
      long startOfNext = end & -SECTION;
      long endOfLast = start + SECTION - 1 & -SECTION;
      pages = endOfLast < startOfNext ? endOfLast - start + (end - startOfNext) : pages;
    }
    if (pages > 0) {
      holes.add(new int[] {nid, zone, (int) pages});
    }
  }
}
