package kmemsh.proc;

import java.util.List;
import kmemsh.view.Gfp;
import kmemsh.view.KmemEvents;
import kmemsh.view.TraceLog;

/**
 * The buffer of ftrace as the kernel's file, as {@code perf script} and as {@code trace-cmd report}
 * print it. The task is kmemsh with pid 1; pointers are not hashed.
 *
 * <p>Spec: proc-and-user.md 7, 8
 */
public final class TraceText {
  /** The words after {@code --format}. */
  public static final List<String> FORMATS = List.of("ftrace", "perf", "trace-cmd");

  private static final String HEAD =
      """
      #                                _-----=> irqs-off/BH-disabled
      #                               / _----=> need-resched
      #                              | / _---=> hardirq/softirq
      #                              || / _--=> preempt-depth
      #                              ||| / _-=> migrate-disable
      #                              |||| /     delay
      #           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
      #              | |         |   |||||     |         |
      """;
  private static final String COMM = "kmemsh";
  private static final String CALLER = "kmemsh_run+0x1d";
  private static final String CALLER_SIZE = "/0x40 [kmemsh]";
  private static final int COMM_WIDTH = 16;
  private static final int TIME_WIDTH = 5;
  private static final int NAME_WIDTH = 22;
  private static final long SECOND = 1_000_000;

  // Parts of preempt_count. Spec: proc-and-user.md 17
  private static final int DEPTH = 0xff;
  private static final int SOFTIRQ = 0xff00;
  private static final int HARDIRQ = 0xf0000;
  private static final int NMI = 0xf00000;

  private final TraceLog log;
  private final boolean tools;
  private final ProcText out = new ProcText();

  private TraceText(TraceLog log, boolean tools) {
    this.log = log;
    this.tools = tools;
  }

  /** What the file trace shows. */
  static String file(TraceLog log) {
    ProcText head = new ProcText();
    head.add("# tracer: nop\n#\n# entries-in-buffer/entries-written: ");
    head.add(log.events().size()).add("/").add(log.written()).add("   #P:").add(log.nrCpus());
    return head.add("\n#\n").add(HEAD).add(pipe(log)).toString();
  }

  /** What trace_pipe shows: the entries without a head. */
  static String pipe(TraceLog log) {
    TraceText text = new TraceText(log, false);
    for (TraceLog.Event event : log.events()) {
      text.out.right(COMM, COMM_WIDTH).add("-").left("1", 7).add(" [").add(cpu(event));
      text.out.add("] ").add(flags(event.preemptCount())).add(" ");
      text.out.add(time(event, TIME_WIDTH)).add(": ");
      text.out.add(KmemEvents.name(event.event())).add(": ");
      text.fields(event);
      text.out.line();
    }
    return text.out.toString();
  }

  /** The buffer in one of {@link #FORMATS}. */
  public static String text(TraceLog log, String format) {
    return switch (format) {
      case "perf" -> perf(log);
      case "trace-cmd" -> traceCmd(log);
      default -> file(log);
    };
  }

  private static String perf(TraceLog log) {
    int width = 0;
    for (TraceLog.Event event : log.events()) {
      width = Math.max(width, KmemEvents.name(event.event()).length());
    }
    TraceText text = new TraceText(log, true);
    for (TraceLog.Event event : log.events()) {
      text.out.right(COMM, COMM_WIDTH).add(" ").right(1, TIME_WIDTH).add(" [").add(cpu(event));
      text.out.add("] ").right(time(event, 0), 12).add(": ");
      text.out.right("kmem:" + KmemEvents.name(event.event()), width + 5).add(": ");
      text.fields(event);
      text.out.line();
    }
    return text.out.toString();
  }

  private static String traceCmd(TraceLog log) {
    TraceText text = new TraceText(log, true);
    text.out.add("cpus=").add(log.nrCpus()).line();
    for (TraceLog.Event event : log.events()) {
      text.out.right(COMM, COMM_WIDTH).add("-").left("1", 5).add(" [").add(cpu(event));
      text.out.add("] ").add(time(event, TIME_WIDTH)).add(": ");
      text.out.left(KmemEvents.name(event.event()) + ":", NAME_WIDTH);
      if (event.event() <= KmemEvents.KMEM_CACHE_FREE) {
        text.out.add("(" + CALLER + ") ");
      }
      text.fields(event);
      text.out.line();
    }
    return text.out.toString();
  }

