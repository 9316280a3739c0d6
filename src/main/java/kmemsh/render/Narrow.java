package kmemsh.render;

import kmemsh.text.Text;

/** Answers on screens that are too narrow for them: nothing is left out, lines are broken. */
final class Narrow {
  private static final int INDENT = 4;

  private Narrow() {}

  /** Appends {@code drawn}; lines of it that are wider than {@code columns} are broken. */
  static void add(Text drawn, Text out, int columns) {
    StringBuilder chars = drawn.chars();
    int start = 0;
    while (start < chars.length()) {
      int newline = chars.indexOf("\n", start);
      int end = newline < 0 ? chars.length() : newline;
      if (end - start <= columns) {
        out.add(drawn, start, end);
      } else {
        line(chars.substring(start, end), out, columns);
      }
      if (newline >= 0) {
        out.line();
      }
      start = end + 1;
    }
  }

  /** Like {@link #fit} for a single line, which is broken where it has two blanks. */
  static void fitCall(Text out, int from, int columns) {
    int start = from - Draw.column(out, from);
    if (out.length() - 1 - start > columns) {
      Draw.broken(out.cutOff(start).plain(), out, columns);
    }
  }

  /** Breaks the lines of {@code out} that are too wide, from the line with {@code from} on. */
  static void fit(Text out, int from, int columns) {
    StringBuilder chars = out.chars();
    int start = from - Draw.column(out, from);
    int column = 0;
    for (int at = start; at < chars.length(); at++) {
      column = chars.charAt(at) == '\n' ? 0 : column + 1;
      if (column > columns) {
        add(out.cutOff(start), out, columns);
        return;
      }
    }
  }

  /** Columns of a table stay words of their own, one blank apart. */
  private static void line(String line, Text out, int columns) {
    String words = line.strip().replaceAll(" +", " ");
    int most = Math.max(0, columns - longestWord(words));
    int indent = line.indexOf(words.charAt(0));
    out.blanks(Math.min(indent, most));
    Draw.words(words, out, columns, Math.min(Math.min(indent, columns / 4) + INDENT, most));
  }

  private static int longestWord(String words) {
    int longest = 0;
    for (String word : words.split(" ")) {
      longest = Math.max(longest, word.length());
    }
    return longest;
  }
}
