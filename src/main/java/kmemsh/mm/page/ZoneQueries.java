package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.FreeListInfo;
import kmemsh.view.Migratetype;
import kmemsh.view.PcpInfo;
import kmemsh.view.ZoneInfo;

/** Snapshots of zones in detail: free lists and page sets in list order, watermarks. Reads only. */
final class ZoneQueries {
  private final PageAllocator pages;
  private final FreeBlockQueries zones;

  ZoneQueries(PageAllocator pages, FreeBlockQueries zones) {
    this.pages = pages;
    this.zones = zones;
  }

  /**
   * Free lists in list order.
   *
   * @param order 0..10, or -1 for all
   * @param migratetype one type, or -1 for all
   * @param all whether every block is to be shown
   */
  FreeListInfo freeLists(String name, int order, int migratetype, boolean all) {
    List<FreeListInfo.FreeList> lists = new ArrayList<>();
    PageStates states = new PageStates(pages);
    for (Zone zone : zones.zones(name)) {
      for (int o = Math.max(0, order); o <= (order < 0 ? PageFrames.BIG_ORDER : order); o++) {
        for (int mt = 0; mt < pages.config.nrTypes(); mt++) {
          boolean wanted = migratetype < 0 || mt == migratetype;
          int[] pfns = wanted ? states.freeList(zone, o, mt) : new int[0];
          if (pfns.length > 0) {
            lists.add(
                new FreeListInfo.FreeList(
                    zones.nid(zone), zone.name, o, Migratetype.name(mt), pfns));
          }
        }
      }
    }
    return new FreeListInfo(all, lists);
  }

  /** Page sets of the zones called {@code name}; {@code cpu} -1 for all CPUs. */
  PcpInfo pcp(String name, int cpu, boolean all) {
    List<PcpInfo.PageSet> sets = new ArrayList<>();
    for (Zone zone : zones.zones(name)) {
      for (int owner = 0; owner < zone.pcps.length; owner++) {
        if (cpu < 0 || cpu == owner) {
          sets.add(pageSet(zone, owner));
        }
      }
    }
    return new PcpInfo(all, sets);
  }

  private PcpInfo.PageSet pageSet(Zone zone, int cpu) {
    PerCpuPages pcp = zone.pcps[cpu];
    List<PcpInfo.PcpList> lists = new ArrayList<>();
    for (int index = 0; index < pcp.lists.length; index++) {
      PcpList list = pcp.lists[index];
      if (list != null && !list.isEmpty()) {
        String type = Migratetype.name(PageStates.typeOfPcpIndex(index));
        lists.add(new PcpInfo.PcpList(pages.orderOfPcpIndex(index), type, list.toArray()));
      }
    }
    return new PcpInfo.PageSet(
        zones.nid(zone),
        zone.name,
        cpu,
        pcp.countPages(),
        pcp.highPages,
        pcp.batch,
        pcp.freeFactor,
        lists);
  }

  /** Watermarks and reserves of the zones called {@code name}. */
  ZoneInfo zoneInfo(String name) {
    List<ZoneInfo.Zone> rows = new ArrayList<>();
    for (Zone zone : zones.zones(name)) {
      rows.add(
          new ZoneInfo.Zone(
              zones.nid(zone),
              zone.name,
              zone.zoneStartPfn,
              zone.endPfn,
              zone.presentPages,
              zone.managedPages,
              zone.readFreePages(),
              PageQueries.pcpPages(zone),
              zone.wmark(AllocFlags.WMARK_MIN),
              zone.wmark(AllocFlags.WMARK_LOW),
              zone.wmark(AllocFlags.WMARK_HIGH),
              zone.watermarkBoost,
              zone.nrReservedHighatomic,
              zone.cmaPages,
              reserves(zone)));
    }
    return new ZoneInfo(rows);
  }

  private List<ZoneInfo.Reserve> reserves(Zone zone) {
    List<ZoneInfo.Reserve> reserves = new ArrayList<>();
    int first = zone.nid * pages.config.maxNrZones();
    for (int index = zone.index + 1; index < zone.lowmemReserve.length; index++) {
      reserves.add(
          new ZoneInfo.Reserve(pages.zones[first + index].name, zone.lowmemReserve[index]));
    }
    return reserves;
  }
}
