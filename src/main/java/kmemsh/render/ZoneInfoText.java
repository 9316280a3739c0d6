package kmemsh.render;

import java.util.ArrayList;
import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.ZoneInfo;

/**
 * Zones with free pages drawn against their watermarks.
 *
 * <pre>
 *   Normal  204,521 of 214,046 pages free
 *     |########m##l##h################################&gt;
 * </pre>
 */
final class ZoneInfoText {
  private static final int INDENT = 2;
  private static final int MOST_BAR = 100;

  private ZoneInfoText() {}

  static void render(ZoneInfo info, Text out, int columns) {
    boolean first = true;
    for (ZoneInfo.Zone zone : info.zones()) {
      if (!first) {
        out.line();
      }
      first = false;
      zone(zone, out, columns);
    }
  }

  private static void zone(ZoneInfo.Zone zone, Text out, int columns) {
    out.add(Style.NAME, Draw.zone(zone.nid(), zone.zone()));
    String head =
        " "
            + Draw.grouped(zone.freePages())
            + " of "
            + Draw.count(zone.managedPages(), "page")
            + " free, "
            + Draw.size(zone.freePages())
            + " of "
            + Draw.size(zone.managedPages());
    Draw.words(head, out, columns, INDENT);
    out.line();
    bar(zone, out.blanks(INDENT), Math.min(MOST_BAR, columns - INDENT));
    List<String> marks = new ArrayList<>();
    marks.add("m min " + Draw.grouped(zone.min()));
    marks.add("l low " + Draw.grouped(zone.low()));
    marks.add("h high " + Draw.grouped(zone.high()));
    if (zone.boost() != 0) {
      marks.add("boosted by " + Draw.grouped(zone.boost()));
    }
    Draw.items(marks, out.blanks(INDENT), columns, INDENT);
    out.line();
    sentence("state: " + state(zone), out, columns);
    int spanned = zone.zoneEndPfn() - zone.zoneStartPfn();
    sentence(
        "span pfn "
            + Draw.hex(zone.zoneStartPfn())
            + ".."
            + Draw.hex(zone.zoneEndPfn() - 1)
            + ": spanned "
            + Draw.grouped(spanned)
            + ", present "
            + Draw.grouped(zone.presentPages())
            + ", managed "
            + Draw.grouped(zone.managedPages()),
        out,
        columns);
    sentence(
        "per-CPU lists "
            + Draw.grouped(zone.pcpPages())
            + (zone.highatomicPages() == 0
                ? ""
                : ", HighAtomic reserve " + Draw.grouped(zone.highatomicPages()))
            + (zone.cmaPages() == 0 ? "" : ", CMA " + Draw.grouped(zone.cmaPages())),
        out,
        columns);
    reserves(zone, out, columns);
  }

  private static void sentence(String words, Text out, int columns) {
    Draw.words(words, out.blanks(INDENT), columns, INDENT + 2);
    out.line();
  }

  /** What the watermarks say about a request of order 0. */
  static String state(ZoneInfo.Zone zone) {
    long free = zone.freePages();
    if (zone.managedPages() == 0) {
      return "no pages: boot kept all of them";
    }
    if (free > zone.high()) {
      return "above high, nothing to do";
    }
    if (free > zone.low()) {
      return "below high: kswapd goes on if it runs";
    }
    if (free > zone.min()) {
      return "below low: kswapd is woken";
    }
    return "below min: only reserves are left";
  }

  private static void reserves(ZoneInfo.Zone zone, Text out, int columns) {
    StringBuilder reserves = new StringBuilder();
    long last = 0;
    List<ZoneInfo.Reserve> all = zone.lowmemReserve();
    for (int i = 0; i < all.size(); i++) {
      ZoneInfo.Reserve reserve = all.get(i);
      boolean more = i + 1 < all.size() && all.get(i + 1).pages() == reserve.pages();
      if (reserve.pages() > 0 && reserve.pages() == last) {
        reserves.append(more ? ", " : " and ").append(reserve.zone());
      } else if (reserve.pages() > 0) {
        reserves.append(reserves.length() == 0 ? "lowmem_reserve" : ",");
        reserves.append(' ').append(Draw.grouped(reserve.pages()));
        reserves.append(" against ").append(reserve.zone());
      }
      last = reserve.pages();
    }
    if (reserves.length() > 0) {
      sentence(reserves + " requests", out, columns);
    }
  }

  /** The scale ends a third above high; what is free beyond is an arrow. */
  private static void bar(ZoneInfo.Zone zone, Text out, int columns) {
    int room = columns - 2;
    long scale = Math.max(4, zone.high() + zone.high() / 3);
    long free = zone.freePages() * room / scale;
    long min = zone.min() * room / scale;
    long low = Math.max(min + 1, zone.low() * room / scale);
    long high = Math.max(low + 1, zone.high() * room / scale);
    out.add('|');
    for (int at = 0; at < room; at++) {
      char mark = at == min ? 'm' : at == low ? 'l' : at == high ? 'h' : 0;
      boolean filled = at < free;
      out.style(filled ? Style.FREE : Style.HINT);
      out.add(mark != 0 ? mark : filled ? '#' : '.');
    }
    out.add(free > room ? '>' : '|').style(Style.PLAIN).line();
  }
}
