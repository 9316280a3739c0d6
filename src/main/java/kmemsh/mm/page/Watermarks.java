package kmemsh.mm.page;

import kmemsh.trace.Trace;
import kmemsh.view.Migratetype;

/**
 * Watermarks, reserves and sizes of the page sets: how they are computed and how they are checked.
 *
 * <p>Spec: page-allocator.md 3, 5.4, 6.1
 */
final class Watermarks {
  private static final int MIN_FREE_FLOOR_KB = 128;
  private static final int MIN_FREE_CEILING_KB = 262144;
  private static final int MAX_BATCH_PAGES = 256;
  private static final int PERCENT_SCALE = 10000;
  private static final int MIN_HIGHMEM = 32;
  private static final int MAX_HIGHMEM = 128;
  private static final int MAX_THRESHOLD = 125;
  private static final int MERGEABLE = 3;
  private static final int PAIRS_OF_TYPES = 9;
  private static final int MIN_PAGES_OF_THP = 512 << 8;
  private static final int LOW_ZONE_RATIO = 256;
  private static final int NORMAL_RATIO = 32;

  private final PageConfig config;
  private final Zone[] zones;
  private Trace trace = Trace.OFF;
  private boolean tracing;

  /** sysctl min_free_kbytes, in KiB. */
  int minFreeKbytes = 1024;

  /** What the user last wrote to min_free_kbytes, or -1. */
  int userMinFreeKbytes = -1;

  /** sysctl watermark_scale_factor, in hundredths of a percent of a zone. */
  int scaleFactor = 10;

  /** sysctl percpu_pagelist_high_fraction; 0 = from the low watermark. */
  int highFraction;

  /** sysctl lowmem_reserve_ratio, one a zone index. */
  final int[] reserveRatio;

  Watermarks(PageConfig config, Zone[] zones) {
    this.config = config;
    this.zones = zones;
    reserveRatio = new int[config.maxNrZones()];
    for (int index = 0; index <= config.normalIndex(); index++) {
      reserveRatio[index] = index < config.normalIndex() ? LOW_ZONE_RATIO : NORMAL_RATIO;
    }
  }

  void setTrace(Trace trace) {
    this.trace = trace;
    this.tracing = trace != Trace.OFF;
  }

  // Checks. Spec: page-allocator.md 5.4

  /** The check in front of every zone of a walk; reads the cheap free counter. */
  boolean fastOk(Zone zone, int order, int gfpMask, long mark, int highestZone, int allocFlags) {
    long free = zone.readFreePages();
    long reserve = zone.lowmemReserve[highestZone];
    if (order == 0) {
      long usable = free - Math.min(free, unusable(zone, 0, allocFlags));
      if (usable > mark + reserve) {
        if (tracing) {
          trace.watermark(zone.id, free, mark, mark, reserve, true);
        }
        return true;
      }
    }
    if (ok(zone, order, mark, highestZone, allocFlags, free)) {
      return true;
    }
    boolean unboosted =
        order == 0
            && (gfpMask & kmemsh.view.Gfp.__GFP_ATOMIC) != 0
            && zone.watermarkBoost != 0
            && (allocFlags & AllocFlags.WMARK_MASK) == AllocFlags.WMARK_MIN;
    return unboosted
        && ok(
            zone,
            order,
            zone.watermark[AllocFlags.WMARK_MIN],
            highestZone,
            allocFlags,
            zone.readFreePages());
  }

  /** The full check: enough pages above the mark, and a block of {@code order} to be had. */
  boolean ok(Zone zone, int order, long mark, int highestZone, int allocFlags, long freePages) {
    long free = freePages - unusable(zone, order, allocFlags);
    long min = mark;
    if ((allocFlags & AllocFlags.ALLOC_RESERVES) != 0) {
      min = reduced(mark, allocFlags);
    }
    long reserve = zone.lowmemReserve[highestZone];
    boolean enough = free > min + reserve;
    if (tracing) {
      trace.watermark(zone.id, free, mark, min, reserve, enough);
    }
    if (!enough || order == 0) {
      return enough;
    }
    boolean block = hasBlock(zone, order, allocFlags);
    if (!block) {
      if (tracing) {
        trace.noBlock(zone.id, order);
      }
    }
    return block;
  }

  private static long reduced(long mark, int allocFlags) {
    long min = mark;
    if ((allocFlags & AllocFlags.ALLOC_MIN_RESERVE) != 0) {
      min -= min / 2;
      if ((allocFlags & AllocFlags.ALLOC_NON_BLOCK) != 0) {
        min -= min / 4;
      }
    }
    if ((allocFlags & AllocFlags.ALLOC_OOM) != 0) {
      min -= min / 2;
    }
    return min;
  }

  private long unusable(Zone zone, int order, int allocFlags) {
    long unusable = (1 << order) - 1;
    if ((allocFlags & AllocFlags.ALLOC_RESERVES) == 0) {
      unusable += zone.nrReservedHighatomic;
    }
    if (config.cma() && (allocFlags & AllocFlags.ALLOC_CMA) == 0) {
      unusable += zone.readFreeCmaPages();
    }
    return unusable;
  }

  private static boolean hasBlock(Zone zone, int order, int allocFlags) {
    for (int mt = 0; mt < MERGEABLE; mt++) {
      if (zone.largestOrder(mt) >= order) {
        return true;
      }
    }
    if ((allocFlags & AllocFlags.ALLOC_CMA) != 0
        && zone.largestOrder(Migratetype.MIGRATE_CMA) >= order) {
      return true;
    }
    return (allocFlags & (AllocFlags.ALLOC_HIGHATOMIC | AllocFlags.ALLOC_OOM)) != 0
        && zone.largestOrder(Migratetype.MIGRATE_HIGHATOMIC) >= order;
  }

