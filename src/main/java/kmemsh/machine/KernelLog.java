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
 */
public record KernelLog(LogEntry[] entries, boolean warnedOfOrder) {
  static final int MOST = 64;
  static final KernelLog EMPTY = new KernelLog(new LogEntry[0], false);

  KernelLog with(LogEntry entry) {
    int from = entries.length == MOST ? 1 : 0;
    LogEntry[] all = Arrays.copyOfRange(entries, from, entries.length + 1);
    all[all.length - 1] = entry;
    return new KernelLog(all, warnedOfOrder || entry instanceof LogEntry.OrderWarning);
  }

  List<LogEntry> list() {
    return List.of(entries);
  }
}
