package kmemsh.op;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.view.Gfp;
import kmemsh.view.Refusal;

/**
 * Asks {@link ContextRules} on behalf of the operations: what a kernel would not survive is
 * refused, what it complains of is done and reported.
 *
 * <p>The common operations ask {@link Machine#isAtomic} themselves, so that in process context this
 * class is not even loaded.
 */
final class ContextCheck {
  private ContextCheck() {}

  /** Refuses a request for memory where none may be made. */
  static void alloc(Machine machine, int gfpMask) {
    refuse(machine, kind(gfpMask), "taking memory");
  }

  /** Reports a request with a mask that may sleep where nothing may. */
  static void mayAlloc(Machine machine, int gfpMask) {
    report(machine, kind(gfpMask));
  }

  private static int kind(int gfpMask) {
    boolean sleeps = (gfpMask & Gfp.__GFP_DIRECT_RECLAIM) != 0;
    return sleeps ? ContextRules.ALLOC_SLEEPING : ContextRules.ALLOC;
  }

  /** Refuses to give memory back where that may not be. */
  static void free(Machine machine) {
    refuse(machine, ContextRules.FREE, "giving memory back");
  }

  /** Refuses {@code call}, one of {@link ContextRules}, called {@code name}. */
  static void call(Machine machine, int call, String name) {
    if (machine.isAtomic()) {
      refuse(machine, call, name);
    }
  }

  /** Reports {@code call}, one of {@link ContextRules}, where it may sleep but nothing may. */
  static void mayCall(Machine machine, int call) {
    if (machine.isAtomic()) {
      report(machine, call);
    }
  }

  private static void report(Machine machine, int call) {
    if (ContextRules.outcome(call, machine.context()) == ContextRules.REPORTS) {
      machine.printk().sleepingCall(call);
    }
  }

  private static void refuse(Machine machine, int call, String name) {
    int context = machine.context();
    char outcome = ContextRules.outcome(call, context);
    if (outcome == ContextRules.BUGS) {
      throw refused(
          name + " is not for " + ContextRules.name(context) + " context",
          "A real kernel would stop at BUG_ON(in_interrupt())");
    }
    if (outcome == ContextRules.HANGS) {
      throw refused(name + " is not for " + ContextRules.name(context) + " context", why(call));
    }
  }

  private static Refused refused(String what, String kernelWould) {
    return new Refused(new Refusal(what, kernelWould, ""));
  }

  private static String why(int call) {
    return switch (call) {
      case ContextRules.CACHE ->
          "A real kernel would report \"sleeping function called from invalid context\" at"
              + " kernel/locking/mutex.c, and hang if somebody holds slab_mutex";
      case ContextRules.KMAP_HIGHMEM, ContextRules.KUNMAP_HIGHMEM ->
          "A real kernel would report \"sleeping function called from invalid context\", and hang"
              + " if the interrupt came while the window's lock was held; kmap_local_page is for"
              + " any context";
      case ContextRules.DRAIN ->
          "A real kernel would wait for work on each CPU, which may sleep and never comes here";
      default -> "A real kernel would hang if the interrupted code holds the allocator's lock";
    };
  }
}
