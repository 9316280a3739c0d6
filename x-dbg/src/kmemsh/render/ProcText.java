package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.Explanation;
import kmemsh.view.KernelMessages;
import kmemsh.view.VerifyReport;
import kmemsh.view.Violation;

/** The text of explanations, of the kernel log and of what verify found. */
final class ProcText {
  private ProcText() {}

  /** Appends one of these records; false when {@code record} is none of them. */
  static boolean render(Object record, Text out) {
    if (record instanceof Explanation explanation) {
      out.number(explanation.n()).add("  ").add(explanation.line()).line();
      for (String step : explanation.steps()) {
        out.add("  ").add(step).line();
      }
    } else if (record instanceof KernelMessages log) {
      for (String line : log.lines()) {
        out.add(line).line();
      }
    } else if (record instanceof VerifyReport report) {
      verify(report, out);
    } else {
      return false;
    }
    return true;
  }

  private static void verify(VerifyReport report, Text out) {
    if (report.ok()) {
      out.add("ok: ").number(report.nrRules()).add(" rules hold for ");
      out.grouped(report.nrBlocks()).add(" free blocks and ");
      out.grouped(report.nrPages()).add(" pages in use or on per-CPU lists").line();
      return;
    }
    for (Violation violation : report.violations()) {
      out.add(Style.WRONG, "broken").add(": ").add(violation.rule());
      if (violation.zone().isEmpty()) {
        out.line();
        continue;
      }
      out.add("; zone ");
      out.add(violation.zone());
      if (violation.where() >= 0) {
        out.add(" at ").number(violation.where()).add(" (").hex(violation.where()).add(")");
      }
      out.add(": ").number(violation.found()).add(", not ").number(violation.expected()).line();
    }
  }
}
