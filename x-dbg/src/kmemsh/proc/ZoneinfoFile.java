package kmemsh.proc;

import kmemsh.view.ProcSnapshots;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * /proc/zoneinfo: everything the kernel counts of each zone, empty ones included.
 *
 * <p>Spec: page-allocator.md 11.3
 */
final class ZoneinfoFile implements ProcFile {
  private static final int LABEL = 12;
  private static final int AFTER_PAGES = 9;

  static final String[] NODE_STATS = {
    "nr_inactive_anon",
    "nr_active_anon",
    "nr_inactive_file",
    "nr_active_file",
    "nr_unevictable",
    "nr_slab_reclaimable",
    "nr_slab_unreclaimable",
    "nr_isolated_anon",
    "nr_isolated_file",
    "workingset_nodes",
    "workingset_refault_anon",
    "workingset_refault_file",
    "workingset_activate_anon",
    "workingset_activate_file",
    "workingset_restore_anon",
    "workingset_restore_file",
    "workingset_nodereclaim",
    "nr_anon_pages",
    "nr_mapped",
    "nr_file_pages",
    "nr_dirty",
    "nr_writeback",
    "nr_writeback_temp",
    "nr_shmem",
    "nr_shmem_hugepages",
    "nr_shmem_pmdmapped",
    "nr_file_hugepages",
    "nr_file_pmdmapped",
    "nr_anon_transparent_hugepages",
    "nr_vmscan_write",
    "nr_vmscan_immediate_reclaim",
    "nr_dirtied",
    "nr_written",
    "nr_throttled_written",
    "nr_kernel_misc_reclaimable",
    "nr_foll_pin_acquired",
    "nr_foll_pin_released",
    "nr_kernel_stack",
    "nr_page_table_pages",
    "nr_sec_page_table_pages",
  };

  static final String[] LRU_STATS = {
    "nr_zone_inactive_anon",
    "nr_zone_active_anon",
    "nr_zone_inactive_file",
    "nr_zone_active_file",
    "nr_zone_unevictable",
    "nr_zone_write_pending",
    "nr_mlock",
    "nr_bounce",
  };

  static final String[] NUMA_EVENTS = {
    "numa_hit", "numa_miss", "numa_foreign", "numa_interleave", "numa_local", "numa_other",
  };

  @Override
  public String path() {
    return "/proc/zoneinfo";
  }

  @Override
  public String text(ProcSnapshots machine) {
    return text(machine.zoneinfo());
  }

  static String text(ZoneinfoSnapshot snapshot) {
    ProcText out = new ProcText();
    int nodeShown = -1;
    for (ZoneinfoSnapshot.Zone zone : snapshot.zones()) {
      out.add("Node ").add(zone.nid()).add(", zone ").right(zone.name(), 8);
      if (zone.populated() && nodeShown != zone.nid()) {
        nodeShown = zone.nid();
        out.add("\n  per-node stats");
        stats(out, NODE_STATS, snapshot.nodeStats().get(zone.nid()));
      }
      pages(out, zone);
      if (zone.populated()) {
        counters(out, snapshot, zone);
        pagesets(out, snapshot, zone);
      }
      out.line();
    }
    return out.toString();
  }

  /** One line for each name; where {@code values} has none it is 0. */
  private static void stats(ProcText out, String[] names, long[] values) {
    for (int i = 0; i < names.length; i++) {
      stat(out, names[i], i < values.length ? values[i] : 0);
    }
  }

  private static void stat(ProcText out, String name, long value) {
    out.add("\n      ").left(name, LABEL).add(" ").add(value);
  }

  private static void pages(ProcText out, ZoneinfoSnapshot.Zone zone) {
    out.add("\n  pages free     ").add(zone.free());
    page(out, "boost", zone.boost());
    page(out, "min", zone.min());
    page(out, "low", zone.low());
    page(out, "high", zone.high());
    page(out, "spanned", zone.spanned());
    page(out, "present", zone.present());
    page(out, "managed", zone.managed());
    page(out, "cma", zone.cma());
    out.add("\n        protection: (");
    for (int i = 0; i < zone.protection().length; i++) {
      out.add(i == 0 ? "" : ", ").add(zone.protection()[i]);
    }
    out.add(")");
  }

  private static void page(ProcText out, String name, long value) {
    out.add("\n        ").left(name, AFTER_PAGES).add(value);
  }

  private static void counters(
      ProcText out, ZoneinfoSnapshot snapshot, ZoneinfoSnapshot.Zone zone) {
    stat(out, "nr_free_pages", zone.free());
    stats(out, LRU_STATS, zone.lru());
    stat(out, "nr_free_cma", zone.freeCma());
    if (snapshot.numa()) {
      stats(out, NUMA_EVENTS, zone.numaEvents());
    }
  }

  private static void pagesets(
      ProcText out, ZoneinfoSnapshot snapshot, ZoneinfoSnapshot.Zone zone) {
    out.add("\n  pagesets");
    for (int cpu = 0; cpu < zone.pagesets().size(); cpu++) {
      ZoneinfoSnapshot.Pageset set = zone.pagesets().get(cpu);
      out.add("\n    cpu: ").add(cpu);
      out.add("\n              count: ").add(set.count());
      out.add("\n              high:  ").add(set.high());
      out.add("\n              batch: ").add(set.batch());
      if (snapshot.smp()) {
        out.add("\n  vm stats threshold: ").add(set.threshold());
      }
    }
    out.add("\n  node_unreclaimable:  0");
    out.add("\n  start_pfn:           ").add(zone.startPfn());
  }
}
