package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * Zones and nodes of a real kernel at the moment when vmstat or meminfo was read: counters move
 * from the reading of one file to that of the next. What the file shows as it was counted is taken
 * from it, all of it in one zone and node; what the kernel computes from that and from the zones'
 * sizes and watermarks is not.
 */
final class RecordedMoment {
  private static final String[] ZONE_STATS = {
    "nr_zone_inactive_anon",
    "nr_zone_active_anon",
    "nr_zone_inactive_file",
    "nr_zone_active_file",
    "nr_zone_unevictable",
    "nr_zone_write_pending",
    "nr_mlock",
    "nr_bounce",
  };
  private static final String[] NUMA = {
    "numa_hit", "numa_miss", "numa_foreign", "numa_interleave", "numa_local", "numa_other"
  };

  private final ZoneinfoSnapshot zones;
  private final long[] stats;

  private RecordedMoment(String kernel) {
    zones = RecordedText.zoneinfo(kernel);
    stats = zones.nodeStats().get(0);
    for (int i = 0; i < stats.length; i++) {
      for (int nid = 1; nid < zones.nodeStats().size(); nid++) {
        long[] more = zones.nodeStats().get(nid);
        stats[i] += i < more.length ? more[i] : 0;
        more[i] = 0;
      }
    }
  }

  static ZoneinfoSnapshot ofVmstat(String kernel) {
    RecordedMoment moment = new RecordedMoment(kernel);
    Map<String, Long> vmstat = RecordedText.counters(kernel).events();
    for (int i = 0; i < moment.stats.length; i++) {
      moment.stats[i] = vmstat.get(ZoneinfoFile.NODE_STATS[i]);
    }
    List<ZoneinfoSnapshot.Zone> all = new ArrayList<>();
    long free = vmstat.get("nr_free_pages") - new VmFigures(moment.zones).free(false);
    int last = moment.last();
    for (int z = 0; z < moment.zones.zones().size(); z++) {
      ZoneinfoSnapshot.Zone zone = moment.zones.zones().get(z);
      for (int i = 0; i < ZONE_STATS.length; i++) {
        zone.lru()[i] = z == last ? vmstat.get(ZONE_STATS[i]) : 0;
      }
      for (int i = 0; i < zone.numaEvents().length; i++) {
        zone.numaEvents()[i] = z == last ? vmstat.get(NUMA[i]) : 0;
      }
      all.add(z == last ? withFree(zone, zone.free() + free) : zone);
    }
    return moment.with(all);
  }

  static ZoneinfoSnapshot ofMeminfo(String kernel) {
    RecordedMoment moment = new RecordedMoment(kernel);
    String meminfo = RecordedText.read(kernel, "meminfo");
    long[] stats = moment.stats;
    stats[VmFigures.INACTIVE_ANON] = pages(meminfo, "Inactive(anon)");
    stats[VmFigures.ACTIVE_ANON] = pages(meminfo, "Active(anon)");
    stats[VmFigures.SLAB_RECLAIMABLE] = pages(meminfo, "SReclaimable");
    stats[VmFigures.SLAB_UNRECLAIMABLE] = pages(meminfo, "SUnreclaim");
    stats[VmFigures.ANON_PAGES] = pages(meminfo, "AnonPages");
    stats[VmFigures.KERNEL_STACK] = 4 * pages(meminfo, "KernelStack");
    stats[VmFigures.PAGE_TABLES] = pages(meminfo, "\nPageTables");
    VmFigures figures = new VmFigures(moment.zones);
    boolean highmem = meminfo.contains("HighFree");
    long high = highmem ? pages(meminfo, "HighFree") - figures.free(true) : 0;
    long free = pages(meminfo, "MemFree") - figures.free(false);
    int last = moment.last();
    List<ZoneinfoSnapshot.Zone> all = new ArrayList<>(moment.zones.zones());
    all.set(last, withFree(all.get(last), all.get(last).free() + (highmem ? high : free)));
    if (highmem) {
      all.set(last - 1, withFree(all.get(last - 1), all.get(last - 1).free() + free - high));
    }
    return moment.with(all);
  }

  private static long pages(String meminfo, String name) {
    return RecordedText.kb(meminfo, name) / 4;
  }

  /** The highest zone with memory; on i386 that is HighMem. */
  private int last() {
    int last = 0;
    for (int z = 0; z < zones.zones().size(); z++) {
      last = zones.zones().get(z).populated() ? z : last;
    }
    return last;
  }

  private ZoneinfoSnapshot with(List<ZoneinfoSnapshot.Zone> all) {
    return new ZoneinfoSnapshot(all, zones.nodeStats(), zones.smp(), zones.numa());
  }

  private static ZoneinfoSnapshot.Zone withFree(ZoneinfoSnapshot.Zone zone, long free) {
    return new ZoneinfoSnapshot.Zone(
        zone.nid(),
        zone.index(),
        zone.name(),
        zone.populated(),
        zone.nrFree(),
        free,
        zone.boost(),
        zone.min(),
        zone.low(),
        zone.high(),
        zone.spanned(),
        zone.present(),
        zone.managed(),
        zone.cma(),
        zone.protection(),
        zone.lru(),
        zone.freeCma(),
        zone.numaEvents(),
        zone.pagesets(),
        zone.startPfn());
  }
}
