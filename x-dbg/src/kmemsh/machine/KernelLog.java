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
 * @param warnedOfOrder whether the warning about too large orders was given
 */
public record KernelLog(LogEntry[] entries, int taintBefore, long said, boolean warnedOfOrder) {
  static final int MOST = 64;

  /** {@code log}, or null for an empty one, and one entry more. */
  static KernelLog with(KernelLog log, LogEntry entry) {
    boolean warns = entry instanceof LogEntry.OrderWarning;
    if (log == null) {
      return new KernelLog(new LogEntry[] {entry}, 0, 1, warns);
    }
    int from = log.entries.length == MOST ? 1 : 0;
    int before = log.taintBefore | (from == 1 ? log.entries[0].taint() : 0);
    LogEntry[] all = Arrays.copyOfRange(log.entries, from, log.entries.length + 1);
    all[all.length - 1] = entry;
    return new KernelLog(all, before, log.said + 1, log.warnedOfOrder || warns);
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

  /** Whether an entry of that class is among them. */
  boolean has(Class<? extends LogEntry> kind) {
    for (LogEntry entry : entries) {
      if (kind.isInstance(entry)) {
        return true;
      }
    }
    return false;
  }

  List<LogEntry> list() {
    return List.of(entries);
  }
}
