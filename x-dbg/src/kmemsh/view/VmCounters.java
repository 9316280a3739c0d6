package kmemsh.view;

import java.util.Map;

/**
 * What /proc/meminfo and /proc/vmstat show besides the counters of zones and nodes.
 *
 * @param commitLimitPages what may be promised in strict overcommit
 * @param committedPages what has been promised
 * @param vmallocTotalKb size of the vmalloc area
 * @param vmallocUsedPages pages owned by vmalloc areas
 * @param percpuKb memory of per-CPU variables
 * @param directSmallKb part of the linear map that is mapped by 4 KiB pages
 * @param directLargeKb the rest of it
 * @param dirtyRatio percent of dirtyable memory
 * @param dirtyBackgroundRatio percent of dirtyable memory
 * @param highmemIsDirtyable whether HighMem counts as dirtyable
 * @param events event counters by their names in /proc/vmstat; what is not there is 0
 */
public record VmCounters(
    Features features,
    long commitLimitPages,
    long committedPages,
    long vmallocTotalKb,
    long vmallocUsedPages,
    long percpuKb,
    long directSmallKb,
    long directLargeKb,
    int dirtyRatio,
    int dirtyBackgroundRatio,
    boolean highmemIsDirtyable,
    Map<String, Long> events) {

  /** What is built into the kernel; {@code highmem} is so on every i386. */
  public record Features(
      boolean i386,
      boolean pae,
      boolean highmem,
      boolean cma,
      boolean compaction,
      boolean thp,
      boolean hugetlb) {}
}
