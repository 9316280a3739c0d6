package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;

/** Lines without blanks at their end. */
final class Trimmed {
  private Trimmed() {}

  /** Appends {@code line} without the blanks at its end, and a newline. */
  static void add(Text line, Text out) {
    StringBuilder chars = line.chars();
    int end = chars.length();
    while (end > 0 && chars.charAt(end - 1) == ' ') {
      end--;
    }
    int from = 0;
    for (int i = 0; i < line.nrChanges() && line.changeOffset(i) < end; i++) {
      out.add(chars, from, line.changeOffset(i));
      from = line.changeOffset(i);
      out.style(line.styleOf(i));
    }
    out.add(chars, from, end).style(Style.PLAIN).line();
  }
}
