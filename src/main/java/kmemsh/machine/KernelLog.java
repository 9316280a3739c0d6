package kmemsh.machine;

import java.util.Arrays;
import java.util.List;
import kmemsh.view.LogEntry;

/**
 * What the kernel said since boot. It is never changed: adding gives another one, so a checkpoint
 * keeps it by reference. The newest {@value #MOST} entries are kept.
 *
 * @param entries oldest first
 * @param taintBefore what the entries that are no longer kept tainted the kernel with
 * @param said how many entries there ever were
 * @param warned bit {@code 1 << n}: {@link LogEntry.Warning} {@code n} was given, which is given
 *     once
 * @param suppressed reports of failures that were not told since the last one that was
 */
public record KernelLog(
    LogEntry[] entries, int taintBefore, long said, int warned, int suppressed) {
  static final int MOST = 64;

  /** {@code log}, or null for an empty one, and one entry more. */
  static KernelLog with(KernelLog log, LogEntry entry) {
    int warns = entry instanceof LogEntry.Warning warning ? 1 << warning.which() : 0;
    if (log == null) {
      return new KernelLog(new LogEntry[] {entry}, 0, 1, warns, 0);
    }
    int from = log.entries.length == MOST ? 1 : 0;
    int before = log.taintBefore | (from == 1 ? log.entries[0].taint() : 0);
    LogEntry[] all = Arrays.copyOfRange(log.entries, from, log.entries.length + 1);
    all[all.length - 1] = entry;
    return new KernelLog(all, before, log.said + 1, log.warned | warns, log.suppressed);
  }

  /** The same with so many reports not told. */
  KernelLog withSuppressed(int nr) {
    return new KernelLog(entries, taintBefore, said, warned, nr);
  }

  /** Whether warning {@code which} was given. */
  boolean hasWarned(int which) {
    return (warned >>> which & 1) != 0;
  }

  /** Whether the kernel has warned of anything: taint flag W. */
  boolean tainted() {
    int taint = taintBefore;
    for (LogEntry entry : entries) {
      taint |= entry.taint();
    }
    return (taint & LogEntry.TAINT_WARN) != 0;
  }

  LogEntry last() {
    return entries[entries.length - 1];
  }

  List<LogEntry> list() {
    return List.of(entries);
  }
}