  // Set-up. Spec: page-allocator.md 3.1, 3.2, 3.4

  /** The boot computation: min_free_kbytes from the size of low memory, then everything else. */
  void initPerZoneWmarkMin(int[] localZonelist) {
    long lowmemKbytes = 4 * freeableLowPages(localZonelist);
    int computed = (int) Math.sqrt((double) (16 * lowmemKbytes));
    if (computed > userMinFreeKbytes) {
      minFreeKbytes = Math.max(MIN_FREE_FLOOR_KB, Math.min(MIN_FREE_CEILING_KB, computed));
    }
    setupPerZoneWmarks();
    refreshThresholds();
    setupLowmemReserve();
  }

  /** Low memory above the high watermarks, in pages. Spec: page-allocator.md 3.1 step 1 */
  private long freeableLowPages(int[] localZonelist) {
    long pages = 0;
    for (int z : localZonelist) {
      Zone zone = zones[z];
      long above = zone.managedPages - zone.watermark[AllocFlags.WMARK_HIGH];
      if (zone.index <= config.normalIndex() && above > 0) {
        pages += above;
      }
    }
    return pages;
  }

  /** What khugepaged asks for when it starts. Spec: page-allocator.md 3.1 */
  void raiseForHugePages(int[] localZonelist) {
    int nrZones = 0;
    long managed = 0;
    for (Zone zone : zones) {
      managed += zone.managedPages;
      nrZones += zone.index <= config.normalIndex() && zone.isPopulated() ? 1 : 0;
    }
    if (managed < MIN_PAGES_OF_THP) {
      return;
    }
    long wanted = (long) config.pageblockPages() * nrZones * (2 + PAIRS_OF_TYPES);
    long recommended = 4 * Math.min(wanted, freeableLowPages(localZonelist) / 20);
    minFreeKbytes = (int) Math.max(minFreeKbytes, recommended);
    setupPerZoneWmarks();
  }

  void setupPerZoneWmarks() {
    long pagesMin = minFreeKbytes / 4;
    long lowmemPages = 0;
    for (Zone zone : zones) {
      lowmemPages += zone.highmem ? 0 : zone.managedPages;
    }
    for (Zone zone : zones) {
      long managed = zone.managedPages;
      long share = lowmemPages == 0 ? 0 : pagesMin * managed / lowmemPages;
      long min = share;
      if (zone.highmem) {
        min = Math.max(MIN_HIGHMEM, Math.min(MAX_HIGHMEM, managed / 1024));
      }
      long step = Math.max(share / 4, managed * scaleFactor / PERCENT_SCALE);
      zone.forgetEasyMark();
      zone.watermarkBoost = 0;
      zone.watermark[AllocFlags.WMARK_MIN] = min;
      zone.watermark[AllocFlags.WMARK_LOW] = min + step;
      zone.watermark[AllocFlags.WMARK_HIGH] = min + 2 * step;
      zone.watermark[AllocFlags.WMARK_PROMO] = min + 3 * step;
    }
    updatePageSets();
  }

  void setupLowmemReserve() {
    int perNode = config.maxNrZones();
    for (Zone zone : zones) {
      zone.forgetEasyMark();
      int ratio = reserveRatio[zone.index];
      long above = 0;
      for (int j = 0; j < perNode; j++) {
        if (j <= zone.index) {
          zone.lowmemReserve[j] = 0;
          continue;
        }
        above += zones[zone.nid * perNode + j].managedPages;
        zone.lowmemReserve[j] = ratio < 1 || zone.managedPages == 0 ? 0 : above / ratio;
      }
    }
  }

  // Page sets. Spec: page-allocator.md 6.1

  /** Recomputes high and batch of every page set. */
  void updatePageSets() {
    for (Zone zone : zones) {
      if (!zone.isPopulated()) {
        continue;
      }
      int batch = batch(zone);
      int high = high(zone, batch);
      for (PerCpuPages pcp : zone.pcps) {
        pcp.batch = batch;
        pcp.highPages = high;
        pcp.findLookPages();
      }
    }
  }

  static int batch(Zone zone) {
    int quarter = Math.max(1, Math.min(zone.managedPages / 1024, MAX_BATCH_PAGES) / 4);
    return Math.max(1, Integer.highestOneBit(quarter + quarter / 2) - 1);
  }

  /** Nodes are cut from one by numa=fake, so that every CPU counts for every node. */
  private int high(Zone zone, int batch) {
    long total =
        highFraction == 0 ? zone.wmark(AllocFlags.WMARK_LOW) : zone.managedPages / highFraction;
    return (int) Math.max(total / config.nrCpus(), 4L * batch);
  }

  /**
   * The size beyond which a pending counter difference is folded in. Spec: page-allocator.md 11.1
   */
  void refreshThresholds() {
    if (!config.smp()) {
      return;
    }
    for (Zone zone : zones) {
      if (!zone.isPopulated()) {
        continue;
      }
      int blocks = zone.managedPages >>> 15;
      int threshold = Math.min(MAX_THRESHOLD, 2 * fls(config.nrCpus()) * (1 + fls(blocks)));
      for (PerCpuPages pcp : zone.pcps) {
        pcp.vthreshold = threshold;
      }
      long drift = (long) config.nrCpus() * threshold;
      if (drift > zone.watermark[AllocFlags.WMARK_LOW] - zone.watermark[AllocFlags.WMARK_MIN]) {
        zone.driftMark = zone.wmark(AllocFlags.WMARK_HIGH) + drift;
      }
    }
  }

  private static int fls(int value) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(value);
  }
}
