package kmemsh.render;

import java.util.List;

/** A report as one page that needs nothing else: no script, no other file. */
public final class HtmlReport {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
        color: #1a1a1a; background: #fff; }
      pre { background: #f4f4f4; padding: .75rem 1rem; overflow-x: auto; font-size: 13px; line-height: 1.35; }
      .line { font-weight: bold; }
      figure { margin: 1rem 0; overflow-x: auto; }
      h2 { border-bottom: 1px solid #ccc; margin-top: 2.5rem; }
      """;

  private static final int MOST_LINES = 40;

  private final StringBuilder out = new StringBuilder();

  /** Starts the page. */
  public HtmlReport(String title) {
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    escape(title);
    out.append("</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n<h1>");
    escape(title);
    out.append("</h1>\n");
  }

  /** Starts a section. */
  public HtmlReport section(String head) {
    out.append("<h2>");
    escape(head);
    out.append("</h2>\n");
    return this;
  }

  /** A paragraph. */
  public HtmlReport paragraph(String text) {
    out.append("<p>");
    escape(text);
    out.append("</p>\n");
    return this;
  }

  /** Lines that were typed, each with its answer. */
  public HtmlReport session(List<String> lines, List<String> answers) {
    out.append("<pre>");
    for (int i = 0; i < lines.size(); i++) {
      out.append("<span class=\"line\">kmemsh&gt; ");
      escape(lines.get(i));
      out.append("</span>\n");
      answer(answers.get(i));
    }
    out.append("</pre>\n");
    return this;
  }

  /** A long answer is folded, to be opened by those who want it. */
  private void answer(String answer) {
    long lines = answer.lines().count();
    if (lines <= MOST_LINES) {
      escape(answer);
      return;
    }
    out.append("</pre>\n<details><summary>").append(lines).append(" lines</summary>\n<pre>");
    escape(answer);
    out.append("</pre></details>\n<pre>");
  }

  /** Text as a terminal shows it. */
  public HtmlReport screen(String text) {
    out.append("<pre>");
    escape(text);
    out.append("</pre>\n");
    return this;
  }

  /** A picture: an SVG document, of which only the drawing is taken. */
  public HtmlReport picture(String svg, String label) {
    int start = svg.indexOf("<svg");
    out.append("<figure role=\"img\" aria-label=\"");
    escape(label);
    out.append("\">\n").append(svg, start, svg.length()).append("\n</figure>\n");
    return this;
  }

  /** The whole page. */
  public String end() {
    return out.append("</body>\n</html>\n").toString();
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '?' : c);
      }
    }
  }
}
