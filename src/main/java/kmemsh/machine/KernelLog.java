package kmemsh.machine;

import java.util.Arrays;
import java.util.List;
import kmemsh.view.LogEntry;

/**
 * What the kernel said since boot. It is never changed: adding gives another one, so a checkpoint
 * keeps it by reference. The newest {@value #MOST} entries are kept.
 *
 * @param entries oldest first
 * @param warnedOfOrder whether the warning about too large orders was given
 * @param tainted whether the kernel has warned of anything: taint flag W
 */
public record KernelLog(LogEntry[] entries, boolean warnedOfOrder, boolean tainted) {
  static final int MOST = 64;

  /** {@code log}, or null for an empty one, and one entry more. */
  static KernelLog with(KernelLog log, LogEntry entry) {
    boolean warns = entry instanceof LogEntry.OrderWarning;
    boolean taints =
        warns || entry instanceof LogEntry.SleepingCall || entry instanceof LogEntry.VmallocNothing;
    if (log == null) {
      return new KernelLog(new LogEntry[] {entry}, warns, taints);
    }
    int from = log.entries.length == MOST ? 1 : 0;
    LogEntry[] all = Arrays.copyOfRange(log.entries, from, log.entries.length + 1);
    all[all.length - 1] = entry;
    return new KernelLog(all, log.warnedOfOrder || warns, log.tainted || taints);
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
