package kmemsh.render;

import java.util.ArrayList;
import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.BuddyInfo;
import kmemsh.view.CacheInfo;
import kmemsh.view.Dashboard;
import kmemsh.view.LayoutInfo;

/**
 * Zones and free lists above, caches and the address space below: side by side where there is room.
 */
final class DashboardText {
  private static final int ORDERS = 11;
  private static final int NAME = 11;
  private static final int FREE = 9;
  private static final int CELL = 5;
  private static final int MOST_CACHES = 6;
  private static final int GAP = 3;

  private DashboardText() {}

  static void render(Dashboard dash, Text out, int columns) {
    out.add(Style.HEAD, cut(dash.title(), columns).stripTrailing()).line();
    zones(dash, out, columns);
    List<String> left = caches(dash.caches());
    List<String> right = regions(dash.regions());
    int width = width(left);
    if (width + GAP + width(right) > columns) {
      lines(left, out);
      lines(right, out);
      return;
    }
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String first = i < left.size() ? left.get(i) : "";
      String second = i < right.size() ? right.get(i) : "";
      String line = first + " ".repeat(width + GAP - first.length()) + second;
      out.add(i == 0 ? Style.HEAD : Style.PLAIN, line.stripTrailing()).line();
    }
  }

  private static void zones(Dashboard dash, Text out, int columns) {
    List<BuddyInfo.Zone> zones = dash.buddy().zones();
    int name = NAME;
    int free = FREE;
    int pcp = CELL;
    if (name(zones) > NAME || columns < NAME + FREE + CELL + ORDERS * CELL) {
      name = name(zones);
      free =
          1
              + Draw.grouped(zones.stream().mapToLong(BuddyInfo.Zone::freePages).max().orElse(0))
                  .length();
      pcp = CELL - 1;
    }
    boolean wide = columns >= name + free + pcp + ORDERS * CELL;
    out.add(Style.HEAD, pad("zone", name) + right("free", free) + right("pcp", pcp));
    for (int order = 0; wide && order < ORDERS; order++) {
      out.add(Style.HEAD, right("2^" + order, CELL));
    }
    out.line();
    for (int i = 0; i < zones.size(); i++) {
      BuddyInfo.Zone zone = zones.get(i);
      out.add(Style.NAME, pad(Draw.zone(zone.nid(), zone.zone()), name));
      out.grouped(zone.freePages(), free).add(right("" + dash.pcpPages().get(i), pcp));
      for (int order = 0; wide && order < ORDERS; order++) {
        int blocks = zone.nrFree()[order];
        out.add(blocks == 0 ? Style.HINT : Style.FREE, right(Integer.toString(blocks), CELL));
      }
      out.line();
    }
  }

  private static int name(List<BuddyInfo.Zone> zones) {
    int longest = "zone".length();
    for (BuddyInfo.Zone zone : zones) {
      longest = Math.max(longest, Draw.zone(zone.nid(), zone.zone()).length());
    }
    return longest;
  }

  /** The same in words. */
  static void plain(Dashboard dash, Text out, int columns) {
    Draw.words(dash.title().replaceAll(" +", " "), out, columns, 2);
    out.line();
    BuddyInfoText.plain(dash.buddy(), out, columns);
    for (int i = 0; i < dash.pcpPages().size(); i++) {
      BuddyInfo.Zone zone = dash.buddy().zones().get(i);
      String pages = Draw.count(dash.pcpPages().get(i), "page");
      out.add(Draw.zone(zone.nid(), zone.zone())).add(": ").add(pages);
      out.add(" on per-CPU lists").line();
    }
    List<CacheInfo> caches = dash.caches();
    for (CacheInfo cache : caches.subList(0, Math.min(MOST_CACHES, caches.size()))) {
      String used = cache.usedObjs() + " of " + cache.numObjs() + " objects in use";
      String told = "cache " + cache.name() + ": " + Draw.count(cache.numSlabs(), "slab");
      Draw.words(told + ", " + used, out, columns, 2);
      out.line();
    }
    for (LayoutInfo.Region region : dash.regions()) {
      String used = Draw.size((region.usedBytes() + 4095) >>> 12) + " in use";
      String told = region.name() + " from " + Draw.hex(region.start().value()) + ": " + used;
      Draw.words(told, out, columns, 2);
      out.line();
    }
  }

  private static List<String> caches(List<CacheInfo> caches) {
    List<String> lines = new ArrayList<>();
    lines.add("cache             slabs  in use      of");
    for (CacheInfo cache : caches.subList(0, Math.min(MOST_CACHES, caches.size()))) {
      lines.add(
          pad(cut(cache.name(), 17), 17)
              + right(Draw.grouped(cache.numSlabs()), 6)
              + right(Draw.grouped(cache.usedObjs()), 8)
              + right(Draw.grouped(cache.numObjs()), 8));
    }
    return lines;
  }

  private static List<String> regions(List<LayoutInfo.Region> regions) {
    List<String> lines = new ArrayList<>();
    lines.add("address space              in use");
    for (LayoutInfo.Region region : regions) {
      String start = Draw.hex(region.start().value());
      String used = Draw.size((region.usedBytes() + 4095) >>> 12);
      lines.add(pad(cut(region.name(), 14), 14) + right(start, 8) + right(used, 10));
    }
    return lines;
  }

  private static void lines(List<String> lines, Text out) {
    for (int i = 0; i < lines.size(); i++) {
      out.add(i == 0 ? Style.HEAD : Style.PLAIN, lines.get(i)).line();
    }
  }

  private static int width(List<String> lines) {
    int width = 0;
    for (String line : lines) {
      width = Math.max(width, line.length());
    }
    return width;
  }

  private static String cut(String text, int columns) {
    return text.length() <= columns ? text : text.substring(0, columns);
  }

  private static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }

  private static String right(String text, int columns) {
    return " ".repeat(Math.max(1, columns - text.length())) + text;
  }
}
