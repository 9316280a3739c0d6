package kmemsh.proc;

import kmemsh.view.ProcSnapshots;
import kmemsh.view.VmCounters;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * /proc/vmstat: every counter of the memory management, a line each.
 *
 * <p>Spec: proc-and-user.md 2
 */
final class VmstatFile implements ProcFile {
  private static final String[] SWAP_EVENTS = {"pgpgin", "pgpgout", "pswpin", "pswpout"};
  private static final String[] BY_ZONE = {"pgalloc", "allocstall", "pgskip"};

  private static final String[] RECLAIM = {
    "pgfree",
    "pgactivate",
    "pgdeactivate",
    "pglazyfree",
    "pgfault",
    "pgmajfault",
    "pglazyfreed",
    "pgrefill",
    "pgreuse",
    "pgsteal_kswapd",
    "pgsteal_direct",
    "pgdemote_kswapd",
    "pgdemote_direct",
    "pgscan_kswapd",
    "pgscan_direct",
    "pgscan_direct_throttle",
    "pgscan_anon",
    "pgscan_file",
    "pgsteal_anon",
    "pgsteal_file",
  };

  private static final String[] KSWAPD = {
    "pginodesteal",
    "slabs_scanned",
    "kswapd_inodesteal",
    "kswapd_low_wmark_hit_quickly",
    "kswapd_high_wmark_hit_quickly",
    "pageoutrun",
    "pgrotated",
    "drop_pagecache",
    "drop_slab",
    "oom_kill",
  };

  private static final String[] MIGRATION = {
    "pgmigrate_success",
    "pgmigrate_fail",
    "thp_migration_success",
    "thp_migration_fail",
    "thp_migration_split",
  };

  private static final String[] COMPACTION = {
    "compact_migrate_scanned",
    "compact_free_scanned",
    "compact_isolated",
    "compact_stall",
    "compact_fail",
    "compact_success",
    "compact_daemon_wake",
    "compact_daemon_migrate_scanned",
    "compact_daemon_free_scanned",
  };

  private static final String[] HUGETLB = {"htlb_buddy_alloc_success", "htlb_buddy_alloc_fail"};
  private static final String[] CMA = {"cma_alloc_success", "cma_alloc_fail"};

  private static final String[] UNEVICTABLE = {
    "unevictable_pgs_culled",
    "unevictable_pgs_scanned",
    "unevictable_pgs_rescued",
    "unevictable_pgs_mlocked",
    "unevictable_pgs_munlocked",
    "unevictable_pgs_cleared",
    "unevictable_pgs_stranded",
  };

  private static final String SPLIT_PUD = "thp_split_pud";

  private static final String[] THP = {
    "thp_fault_alloc",
    "thp_fault_fallback",
    "thp_fault_fallback_charge",
    "thp_collapse_alloc",
    "thp_collapse_alloc_failed",
    "thp_file_alloc",
    "thp_file_fallback",
    "thp_file_fallback_charge",
    "thp_file_mapped",
    "thp_split_page",
    "thp_split_page_failed",
    "thp_deferred_split_page",
    "thp_split_pmd",
    "thp_scan_exceed_none_pte",
    "thp_scan_exceed_swap_pte",
    "thp_scan_exceed_share_pte",
    SPLIT_PUD,
    "thp_zero_page_alloc",
    "thp_zero_page_alloc_failed",
    "thp_swpout",
    "thp_swpout_fallback",
  };

  private static final String[] DIRECT_MAP = {
    "direct_map_level2_splits", "direct_map_level3_splits",
  };

  @Override
  public String path() {
    return "/proc/vmstat";
  }

  @Override
  public String text(ProcSnapshots machine) {
    return text(machine.zoneinfo(), machine.counters());
  }

  static String text(ZoneinfoSnapshot zones, VmCounters counters) {
    Lines lines = new Lines(counters);
    VmFigures vm = new VmFigures(zones);
    lines.add("nr_free_pages", vm.free(false));
    for (int i = 0; i < ZoneinfoFile.LRU_STATS.length; i++) {
      lines.add(ZoneinfoFile.LRU_STATS[i], vm.zone(i));
    }
    lines.add("nr_free_cma", vm.freeCma());
    for (int i = 0; zones.numa() && i < ZoneinfoFile.NUMA_EVENTS.length; i++) {
      lines.add(ZoneinfoFile.NUMA_EVENTS[i], vm.numaEvent(i));
    }
    for (int i = 0; i < ZoneinfoFile.NODE_STATS.length; i++) {
      lines.add(ZoneinfoFile.NODE_STATS[i], vm.node(i));
    }
    long[] dirty = vm.dirtyThresholds(counters);
    lines.add("nr_dirty_threshold", dirty[0]);
    lines.add("nr_dirty_background_threshold", dirty[1]);
    lines.events(zones.numa());
    lines.add("nr_unstable", 0);
    return lines.out.toString();
  }

  private static final class Lines {
    private final VmCounters counters;
    private final ProcText out = new ProcText();

    Lines(VmCounters counters) {
      this.counters = counters;
    }

    void add(String name, long value) {
      out.add(name).add(" ").add(value).line();
    }

    private void event(String name) {
      add(name, counters.events().getOrDefault(name, 0L));
    }

    private void block(boolean has, String[] names) {
      for (int i = 0; has && i < names.length; i++) {
        if (!names[i].equals(SPLIT_PUD) || !counters.features().i386()) {
          event(names[i]);
        }
      }
    }

    void events(boolean numa) {
      VmCounters.Features has = counters.features();
      block(true, SWAP_EVENTS);
      for (String name : BY_ZONE) {
        event(name + "_dma");
        event(name + (has.i386() ? "_normal" : "_dma32"));
        event(name + (has.i386() ? "_high" : "_normal"));
        event(name + "_movable");
      }
      block(true, RECLAIM);
      block(numa, new String[] {"zone_reclaim_failed"});
      block(true, KSWAPD);
      block(has.compaction() || has.cma(), MIGRATION);
      block(has.compaction(), COMPACTION);
      block(has.hugetlb(), HUGETLB);
      block(has.cma(), CMA);
      block(true, UNEVICTABLE);
      block(has.thp(), THP);
      block(true, DIRECT_MAP);
    }
  }
}