  /** Interrupts off, resched, interrupt, preempt depth, migration. */
  private static String flags(int preemptCount) {
    boolean nmi = (preemptCount & NMI) != 0;
    boolean hard = (preemptCount & HARDIRQ) != 0;
    boolean soft = (preemptCount & SOFTIRQ) != 0;
    char off = hard || nmi ? (soft ? 'D' : 'd') : soft ? 'b' : '.';
    char interrupt = nmi ? (hard ? 'Z' : 'z') : hard ? (soft ? 'H' : 'h') : soft ? 's' : '.';
    int depth = preemptCount & DEPTH;
    String digit = depth == 0 ? "." : Integer.toHexString(Math.min(15, depth));
    return off + "." + interrupt + digit + ".";
  }

  private static String cpu(TraceLog.Event event) {
    String digits = Integer.toString(event.cpu());
    return "0".repeat(Math.max(0, 3 - digits.length())) + digits;
  }

  private static String time(TraceLog.Event event, int width) {
    String micros = Long.toString(event.micros() % SECOND);
    return new ProcText().right(event.micros() / SECOND, width).toString()
        + "."
        + "0".repeat(6 - micros.length())
        + micros;
  }

  private void fields(TraceLog.Event event) {
    long[] n = event.numbers();
    switch (event.event()) {
      case KmemEvents.KMALLOC, KmemEvents.KMEM_CACHE_ALLOC -> {
        caller().add(" ptr=").add(object(n[0])).add(" bytes_req=").add(n[1]);
        out.add(" bytes_alloc=").add(n[2]).add(" gfp_flags=").add(gfp(n[3]));
        out.add(" node=").add(n[4]).add(" accounted=false");
      }
      case KmemEvents.KFREE -> caller().add(" ptr=").add(object(n[0]));
      case KmemEvents.KMEM_CACHE_FREE ->
          caller().add(" ptr=").add(object(n[0])).add(" name=").add(event.cache());
      default -> page(event.event(), n);
    }
  }

  private ProcText caller() {
    return out.add("call_site=" + CALLER).add(tools ? "" : CALLER_SIZE);
  }

  private void page(int event, long[] n) {
    out.add("page=").add(page(n[0])).add(" pfn=0x").add(Long.toHexString(Math.max(0, n[0])));
    switch (event) {
      case KmemEvents.MM_PAGE_ALLOC -> {
        out.add(" order=").add(n[1]).add(" migratetype=").add(n[2]);
        out.add(" gfp_flags=").add(gfp(n[3]));
      }
      case KmemEvents.MM_PAGE_ALLOC_ZONE_LOCKED -> {
        out.add(" order=").add(n[1]).add(" migratetype=").add(n[2]);
        out.add(" percpu_refill=").add(n[3]);
      }
      case KmemEvents.MM_PAGE_PCPU_DRAIN ->
          out.add(" order=").add(n[1]).add(" migratetype=").add(n[2]);
      case KmemEvents.MM_PAGE_ALLOC_EXTFRAG -> {
        out.add(" alloc_order=").add(n[1]).add(" fallback_order=").add(n[2]);
        out.add(" pageblock_order=").add(log.pageblockOrder());
        out.add(" alloc_migratetype=").add(n[3]).add(" fallback_migratetype=").add(n[4]);
        out.add(" fragmenting=").add(n[2] < log.pageblockOrder() ? 1 : 0);
        out.add(" change_ownership=").add(n[5]);
      }
      default -> out.add(" order=").add(n.length > 1 ? n[1] : 0);
    }
  }

  private static String gfp(long mask) {
    return mask == 0 ? "none" : Gfp.print((int) mask);
  }

  private String object(long phys) {
    return pointer(phys <= 16 ? phys : log.pageOffset() + phys);
  }

  private String page(long pfn) {
    if (tools) {
      // They cannot find the array of struct page and take its start for 0.
      return "0x" + Long.toHexString(Math.max(0, pfn));
    }
    return pointer(pfn < 0 ? 0 : log.memMap() + pfn * log.sizeofPage());
  }

  private String pointer(long address) {
    String digits = Long.toHexString(address);
    if (tools) {
      return address == 0 ? "(nil)" : "0x" + digits;
    }
    return "0".repeat(Math.max(0, (log.i386() ? 8 : 16) - digits.length())) + digits;
  }
}
