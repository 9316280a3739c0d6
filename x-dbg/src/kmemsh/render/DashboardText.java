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
  private static final int WIDE = 76;
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
    boolean wide = columns >= WIDE;
    out.add(Style.HEAD, "zone            free  pcp");
    for (int order = 0; wide && order < ORDERS; order++) {
      out.add(Style.HEAD, right("2^" + order, 5));
    }
    out.line();
    for (int i = 0; i < dash.buddy().zones().size(); i++) {
      BuddyInfo.Zone zone = dash.buddy().zones().get(i);
      out.add(Style.NAME, pad(cut(Draw.zone(zone.nid(), zone.zone()), 11), 11));
      out.grouped(zone.freePages(), 9).number(dash.pcpPages().get(i), 5);
      for (int order = 0; wide && order < ORDERS; order++) {
        int blocks = zone.nrFree()[order];
        out.add(blocks == 0 ? Style.HINT : Style.FREE, right(Integer.toString(blocks), 5));
      }
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
