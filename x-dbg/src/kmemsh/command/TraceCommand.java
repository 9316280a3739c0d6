package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Suggest;
import kmemsh.lang.Words;
import kmemsh.op.ClearEvents;
import kmemsh.op.EnableEvents;
import kmemsh.op.Refused;
import kmemsh.proc.Glob;
import kmemsh.proc.TraceText;
import kmemsh.proc.TracingFolder;
import kmemsh.session.Session;
import kmemsh.session.SessionFile;
import kmemsh.view.FileTexts;
import kmemsh.view.KmemEvents;
import kmemsh.view.Refusal;
import kmemsh.view.Saved;
import kmemsh.view.TraceLog;
import kmemsh.view.TraceSwitched;

/** {@code trace [on|off|clear|pipe]}: the events of ftrace's system kmem. */
final class TraceCommand extends Command {
  private static final String FORMAT = "--format";
  private static final String PREFIX = "kmem:";

  TraceCommand() {
    super(
        new Usage("trace", CommandTable.LOOKING, "Record the kernel's kmem events and show them")
            .option(FORMAT, "FORMAT", ArgKind.WORD, "ftrace", "ftrace, perf or trace-cmd")
            .rest("WORD", ArgKind.WORD, false, "on [EVENT...], off [EVENT...], clear or pipe")
            .redirects());
  }

  @Override
  public Reply run(Arguments arguments) {
    String verb = arguments.nrRest() == 0 ? "" : arguments.rest(0);
    check(arguments, verb);
    return switch (verb) {
      case "" -> show(arguments);
      case "on", "off" -> switched(arguments, verb.equals("on"));
      case "clear" -> {
        arguments.session().run(new ClearEvents());
        yield Reply.done();
      }
      case "pipe" -> pipe(arguments.session());
      default ->
          throw new Refused(
              new Refusal(
                  Words.show(verb) + " is none of on, off, clear and pipe",
                  "",
                  KmemEvents.number(verb) >= 0 ? "trace on " + verb : ""));
    };
  }

  /** Refuses words and options that do not go together. */
  private static void check(Arguments arguments, String verb) {
    boolean switches = verb.equals("on") || verb.equals("off");
    if (!switches && arguments.nrRest() > 1) {
      throw new Refused(Words.show(verb) + " takes no further words");
    }
    if (!verb.isEmpty() && (arguments.redirect() != null || arguments.hasOption(FORMAT))) {
      throw new Refused(
          new Refusal(
              "--format and > go with the buffer as a whole, not with " + Words.show(verb),
              "",
              "trace --format perf > FILE"));
    }
  }

  private static Reply switched(Arguments arguments, boolean on) {
    int mask = arguments.nrRest() == 1 ? KmemEvents.ALL : 0;
    for (int i = 1; i < arguments.nrRest(); i++) {
      mask |= events(arguments.rest(i));
    }
    Session session = arguments.session();
    int before = session.machine().enabledEvents();
    session.run(new EnableEvents(on ? before | mask : before & ~mask));
    List<String> names = new ArrayList<>();
    for (int event = 0; event < KmemEvents.count(); event++) {
      if ((session.machine().enabledEvents() >>> event & 1) != 0) {
        names.add(KmemEvents.name(event));
      }
    }
    return Reply.of(new TraceSwitched(names));
  }

  /** The events a word means: a name, a pattern, either with {@code kmem:} in front. */
  private static int events(String word) {
    String pattern = word.startsWith(PREFIX) ? word.substring(PREFIX.length()) : word;
    int mask = 0;
    List<String> names = new ArrayList<>();
    for (int event = 0; event < KmemEvents.count(); event++) {
      names.add(KmemEvents.name(event));
      mask |= Glob.fits(KmemEvents.name(event), pattern) ? 1 << event : 0;
    }
    if (mask == 0) {
      String nearest = Suggest.nearest(pattern, names.toArray(new String[0]));
      throw new Refused(
          new Refusal(
              Words.show(word)
                  + " is no event of kmem: cat "
                  + TracingFolder.PATH
                  + "/available_events",
              "A real kernel would say: Invalid argument",
              nearest.isEmpty() ? "" : "trace on " + nearest));
    }
    return mask;
  }

  private static Reply pipe(Session session) {
    ProcTree tree = new ProcTree(session);
    String path = TracingFolder.PATH + "/trace_pipe";
    List<FileTexts.File> files = List.of(new FileTexts.File(path, tree.read(path)));
    tree.consume(files);
    return Reply.of(new FileTexts(files));
  }

  private static Reply show(Arguments arguments) {
    String format = arguments.hasOption(FORMAT) ? arguments.option(FORMAT) : "ftrace";
    if (!TraceText.FORMATS.contains(format)) {
      throw new Refused(
          Words.show(format) + " is no format: it is " + String.join(", ", TraceText.FORMATS));
    }
    TraceLog log = arguments.session().machine().files().trace();
    String text = TraceText.text(log, format);
    if (arguments.redirect() != null) {
      long lines = SessionFile.write(text, arguments.redirect(), "trace");
      return Reply.of(new Saved(arguments.redirect(), lines));
    }
    return Reply.of(new FileTexts(List.of(new FileTexts.File("trace", text))));
  }
}
