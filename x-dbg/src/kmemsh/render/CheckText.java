package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.CheckReport;

/** What differs in a transcript: the recorded line behind {@code -}, the one of now behind +. */
final class CheckText {
  private CheckText() {}

  static void render(CheckReport report, Text out) {
    for (CheckReport.Difference difference : report.differences()) {
      out.add(Style.NAME, report.file() + ":" + difference.line());
      out.add(difference.command().isEmpty() ? "" : "  " + difference.command()).line();
      if (!difference.recorded().isEmpty()) {
        out.add(Style.CHANGED, "- " + difference.recorded()).line();
      }
      if (!difference.now().isEmpty()) {
        out.add(Style.FREE, "+ " + difference.now()).line();
      }
    }
    out.add(report.file()).add(": ").add(Draw.count(report.commands(), "command")).add(", ");
    int nr = report.differences().size();
    out.add(
        nr == 0 ? "every answer is as recorded" : Draw.count(nr, "answer") + " not as recorded");
    out.line();
  }
}
