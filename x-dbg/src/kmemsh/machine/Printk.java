package kmemsh.machine;

import java.util.List;
import kmemsh.trace.HighmemStep;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;

/**
 * What the kernel of a machine says: decides what is said, from what the machine is just then.
 *
 * <p>Within a repeated operation only the first failure and the first warning are told; the kernel
 * limits them too.
 */
public final class Printk {
  private static final int MAX_ORDER = 10;

  private final Machine machine;

  /** Null as long as nothing was said. */
  private KernelLog log;

  private boolean oneReport;
  private boolean reported;
  private boolean sleepReported;

  Printk(Machine machine) {
    this.machine = machine;
  }

  /** The kernel says {@code entry}. */
  public void say(LogEntry entry) {
    log = KernelLog.with(log, entry);
  }

  /**
   * Says that a request failed, as the kernel does unless the mask has __GFP_NOWARN. An order that
   * does not exist is warned of once after each boot.
   */
  public void allocFailure(int gfpMask, int order) {
    if ((gfpMask & Gfp.__GFP_NOWARN) != 0 || (oneReport && reported)) {
      return;
    }
    if (order > MAX_ORDER) {
      if (log == null || !log.warnedOfOrder()) {
        say(KernelReports.orderWarning(machine.cpu(), order));
      }
      return;
    }
    reported = true;
    say(KernelReports.failure(machine, gfpMask, order));
  }

  /** Says why the last vmalloc gave nothing, as far as a kernel does. */
  public void vmallocFailure(int gfpMask) {
    log = VmallocLog.failure(machine, log, gfpMask);
  }

  /** Says that the last vmap, vm_map_ram or ioremap found no addresses, if that is why. */
  public void areaFailure() {
    log = VmallocLog.noAddresses(machine, log);
  }

  /** Says that a call that may sleep was made where it must not. */
  public void sleepingCall(int call) {
    if (oneReport && sleepReported) {
      return;
    }
    sleepReported = true;
    CpuStates cpus = machine.cpus();
    say(KernelReports.sleepingCall(cpus, machine.cpu(), call, isTainted()));
    machine.trace().highmemStep(HighmemStep.MIGHT_SLEEP, -1, -1, machine.preemptCount());
  }

  /** Says that objects were asked for in a zone where none can be. */
  public void unexpectedGfp(int unexpected, int fixedMask) {
    if (!oneReport || !sleepReported) {
      sleepReported = true;
      say(KernelReports.unexpectedGfp(machine.cpu(), unexpected, fixedMask, isTainted()));
    }
  }

  private boolean isTainted() {
    return log != null && log.tainted();
  }

  /** A repeated operation begins, or ends. */
  public void oneReport(boolean on) {
    oneReport = on;
    reported = false;
    sleepReported = false;
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

  /** Nothing has been said yet. */
  void clear() {
    log = null;
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
