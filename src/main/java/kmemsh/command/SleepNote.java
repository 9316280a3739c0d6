package kmemsh.command;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.view.LogEntry;

/** What an answer says besides when the call may sleep but the context may not. */
final class SleepNote {
  private static final String KMAP_FILE = "highmem-internal.h";

  private SleepNote() {}

  /** What the caller should do: only a call that takes a mask can be given another. */
  private static String advice(Usage usage, String place) {
    if (place.contains(KMAP_FILE)) {
      return "kmap_local_page never sleeps";
    }
    for (Usage.Param param : usage.params()) {
      if (param.kind() == ArgKind.GFP) {
        return "use GFP_ATOMIC here";
      }
    }
    return usage.name().contains("alloc")
        ? "kmalloc GFP_ATOMIC does not"
        : "leave it to process context";
  }

  /** Adds it if the kernel reported such a call since {@code before}, its last message then. */
  static void add(Arguments arguments, Object before) {
    Machine machine = arguments.session().machine();
    Object last = machine.printk().last();
    if (last != before && last instanceof LogEntry.SleepingCall call) {
      String advice = advice(arguments.usage(), call.place());
      String context = ContextRules.name(machine.context());
      arguments.addNote("it may sleep, " + context + " context may not: see dmesg; " + advice);
    }
  }
}
