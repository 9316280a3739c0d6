package kmemsh.machine;

import kmemsh.mm.vmalloc.Vmalloc;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;

/** What the kernel says when vmalloc gives nothing. Spec: mappings.md 5.8, 15 */
final class VmallocLog {
  private VmallocLog() {}

  /** Says what is to be said about the last call of vmalloc. */
  static void failure(Machine machine, Printk printk, int gfpMask) {
    AddressSpace space = machine.space();
    int why = space.failure();
    if (why == Vmalloc.EMPTY) {
      printk.warnOnce(LogEntry.Warning.NOTHING);
      return;
    }
    if ((gfpMask & Gfp.__GFP_NOWARN) != 0 || why == Vmalloc.NO_PAGES) {
      return;
    }
    noAddresses(machine, printk);
    if (printk.mayReport()) {
      LogEntry.AllocFailure state = KernelReports.failure(machine, gfpMask, 0);
      boolean moreThanRam = why == Vmalloc.MORE_THAN_RAM;
      printk.say(new LogEntry.VmallocFailure(space.failedRequest(), moreThanRam, state));
    }
  }

  /** Says the line about addresses, if there were none. */
  static void noAddresses(Machine machine, Printk printk) {
    AddressSpace space = machine.space();
    if (space.failure() == Vmalloc.NO_ADDRESSES && printk.mayPrint()) {
      printk.say(new LogEntry.NoAddresses(space.failedBytes()));
    }
  }
}
