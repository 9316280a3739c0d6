package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;
import kmemsh.view.Fragmentation;

/** Fragmentation figures; a column an order where there is room, else a row an order. */
final class FragmentationText {
  private static final int LABEL = 11;
  private static final int LEAST_CELL = 6;
  private static final int WOULD_SUCCEED = -1000;
  private static final String[] ROWS = {"order", "free", "allocated", "unusable", "extfrag"};

  private FragmentationText() {}

  static void render(Fragmentation info, Text out, int columns) {
    boolean explain = false;
    for (Fragmentation.Zone zone : info.zones()) {
      head(zone, out, columns);
      if (columns >= width(zone)) {
        across(zone, out);
      } else {
        down(zone, out);
      }
      internal(zone, out, columns);
      explain = true;
    }
    if (explain) {
      Draw.words(
          "unusable: the part of free memory in blocks too small for the order. extfrag: why the"
              + " order fails, near 0 for lack of memory, near 1 for fragmentation; ok: it does"
              + " not fail",
          out,
          columns,
          0);
      out.line();
    }
  }

  private static void head(Fragmentation.Zone zone, Text out, int columns) {
    out.add(Style.NAME, Draw.zone(zone.nid(), zone.zone())).add(": ");
    String largest =
        zone.largestOrder() < 0 ? "nothing" : "largest block order " + zone.largestOrder();
    Draw.words(Draw.count(zone.freePages(), "page") + " free, " + largest, out, columns, 2);
    out.line();
  }

  private static int width(Fragmentation.Zone zone) {
    return LABEL + zone.nrFree().length * cell(zone);
  }

  private static int cell(Fragmentation.Zone zone) {
    int cell = LEAST_CELL;
    for (int order = 0; order < zone.nrFree().length; order++) {
      for (int row = 0; row < ROWS.length; row++) {
        cell = Math.max(cell, 1 + value(zone, row, order).length());
      }
    }
    return cell;
  }

  private static String value(Fragmentation.Zone zone, int row, int order) {
    return switch (row) {
      case 0 -> "" + order;
      case 1 -> "" + zone.nrFree()[order];
      case 2 -> "" + zone.allocated()[order];
      case 3 -> thousandths(zone.unusable()[order]);
      default -> {
        int index = zone.extfrag()[order];
        yield index == WOULD_SUCCEED ? "ok" : thousandths(index);
      }
    };
  }

  private static String thousandths(int value) {
    int size = Math.abs(value);
    int rest = size % 1000;
    String zeros = rest < 10 ? "00" : rest < 100 ? "0" : "";
    return (value < 0 ? "-" : "") + size / 1000 + "." + zeros + rest;
  }

  private static void across(Fragmentation.Zone zone, Text out) {
    int cell = cell(zone);
    for (int row = 0; row < ROWS.length; row++) {
      out.style(row == 0 ? Style.HEAD : Style.PLAIN).left("  " + ROWS[row], LABEL);
      for (int order = 0; order < zone.nrFree().length; order++) {
        out.right(value(zone, row, order), cell);
      }
      out.style(Style.PLAIN).line();
    }
  }

  private static void down(Fragmentation.Zone zone, Text out) {
    Table table = new Table("rrrrr");
    table.row(Style.HEAD, ROWS[0], ROWS[1], "alloc", "unusable", ROWS[4]);
    for (int order = 0; order < zone.nrFree().length; order++) {
      String[] cells = new String[ROWS.length];
      for (int row = 0; row < ROWS.length; row++) {
        cells[row] = value(zone, row, order);
      }
      table.row(cells);
    }
    table.render(out, "");
  }

  private static void internal(Fragmentation.Zone zone, Text out, int columns) {
    long pages = 0;
    for (int order = 0; order < zone.allocated().length; order++) {
      pages += (long) zone.allocated()[order] << order;
    }
    String allocated = "internal: " + Draw.count(pages, "page") + " allocated, ";
    String waste =
        zone.wastePages() == 0
            ? "none lost to rounding up"
            : "at most " + Draw.grouped(zone.wastePages()) + " of them lost to rounding up";
    Draw.words(allocated + waste, out.blanks(2), columns, 4);
    out.line();
  }
}
