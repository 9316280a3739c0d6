package kmemsh.machine;

import java.util.List;
import kmemsh.mm.page.PageVerify;
import kmemsh.view.VerifyReport;
import kmemsh.view.Violation;

/** Checks every rule that holds between two operations, in every part of a machine. */
final class MachineVerify {
  private MachineVerify() {}

  /** What {@code verify} reports. */
  static VerifyReport check(Parts parts) {
    VerifyReport report = PageVerify.check(parts.pages);
    for (String problem : parts.slab == null ? List.<String>of() : parts.slab.problems()) {
      report = with(report, problem);
    }
    report = with(report, parts.space == null ? "" : parts.space.verify());
    return with(report, parts.cpus == null ? "" : parts.cpus.verify());
  }

  private static VerifyReport with(VerifyReport report, String problem) {
    return problem.isEmpty() ? report : report.and(new Violation(problem, "", -1, 0, 0));
  }
}
