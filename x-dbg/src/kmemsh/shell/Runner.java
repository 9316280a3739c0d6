package kmemsh.shell;

import java.io.IOException;
import java.util.List;
import kmemsh.command.Interpreter;
import kmemsh.command.Reply;
import kmemsh.command.ReplyText;
import kmemsh.command.TranscriptRun;
import kmemsh.text.Text;

/** Runs lines that come from no terminal: scripts, standard input, {@code -c}. */
final class Runner {
  /** Scripts give the same bytes everywhere, so their width does not depend on a terminal. */
  static final int COLUMNS = TranscriptRun.COLUMNS;

  /** What stands before a command in a transcript. */
  static final String PROMPT = TranscriptRun.PROMPT;

  private final Interpreter interpreter;
  private final Streams streams;
  private final boolean json;
  private final boolean colored;
  private final boolean exitOnError;
  private final Text text = new Text(1 << 12);
  private final StringBuilder encoded = new StringBuilder();
  private int status;
  private boolean stopped;
  private List<String> kept;

  /** {@code options} say how answers are written and whether the first error ends the run. */
  Runner(Interpreter interpreter, Streams streams, Options options) {
    this.interpreter = interpreter;
    this.streams = streams;
    this.json = "json".equals(options.value(ProgramOption.OUTPUT));
    this.colored = Program.colored(options);
    this.exitOnError = options.has(ProgramOption.EXIT_ON_ERROR);
  }

  /** Keeps the lines that run from now on in {@code lines} as well. */
  void keep(List<String> lines) {
    kept = lines;
  }

  /**
   * Runs every line.
   *
   * @param name of the input, for messages
   */
  void run(Lines lines, String name) throws IOException {
    StringBuilder preface = new StringBuilder();
    boolean begun = false;
    String line = lines.next();
    while (line != null && !stopped) {
      if (!begun && name.endsWith(TranscriptRun.MARKDOWN)) {
        new Transcript(this, lines, name).run(preface, line);
        return;
      }
      if (!begun && isBlank(line) && !lines.tooLong()) {
        preface.append(line).append('\n');
      } else if (!begun && isPrompt(line)) {
        new Transcript(this, lines, name).run(preface, line);
        break;
      } else {
        begun = true;
        runLine(line, lines, name);
      }
      line = stopped ? null : lines.next();
    }
    endDialogue(name, lines.number());
  }

  /** A dialogue that still wants lines is told that there are no more. */
  void endDialogue(String name, int number) throws IOException {
    if (!stopped && !interpreter.dialogue().isEmpty()) {
      interpreter.endDialogue();
      replies(name, number);
    }
  }

  private void runLine(String first, Lines lines, String name) throws IOException {
    int number = lines.number();
    String line = first;
    if (lines.tooLong()) {
      error(place(name, number), "a line of more than 16 MiB is left out");
      return;
    }
    while (interpreter.goesOn(line)) {
      String more = lines.next();
      if (more == null) {
        break;
      }
      line = line + '\n' + more;
    }
    run(line, name, number);
  }

  /** Runs one complete line. */
  void run(String line, String name, int number) throws IOException {
    if (kept != null) {
      kept.add(line);
    }
    try {
      interpreter.begin(line);
      replies(name, number);
    } catch (RuntimeException | Error wrong) {
      throw Panic.at(place(name, number), wrong);
    }
  }

  private void replies(String name, int number) throws IOException {
    Reply reply = interpreter.next();
    while (reply != null) {
      answer(reply, name, number);
      if (stopped) {
        interpreter.abandon();
        return;
      }
      reply = interpreter.next();
    }
  }

  private void answer(Reply reply, String name, int number) throws IOException {
    if (json) {
      encoded.setLength(0);
      JsonAnswers.write(reply, encoded);
      streams.out.append(encoded);
    }
    if (reply.ok()) {
      if (!json) {
        text.clear();
        ReplyText.write(reply, text, COLUMNS);
        write(text);
      }
      note(reply);
      stopped |= reply.leaves();
      return;
    }
    error(reply.place().isEmpty() ? place(name, number) : reply.place(), ReplyText.message(reply));
  }

  /** Takes over a status of its own that a reply brings along. */
  void note(Reply reply) {
    if (reply.ok() && reply.exitStatus() != 0) {
      status = status == 0 ? reply.exitStatus() : Math.min(status, reply.exitStatus());
      stopped |= exitOnError;
    }
  }

  /** Writes {@code answer} to the output, with colours where they are wanted. */
  void write(Text answer) throws IOException {
    if (!colored || answer.nrChanges() == 0) {
      streams.out.append(answer.chars());
      return;
    }
    encoded.setLength(0);
    Colors.write(answer, encoded);
    streams.out.append(encoded);
  }

  /** Reports an error; with {@code -e} nothing more is run. */
  void error(String place, String message) {
    streams.error(place + ": " + message);
    status = 1;
    stopped |= exitOnError;
  }

  static String place(String name, int number) {
    return name + ":" + number;
  }

  /** Whether {@code line} is a command of a transcript. */
  static boolean isPrompt(String line) {
    return line.startsWith(PROMPT);
  }

  private static boolean isBlank(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '#') {
        return true;
      }
      if (c != ' ' && c != '\t') {
        return false;
      }
    }
    return true;
  }

  Interpreter interpreter() {
    return interpreter;
  }

  boolean json() {
    return json;
  }

  boolean stopped() {
    return stopped;
  }

  /** 0, or the status of what went wrong. */
  int status() {
    return status;
  }
}
