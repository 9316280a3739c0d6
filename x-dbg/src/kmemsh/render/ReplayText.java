package kmemsh.render;

import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Status;

/** The text of a replay: a line for each section, the first difference in full, the totals. */
public final class ReplayText {
  private static final int SHOWN_PARAMETERS = 2;

  private ReplayText() {}

  /** Appends the whole report: the file, its sections, the totals. */
  public static void report(ReplayReport report, Text out) {
    out.add(report.file()).line();
    for (ReplayReport.Section section : report.sections()) {
      section(section, out);
    }
    totals(report, out);
  }

  /** Appends one section, its difference included. */
  public static void section(ReplayReport.Section section, Text out) {
    out.add("  ").add(section.kind());
    parameters(section.parameters(), out);
    out.add(": ");
    if (section.status() == Status.SKIPPED) {
      out.add("skipped, ").add(section.note()).line();
      return;
    }
    if (section.operations() > 0) {
      out.number(section.operations()).add(" operations, ");
    }
    out.number(section.compared()).add(" compared, ");
    if (section.status() == Status.IDENTICAL) {
      out.add("identical");
    } else {
      out.add(Style.WRONG, "different");
    }
    if (!section.note().isEmpty()) {
      out.line().add("    ").add(section.note());
    }
    out.line();
    for (ReplayReport.Difference difference : section.differences()) {
      difference(difference, out);
    }
  }

  /** The first parameters tell scenarios apart; all of them would not fit a line. */
  private static void parameters(String parameters, Text out) {
    int end = 0;
    for (int i = 0; i < SHOWN_PARAMETERS && end < parameters.length(); i++) {
      int blank = parameters.indexOf(' ', end + 1);
      end = blank < 0 ? parameters.length() : blank;
    }
    if (end > 0) {
      out.add(' ').add(parameters, 0, end);
    }
  }

  private static void difference(ReplayReport.Difference difference, Text out) {
    out.add("    at operation ").number(difference.operation());
    out.add(", line ").number(difference.line()).add(": ").add(difference.what()).line();
    row("recorded", difference.text(), out);
    row("expected", difference.expected(), out);
    row("got", difference.got(), out);
    rows("around", difference.around(), out);
    rows("before", difference.before(), out);
  }

  private static void row(String label, String text, Text out) {
    out.add("      ").add(label).add(" ".repeat(10 - label.length())).add(text).line();
  }

  private static void rows(String label, List<String> texts, Text out) {
    for (int i = 0; i < texts.size(); i++) {
      row(i == 0 ? label : "", texts.get(i), out);
    }
  }

  /** Appends one line with the sums over all sections. */
  public static void totals(ReplayReport report, Text out) {
    out.number(report.sections().size()).add(" sections: ");
    out.number(report.count(Status.IDENTICAL)).add(" identical, ");
    out.number(report.count(Status.DIFFERENT)).add(" different, ");
    out.number(report.count(Status.SKIPPED)).add(" skipped; ");
    out.number(report.operations()).add(" operations, ");
    out.number(report.compared()).add(" compared").line();
  }
}
