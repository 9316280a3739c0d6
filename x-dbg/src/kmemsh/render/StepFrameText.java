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
