package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.PagetypeSnapshot;
import kmemsh.view.ProcSnapshots;

/**
 * /proc/pagetypeinfo: free blocks by migratetype and order, and pageblocks by migratetype, node
 * after node.
 *
 * <p>Spec: page-allocator.md 11.4
 */
final class PagetypeinfoFile implements ProcFile {
  private static final int NR_ORDERS = 11;
  private static final long LIMIT = 100000;

  @Override
  public String path() {
    return "/proc/pagetypeinfo";
  }

  @Override
  public String text(ProcSnapshots machine) {
    return text(machine.pagetypes());
  }

  static String text(PagetypeSnapshot snapshot) {
    ProcText out = new ProcText();
    for (int nid = 0; nid < snapshot.nrNodes(); nid++) {
      List<PagetypeSnapshot.Zone> zones = new ArrayList<>();
      for (PagetypeSnapshot.Zone zone : snapshot.zones()) {
        if (zone.nid() == nid) {
          zones.add(zone);
        }
      }
      if (!zones.isEmpty()) {
        node(out, snapshot, zones);
      }
    }
    return out.toString();
  }

  private static void node(
      ProcText out, PagetypeSnapshot snapshot, List<PagetypeSnapshot.Zone> zones) {
    out.add("Page block order: ").add(snapshot.pageblockOrder()).line();
    out.add("Pages per block:  ").add(1L << snapshot.pageblockOrder()).line().line();
    out.left("Free pages count per migrate type at order", 43).add(" ");
    for (int order = 0; order < NR_ORDERS; order++) {
      out.right(order, 6).add(" ");
    }
    out.line();
    for (PagetypeSnapshot.Zone zone : zones) {
      for (int mt = 0; mt < snapshot.types().size(); mt++) {
        out.add("Node ").right(zone.nid(), 4).add(", zone ").right(zone.name(), 8);
        out.add(", type ").right(snapshot.types().get(mt), 12).add(" ");
        for (long blocks : zone.nrFree()[mt]) {
          if (blocks > LIMIT) {
            out.add(">").add(LIMIT).add(" ");
          } else {
            out.right(blocks, 6).add(" ");
          }
        }
        out.line();
      }
    }
    out.line().left("Number of blocks type ", 23);
    for (String type : snapshot.types()) {
      out.right(type, 12).add(" ");
    }
    out.line();
    for (PagetypeSnapshot.Zone zone : zones) {
      out.add("Node ").add(zone.nid()).add(", zone ").right(zone.name(), 8).add(" ");
      for (long blocks : zone.nrBlocks()) {
        out.right(blocks, 12).add(" ");
      }
      out.line();
    }
  }
}
