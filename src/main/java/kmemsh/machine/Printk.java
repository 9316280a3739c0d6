package kmemsh.machine;

import java.util.List;
import kmemsh.trace.HighmemStep;
import kmemsh.trace.Trace;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;

/**
 * What the kernel of a machine says: decides what is said, from what the machine is just then.
 *
 * <p>A kernel limits how often it complains in a time. Here no time passes within a repeated
 * operation, and between two operations more than any limit asks for.
 */
public final class Printk {
  private static final int MAX_ORDER = 10;
  private static final int MOST_LINES = 10;

  private final Machine machine;

  /** Null as long as nothing was said. */
  private KernelLog log;

  private boolean oneReport;
  private boolean reported;
  private boolean sleepReported;
  private int linesPrinted;
  private int shortagesTold;

  Printk(Machine machine) {
    this.machine = machine;
  }

  /** The kernel says {@code entry}. */
  public void say(LogEntry entry) {
    log = KernelLog.with(log, entry);
  }

  void dropCaches(int value) {
    say(new LogEntry.DropCaches(value));
  }

  /** Gives a warning unless it was given since boot. */
  public void warnOnce(int which) {
    if (log == null || !log.hasWarned(which)) {
      say(new LogEntry.Warning(machine.cpu(), which));
    }
  }

  /**
   * Says that a request failed, as the kernel does unless the mask has __GFP_NOWARN. An order that
   * does not exist is warned of once after each boot. The OOM killer is never silent, and who tries
   * for ever says nothing.
   */
  void failed(int gfpMask, int order, int reason) {
    if (reason == Trace.STEP_OOM_KILL) {
      outOfMemory(gfpMask, order);
    } else if (reason != Trace.STEP_FOR_EVER) {
      failure(gfpMask, order);
    }
  }

  private void outOfMemory(int gfpMask, int order) {
    if (!oneReport || !reported) {
      reported = true;
      say(KernelReports.outOfMemory(machine, gfpMask, order));
    }
  }

  private void failure(int gfpMask, int order) {
    if ((gfpMask & Gfp.__GFP_NOWARN) != 0) {
      return;
    }
    if (order > MAX_ORDER) {
      warnOnce(LogEntry.Warning.ORDER);
    } else if (mayReport()) {
      say(KernelReports.failure(machine, gfpMask, order));
    }
  }

  /** Whether a failure may be told now: one in ten seconds; says how many were not told before. */
  boolean mayReport() {
    if (oneReport && reported) {
      log = log.withSuppressed(log.suppressed() + 1);
      return false;
    }
    reported = true;
    if (log != null && log.suppressed() != 0) {
      say(new LogEntry.Suppressed(log.suppressed()));
      log = log.withSuppressed(0);
    }
    return true;
  }

  /** Whether a line may be printed that counts among ten in five seconds. */
  boolean mayPrint() {
    return !oneReport || linesPrinted++ < MOST_LINES;
  }

  /** Whether SLUB may tell that it has no pages: ten times in five seconds. */
  boolean mayTellShortage() {
    return !oneReport || shortagesTold++ < MOST_LINES;
  }

  /** Says why the last vmalloc gave nothing, as far as a kernel does. */
  public void vmallocFailure(int gfpMask) {
    VmallocLog.failure(machine, this, gfpMask);
  }

  /** Says that the last vmap, vm_map_ram or ioremap found no addresses, if that is why. */
  public void areaFailure() {
    VmallocLog.noAddresses(machine, this);
  }

  /** Says that a call that may sleep was made where it must not: once a second. */
  public void sleepingCall(int call) {
    if (oneReport && sleepReported) {
      return;
    }
    sleepReported = true;
    CpuStates cpus = machine.cpus();
    say(KernelReports.sleepingCall(cpus, machine.cpu(), call, isTainted()));
    machine.trace().highmemStep(HighmemStep.MIGHT_SLEEP, -1, -1, machine.preemptCount());
  }

  /** Says that objects were asked for in a zone where none can be; the kernel does not tire. */
  public void unexpectedGfp(int unexpected, int fixedMask) {
    say(KernelReports.unexpectedGfp(machine.cpu(), unexpected, fixedMask, isTainted()));
  }

  private boolean isTainted() {
    return log != null && log.tainted();
  }

  /** A repeated operation begins, or ends. */
  public void oneReport(boolean on) {
    oneReport = on;
    reported = false;
    sleepReported = false;
    linesPrinted = 0;
    shortagesTold = 0;
  }

  /** The last thing said, or null. */
  public LogEntry last() {
    return log == null ? null : log.last();
  }

  /** What was said since boot, oldest first. */
  public List<LogEntry> entries() {
    return log == null ? List.of() : log.list();
  }

  /** How much was said since boot. */
  public long nrSaid() {
    return log == null ? 0 : log.said();
  }

  /** What entries that are no longer in {@link #entries} tainted the kernel with. */
  public int taintBefore() {
    return log == null ? 0 : log.taintBefore();
  }

  /** What was said so far; null for nothing. */
  KernelLog checkpoint() {
    return log;
  }

  void restore(KernelLog saved) {
    log = saved;
    oneReport = false;
  }
}
