package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;

/**
 * Turns the allocator's whole state into a {@link PageState} and back.
 *
 * <p>Spec: page-allocator.md 1.6
 */
final class PageStates {
  private final PageAllocator pages;

  PageStates(PageAllocator pages) {
    this.pages = pages;
  }

  // Out.

  PageState save() {
    List<PageState.Zone> zones = new ArrayList<>();
    for (Zone zone : pages.zones) {
      if (zone.isPopulated()) {
        zones.add(save(zone));
      }
    }
    return new PageState(zones);
  }

  private PageState.Zone save(Zone zone) {
    return new PageState.Zone(
        zone.id,
        zone.nid,
        zone.name,
        zone.zoneStartPfn,
        zone.spannedPages(),
        zone.presentPages,
        zone.managedPages,
        zone.watermark.clone(),
        zone.watermarkBoost,
        zone.nrReservedHighatomic,
        zone.nrFreePages,
        zone.nrFreeCmaPages,
        zone.flags,
        zone.driftMark,
        zone.cmaPages,
        zone.lowmemReserve.clone(),
        freeLists(zone),
        pcps(zone),
        pageblocks(zone),
        lru(zone));
  }

  private List<PageState.FreeList> freeLists(Zone zone) {
    List<PageState.FreeList> lists = new ArrayList<>();
    for (int order = 0; order < PageFrames.NR_ORDERS; order++) {
      for (int mt = 0; mt < pages.config.nrTypes(); mt++) {
        int[] pfns = freeList(zone, order, mt);
        if (pfns.length > 0) {
          lists.add(new PageState.FreeList(order, mt, pfns));
        }
      }
    }
    return lists;
  }

  int[] freeList(Zone zone, int order, int migratetype) {
    PageFrames frames = pages.frames;
    int head = frames.listHead(zone.id, order, migratetype);
    int[] pfns = new int[zone.nrFree()[order]];
    int nr = 0;
    for (int node = frames.next(head); node != head; node = frames.next(node)) {
      pfns[nr++] = frames.pfnOf(node);
    }
    return java.util.Arrays.copyOf(pfns, nr);
  }

  private List<PageState.Pcp> pcps(Zone zone) {
    List<PageState.Pcp> sets = new ArrayList<>();
    for (int cpu = 0; cpu < zone.pcps.length; cpu++) {
      PerCpuPages pcp = zone.pcps[cpu];
      List<PageState.FreeList> lists = new ArrayList<>();
      int[] strays = new int[2 * pcp.countPages()];
      int nrStrays = 0;
      for (int index = 0; index < pcp.lists.length; index++) {
        PcpList list = pcp.lists[index];
        if (list == null || list.isEmpty()) {
          continue;
        }
        int type = typeOfPcpIndex(index);
        lists.add(new PageState.FreeList(pages.orderOfPcpIndex(index), type, list.toArray()));
        for (int i = 0; i < list.size(); i++) {
          int cached = pages.frames.cachedType(list.get(i));
          if (cached != type) {
            strays[nrStrays++] = list.get(i);
            strays[nrStrays++] = cached;
          }
        }
      }
      sets.add(
          new PageState.Pcp(
              cpu,
              pcp.countPages(),
              pcp.highPages,
              pcp.batch,
              pcp.freeFactor,
              pcp.expire,
              pcp.vdiff,
              pcp.vthreshold,
              pcp.cmaDiff,
              lists,
              java.util.Arrays.copyOf(strays, nrStrays)));
    }
    return sets;
  }

  static int typeOfPcpIndex(int index) {
    return index < PerCpuPages.NR_LISTS ? index % 3 : index - PerCpuPages.NR_LISTS;
  }

  private int[] pageblocks(Zone zone) {
    int[] types = new int[pages.buddy.blocks.count(zone)];
    for (int i = 0; i < types.length; i++) {
      types[i] = pages.buddy.blocks.typeOfIndex(zone, i);
    }
    return types;
  }

