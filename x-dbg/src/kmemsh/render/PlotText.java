package kmemsh.render;

import java.util.Arrays;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.Plot;

/**
 * Numbers over the history as charts of text, one below the other.
 *
 * <pre>
 *   free
 *   218,275 |***
 *           |   ***
 *   218,219 |      *
 *           +-------
 *            0     6
 * </pre>
 */
final class PlotText {
  private static final int ROWS = 8;

  private PlotText() {}

  static void render(Plot plot, Text out, int columns) {
    for (Plot.Series series : plot.series()) {
      chart(plot, series, out, columns);
    }
  }

  private static void chart(Plot plot, Plot.Series series, Text out, int columns) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (long value : series.values()) {
      if (value != Plot.NONE) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    String top = Draw.grouped(high);
    String bottom = Draw.grouped(low);
    int label = Math.max(top.length(), bottom.length());
    int room = Math.max(8, columns - label - 3);
    int nr = plot.moments().length;
    int width = Math.min(room, nr <= room / 4 ? nr * 4 : nr <= room / 2 ? nr * 2 : nr);
    width = Math.min(room, Math.max(width, 8));
    int rows = high == low ? 1 : (int) Math.min(ROWS, high - low + 1);
    char[][] cells = cells(series, width, rows, low, high);
    out.add(Style.NAME, series.name()).line();
    for (int row = rows - 1; row >= 0; row--) {
      String text = row == rows - 1 ? top : row == 0 ? bottom : "";
      out.blanks(label - text.length()).add(text).add(" |");
      out.add(new String(cells[row]).stripTrailing()).line();
    }
    axis(plot, label, width, out);
  }

  private static char[][] cells(Plot.Series series, int width, int rows, long low, long high) {
    char[][] cells = new char[rows][width];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    long[] values = series.values();
    for (int column = 0; column < width; column++) {
      int at = (int) ((long) column * values.length / width);
      int end = (int) Math.max(at + 1, (long) (column + 1) * values.length / width);
      for (int i = at; i < Math.min(end, values.length); i++) {
        if (values[i] != Plot.NONE) {
          int row = high == low ? 0 : (int) ((values[i] - low) * (rows - 1) / (high - low));
          cells[row][column] = '*';
        }
      }
    }
    return cells;
  }

  private static void axis(Plot plot, int label, int width, Text out) {
    out.blanks(label + 1).add("+").repeat('-', width).line();
    String first = Integer.toString(plot.moments()[0]);
    String last = Integer.toString(plot.moments()[plot.moments().length - 1]);
    String end = last + " operations";
    out.blanks(label + 2).add(first);
    out.blanks(Math.max(1, width - first.length() - end.length())).add(end).line();
  }
}
