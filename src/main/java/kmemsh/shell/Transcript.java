package kmemsh.shell;

import java.io.IOException;
import kmemsh.command.Interpreter;
import kmemsh.command.Reply;
import kmemsh.text.Text;

/**
 * A script that also holds the answers. Running it writes it again with the answers of now; where
 * they are not the recorded ones, that is an error. A command without a recorded answer is not
 * compared.
 *
 * <pre>
 *   # Taking eight pages.
 *   kmemsh> alloc_pages 3
 *   $1 = page pfn ...
 * </pre>
 *
 * Comments and blank lines behind an answer are kept. A command that goes on has {@code > } in
 * front of its further lines.
 */
final class Transcript {
  private static final String GOES_ON = "> ";

  private final Runner runner;
  private final Lines lines;
  private final String name;
  private final Text answer = new Text(1 << 12);
  private final Text copy = new Text();
  private String line;

  Transcript(Runner runner, Lines lines, String name) {
    this.runner = runner;
    this.lines = lines;
    this.name = name;
  }

  /** Runs everything from {@code first} on; {@code preface} is what stood before it. */
  void run(CharSequence preface, String first) throws IOException {
    echo(preface, 0);
    line = first;
    while (line != null && !runner.stopped()) {
      if (Runner.isPrompt(line)) {
        command();
      } else {
        echo(line, 1);
        line = lines.next();
      }
    }
  }

  private void command() throws IOException {
    int number = lines.number();
    String words = line.substring(Runner.PROMPT.length());
    echo(line, 1);
    line = lines.next();
    while (runner.interpreter().goesOn(words) && line != null && line.startsWith(GOES_ON)) {
      words = words + '\n' + line.substring(GOES_ON.length());
      echo(line, 1);
      line = lines.next();
    }
    if (runner.json()) {
      runner.run(words, name, number);
      skipAnswer();
      return;
    }
    boolean ok = runAnswer(words, number);
    runner.write(answer);
    boolean recorded = line != null && !Runner.isPrompt(line) && (!isNarration(line) || begins());
    if (recorded) {
      compare();
    } else if (!ok) {
      runner.error(Runner.place(name, number), "refused, and no answer is recorded");
    }
  }

  private boolean runAnswer(String words, int number) {
    answer.clear();
    boolean ok = true;
    try {
      Interpreter interpreter = runner.interpreter();
      interpreter.begin(words);
      for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
        Answers.write(reply, answer, Runner.COLUMNS);
        runner.note(reply);
        ok &= reply.ok();
      }
    } catch (RuntimeException | Error wrong) {
      throw Panic.at(Runner.place(name, number), wrong);
    }
    return ok;
  }

  /** Whether the answer begins with the line at hand, although that looks like a comment. */
  private boolean begins() {
    return !line.isEmpty() && answer.chars().indexOf(line + "\n") == 0;
  }

  /** Reads over the recorded answer and reports the first line that differs. */
  private void compare() throws IOException {
    StringBuilder now = answer.chars();
    int from = 0;
    while (from < now.length()) {
      int to = now.indexOf("\n", from);
      String expected = now.substring(from, to);
      if (!expected.equals(line)) {
        differs(
            line == null || Runner.isPrompt(line)
                ? "the recorded answer ends here"
                : "recorded: " + line);
        skipAnswer();
        return;
      }
      line = lines.next();
      from = to + 1;
    }
    if (line != null && !Runner.isPrompt(line) && !isNarration(line)) {
      differs("only recorded: " + line);
      skipAnswer();
    }
  }

  private void differs(String what) {
    runner.error(Runner.place(name, lines.number()), "the answer is not the one recorded; " + what);
  }

  private void skipAnswer() throws IOException {
    while (line != null && !Runner.isPrompt(line) && !isNarration(line)) {
      line = lines.next();
    }
  }

  private static boolean isNarration(String line) {
    return line.isEmpty() || line.charAt(0) == '#';
  }

  private void echo(CharSequence part, int newlines) throws IOException {
    if (runner.json()) {
      return;
    }
    copy.clear();
    copy.add(part, 0, part.length()).repeat('\n', newlines);
    runner.write(copy);
  }
}
