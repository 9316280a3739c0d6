package kmemsh.view;

import java.util.List;

/**
 * What /proc/buddyinfo and /proc/zoneinfo show: every zone of every node, empty ones included. All
 * numbers are pages unless said otherwise.
 *
 * @param zones by ascending zone id
 * @param nodeStats for each node its counters in the order of /proc/zoneinfo, or an empty list
 *     where all are 0
 * @param smp whether counters have per-CPU differences
 * @param numa whether NUMA events are counted
 */
public record ZoneinfoSnapshot(
    List<Zone> zones, List<long[]> nodeStats, boolean smp, boolean numa) {

  /**
   * One zone.
   *
   * @param index zone index within the node
   * @param populated whether there is RAM in the zone
   * @param nrFree free blocks by order
   * @param free NR_FREE_PAGES without the differences that are pending on CPUs
   * @param min with the boost, as {@code low} and {@code high}
   * @param protection lowmem_reserve by zone index
   * @param lru nr_zone_inactive_anon to nr_bounce, as /proc/zoneinfo lists them
   * @param numaEvents hit, miss, foreign, interleave, local, other
   * @param pagesets by CPU
   */
  public record Zone(
      int nid,
      int index,
      String name,
      boolean populated,
      long[] nrFree,
      long free,
      long boost,
      long min,
      long low,
      long high,
      long spanned,
      long present,
      long managed,
      long cma,
      long[] protection,
      long[] lru,
      long freeCma,
      long[] numaEvents,
      List<Pageset> pagesets,
      long startPfn) {}

  /** The page set of one CPU; {@code threshold} is the one of its pending counter differences. */
  public record Pageset(long count, long high, long batch, long threshold) {}
}
