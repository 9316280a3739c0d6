package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;
import kmemsh.view.HelpPage;

/** A help page as text. */
final class HelpText {
  private static final String INDENT = "  ";

  private HelpText() {}

  static void page(HelpPage page, Text out, int columns) {
    int indent = page.name().length() + 2;
    Text summary = new Text();
    paragraphs(page.summary(), summary, columns, " ".repeat(indent));
    out.add(Style.COMMAND, page.name()).add(": ");
    out.add(summary.chars(), Math.min(indent, summary.length()), summary.length());
    out.line();
    section("Usage", foldedAtOptions(page.synopsis(), columns - INDENT.length()), out);
    arguments(page, out);
    if (!page.prototype().isEmpty()) {
      section("Prototype", foldedAtCommas(page.prototype(), columns - 2), out);
    }
    wrapped("Meaning", page.meaning(), out, columns);
    wrapped("Context", page.context(), out, columns);
    section("Example", page.example(), out);
    if (!page.seeAlso().isEmpty()) {
      section("See also", page.seeAlso(), out);
    }
  }

  private static void arguments(HelpPage page, Text out) {
    if (page.arguments().isEmpty()) {
      return;
    }
    Table table = new Table("ll");
    for (HelpPage.Argument argument : page.arguments()) {
      String otherwise =
          argument.defaultText().isEmpty() ? "" : " (default: " + argument.defaultText() + ")";
      table.row(argument.label(), argument.description() + otherwise).styleLast(0, Style.OPTION);
    }
    table.render(out, INDENT + INDENT);
  }

  private static void section(String head, String lines, Text out) {
    if (lines.isEmpty()) {
      return;
    }
    out.add(Style.HEAD, head).line();
    int start = 0;
    while (start <= lines.length()) {
      int newline = lines.indexOf('\n', start);
      int end = newline < 0 ? lines.length() : newline;
      out.add(end > start ? INDENT : "").add(lines, start, end).line();
      start = end + 1;
    }
  }

  /** A prototype too wide for the screen goes on in the next line, behind a comma. */
  private static String foldedAtCommas(String prototype, int columns) {
    int comma = prototype.length() <= columns ? -1 : prototype.lastIndexOf(", ", columns);
    return comma < 0
        ? prototype
        : prototype.substring(0, comma + 1)
            + "\n    "
            + foldedAtCommas(prototype.substring(comma + 2), columns - 4);
  }

  /** A synopsis too wide for the screen goes on in the next line, before an optional part. */
  private static String foldedAtOptions(String synopsis, int columns) {
    int part = synopsis.length() <= columns ? -1 : synopsis.lastIndexOf(" [", columns);
    return part <= 0
        ? synopsis
        : synopsis.substring(0, part)
            + "\n    "
            + foldedAtOptions(synopsis.substring(part + 1), columns - INDENT.length());
  }

  private static void wrapped(String head, String body, Text out, int columns) {
    if (!body.isEmpty()) {
      out.add(Style.HEAD, head).line();
      paragraphs(body, out, columns, INDENT);
    }
  }

  /**
   * Fills lines of {@code columns} with the words; an empty line parts two paragraphs. A line that
   * begins with two blanks stays as it is.
   */
  static void paragraphs(String body, Text out, int columns, String indent) {
    int used = 0;
    int start = 0;
    while (start < body.length()) {
      if (body.startsWith("  ", start) && (start == 0 || body.charAt(start - 1) == '\n')) {
        int lineEnd = (body + "\n").indexOf('\n', start);
        out.add(used > 0 ? "\n" : "").add(indent).add(body, start, lineEnd).line();
        used = 0;
        if (body.startsWith("\n\n", lineEnd)) {
          out.line();
        }
        start = lineEnd + 1;
        continue;
      }
      int end = wordEnd(body, start);
      if (end - start > 0) {
        boolean fits = used > 0 && used + 1 + end - start <= columns;
        if (used > 0 && !fits) {
          out.line();
          used = 0;
        }
        String gap = used > 0 ? " " : indent;
        out.add(gap).add(body, start, end);
        used += gap.length() + end - start;
      }
      if (body.startsWith("\n\n", end)) {
        out.line().line();
        used = 0;
      }
      start = end + 1;
    }
    if (used > 0) {
      out.line();
    }
  }

  private static int wordEnd(String body, int start) {
    int end = start;
    while (end < body.length() && body.charAt(end) != ' ' && body.charAt(end) != '\n') {
      end++;
    }
    return end;
  }

  /** {@code text}, at most {@code columns} characters of it. */
  static String cut(String text, int columns) {
    if (text.length() <= columns) {
      return text;
    }
    return text.substring(0, Math.max(1, columns - 3)) + "...";
  }
}
