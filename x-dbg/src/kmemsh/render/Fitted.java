package kmemsh.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;

/** A table of which the columns on the right are left out where the terminal is too narrow. */
final class Fitted {
  private static final int GAP = 2;

  private final String alignment;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * @param alignment a letter for each column: {@code l} left, {@code r} right
   * @param head names of the columns, the most important on the left
   */
  Fitted(String alignment, String... head) {
    this.alignment = alignment;
    rows.add(head);
  }

  void row(String... cells) {
    rows.add(cells);
  }

  void render(Text out, int columns) {
    int nr = 0;
    int width = 0;
    for (int column = 0; column < alignment.length(); column++) {
      width += widest(column) + (column == 0 ? 0 : GAP);
      if (width > columns && column > 0) {
        break;
      }
      nr++;
    }
    Table table = new Table(alignment.substring(0, nr));
    for (int row = 0; row < rows.size(); row++) {
      String[] cells = Arrays.copyOf(rows.get(row), nr);
      table.row(row == 0 ? Style.HEAD : Style.PLAIN, cells);
    }
    table.render(out, "");
  }

  private int widest(int column) {
    int widest = 0;
    for (String[] row : rows) {
      widest = Math.max(widest, row[column].length());
    }
    return widest;
  }
}
