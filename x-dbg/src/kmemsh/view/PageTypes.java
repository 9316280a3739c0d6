package kmemsh.view;

import java.util.List;

/**
 * Page frames counted by their flags, as the tool page-types does it.
 *
 * @param rows in the tool's order
 * @param total of all rows
 */
public record PageTypes(List<Row> rows, long total) {
  /** The frames with exactly these flags. */
  public record Row(long flags, long pages) {}
}
