package kmemsh.machine;

import kmemsh.mm.vmalloc.Vmalloc;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;

/** What the kernel says when vmalloc gives nothing. Spec: mappings.md 5.8, 15 */
final class VmallocLog {
  private VmallocLog() {}

  /** {@code log} and what is to be said about the last call. */
  static KernelLog failure(Machine machine, KernelLog log, int gfpMask) {
    AddressSpace space = machine.space();
    int why = space.failure();
    if (why == Vmalloc.EMPTY) {
      boolean said = log != null && log.has(LogEntry.VmallocNothing.class);
      LogEntry nothing = new LogEntry.VmallocNothing(machine.pages().cpu());
      return said ? log : KernelLog.with(log, nothing);
    }
    if ((gfpMask & Gfp.__GFP_NOWARN) != 0 || why == Vmalloc.NO_PAGES) {
      return log;
    }
    KernelLog all = noAddresses(machine, log);
    LogEntry.AllocFailure state = KernelReports.failure(machine, gfpMask, 0);
    boolean moreThanRam = why == Vmalloc.MORE_THAN_RAM;
    return KernelLog.with(
        all, new LogEntry.VmallocFailure(space.failedRequest(), moreThanRam, state));
  }

  /** {@code log} and the line about addresses, if there were none. */
  static KernelLog noAddresses(Machine machine, KernelLog log) {
    AddressSpace space = machine.space();
    return space.failure() == Vmalloc.NO_ADDRESSES
        ? KernelLog.with(log, new LogEntry.NoAddresses(space.failedBytes()))
        : log;
  }
}
