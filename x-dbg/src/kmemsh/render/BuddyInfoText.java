package kmemsh.render;

import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.BuddyInfo;

/**
 * Free blocks, one row an order and one group of columns a zone.
 *
 * <pre>
 *              DMA                    Normal
 *   order  blocks pages            blocks   pages
 *       0       1     1 #               0       0
 * </pre>
 */
final class BuddyInfoText {
  private static final String ORDER = "order";
  private static final String BLOCKS = "blocks";
  private static final String PAGES = "pages";
  private static final int LEAST_BAR = 5;
  private static final int MOST_BAR = 60;
  private static final int GAP = 2;

  private BuddyInfoText() {}

  static void render(BuddyInfo info, Text out, int columns) {
    int[] widths = {BLOCKS.length(), PAGES.length()};
    for (BuddyInfo.Zone zone : info.zones()) {
      int[] nrFree = zone.nrFree();
      for (int order = 0; order < nrFree.length; order++) {
        widths[0] = Math.max(widths[0], groupedWidth(nrFree[order]));
        widths[1] = Math.max(widths[1], groupedWidth((long) nrFree[order] << order));
      }
    }
    int numbers = GAP + widths[0] + 1 + widths[1] + 1;
    int room = columns - ORDER.length();
    int perRow = Math.max(1, Math.min(info.zones().size(), room / (numbers + LEAST_BAR)));
    int bar = Math.max(LEAST_BAR, Math.min(MOST_BAR, room / perRow - numbers));
    for (int first = 0; first < info.zones().size(); first += perRow) {
      int end = Math.min(info.zones().size(), first + perRow);
      if (first > 0) {
        out.line();
      }
      group(info.zones(), first, end, widths, bar, out);
    }
  }

  /** The length of what {@link Draw#grouped} makes of a number from 0. */
  private static int groupedWidth(long number) {
    int digits = 1;
    for (long left = number; left >= 10; left /= 10) {
      digits++;
    }
    return digits + (digits - 1) / 3;
  }

  private static void group(
      List<BuddyInfo.Zone> zones, int first, int end, int[] widths, int bar, Text out) {
    int width = widths[0] + 1 + widths[1] + 1 + bar;
    Text names = new Text().blanks(ORDER.length());
    Text totals = new Text().left("free", ORDER.length());
    Text heads = new Text().add(Style.HEAD, ORDER);
    for (int i = first; i < end; i++) {
      BuddyInfo.Zone zone = zones.get(i);
      Text name = new Text();
      cell(Style.NAME, Draw.zone(zone.nid(), zone.zone()), width, name);
      names.add(name);
      cell(Style.PLAIN, total(zone, width), width, totals);
      heads.blanks(GAP).style(Style.HEAD).right(BLOCKS, widths[0]).add(' ');
      heads.right(PAGES, widths[1]).style(Style.PLAIN).blanks(1 + bar);
    }
    Trimmed.add(names, out);
    Trimmed.add(totals, out);
    Trimmed.add(heads, out);
    for (int order = 0; order < zones.get(first).nrFree().length; order++) {
      Text row = new Text().number(order, ORDER.length());
      for (int i = first; i < end; i++) {
        blocks(zones.get(i), order, widths, bar, row);
      }
      Trimmed.add(row, out);
    }
  }

  private static void blocks(BuddyInfo.Zone zone, int order, int[] widths, int bar, Text row) {
    int blocks = zone.nrFree()[order];
    long pages = (long) blocks << order;
    row.blanks(GAP).grouped(blocks, widths[0]).add(' ').grouped(pages, widths[1]).add(' ');
    int start = row.length();
    Draw.bar(pages, zone.freePages(), bar, row);
    row.blanks(bar - (row.length() - start));
  }

  private static void cell(Style style, String cell, int width, Text row) {
    row.blanks(GAP).add(style, cell).blanks(width - cell.length());
  }

  /** Free pages of the zone, with as many words as fit. */
  private static String total(BuddyInfo.Zone zone, int width) {
    String pages = Draw.grouped(zone.freePages());
    String of = pages + " of " + Draw.grouped(zone.managedPages());
    String full = of + " pages, " + Draw.size(zone.freePages());
    return full.length() <= width ? full : of.length() <= width ? of : pages;
  }
}
