package kmemsh.explain;

import java.util.ArrayList;
import java.util.List;

/** Lines of at most {@value #COLUMNS} columns; indentation shows what happens inside of what. */
final class Paper {
  static final int COLUMNS = 78;
  private static final int STEP = 2;

  private final List<String> lines = new ArrayList<>();

  /** Adds a sentence at {@code depth}; what does not fit goes on below, indented twice more. */
  void line(int depth, String sentence) {
    String indent = " ".repeat(STEP * depth);
    String rest = sentence;
    while (indent.length() + rest.length() > COLUMNS) {
      int cut = rest.lastIndexOf(' ', COLUMNS - indent.length());
      if (cut <= 0) {
        break;
      }
      lines.add(indent + rest.substring(0, cut));
      rest = rest.substring(cut + 1);
      indent = " ".repeat(STEP * depth + 2 * STEP);
    }
    lines.add(indent + rest);
  }

  /**
   * The lines; where a part of them comes several times in a row, it stands once and a line says
   * how often it came again.
   */
  List<String> lines(boolean all) {
    return all ? lines : Repeats.fold(lines);
  }
}
