package kmemsh.view;

import java.util.List;

/**
 * What the kernel says at boot about the memory it found.
 *
 * @param zoneNames of each zone index but Movable
 * @param zoneLimits first pfn of each of these zones, then the end of the last
 * @param ram rows of start, end, node in bytes
 * @param nodeOrder for each node the nodes it falls back to
 * @param lowPages end of low memory, a pfn
 * @param maxPfn end of memory, a pfn
 * @param totalPages the early estimate of usable pages
 * @param freePages pages that were free when boot counted them
 * @param managedPages pages handed over
 * @param presentPages RAM
 * @param highPages handed-over pages of HighMem
 * @param highmemAsked pages that {@code highmem=} asked for
 * @param highmemProblem why that was ignored: one of the constants here
 * @param policyZone index of the zone that memory policies speak of, on a kernel with NUMA; else -1
 */
public record BootReport(
    boolean i386,
    String[] zoneNames,
    int[] zoneLimits,
    long[][] ram,
    int[][] nodeOrder,
    boolean mobility,
    int lowPages,
    int maxPfn,
    long totalPages,
    long freePages,
    long managedPages,
    long presentPages,
    long highPages,
    long highmemAsked,
    int highmemProblem,
    int policyZone,
    Firmware firmware) {
  public static final int NO_PROBLEM = 0;
  public static final int HIGHMEM_BIGGER_THAN_RAM = 1;
  public static final int HIGHMEM_LEAVES_NO_LOWMEM = 2;
  public static final int HIGHMEM_MORE_THAN_THERE_IS = 3;

  /** What the kernel calls the types of firmware's ranges, from 1 on. */
  public static final List<String> E820_TYPES =
      List.of("usable", "reserved", "ACPI data", "ACPI NVS", "unusable");

  /**
   * What firmware said.
   *
   * @param e820 rows of start, end and type: see {@link #E820_TYPES}
   * @param lastPfn end of usable memory
   * @param lastPfnBelow4G end of usable memory below 4 GiB
   * @param maxArchPfn end of what such a kernel can address
   * @param holes rows of node, zone index and pages that have a struct page and no RAM, as found
   */
  public record Firmware(
      long[][] e820, long lastPfn, long lastPfnBelow4G, long maxArchPfn, List<int[]> holes) {}
}
