package kmemsh.view;

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
    long highPages) {}
