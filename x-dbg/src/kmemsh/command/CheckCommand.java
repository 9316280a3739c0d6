package kmemsh.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Words;
import kmemsh.machine.Profiles;
import kmemsh.op.Refused;
import kmemsh.session.SessionFile;
import kmemsh.text.Text;
import kmemsh.view.CheckReport;

/** {@code check FILE}: runs a transcript beside the session and compares every answer. */
final class CheckCommand extends Command {
  CheckCommand() {
    super(
        new Usage(
                "check",
                CommandTable.WATCHING,
                "Compare the answers in a transcript with those of now")
            .required("FILE", ArgKind.FILE, "a transcript, as text or Markdown"));
  }

  @Override
  public Reply run(Arguments arguments) {
    String file = arguments.word(0);
    try (BufferedReader reader = Scripts.open(file)) {
      Check check = new Check(file, reader);
      check.run(check.nextLine());
      CheckReport report = new CheckReport(file, check.commands, check.differences);
      if (check.commands == 0) {
        throw new Refused(
            Words.show(file)
                + " is no transcript: no line in it begins with "
                + TranscriptRun.PROMPT);
      }
      return Reply.of(report).exitStatus(report.differences().isEmpty() ? 0 : 1);
    } catch (IOException failure) {
      throw new Refused(Words.show(file) + " cannot be read: " + SessionFile.reason(failure));
    }
  }

  /** Runs the file and collects what differs. */
  private static final class Check extends TranscriptRun {
    private final BufferedReader reader;
    private final Interpreter interpreter;
    private final List<CheckReport.Difference> differences = new ArrayList<>();
    private int commands;
    private int number;

    Check(String file, BufferedReader reader) {
      super(file);
      this.reader = reader;
      this.interpreter = FreshLab.of(Profiles.standard());
    }

    @Override
    protected String nextLine() throws IOException {
      number++;
      return reader.readLine();
    }

    @Override
    protected int lineNumber() {
      return number;
    }

    @Override
    protected void echo(String line) {
      // A check shows only what differs.
    }

    @Override
    protected void answered(Text answer) {
      commands++;
    }

    @Override
    protected void refused(int line) {
      differences.add(
          new CheckReport.Difference(line, "", "", "refused, and no answer is recorded"));
    }

    @Override
    protected void differs(int line, String what, String command, String now) {
      differences.add(new CheckReport.Difference(line, command, what, now));
    }

    @Override
    protected Interpreter interpreter() {
      return interpreter;
    }
  }
}
