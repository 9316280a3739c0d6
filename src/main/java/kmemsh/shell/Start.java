package kmemsh.shell;

import java.util.ArrayList;
import java.util.List;
import kmemsh.command.CommandTable;
import kmemsh.command.Completions;
import kmemsh.command.Interpreter;
import kmemsh.command.Lab;
import kmemsh.lang.Values;
import kmemsh.machine.Profiles;
import kmemsh.session.Session;

/** The parts of a session, put together from the program's options. */
final class Start {
  private final Lab lab;
  private final CommandTable table;
  private final Interpreter interpreter;
  private final List<String> options;
  private final List<String> lines = new ArrayList<>();
  private String journalPath = "";
  private Journal.Dead resumed;

  /**
   * Boots the machine that {@code options} ask for.
   *
   * @throws UsageError when there is no such machine
   */
  Start(Options options) throws UsageError {
    this(options, false);
  }

  /** The same for a run that does little if it is {@code brief}, see {@link Session}. */
  Start(Options options, boolean brief) throws UsageError {
    this.options = options.machineOptions();
    Session session =
        new Session(
            this.options.isEmpty() ? Profiles.standard() : Hardware.profile(options), brief);
    lab = new Lab(session, new Values(), null, null);
    table = new CommandTable(lab);
    interpreter = new Interpreter(lab, table);
  }

  Interpreter interpreter() {
    return interpreter;
  }

  Session session() {
    return lab.session();
  }

  CommandTable table() {
    return table;
  }

  Completions completions() {
    return new Completions(lab, table);
  }

  /** The file that keeps what an interactive session did, or empty. */
  String journalPath() {
    return journalPath;
  }

  void setJournalPath(String path) {
    journalPath = path;
  }

  /** The options that made the machine, each {@code --name=value}. */
  List<String> machineOptions() {
    return options;
  }

  /** The lines of a script that ran before the prompt. */
  List<String> lines() {
    return lines;
  }

  /** What is to be run again before the prompt, or null. */
  Journal.Dead resumed() {
    return resumed;
  }

  /** Starts where a dead session stopped. */
  static Start resume(Journal.Dead dead) throws UsageError {
    Start start = new Start(Options.parse(dead.options.toArray(new String[0])));
    start.resumed = dead;
    return start;
  }
}
