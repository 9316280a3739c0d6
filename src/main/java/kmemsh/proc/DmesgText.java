package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.BootReport;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;
import kmemsh.view.SlubReport;

/**
 * The kernel's messages, word for word. What is not modelled is left out (stacks) or 0 (counters).
 *
 * <p>Spec: page-allocator.md 1.7, 8.4; proc-and-user.md 17; mappings.md 20
 */
public final class DmesgText {
  static final String RELEASE = "6.1.192";
  private static final long PAGE_BYTES = 4096;

  private static final int TAINT_LETTERS = 19;
  private static final int TAINT_B = 5;
  private static final int TAINT_W = 9;

  /** Functions that warn without words, by {@link LogEntry.Warning#which}. */
  private static final String[] PLACES = {
    "__alloc_pages",
    "__vmalloc_node_range",
    "alloc_pages_exact",
    "kunmap_local_indexed",
    "kvmalloc_node",
  };

  private final List<String> lines = new ArrayList<>();

  /** Letters of taint so far, see {@link LogEntry#taint}. */
  private int taint;

  private DmesgText() {}

  /** The log from boot on, one line an element. */
  public static List<String> lines(BootReport boot, List<LogEntry> entries) {
    return lines(boot, entries, 0);
  }

  /** The same after entries that are no longer kept, which left the kernel with {@code taint}. */
  public static List<String> lines(BootReport boot, List<LogEntry> entries, int taint) {
    DmesgText text = new DmesgText();
    text.taint = taint;
    BootMessages.add(boot, text.lines);
    for (LogEntry entry : entries) {
      text.entry(entry);
      text.taint |= entry.taint();
    }
    return text.lines;
  }

  private void entry(LogEntry entry) {
    if (entry instanceof LogEntry.AllocFailure failure) {
      failure(failure);
    } else if (entry instanceof LogEntry.OutOfMemory oom) {
      outOfMemory(oom);
    } else if (entry instanceof LogEntry.Warning warning) {
      warning(warning);
    } else if (entry instanceof LogEntry.Suppressed suppressed) {
      lines.add("warn_alloc: " + suppressed.reports() + " callbacks suppressed");
    } else if (entry instanceof LogEntry.DropCaches drop) {
      lines.add("kmemsh (1): drop_caches: " + drop.value());
    } else if (entry instanceof LogEntry.PageFault fault) {
      pageFault(fault);
    } else if (entry instanceof LogEntry.UnexpectedGfp gfp) {
      unexpectedGfp(gfp);
    } else if (entry instanceof LogEntry.SleepingCall call) {
      sleepingCall(call);
    } else {
      slubEntry(entry);
    }
  }

  private void slubEntry(LogEntry entry) {
    if (entry instanceof SlubReport report) {
      boolean first = (taint & LogEntry.TAINT_BAD_PAGE) == 0;
      SlubReportText.report(report, taint(), stack(report.cpu()), first, lines);
    } else if (entry instanceof LogEntry.NoSlab shortage) {
      SlubReportText.noSlab(shortage, lines);
    } else if (entry instanceof LogEntry.SlubFix fix) {
      lines.add("FIX " + fix.cache() + ": " + fix.text());
    } else if (entry instanceof LogEntry.SlubTrace traced) {
      SlubReportText.trace(traced, stack(0), lines);
    } else if (entry instanceof LogEntry.SlubRemaining remaining) {
      SlubReportText.remaining(remaining, lines);
    } else if (entry instanceof LogEntry.CacheNotEmpty left) {
      SlubReportText.notEmpty(left, stack(left.cpu()), lines);
    } else if (entry instanceof LogEntry.WrongCache wrong) {
      SlubReportText.wrongCache(wrong, stack(wrong.cpu()), lines);
    } else {
      vmalloc(entry);
    }
  }

  /** The taint as the kernel prints it: a place for each letter. */
  private String taint() {
    if (taint == 0) {
      return "Not tainted";
    }
    char[] letters = " ".repeat(TAINT_LETTERS).toCharArray();
    letters[0] = 'G';
    letters[TAINT_B] = (taint & LogEntry.TAINT_BAD_PAGE) == 0 ? ' ' : 'B';
    letters[TAINT_W] = (taint & LogEntry.TAINT_WARN) == 0 ? ' ' : 'W';
    return "Tainted: " + new String(letters);
  }

  /** What stands for the dump of a stack, which is not modelled: its first line. */
  private String stack(int cpu) {
    return "CPU: " + cpu + " PID: 1 Comm: kmemsh " + taint() + " " + RELEASE + " #1";
  }

  // While it runs.

  private void warning(LogEntry.Warning warning) {
    lines.add("------------[ cut here ]------------");
    lines.add("WARNING: CPU: " + warning.cpu() + " PID: 1 at " + PLACES[warning.which()]);
    lines.add(stack(warning.cpu()));
    lines.add("---[ end trace 0000000000000000 ]---");
  }

