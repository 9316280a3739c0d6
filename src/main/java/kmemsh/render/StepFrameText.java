package kmemsh.render;

import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.StepFrame;

/**
 * One step of an operation: {@code +} came to its list, {@code -} left it.
 *
 * <pre>
 *   step 5 of 9  expand: too large, so its upper half 0x1420 goes to the head of order 5
 *     Normal Unmovable
 *       order  4 |
 *       order  5 | +0x1420
 *       order  6 | 0x1440
 * </pre>
 */
final class StepFrameText {
  private static final int LABEL_COLUMNS = 20;
  private static final int ITEMS = 6;

  private StepFrameText() {}

  static void render(StepFrame frame, Text out, int columns) {
    out.add(Style.HEAD, "step " + frame.nr() + " of " + frame.of()).add("  ");
    Draw.words(frame.sentence(), out, columns, 2);
    out.line();
    String group = "";
    for (StepFrame.Row row : frame.rows()) {
      if (!row.group().equals(group)) {
        group = row.group();
        out.add("  ").add(Style.NAME, group).line();
      }
      out.add("    ").left(row.label(), Math.min(LABEL_COLUMNS, columns / 3)).add("|");
      items(row.items(), out, columns);
      out.line();
    }
  }

  /**
   * The same in words: what came and what left, and what the list holds then. Lists that this step
   * leaves alone are told in the first step only.
   */
  static void plain(StepFrame frame, Text out, int columns) {
    Draw.words(
        "step " + frame.nr() + " of " + frame.of() + ": " + frame.sentence(), out, columns, 2);
    out.line();
    for (StepFrame.Row row : frame.rows()) {
      String came = pfns(row, StepFrame.CAME);
      String left = pfns(row, StepFrame.LEFT);
      if (frame.nr() > 1 && came.isEmpty() && left.isEmpty()) {
        continue;
      }
      StringBuilder told = new StringBuilder();
      told.append(row.group()).append(", ").append(row.label()).append(": ");
      told.append(came.isEmpty() ? "" : "came " + came + "; ");
      told.append(left.isEmpty() ? "" : "left " + left + "; ").append(holds(row));
      out.add("  ");
      Draw.words(told.toString(), out, columns, 4);
      out.line();
    }
  }

  private static String pfns(StepFrame.Row row, char mark) {
    StringBuilder out = new StringBuilder();
    for (StepFrame.Item item : row.items()) {
      if (item.mark() == mark) {
        out.append(out.length() == 0 ? "" : " ").append(Draw.hex(item.pfn()));
      }
    }
    return out.toString();
  }

  private static String holds(StepFrame.Row row) {
    StringBuilder out = new StringBuilder();
    int held = 0;
    for (StepFrame.Item item : row.items()) {
      if (item.mark() != StepFrame.LEFT && held++ < ITEMS) {
        out.append(' ').append(Draw.hex(item.pfn()));
      }
    }
    out.append(held > ITEMS ? " and " + (held - ITEMS) + " more" : "");
    return held == 0 ? "it is empty" : "it holds" + out;
  }

  /** The head of the list, and what changed wherever it stands. */
  private static void items(List<StepFrame.Item> items, Text out, int columns) {
    int room = Math.max(1, Math.min(ITEMS, (columns - LABEL_COLUMNS - 16) / 9));
    int shown = 0;
    int hidden = 0;
    for (StepFrame.Item item : items) {
      boolean changed = item.mark() != StepFrame.STAYS;
      if (shown >= room && !changed) {
        hidden++;
        continue;
      }
      if (shown >= 2 * room) {
        hidden++;
        continue;
      }
      if (hidden > 0) {
        out.add(" ..").number(hidden).add("..");
        hidden = 0;
      }
      item(item, out);
      shown++;
    }
    if (hidden > 0) {
      out.add("  ").number(hidden).add(" more");
    }
  }

  private static void item(StepFrame.Item item, Text out) {
    out.add(' ');
    switch (item.mark()) {
      case StepFrame.CAME -> out.add(Style.FREE, "+" + Draw.hex(item.pfn()));
      case StepFrame.LEFT -> out.add(Style.CHANGED, "-" + Draw.hex(item.pfn()));
      default -> out.add(Draw.hex(item.pfn()));
    }
  }
}
