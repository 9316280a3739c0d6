package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.FragmentationIndexes;
import kmemsh.view.MachineNames;
import kmemsh.view.Migratetype;
import kmemsh.view.PagetypeSnapshot;
import kmemsh.view.VmSysctls;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * The allocator's numbers as the files under /proc and the failure report need them. Changes
 * nothing.
 *
 * <p>Spec: page-allocator.md 11.1 to 11.4
 */
public final class ProcQueries {
  private static final int NR_LRU = 8;
  private static final int LIST_LIMIT = 100001;

  private final PageAllocator pages;

  public ProcQueries(PageMachine machine) {
    this.pages = machine.allocator();
  }

  /** The words an explanation of facts needs. */
  public MachineNames machineNames() {
    String[] zones = new String[pages.zones.length];
    boolean[] populated = new boolean[zones.length];
    for (int z = 0; z < zones.length; z++) {
      zones[z] = pages.zones[z].name;
      populated[z] = pages.zones[z].isPopulated();
    }
    return new MachineNames(
        zones,
        populated,
        pages.config.maxNrZones(),
        pages.config.nrNodes(),
        pages.config.pageblockOrder());
  }

  /** What the file of that name shows. */
  public ZoneinfoSnapshot zoneinfo() {
    List<ZoneinfoSnapshot.Zone> zones = new ArrayList<>();
    for (Zone zone : pages.zones) {
      zones.add(zoneinfo(zone));
    }
    List<long[]> nodeStats = new ArrayList<>();
    for (int nid = 0; nid < pages.config.nrNodes(); nid++) {
      nodeStats.add(new long[0]);
    }
    return new ZoneinfoSnapshot(zones, nodeStats, pages.config.smp(), pages.config.numa());
  }

  private ZoneinfoSnapshot.Zone zoneinfo(Zone zone) {
    long[] nrFree = new long[PageFrames.NR_ORDERS];
    for (int order = 0; order < nrFree.length; order++) {
      nrFree[order] = zone.nrFree()[order];
    }
    List<ZoneinfoSnapshot.Pageset> sets = new ArrayList<>();
    for (PerCpuPages pcp : zone.pcps) {
      sets.add(
          new ZoneinfoSnapshot.Pageset(pcp.countPages(), pcp.highPages, pcp.batch, pcp.vthreshold));
    }
    return new ZoneinfoSnapshot.Zone(
        zone.nid,
        zone.index,
        zone.name,
        zone.isPopulated(),
        nrFree,
        zone.readFreePages(),
        zone.watermarkBoost,
        zone.wmark(AllocFlags.WMARK_MIN),
        zone.wmark(AllocFlags.WMARK_LOW),
        zone.wmark(AllocFlags.WMARK_HIGH),
        zone.spannedPages(),
        zone.presentPages,
        zone.managedPages,
        zone.cmaPages,
        zone.lowmemReserve.clone(),
        new long[NR_LRU],
        zone.readFreeCmaPages(),
        zone.numaEvents.clone(),
        sets,
        zone.zoneStartPfn);
  }

  /** What the file of that name shows. */
  public PagetypeSnapshot pagetypes() {
    int nrTypes = pages.config.nrTypes();
    List<String> types = new ArrayList<>();
    for (int mt = 0; mt < nrTypes; mt++) {
      types.add(Migratetype.name(mt));
    }
    List<PagetypeSnapshot.Zone> zones = new ArrayList<>();
    for (Zone zone : pages.zones) {
      if (!zone.isPopulated()) {
        continue;
      }
      long[][] nrFree = new long[nrTypes][PageFrames.NR_ORDERS];
      for (int mt = 0; mt < nrTypes; mt++) {
        for (int order = 0; order < PageFrames.NR_ORDERS; order++) {
          nrFree[mt][order] = listLength(zone, order, mt);
        }
      }
      zones.add(new PagetypeSnapshot.Zone(zone.nid, zone.name, nrFree, blocks(zone)));
    }
    return new PagetypeSnapshot(
        pages.config.pageblockOrder(), types, pages.config.nrNodes(), zones);
  }

  private int listLength(Zone zone, int order, int migratetype) {
    int head = pages.frames.listHead(zone.id, order, migratetype);
    int nr = 0;
    for (int node = pages.frames.next(head);
        node != head && nr < LIST_LIMIT;
        node = pages.frames.next(node)) {
      nr++;
    }
    return nr;
  }

  /** Pageblocks by type: the block of every pageblock-sized step from the zone's first pfn on. */
  private long[] blocks(Zone zone) {
    long[] nrBlocks = new long[pages.config.nrTypes()];
    int step = pages.config.pageblockPages();
    int index = 0;
    for (int pfn = zone.zoneStartPfn; pfn < zone.endPfn; pfn += step) {
      int type = pages.buddy.blocks.typeOfIndex(zone, index++);
      if (type >= 0 && pages.zoneMap.zoneOf(pfn) == zone.id) {
        nrBlocks[type]++;
      }
    }
    return nrBlocks;
  }

  /** What the file of that name shows. */
  public VmSysctls sysctls() {
    Watermarks marks = pages.watermarks;
    return new VmSysctls(
        marks.minFreeKbytes,
        marks.scaleFactor,
        pages.buddy.boostFactor,
        marks.reserveRatio.clone(),
        marks.highFraction);
  }

  /** For each order a bit for each migratetype whose list has a block. */
  public int[] typesWithBlocks(int zone) {
    int[] types = new int[PageFrames.NR_ORDERS];
    for (int order = 0; order < types.length; order++) {
      for (int mt = 0; mt < pages.config.nrTypes(); mt++) {
        types[order] |= (pages.zones[zone].hasBlock(order, mt) ? 1 : 0) << mt;
      }
    }
    return types;
  }

  /** Pages of the HighAtomic reserve of a zone. */
  public long reservedHighatomic(int zone) {
    return pages.zones[zone].nrReservedHighatomic;
  }

  public boolean isHighmem(int zone) {
    return pages.zones[zone].highmem;
  }

  /** Pages allocated since boot, by zone index. */
  public long[] pgalloc() {
    long[] sum = new long[pages.config.maxNrZones()];
    for (Zone zone : pages.zones) {
      zone.foldEvents();
      sum[zone.index] += zone.pgalloc;
    }
    return sum;
  }

  /** Requests that went into direct reclaim, by the highest zone index they could use. */
  public long[] allocstall() {
    return pages.allocstall.clone();
  }

  /** Pages freed since boot, those of the hand-over included. */
  public long pgfree() {
    long sum = 0;
    for (Zone zone : pages.zones) {
      zone.foldEvents();
      sum += zone.pgfree + zone.managedPages;
    }
    return sum;
  }

  /** How broken up the free memory of each populated zone is. */
  public FragmentationIndexes fragmentation() {
    List<FragmentationIndexes.Zone> rows = new ArrayList<>();
    for (Zone zone : pages.zones) {
      if (zone.isPopulated()) {
        rows.add(
            new FragmentationIndexes.Zone(
                zone.nid,
                zone.name,
                FragmentationIndex.unusable(zone.nrFree()),
                FragmentationIndex.extfrag(zone.nrFree())));
      }
    }
    return new FragmentationIndexes(rows);
  }
}
