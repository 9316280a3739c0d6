package kmemsh.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kmemsh.command.Interpreter;
import kmemsh.command.Reply;
import kmemsh.command.ReplyText;
import kmemsh.session.Session;
import kmemsh.text.Text;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.SuggestionType;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/** A session at a terminal. */
final class Prompt {
  static final String PROMPT = "kmemsh> ";
  static final String GOES_ON = "> ";

  private final Start start;
  private final Options options;
  private final Terminal terminal;
  private final TypedLines typed;
  private final Map<String, String> environment;
  private final boolean colored;
  private final boolean json;
  private final Pager pager;
  private final Text text = new Text(1 << 12);
  private final StringBuilder encoded = new StringBuilder();
  private Journal journal;

  /** The view that fills the screen, or null. */
  private Dash dash;

  /** Dead sessions before the resumed one; leaving gives them up. */
  private List<Path> older = List.of();

  private boolean leaving;

  /** Of the last answer. */
  private int status;

  private volatile boolean interrupted;
  private volatile boolean running;

  /**
   * @param typed what is typed at a terminal without a cursor to move; null: the terminal itself
   * @param environment names the directory of history and journal
   */
  Prompt(
      Start start,
      Options options,
      Terminal terminal,
      TypedLines typed,
      Map<String, String> environment) {
    this.start = start;
    this.options = options;
    this.terminal = terminal;
    this.typed = typed;
    this.environment = environment;
    this.colored = Program.colored(options);
    this.json = "json".equals(options.value(ProgramOption.OUTPUT));
    this.pager = new Pager(terminal, typed == null);
    if ("plain".equals(options.value(ProgramOption.OUTPUT))) {
      start.interpreter().plain();
    }
  }

