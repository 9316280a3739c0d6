package kmemsh.proc;

import kmemsh.view.VmCounters;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * Sums over zones and nodes and what the kernel computes from them.
 *
 * <p>Spec: proc-and-user.md 1, 2
 */
final class VmFigures {
  // Places of node counters in the order of /proc/zoneinfo.
  static final int INACTIVE_ANON = 0;
  static final int ACTIVE_ANON = 1;
  static final int INACTIVE_FILE = 2;
  static final int ACTIVE_FILE = 3;
  static final int UNEVICTABLE = 4;
  static final int SLAB_RECLAIMABLE = 5;
  static final int SLAB_UNRECLAIMABLE = 6;
  static final int ANON_PAGES = 17;
  static final int MAPPED = 18;
  static final int FILE_PAGES = 19;
  static final int DIRTY = 20;
  static final int WRITEBACK = 21;
  static final int WRITEBACK_TEMP = 22;
  static final int SHMEM = 23;
  static final int KERNEL_MISC_RECLAIMABLE = 34;
  static final int KERNEL_STACK = 37;
  static final int PAGE_TABLES = 38;
  static final int SEC_PAGE_TABLES = 39;

  /** Place of nr_mlock and nr_bounce among the counters of a zone. */
  static final int MLOCK = 6;

  static final int BOUNCE = 7;

  private static final String HIGHMEM = "HighMem";
  private static final int RATIO_SCALE = 4096;

  private final ZoneinfoSnapshot zones;

  VmFigures(ZoneinfoSnapshot zones) {
    this.zones = zones;
  }

  private static boolean isHigh(ZoneinfoSnapshot.Zone zone) {
    return zone.name().equals(HIGHMEM);
  }

  long managed(boolean highOnly) {
    long sum = 0;
    for (ZoneinfoSnapshot.Zone zone : zones.zones()) {
      sum += !highOnly || isHigh(zone) ? zone.managed() : 0;
    }
    return sum;
  }

  long free(boolean highOnly) {
    long sum = 0;
    for (ZoneinfoSnapshot.Zone zone : zones.zones()) {
      sum += !highOnly || isHigh(zone) ? zone.free() : 0;
    }
    return sum;
  }

  long cma() {
    long sum = 0;
    for (ZoneinfoSnapshot.Zone zone : zones.zones()) {
      sum += zone.cma();
    }
    return sum;
  }

  long freeCma() {
    long sum = 0;
    for (ZoneinfoSnapshot.Zone zone : zones.zones()) {
      sum += zone.freeCma();
    }
    return sum;
  }

  /** A counter of all nodes together. */
  long node(int counter) {
    long sum = 0;
    for (long[] stats : zones.nodeStats()) {
      sum += counter < stats.length ? stats[counter] : 0;
    }
    return Math.max(0, sum);
  }

  /** A counter of all zones together, from nr_zone_inactive_anon to nr_bounce. */
  long zone(int counter) {
    long sum = 0;
    for (ZoneinfoSnapshot.Zone zone : zones.zones()) {
      sum += zone.lru()[counter];
    }
    return Math.max(0, sum);
  }

  long numaEvent(int event) {
    long sum = 0;
    for (ZoneinfoSnapshot.Zone zone : zones.zones()) {
      sum += event < zone.numaEvents().length ? zone.numaEvents()[event] : 0;
    }
    return sum;
  }

  /** Pages that no user gets: of each zone its high watermark and its largest reserve. */
  private long totalReserve() {
    long sum = 0;
    for (ZoneinfoSnapshot.Zone zone : zones.zones()) {
      long reserve = 0;
      for (long pages : zone.protection()) {
        reserve = Math.max(reserve, pages);
      }
      sum += Math.min(zone.managed(), zone.high() + reserve);
    }
    return sum;
  }

  /** MemAvailable, in pages. */
  long available() {
    long low = 0;
    for (ZoneinfoSnapshot.Zone zone : zones.zones()) {
      low += zone.low();
    }
    long cache = node(ACTIVE_FILE) + node(INACTIVE_FILE);
    long reclaimable = node(SLAB_RECLAIMABLE) + node(KERNEL_MISC_RECLAIMABLE);
    long pages = free(false) - totalReserve();
    pages += cache - Math.min(cache / 2, low);
    pages += reclaimable - Math.min(reclaimable / 2, low);
    return Math.max(0, pages);
  }

  private long dirtyable(boolean highmem) {
    long free = free(false);
    long pages = free - Math.min(free, totalReserve()) + node(INACTIVE_FILE) + node(ACTIVE_FILE);
    for (ZoneinfoSnapshot.Zone zone : zones.zones()) {
      if (!highmem && isHigh(zone)) {
        pages -= zone.free() - Math.min(zone.free(), zone.high());
        pages -= zone.lru()[INACTIVE_FILE] + zone.lru()[ACTIVE_FILE];
      }
    }
    return Math.max(0, pages) + 1;
  }

  /** nr_dirty_threshold and nr_dirty_background_threshold. */
  long[] dirtyThresholds(VmCounters counters) {
    long pages = dirtyable(counters.highmemIsDirtyable());
    long threshold = share(counters.dirtyRatio(), pages);
    long background = share(counters.dirtyBackgroundRatio(), pages);
    return new long[] {threshold, background >= threshold ? threshold / 2 : background};
  }

  private static long share(int percent, long pages) {
    return (long) percent * RATIO_SCALE / 100 * pages / RATIO_SCALE;
  }
}
