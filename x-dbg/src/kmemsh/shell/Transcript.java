package kmemsh.shell;

import java.io.IOException;
import kmemsh.command.Interpreter;
import kmemsh.command.Reply;
import kmemsh.command.TranscriptRun;
import kmemsh.text.Text;

/**
 * A transcript as a script: running it writes it again with the answers of now; where they are not
 * the recorded ones, that is an error.
 */
final class Transcript extends TranscriptRun {
  private final Runner runner;
  private final Lines lines;
  private final String name;
  private final Text copy = new Text();

  Transcript(Runner runner, Lines lines, String name) {
    super(name);
    this.runner = runner;
    this.lines = lines;
    this.name = name;
  }

  /** Runs everything from {@code first} on; {@code preface} is what stood before it. */
  void run(CharSequence preface, String first) throws IOException {
    if (preface.length() > 0) {
      write(preface, 0);
    }
    run(first);
  }

  @Override
  protected String nextLine() throws IOException {
    return lines.next();
  }

  @Override
  protected int lineNumber() {
    return lines.number();
  }

  @Override
  protected void echo(String line) throws IOException {
    write(line, 1);
  }

  @Override
  protected void answered(Text answer) throws IOException {
    runner.write(answer);
  }

  @Override
  protected boolean runsAlone(String words, int number) throws IOException {
    if (runner.json()) {
      runner.run(words, name, number);
    }
    return runner.json();
  }

  @Override
  protected void refused(int number) {
    runner.error(Runner.place(name, number), "refused, and no answer is recorded");
  }

  @Override
  protected void differs(int number, String what, String command, String now) {
    runner.error(Runner.place(name, number), "the answer is not the one recorded; " + what);
  }

  @Override
  protected Interpreter interpreter() {
    return runner.interpreter();
  }

  @Override
  protected void note(Reply reply) {
    runner.note(reply);
  }

  @Override
  protected boolean stopped() {
    return runner.stopped();
  }

  @Override
  protected RuntimeException panic(int number, Throwable wrong) {
    return Panic.at(Runner.place(name, number), wrong);
  }

  private void write(CharSequence part, int newlines) throws IOException {
    if (runner.json()) {
      return;
    }
    copy.clear();
    copy.add(part, 0, part.length()).repeat('\n', newlines);
    runner.write(copy);
  }
}
