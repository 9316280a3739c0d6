package kmemsh.proc;

import kmemsh.view.ProcSnapshots;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * /proc/buddyinfo: free blocks by order, a line for each populated zone.
 *
 * <p>Spec: page-allocator.md 11.2
 */
final class BuddyinfoFile implements ProcFile {
  @Override
  public String path() {
    return "/proc/buddyinfo";
  }

  @Override
  public String text(ProcSnapshots machine) {
    return text(machine.zoneinfo());
  }

  static String text(ZoneinfoSnapshot snapshot) {
    ProcText out = new ProcText();
    for (ZoneinfoSnapshot.Zone zone : snapshot.zones()) {
      if (zone.populated()) {
        out.add("Node ").add(zone.nid()).add(", zone ").right(zone.name(), 8).add(" ");
        for (long blocks : zone.nrFree()) {
          out.right(blocks, 6).add(" ");
        }
        out.line();
      }
    }
    return out.toString();
  }
}