  private int[] lru(Zone zone) {
    int[] found = new int[16];
    int nr = 0;
    for (int pfn = pages.frames.skipFlagless(zone.zoneStartPfn);
        pfn < zone.endPfn;
        pfn = pages.frames.skipFlagless(pfn + 1)) {
      if (pages.frames.hasFlag(pfn, PageFrames.FLAG_LRU)) {
        if (nr == found.length) {
          found = java.util.Arrays.copyOf(found, 2 * nr);
        }
        found[nr++] = pfn;
      }
    }
    return java.util.Arrays.copyOf(found, nr);
  }

  // In.

  /** Fills a fresh allocator, whose zones have the spans of {@code state}. */
  void load(PageState state) {
    for (PageState.Zone saved : state.zones()) {
      load(saved, pages.zones[saved.id()]);
    }
  }

  private void load(PageState.Zone saved, Zone zone) {
    zone.forgetEasyMark();
    zone.presentPages = saved.presentPages();
    zone.managedPages = saved.managedPages();
    zone.cmaPages = (int) saved.cmaPages();
    System.arraycopy(saved.watermark(), 0, zone.watermark, 0, zone.watermark.length);
    zone.watermarkBoost = saved.watermarkBoost();
    zone.nrReservedHighatomic = saved.nrReservedHighatomic();
    zone.flags = saved.flags();
    zone.driftMark = saved.driftMark();
    System.arraycopy(saved.lowmemReserve(), 0, zone.lowmemReserve, 0, zone.lowmemReserve.length);
    zone.nrIsolatePageblock = 0;
    for (int i = 0; i < saved.pageblocks().length; i++) {
      pages.buddy.blocks.setTypeOfIndex(zone, i, saved.pageblocks()[i]);
      zone.nrIsolatePageblock += saved.pageblocks()[i] == Migratetype.MIGRATE_ISOLATE ? 1 : 0;
    }
    for (PageState.FreeList list : saved.freeLists()) {
      for (int pfn : list.pfns()) {
        pages.buddy.addTail(zone, pfn, list.order(), list.migratetype());
      }
    }
    zone.nrFreePages = saved.nrFreePages();
    zone.nrFreeCmaPages = saved.nrFreeCmaPages();
    for (int pfn : saved.lruPfns()) {
      pages.frames.setFlag(pfn, PageFrames.FLAG_LRU);
    }
    for (PageState.Pcp pcp : saved.pcps()) {
      load(pcp, zone.pcps[pcp.cpu()]);
    }
    zone.foreignPages = zone.managedPages - listedPages(saved);
  }

  private static int listedPages(PageState.Zone saved) {
    int nr = 0;
    for (PageState.FreeList list : saved.freeLists()) {
      nr += list.pfns().length << list.order();
    }
    for (PageState.Pcp pcp : saved.pcps()) {
      nr += pcp.count();
    }
    return nr;
  }

  private void load(PageState.Pcp saved, PerCpuPages pcp) {
    pcp.highPages = saved.high();
    pcp.batch = saved.batch();
    pcp.freeFactor = saved.freeFactor();
    pcp.expire = saved.expire();
    pcp.vdiff = saved.vdiff();
    pcp.vthreshold = saved.vthreshold();
    pcp.cmaDiff = saved.cmaDiff();
    pcp.findLookPages();
    for (PageState.FreeList list : saved.lists()) {
      pcp.list(PageAllocator.pcpIndex(list.order(), list.migratetype())).setAll(list.pfns());
      for (int pfn : list.pfns()) {
        pages.frames.setPcp(pfn, list.order(), list.migratetype());
      }
    }
    for (int i = 0; i < saved.strays().length; i += 2) {
      int pfn = saved.strays()[i];
      int order = pages.frames.pcpOrder(pfn, pages.config.pageblockOrder());
      pages.frames.setPcp(pfn, order, saved.strays()[i + 1]);
    }
  }
}
