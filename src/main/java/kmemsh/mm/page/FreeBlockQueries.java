package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.BuddyInfo;

/** The zones by name, and snapshots of their free blocks. Reads only. */
public final class FreeBlockQueries {
  private final PageAllocator pages;

  public FreeBlockQueries(PageAllocator pages) {
    this.pages = pages;
  }

  /** Node of a zone as records show it: -1 on a machine with one node. */
  int nid(Zone zone) {
    return pages.config.nrNodes() > 1 ? zone.nid : -1;
  }

  /** The populated zones of a name, in kernel order. */
  List<Zone> zones(String name) {
    List<Zone> found = new ArrayList<>();
    for (Zone zone : pages.zones) {
      if (zone.isPopulated() && (name == null || name.isEmpty() || zone.name.equals(name))) {
        found.add(zone);
      }
    }
    return found;
  }

  /** Free blocks by order of the zones called {@code name}. */
  public BuddyInfo buddyInfo(String name) {
    List<BuddyInfo.Zone> rows = new ArrayList<>();
    for (Zone zone : zones(name)) {
      rows.add(
          new BuddyInfo.Zone(
              nid(zone), zone.name, listedPages(zone), zone.managedPages, zone.nrFree().clone()));
    }
    return new BuddyInfo(rows);
  }

  static long listedPages(Zone zone) {
    int[] nrFree = zone.nrFree();
    long sum = 0;
    for (int order = 0; order < nrFree.length; order++) {
      sum += (long) nrFree[order] << order;
    }
    return sum;
  }
}
