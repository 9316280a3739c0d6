package kmemsh.command;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.view.LogEntry;

/** What an answer says besides when the call may sleep but the context may not. */
final class SleepNote {
  private static final String KMAP_FILE = "highmem-internal.h";

  private SleepNote() {}

  /** Adds it if the kernel reported such a call since {@code before}, its last message then. */
  static void add(Arguments arguments, Object before) {
    Machine machine = arguments.session().machine();
    Object last = machine.printk().last();
    if (last != before && last instanceof LogEntry.SleepingCall call) {
      String advice =
          call.place().contains(KMAP_FILE) ? "kmap_local_page never sleeps" : "use GFP_ATOMIC here";
      String context = ContextRules.name(machine.context());
      arguments.addNote("it may sleep, " + context + " context may not: see dmesg; " + advice);
    }
  }
}
