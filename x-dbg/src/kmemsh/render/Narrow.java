package kmemsh.render;

import kmemsh.text.Text;

/** Pictures on screens that are too narrow for them: nothing is left out, lines are broken. */
final class Narrow {
  private static final int INDENT = 4;

  private Narrow() {}

  /**
   * Appends {@code drawn}; where a line of it is wider than {@code columns}, without its styles.
   */
  static void add(Text drawn, Text out, int columns) {
    String text = drawn.plain();
    if (widest(text) <= columns) {
      out.add(drawn);
      return;
    }
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      line(text.substring(start, end), out, columns);
      start = end + 1;
    }
  }

  private static int widest(String text) {
    int widest = 0;
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      widest = Math.max(widest, end - start);
      start = end + 1;
    }
    return widest;
  }

  /** Columns of a table stay words of their own, one blank apart. */
  private static void line(String line, Text out, int columns) {
    if (line.length() <= columns) {
      out.add(line).line();
      return;
    }
    String words = line.strip().replaceAll(" +", " ");
    int most = Math.max(0, columns - longestWord(words));
    out.blanks(Math.min(line.indexOf(words.charAt(0)), most));
    Draw.words(words, out, columns, Math.min(INDENT, most));
    out.line();
  }

  private static int longestWord(String words) {
    int longest = 0;
    for (String word : words.split(" ")) {
      longest = Math.max(longest, word.length());
    }
    return longest;
  }
}