  private void unexpectedGfp(LogEntry.UnexpectedGfp gfp) {
    lines.add(
        "Unexpected gfp: "
            + mask(gfp.unexpected())
            + ". Fixing up to gfp: "
            + mask(gfp.fixedMask())
            + ". Fix your code!");
    taint |= gfp.tainted() ? LogEntry.TAINT_WARN : 0;
    lines.add(stack(gfp.cpu()));
  }

  private static String mask(int gfpMask) {
    return "0x" + Integer.toHexString(gfpMask) + " (" + Gfp.print(gfpMask) + ")";
  }

  private void sleepingCall(LogEntry.SleepingCall call) {
    lines.add("BUG: sleeping function called from invalid context at " + call.place());
    lines.add(
        "in_atomic(): "
            + (call.inAtomic() ? 1 : 0)
            + ", irqs_disabled(): "
            + (call.irqsDisabled() ? 1 : 0)
            + ", non_block: 0, pid: 1, name: kmemsh");
    lines.add("preempt_count: " + Integer.toHexString(call.preemptCount()) + ", expected: 0");
    taint |= call.tainted() ? LogEntry.TAINT_WARN : 0;
    lines.add(stack(call.cpu()));
  }

  private void pageFault(LogEntry.PageFault fault) {
    String digits = Long.toHexString(fault.address());
    String address = "0".repeat(Math.max(0, (fault.wide() ? 16 : 8) - digits.length())) + digits;
    boolean isNull = fault.address() >= 0 && fault.address() < PAGE_BYTES;
    lines.add(
        isNull
            ? "BUG: kernel NULL pointer dereference, address: " + address
            : "BUG: unable to handle page fault for address: " + address);
    lines.add("#PF: supervisor " + (fault.write() ? "write" : "read") + " access in kernel mode");
    lines.add("#PF: error_code(0x000" + (fault.write() ? 2 : 0) + ") - not-present page");
  }

  private void failure(LogEntry.AllocFailure failure) {
    report("page allocation failure: order:" + failure.order(), failure);
  }

  /** What the OOM killer says. Spec: proc-and-user.md 16 */
  private void outOfMemory(LogEntry.OutOfMemory oom) {
    LogEntry.AllocFailure state = oom.state();
    String request = ", order=" + state.order() + ", oom_score_adj=0";
    lines.add("kmemsh invoked oom-killer: gfp_mask=" + shortMask(state.gfpMask()) + request);
    if (state.order() > 0 && !oom.compaction()) {
      lines.add("COMPACTION is disabled!!!");
    }
    lines.add(stack(state.cpu()));
    new MemInfoText(lines, state, true).add();
    if (!oom.slabs().isEmpty()) {
      lines.add("Unreclaimable slab info:");
      lines.add("Name                      Used          Total");
    }
    for (LogEntry.SlabUse slab : oom.slabs()) {
      ProcText row = new ProcText().left(slab.cache(), 17).add(" ");
      row.right(slab.usedKb(), 10).add("KB ").right(slab.totalKb(), 10).add("KB");
      lines.add(row.toString());
    }
    if (oom.dumpTasks()) {
      lines.add("Tasks state (memory values in pages):");
      lines.add(
          "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name");
    }
    panic(oom.panicOnOom());
  }

  private void panic(int panicOnOom) {
    String panic = "Kernel panic - not syncing: ";
    if (panicOnOom == 0) {
      lines.add("Out of memory and no killable processes...");
      lines.add(panic + "System is deadlocked on memory");
    } else {
      String who = panicOnOom == 1 ? "system-wide" : "compulsory";
      lines.add(panic + "Out of memory: " + who + " panic_on_oom is enabled");
    }
  }

  private static String shortMask(int gfpMask) {
    return "0x" + Integer.toHexString(gfpMask) + "(" + Gfp.print(gfpMask) + ")";
  }

  /** What vmalloc says. Spec: mappings.md 5.8, 15 */
  private void vmalloc(LogEntry entry) {
    if (entry instanceof LogEntry.NoAddresses none) {
      lines.add(
          "vmap allocation for size "
              + none.sizeBytes()
              + " failed: use vmalloc=<size> to increase size");
    } else if (entry instanceof LogEntry.VmallocFailure failure) {
      String why = failure.moreThanRam() ? "exceeds total pages" : "vm_struct allocation failed";
      report("vmalloc error: size " + failure.sizeBytes() + ", " + why, failure.state());
    }
  }

  /** {@code warn_alloc}: what failed, and all of memory. */
  private void report(String what, LogEntry.AllocFailure failure) {
    lines.add("kmemsh: " + what + ", mode:" + shortMask(failure.gfpMask()) + ", nodemask=(null)");
    lines.add(stack(failure.cpu()));
    new MemInfoText(lines, failure, false).add();
  }
}
