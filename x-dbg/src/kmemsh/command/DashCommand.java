package kmemsh.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kmemsh.machine.LayoutQueries;
import kmemsh.machine.MachineQueries;
import kmemsh.session.Session;
import kmemsh.view.BuddyInfo;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;
import kmemsh.view.Dashboard;
import kmemsh.view.LayoutInfo;
import kmemsh.view.PcpInfo;

/** {@code dash}: everything at a glance; at a terminal it fills the screen until it is left. */
final class DashCommand extends LookCommand {
  DashCommand() {
    super(new Usage("dash", CommandTable.WATCHING, "Show zones, caches and addresses at a glance"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    MachineQueries queries = machine(arguments);
    BuddyInfo buddy = queries.pages().buddyInfo("");
    String title =
        session.machine().profile().options()
            + "   operation "
            + session.now()
            + " of "
            + session.size();
    return Reply.of(
        new Dashboard(
            title, buddy, pcpPages(queries, buddy), caches(session, queries), regions(session)));
  }

  private static List<Long> pcpPages(MachineQueries queries, BuddyInfo buddy) {
    List<Long> pages = new ArrayList<>();
    for (BuddyInfo.Zone zone : buddy.zones()) {
      long sum = 0;
      for (PcpInfo.PageSet set : queries.pages().pcp(zone.zone(), -1, false).sets()) {
        sum += set.nid() == zone.nid() ? set.count() : 0;
      }
      pages.add(sum);
    }
    return pages;
  }

  private static List<CacheInfo> caches(Session session, MachineQueries queries) {
    if (session.machine().slab() == null) {
      return List.of();
    }
    List<CacheInfo> caches = new ArrayList<>(queries.slab().table(CacheTable.SLABTOP).caches());
    caches.sort(Comparator.comparingLong(CacheInfo::pages).reversed());
    return caches;
  }

  private static List<LayoutInfo.Region> regions(Session session) {
    List<LayoutInfo.Region> regions = new ArrayList<>();
    for (LayoutInfo.Region region : new LayoutQueries(session.machine()).layout().regions()) {
      if (region.usedBytes() >= 0) {
        regions.add(region);
      }
    }
    return regions;
  }
}