  /** Runs a session at the terminal of this process; gives the exit status. */
  static int run(Start start, Options options, Streams streams) throws IOException {
    streams.out.flush();
    try (Terminal terminal =
        TerminalBuilder.builder().system(true).provider("jni").dumb(true).build()) {
      if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
        // Some pseudo-terminals, as of expect or ssh -tt, never say how large they are.
        terminal.setSize(new Size(80, 24));
      }
      boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
      TypedLines typed =
          dumb ? new TypedLines(new Lines(streams.in, streams.out), terminal.writer()) : null;
      return new Prompt(start, options, terminal, typed, System.getenv()).run();
    }
  }

  /** Reads and runs lines until the user leaves. */
  int run() throws IOException {
    Path directory = StateFiles.directory(environment);
    LineReader reader = reader(directory);
    // A dialogue that the arguments began is all that is wanted.
    boolean onlyDialogue = inDialogue();
    start.interpreter().typed();
    if (!onlyDialogue) {
      greet(directory);
    }
    Thread thread = Thread.currentThread();
    if (typed == null) {
      terminal.handle(Signal.INT, signal -> stop(thread));
    } else {
      Signals.register("INT", () -> stop(thread));
    }
    try {
      String line = read(reader);
      while (line != null) {
        if (dash != null && !inDialogue() && line.strip().equals(Dash.LEAVE)) {
          closeDash();
        } else {
          runLine(line);
        }
        leaving |= onlyDialogue && !inDialogue();
        line = read(reader);
      }
    } finally {
      if (dash != null) {
        closeDash();
      }
      save(reader);
    }
    if (journal != null) {
      journal.close();
    }
    for (Path file : older) {
      Files.deleteIfExists(file);
    }
    return onlyDialogue ? status : 0;
  }

  private boolean inDialogue() {
    return !start.interpreter().dialogue().isEmpty();
  }

  private String prompt() {
    if (inDialogue()) {
      return start.interpreter().dialogue() + GOES_ON;
    }
    return dash == null ? PROMPT : Dash.PROMPT;
  }

  private void stop(Thread thread) {
    interrupted = true;
    if (running) {
      thread.interrupt();
    } else if (typed != null) {
      typed.drop();
    }
  }

  private LineReader reader(Path directory) {
    Completing completing = new Completing(start, colored, !options.has(ProgramOption.NO_HINTS));
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("kmemsh")
            .completer(completing)
            .highlighter(completing)
            .parser(completing)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, GOES_ON)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
            .option(LineReader.Option.AUTO_FRESH_LINE, false)
            .option(LineReader.Option.INSERT_TAB, false)
            .build();
    if (!options.has(ProgramOption.NO_HINTS)) {
      reader.setAutosuggestion(SuggestionType.TAIL_TIP);
    }
    PrefixSearch.bind(reader);
    reader
        .getWidgets()
        .put(
            LineReader.CALLBACK_INIT,
            () -> {
              if (dash != null) {
                dash.followSize(reader);
              }
              return true;
            });
    keepHistory(reader, directory);
    return reader;
  }

  private void keepHistory(LineReader reader, Path directory) {
    try {
      StateFiles.makeDirectory(directory);
      Path file = directory.resolve("history");
      StateFiles.makeFile(file);
      reader.setVariable(LineReader.HISTORY_FILE, file);
      reader.getHistory().attach(reader);
    } catch (IOException unwritable) {
      say(directory + " cannot be written, so neither history nor journal are kept");
    }
  }

  private static void save(LineReader reader) {
    try {
      reader.getHistory().save();
    } catch (IOException unwritable) {
      // The history of one session is lost, which does not hinder leaving.
    }
  }

  /** The banner, the journal, and what a dead session left. */
  private void greet(Path directory) throws IOException {
    if (start.resumed() != null) {
      resume(start.resumed());
    } else {
      say("kmemsh: memory of Linux 6.1. Nothing here can break.");
      say("Try: alloc_pages 3, then buddyinfo. Tab completes, help explains.");
      say("tour leads you through it, drill asks you, play COMMAND shows every step.");
      offerDead(directory);
      openJournal(directory);
    }
    terminal.flush();
  }

  private void offerDead(Path directory) throws IOException {
    if (!Journal.dead(directory).isEmpty()) {
      say("A session ended without leaving; kmemsh --resume goes on with it.");
    }
  }

  private void openJournal(Path directory) {
    try {
      journal = Journal.create(directory, start.machineOptions());
      for (String line : start.lines()) {
        journal.append(line);
      }
      start.setJournalPath(journal.file().toString());
    } catch (IOException unwritable) {
      say("No journal is kept: " + unwritable.getMessage());
    }
  }

  private void resume(Journal.Dead dead) throws IOException {
    Interpreter interpreter = start.interpreter();
    for (int i = 0; i < dead.lines.size(); i++) {
      interpreter.begin(dead.lines.get(i));
      int left = dead.stops.get(i);
      while (left != 0 && interpreter.next() != null) {
        left--;
      }
      interpreter.abandon();
    }
    journal = Journal.takeOver(dead);
    older = Journal.dead(journal.file().getParent());
    start.setJournalPath(journal.file().toString());
    int nr = dead.lines.size();
    say("Resumed after " + (nr == 1 ? "1 line" : nr + " lines") + "; history shows what was done.");
    if (dead.torn) {
      say("The last line of the journal was only half written and is left out.");
    }
  }

  /** The next line, or null when the user leaves. */
  private String read(LineReader reader) throws IOException {
    if (typed != null) {
      String line = leaving ? null : typed.next(prompt(), start.interpreter());
      if (line != null && !line.isBlank()) {
        reader.getHistory().add(line);
      }
      if (line == null && inDialogue()) {
        leaveDialogue();
      }
      return line;
    }
    while (true) {
      try {
        if (dash != null) {
          dash.draw();
        }
        return leaving ? null : reader.readLine(prompt());
      } catch (UserInterruptException dropped) {
        interrupted = false;
      } catch (EndOfFileException left) {
        if (dash != null) {
          closeDash();
        } else if (!inDialogue()) {
          return null;
        } else {
          leaveDialogue();
        }
      }
    }
  }

  private void closeDash() {
    dash.close();
    dash = null;
  }

  /** Ctrl-D leaves a drill or a tour, not the program. */
  private void leaveDialogue() throws IOException {
    start.interpreter().endDialogue();
    replies("");
    terminal.flush();
  }

  private void runLine(String line) throws IOException {
    pager.begin();
    if (dash != null) {
      dash.begin();
    }
    interrupted = false;
    running = true;
    try {
      start.interpreter().columns(columns());
      start.interpreter().begin(line);
      replies(line);
    } catch (RuntimeException | Error wrong) {
      say(new Panic("kmemsh", wrong).sentence(start.journalPath()));
      start.interpreter().abandon();
    } finally {
      running = false;
      Thread.interrupted();
      terminal.flush();
    }
  }

  private void replies(String line) throws IOException {
    Interpreter interpreter = start.interpreter();
    int count = 0;
    boolean noted = false;
    Session session = start.session();
    long before = session.version();
    for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
      count++;
      if (!noted && !inDialogue() && (reply.hasLabel() || session.version() != before)) {
        noted = true;
        note(line);
      }
      leaving |= reply.leaves();
      status = reply.exitStatus();
      if (!show(reply) || interrupted || leaving) {
        interpreter.abandon();
        stopped(noted, count);
        return;
      }
    }
  }

  private void note(String line) {
    try {
      if (journal != null) {
        journal.append(line);
      }
    } catch (IOException full) {
      say("The journal " + journal.file() + " cannot be written: " + full.getMessage());
      journal = null;
    }
  }

  private void stopped(boolean noted, int count) throws IOException {
    if (interrupted) {
      say("stopped");
    }
    if (noted && journal != null) {
      journal.stopped(count);
    }
  }

  /** Shows one reply; false when the user wants no more. */
  private boolean show(Reply reply) throws IOException {
    encoded.setLength(0);
    if (typed == null && !json && reply.ok() && reply.command().equals("dash") && !reply.plain()) {
      openDash();
      return true;
    }
    boolean pictures = !reply.frames().isEmpty() && !reply.plainFrames();
    boolean stepping = typed == null && !json && dash == null && pictures;
    if (stepping) {
      new StepShow(terminal, colored).show(reply.frames());
    }
    if (json) {
      JsonAnswers.write(reply, encoded);
    } else {
      text.clear();
      int columns = columns();
      if (stepping) {
        ReplyText.answer(reply, text, columns);
      } else {
        ReplyText.write(reply, text, columns);
      }
      if (colored) {
        Colors.write(text, encoded);
      } else {
        encoded.append(text.chars());
      }
    }
    if (dash != null) {
      dash.add(encoded);
      return true;
    }
    if (reply.asks()) {
      pager.pass(encoded);
      return true;
    }
    boolean goesOn = pager.write(encoded);
    if (!goesOn && inDialogue()) {
      // Enough of this answer, but the dialogue goes on.
      pager.begin();
      return true;
    }
    return goesOn;
  }

  private int columns() {
    return Math.max(20, terminal.getWidth());
  }

  private void openDash() {
    if (dash == null) {
      dash = new Dash(terminal, start.interpreter(), colored);
    }
  }

  private void say(String sentence) {
    terminal.writer().println(sentence);
    terminal.flush();
  }

  /** The newest journal of a dead session. */
  static Journal.Dead newestDead(Path directory) throws IOException, UsageError {
    List<Path> dead = Journal.dead(directory);
    if (dead.isEmpty()) {
      throw new UsageError("--resume: there is no session to resume in " + directory);
    }
    return Journal.read(dead.get(0));
  }
}
