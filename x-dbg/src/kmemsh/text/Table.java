package kmemsh.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of cells in columns as wide as their widest cell, two blanks between them, no blanks at line
 * ends. For pictures and lists, not for the answers of kernel calls.
 */
public final class Table {
  private static final String GAP = "  ";

  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();
  private final List<Style[]> styles = new ArrayList<>();

  /**
   * @param alignment a letter for each column: {@code l} left, {@code r} right
   */
  public Table(String alignment) {
    right = new boolean[alignment.length()];
    for (int i = 0; i < right.length; i++) {
      right[i] = alignment.charAt(i) == 'r';
    }
  }

  /** Adds a row; missing cells are empty. */
  public Table row(String... cells) {
    return row(Style.PLAIN, cells);
  }

  /** Adds a row whose cells all have {@code style}. */
  public Table row(Style style, String... cells) {
    if (cells.length > right.length) {
      throw new IllegalArgumentException(cells.length + " cells, " + right.length + " columns");
    }
    Style[] rowStyles = new Style[cells.length];
    Arrays.fill(rowStyles, style);
    rows.add(cells.clone());
    styles.add(rowStyles);
    return this;
  }

  /** Gives the cell {@code column} of the last row another style. */
  public Table styleLast(int column, Style style) {
    styles.get(styles.size() - 1)[column] = style;
    return this;
  }

  /** Appends all rows, each behind {@code indent} and with a newline at its end. */
  public void render(Text out, String indent) {
    int[] widths = widths();
    for (int r = 0; r < rows.size(); r++) {
      String[] cells = rows.get(r);
      int last = cells.length - 1;
      while (last >= 0 && cells[last].isEmpty()) {
        last--;
      }
      out.add(last >= 0 ? indent : "");
      for (int i = 0; i <= last; i++) {
        int blanks = widths[i] - cells[i].length();
        out.add(i == 0 ? "" : GAP).blanks(right[i] ? blanks : 0);
        out.add(styles.get(r)[i], cells[i]);
        out.blanks(right[i] || i == last ? 0 : blanks);
      }
      out.line();
    }
  }

  private int[] widths() {
    int[] widths = new int[right.length];
    for (String[] cells : rows) {
      for (int i = 0; i < cells.length; i++) {
        widths[i] = Math.max(widths[i], cells[i].length());
      }
    }
    return widths;
  }
}
