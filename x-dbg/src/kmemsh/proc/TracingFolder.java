package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.KmemEvents;
import kmemsh.view.ProcSnapshots;

/**
 * /sys/kernel/debug/tracing: the buffer of ftrace and the switches of system kmem.
 *
 * <p>Spec: proc-and-user.md 7
 */
public final class TracingFolder extends ProcFolder {
  public static final String PATH = "/sys/kernel/debug/tracing";

  private static final String TRACE = "trace";
  private static final String PIPE = "trace_pipe";
  private static final String SYSTEM = "events/kmem/";
  private static final String ENABLE = "/enable";
  private static final String ALL_EVENTS = "events/kmem/enable";

  TracingFolder() {
    super(PATH);
  }

  @Override
  List<String> names(ProcSnapshots machine) {
    List<String> names =
        new ArrayList<>(List.of("available_events", "current_tracer", TRACE, PIPE, ALL_EVENTS));
    for (int event = 0; event < KmemEvents.count(); event++) {
      names.add(SYSTEM + KmemEvents.name(event) + ENABLE);
    }
    return names;
  }

  @Override
  ProcFile file(String name) {
    boolean known =
        name.equals(TRACE)
            || name.equals(PIPE)
            || name.equals(ALL_EVENTS)
            || name.equals("available_events")
            || name.equals("current_tracer")
            || eventOf(name) >= 0;
    return known ? new TracingFile(name) : null;
  }

  private static int eventOf(String name) {
    boolean isEvent = name.startsWith(SYSTEM) && name.endsWith(ENABLE);
    return isEvent && name.length() > ALL_EVENTS.length()
        ? KmemEvents.number(name.substring(SYSTEM.length(), name.length() - ENABLE.length()))
        : -1;
  }

  /** The events that a file enable switches, a bit for each; 0 when the path is none. */
  public static int switchedBy(String path) {
    String name = path.startsWith(PATH + "/") ? path.substring(PATH.length() + 1) : "";
    int event = eventOf(name);
    return name.equals(ALL_EVENTS) ? KmemEvents.ALL : event < 0 ? 0 : 1 << event;
  }

  /** Whether reading the file takes the entries out of the buffer. */
  public static boolean isPipe(String path) {
    return path.equals(PATH + "/" + PIPE);
  }

  /** Whether writing the file empties the buffer. */
  public static boolean isTrace(String path) {
    return path.equals(PATH + "/" + TRACE);
  }

  private record TracingFile(String name) implements ProcFile {
    @Override
    public String path() {
      return PATH + "/" + name;
    }

    @Override
    public String text(ProcSnapshots machine) {
      return switch (name) {
        case TRACE -> TraceText.file(machine.trace());
        case PIPE -> TraceText.pipe(machine.trace());
        case "current_tracer" -> "nop\n";
        case "available_events" -> available();
        default -> enabled(machine.trace().enabled());
      };
    }

    private static String available() {
      StringBuilder out = new StringBuilder();
      for (int event = 0; event < KmemEvents.count(); event++) {
        out.append("kmem:").append(KmemEvents.name(event)).append('\n');
      }
      return out.toString();
    }

    /** 1, 0, or X where a switch stands for events of both kinds. */
    private String enabled(int enabled) {
      int mask = switchedBy(path());
      int on = enabled & mask;
      return on == 0 ? "0\n" : on == mask ? "1\n" : "X\n";
    }

    @Override
    public boolean stream() {
      return name.equals(PIPE);
    }

    @Override
    public boolean writable() {
      return name.equals(TRACE) || switchedBy(path()) != 0;
    }
  }
}
