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
  private static final int LEAST_SIZE = " pages, 0 B".length();

  private BuddyInfoText() {}

  static void render(BuddyInfo info, Text out, int columns) {
    int[] widths = {BLOCKS.length(), PAGES.length()};
    for (BuddyInfo.Zone zone : info.zones()) {
      int[] nrFree = zone.nrFree();
      for (int order = 0; order < nrFree.length; order++) {
        widths[0] = Math.max(widths[0], Text.groupedColumns(nrFree[order]));
        widths[1] = Math.max(widths[1], Text.groupedColumns((long) nrFree[order] << order));
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

  private static void group(
      List<BuddyInfo.Zone> zones, int first, int end, int[] widths, int bar, Text out) {
    int width = widths[0] + 1 + widths[1] + 1 + bar;
    out.blanks(ORDER.length());
    for (int i = first; i < end; i++) {
      BuddyInfo.Zone zone = zones.get(i);
      cell(Style.NAME, Draw.zone(zone.nid(), zone.zone()), width, out);
    }
    out.trimmedLine().left("free", ORDER.length());
    for (int i = first; i < end; i++) {
      cell(Style.PLAIN, total(zones.get(i), width), width, out);
    }
    out.trimmedLine().add(Style.HEAD, ORDER);
    for (int i = first; i < end; i++) {
      out.blanks(GAP).style(Style.HEAD).right(BLOCKS, widths[0]).add(' ');
      out.right(PAGES, widths[1]).style(Style.PLAIN).blanks(1 + bar);
    }
    out.trimmedLine();
    for (int order = 0; order < zones.get(first).nrFree().length; order++) {
      out.number(order, ORDER.length());
      int gap = 0;
      for (int i = first; i < end; i++) {
        gap = blocks(zones.get(i), order, widths, bar, gap, out);
      }
      out.line();
    }
  }

  /**
   * Appends the columns of one zone.
   *
   * @param gap blanks to put before them
   * @return blanks that belong behind them, if anything comes there
   */
  private static int blocks(
      BuddyInfo.Zone zone, int order, int[] widths, int bar, int gap, Text row) {
    int blocks = zone.nrFree()[order];
    long pages = (long) blocks << order;
    row.grouped(blocks, gap + GAP + widths[0]).grouped(pages, 1 + widths[1]);
    if (pages == 0) {
      return 1 + bar;
    }
    row.add(' ');
    int start = row.length();
    Draw.bar(pages, zone.freePages(), bar, row);
    return bar - (row.length() - start);
  }

  private static void cell(Style style, String cell, int width, Text row) {
    row.blanks(GAP).add(style, cell).blanks(width - cell.length());
  }

  /** Free pages of the zone, with as many words as fit. */
  private static String total(BuddyInfo.Zone zone, int width) {
    String pages = Draw.grouped(zone.freePages());
    String of = pages + " of " + Draw.grouped(zone.managedPages());
    if (of.length() + LEAST_SIZE > width) {
      return of.length() <= width ? of : pages;
    }
    String full = of + " pages, " + Draw.size(zone.freePages());
    return full.length() <= width ? full : of;
  }

  /** In words: a sentence for each zone, a number for each order. */
  static void plain(BuddyInfo info, Text out, int columns) {
    for (BuddyInfo.Zone zone : info.zones()) {
      StringBuilder told = new StringBuilder(Draw.zone(zone.nid(), zone.zone()));
      told.append(": ").append(zone.freePages()).append(" of ").append(zone.managedPages());
      told.append(" pages free; free blocks of order");
      for (int order = 0; order < zone.nrFree().length; order++) {
        told.append(order == 0 ? " " : ", ").append(order).append(": ");
        told.append(zone.nrFree()[order]);
      }
      Draw.words(told.toString(), out, columns, 2);
      out.line();
    }
  }
}
