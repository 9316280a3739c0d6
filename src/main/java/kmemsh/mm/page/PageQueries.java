package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.BuddyInfo;
import kmemsh.view.FreeListInfo;
import kmemsh.view.Gfp;
import kmemsh.view.Migratetype;
import kmemsh.view.PcpInfo;
import kmemsh.view.ZoneInfo;

/**
 * Snapshots of zones, free lists and page sets, and single numbers about them. Reads only.
 *
 * <p>A zone name stands for the zones of that name on all nodes; null or empty for all zones.
 */
public final class PageQueries {
  /** No zone has this name. */
  public static final long NO_ZONE = -1;

  private final PageAllocator pages;
  private final FreeBlockQueries zones;

  public PageQueries(PageAllocator pages) {
    this.pages = pages;
    zones = new FreeBlockQueries(pages);
  }

  /** Kernel names of the populated zones, each once, lowest first. */
  public String[] zoneNames() {
    List<String> names = new ArrayList<>();
    for (Zone zone : zones.zones("")) {
      if (!names.contains(zone.name)) {
        names.add(zone.name);
      }
    }
    return names.toArray(new String[0]);
  }

  /** See {@link FreeBlockQueries#buddyInfo}. */
  public BuddyInfo buddyInfo(String name) {
    return zones.buddyInfo(name);
  }

  /** See {@link ZoneQueries#freeLists}. */
  public FreeListInfo freeLists(String name, int order, int migratetype, boolean all) {
    return new ZoneQueries(pages, zones).freeLists(name, order, migratetype, all);
  }

  /** See {@link ZoneQueries#pcp}. */
  public PcpInfo pcp(String name, int cpu, boolean all) {
    return new ZoneQueries(pages, zones).pcp(name, cpu, all);
  }

  /** See {@link ZoneQueries#zoneInfo}. */
  public ZoneInfo zoneInfo(String name) {
    return new ZoneQueries(pages, zones).zoneInfo(name);
  }

  static long pcpPages(Zone zone) {
    long sum = 0;
    for (PerCpuPages pcp : zone.pcps) {
      sum += pcp.countPages();
    }
    return sum;
  }

  // Single numbers.

  /** Free blocks of {@code order} in the zones called {@code name}, or {@link #NO_ZONE}. */
  public long freeBlocks(String name, int order) {
    long sum = NO_ZONE;
    for (Zone zone : zones.zones(name)) {
      sum = Math.max(0, sum) + zone.nrFree()[order];
    }
    return sum;
  }

  /** Pages on the per-CPU lists of the zones called {@code name}, or {@link #NO_ZONE}. */
  public long pcpPages(String name) {
    long sum = NO_ZONE;
    for (Zone zone : zones.zones(name)) {
      sum = Math.max(0, sum) + pcpPages(zone);
    }
    return sum;
  }

  /** The largest order with a free block in the zones called {@code name}, or -1. */
  public int largestFreeOrder(String name) {
    int largest = -1;
    for (Zone zone : zones.zones(name)) {
      largest = Math.max(largest, largestOrder(zone));
    }
    return largest;
  }

  static int largestOrder(Zone zone) {
    int order = PageFrames.BIG_ORDER;
    while (order >= 0 && zone.nrFree()[order] == 0) {
      order--;
    }
    return order;
  }

  /**
   * Pages of the zones called {@code name}, or {@link #NO_ZONE}.
   *
   * @param field free, min, low, high, managed, present or spanned
   */
  public long zonePages(String name, String field) {
    long sum = NO_ZONE;
    for (Zone zone : zones.zones(name)) {
      sum = Math.max(0, sum) + zoneField(zone, field);
    }
    return sum;
  }

  private static long zoneField(Zone zone, String field) {
    return switch (field) {
      case "free" -> zone.exactFreePages();
      case "min" -> zone.wmark(AllocFlags.WMARK_MIN);
      case "low" -> zone.wmark(AllocFlags.WMARK_LOW);
      case "high" -> zone.wmark(AllocFlags.WMARK_HIGH);
      case "managed" -> zone.managedPages;
      case "present" -> zone.presentPages;
      case "spanned" -> zone.spannedPages();
      default -> throw new IllegalArgumentException(field);
    };
  }

  /** The zones a mask may use, in the order in which they are tried, on the present CPU. */
  public String[] zonelist(int gfpMask) {
    int nid = pages.config.cpuNode()[pages.cpu];
    boolean onlyThisNode = (gfpMask & Gfp.__GFP_THISNODE) != 0;
    int[] list = pages.zonelists.zones(nid, pages.highestZone(gfpMask), onlyThisNode);
    String[] names = new String[list.length];
    for (int i = 0; i < list.length; i++) {
      Zone zone = pages.zones[list[i]];
      names[i] = pages.config.nrNodes() > 1 ? "node " + zone.nid + " " + zone.name : zone.name;
    }
    return names;
  }

  /** Kernel name of the highest zone a mask may use, populated or not. */
  public String highestZone(int gfpMask) {
    return pages.zones[pages.highestZone(gfpMask)].name;
  }

  /** The migratetype whose lists serve a mask. */
  public String migratetypeOf(int gfpMask) {
    return Migratetype.name(pages.migratetypeOf(gfpMask));
  }

  /** Whether every request is Unmovable because the machine is too small to group pages. */
  public boolean mobilityDisabled() {
    return pages.config.mobilityDisabled();
  }

  /** Why the last request gave nothing: one of {@code Trace.STEP_*}. */
  public int lastFailure() {
    return pages.lastFailure;
  }
}
