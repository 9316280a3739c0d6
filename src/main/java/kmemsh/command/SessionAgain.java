package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kmemsh.lang.Words;
import kmemsh.machine.Profiles;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.session.TypedLines;
import kmemsh.text.Text;

/**
 * A session told again: every line that was typed, run once more on the machine that the program
 * starts with, and its answer. On other hardware a reboot comes first. Lines that write files or
 * talk with the user are left out.
 */
final class SessionAgain {
  private static final Set<String> LEFT_OUT =
      Set.of(
          "transcript",
          "report",
          "save",
          "export",
          "dash",
          "drill",
          "tour",
          "lesson",
          "interview",
          "exit",
          "quit");

  private final List<Told> told = new ArrayList<>();
  private int leftOut;

  /**
   * A line and its answer.
   *
   * @param line what was typed; the answer of a comment is empty
   * @param answer lines of at most 80 columns, each with its newline
   */
  record Told(String line, String answer) {}

  /**
   * Runs the lines of {@code session} again; of the last one, what stands in front of the command
   * that asks for this.
   *
   * @throws Refused when there are none, or more than are kept
   */
  SessionAgain(Session session) {
    TypedLines typed = session.typed();
    if (typed.count() > TypedLines.MOST) {
      throw new Refused(
          "this session has had "
              + typed.count()
              + " lines, and only "
              + TypedLines.MOST
              + " can be told again");
    }
    Interpreter interpreter = FreshLab.of(Profiles.standard());
    String options = session.firstHardware().options();
    if (!options.equals(Profiles.standard().options())) {
      tell("reboot " + options, interpreter);
    }
    List<String> lines = typed.list();
    for (String line : lines.subList(0, lines.size() - 1)) {
      tell(line, interpreter);
    }
    tell(before(lines.get(lines.size() - 1)), interpreter);
  }

  /** What stands on the line in front of the command that asks for this. */
  private static String before(String line) {
    Words words = new Words();
    int at = 0;
    while (at < line.length()) {
      int from = at;
      at = words.scan(line, at);
      if (words.count() > 0 && LEFT_OUT.contains(words.word(0))) {
        String before = line.substring(0, from).strip();
        return before.endsWith(";") ? before.substring(0, before.length() - 1) : before;
      }
    }
    return "";
  }

  private void tell(String line, Interpreter interpreter) {
    if (line.isBlank()) {
      return;
    }
    if (LEFT_OUT.contains(firstWord(line))) {
      leftOut++;
      return;
    }
    Text answer = new Text();
    interpreter.begin(line);
    for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
      ReplyText.write(reply, answer, TranscriptRun.COLUMNS);
    }
    told.add(new Told(line, answer.plain()));
  }

  private static String firstWord(String line) {
    String words = line.strip();
    int end = 0;
    while (end < words.length() && words.charAt(end) > ' ' && words.charAt(end) != ';') {
      end++;
    }
    return words.substring(0, end);
  }

  /** The lines in order. */
  List<Told> told() {
    return told;
  }

  /** How many lines were left out. */
  int leftOut() {
    return leftOut;
  }
}
