package kmemsh.machine;

import kmemsh.mm.page.PageConfig;
import kmemsh.mm.page.ZoneShape;
import kmemsh.mm.page.Zonelists;

/**
 * From a profile to zones: their limits, their spans and what the allocator must know of the
 * kernel.
 *
 * <p>Spec: page-allocator.md 1.2, 1.4, 1.5, 4.3
 */
final class Zones {
  static final int MAX_NR_ZONES = 4;
  private static final int DMA_END = 0x1000;
  private static final int DMA32_END = 0x100000;
  private static final int MAX_TYPES = 6;
  private static final int BASE_TYPES = 4;

  private static final String[] I386 = {"DMA", "Normal", "HighMem", "Movable"};
  private static final String[] X86_64 = {"DMA", "DMA32", "Normal", "Movable"};
  // Indexed by the low four gfp bits: DMA 1, HIGHMEM 2, DMA32 4, MOVABLE 8.
  private static final int[] I386_ZONE = {1, 0, 2, -1, 1, -1, -1, -1, 1, 0, 3, -1, 1, -1, -1, -1};
  private static final int[] X86_64_ZONE = {2, 0, 2, -1, 1, -1, -1, -1, 2, 0, 3, -1, 1, -1, -1, -1};

  private Zones() {}

  static String[] names(boolean i386) {
    return (i386 ? I386 : X86_64).clone();
  }

  static ZoneShape[] shapes(Profile profile) {
    ZoneShape[] shapes = new ZoneShape[profile.nrNodes() * MAX_NR_ZONES];
    int[] limit = limits(profile);
    for (int nid = 0; nid < profile.nrNodes(); nid++) {
      for (int index = 0; index < MAX_NR_ZONES; index++) {
        shapes[nid * MAX_NR_ZONES + index] = shape(profile, nid, index, limit);
      }
    }
    return shapes;
  }

  /** Bounds between zones: zone i reaches from limit[i] to limit[i + 1]; Movable is empty. */
  static int[] limits(Profile profile) {
    int low = (int) (profile.ram()[0][0] >>> 12);
    int maxLow = profile.endOfLowmem();
    int dma = Math.max(low, Math.min(DMA_END, maxLow));
    if (profile.i386()) {
      int normal = Math.max(dma, maxLow);
      return new int[] {low, dma, normal, Math.max(normal, profile.maxPfn())};
    }
    int dma32 = Math.max(dma, Math.min(DMA32_END, maxLow));
    return new int[] {low, dma, dma32, Math.max(dma32, maxLow)};
  }

  private static ZoneShape shape(Profile profile, int nid, int index, int[] limit) {
    String name = (profile.i386() ? I386 : X86_64)[index];
    boolean movable = index == MAX_NR_ZONES - 1;
    boolean hasHighmem = profile.i386() && limit[3] > limit[2];
    boolean highmem = profile.i386() && (index == 2 || (movable && hasHighmem));
    int start = 0;
    int end = 0;
    int present = 0;
    if (!movable) {
      int nodeStart = Integer.MAX_VALUE;
      int nodeEnd = 0;
      for (long[] range : profile.ram()) {
        if (range[2] == nid) {
          int from = (int) (range[0] >>> 12);
          int to = (int) Math.min(range[1] >>> 12, profile.maxPfn());
          nodeStart = Math.min(nodeStart, from);
          nodeEnd = Math.max(nodeEnd, to);
          present += Math.max(0, Math.min(to, limit[index + 1]) - Math.max(from, limit[index]));
        }
      }
      start = clamp(nodeStart, limit[index], limit[index + 1]);
      end = clamp(nodeEnd, limit[index], limit[index + 1]);
    }
    boolean spans = end > start;
    return new ZoneShape(
        nid, index, name, highmem, spans ? start : 0, spans ? end : 0, spans ? present : 0);
  }

  private static int clamp(int value, int low, int high) {
    return Math.max(low, Math.min(high, value));
  }

  static PageConfig config(Profile profile, ZoneShape[] shapes, int maxFlatRows) {
    boolean i386 = profile.i386();
    int nrTypes = profile.cma() ? MAX_TYPES : BASE_TYPES;
    return new PageConfig(
        profile.maxPfn(),
        profile.pageblockOrder(),
        nrTypes,
        MAX_NR_ZONES,
        profile.cpuNode(),
        nodeOrder(profile),
        i386 ? I386_ZONE : X86_64_ZONE,
        !i386,
        i386 ? 1 : 2,
        i386 ? -1 : 1,
        profile.cma(),
        profile.compaction(),
        profile.thp(),
        profile.smp(),
        profile.numa(),
        !i386,
        !mobility(profile, shapes),
        maxFlatRows);
  }

  /** Whether pageblocks are kept apart by mobility; too small a machine has too few. */
  static boolean mobility(Profile profile, ZoneShape[] shapes) {
    int nrTypes = profile.cma() ? MAX_TYPES : BASE_TYPES;
    return earlyPages(profile, shapes) >= (long) nrTypes << profile.pageblockOrder();
  }

  static int[][] nodeOrder(Profile profile) {
    boolean[] hasMemory = new boolean[profile.nrNodes()];
    boolean[] hasCpus = new boolean[profile.nrNodes()];
    for (long[] range : profile.ram()) {
      hasMemory[(int) range[2]] = true;
    }
    for (int nid : profile.cpuNode()) {
      hasCpus[nid] = true;
    }
    return Zonelists.nodeOrder(profile.distance(), hasMemory, hasCpus);
  }

  /** The early estimate of usable pages that decides on mobility grouping. Spec: 1.7 */
  static long earlyPages(Profile profile, ZoneShape[] shapes) {
    long sum = 0;
    for (ZoneShape shape : shapes) {
      long present = shape.presentPages();
      long spanned = (long) shape.endPfn() - shape.startPfn();
      boolean holes = !profile.i386() && spanned > present + present / 16;
      long pages = holes ? present : spanned;
      long memmap = (pages * profile.sizeofPage() + 4095) / 4096;
      if (!shape.highmem() && present >= memmap) {
        present -= memmap;
      }
      if (!profile.i386() && shape.index() == 0) {
        present -= reservedBelow16M(profile);
      }
      sum += Math.max(0, present);
    }
    return sum;
  }

  private static long reservedBelow16M(Profile profile) {
    long reserved = 0;
    for (long[] range : profile.ram()) {
      long start = range[0];
      long end = Math.min(range[1], (long) DMA_END << 12);
      for (long[] taken : profile.reserved()) {
        long from = Math.max(start, taken[0] & -4096L);
        long to = Math.min(end, (taken[1] + 4095) & -4096L);
        reserved += Math.max(0, to - from) >>> 12;
      }
    }
    return reserved;
  }
}
