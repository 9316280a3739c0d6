package kmemsh.command;

import java.util.List;
import kmemsh.view.LogEntry;
import kmemsh.view.SlubReport;

/** Tells beside a reply that the kernel reported something meanwhile. */
final class KernelNotes {
  private KernelNotes() {}

  /**
   * The first bug among the newest {@code nr} entries of {@code log}, in words; when there is none,
   * the note that {@code reply} has.
   */
  static String of(List<LogEntry> log, long nr, Reply reply) {
    for (int i = (int) Math.max(0, log.size() - nr); i < log.size(); i++) {
      if (log.get(i) instanceof SlubReport report) {
        String text = report.text().strip();
        return "dmesg: BUG " + report.cache() + ": " + text;
      }
      if (log.get(i) instanceof LogEntry.WrongCache wrong) {
        return "dmesg: Wrong slab cache. " + wrong.asked() + " but object is from " + wrong.owner();
      }
    }
    return reply.note();
  }
}
