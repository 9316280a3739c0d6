package kmemsh.command;

import java.io.IOException;
import kmemsh.text.Text;

/**
 * Runs a script that also holds the answers and compares them with those of now.
 *
 * <pre>
 *   # Taking eight pages.
 *   kmemsh> alloc_pages 3
 *   $1 = page pfn ...
 * </pre>
 *
 * A command that goes on has {@code > } in front of its further lines. A command without a recorded
 * answer is not compared. Comments and blank lines behind an answer are kept. In a Markdown file
 * only what stands between fences, lines of three backquotes, is a transcript.
 *
 * <p>Where lines come from and where answers go is up to those who extend this.
 */
public abstract class TranscriptRun {
  /** What stands before a command. */
  public static final String PROMPT = "kmemsh> ";

  /** How wide answers are. */
  public static final int COLUMNS = 80;

  /** What the name of a Markdown file ends in. */
  public static final String MARKDOWN = ".md";

  private static final String GOES_ON = "> ";
  private static final String FENCE = "```";

  private final boolean markdown;
  private final Text answer = new Text(1 << 12);
  private boolean fenced;
  private String line;

  /** {@code name} of the file; one that ends in {@code .md} is a Markdown file. */
  protected TranscriptRun(String name) {
    markdown = name.endsWith(MARKDOWN);
    fenced = !markdown;
  }

  /** The next line of the transcript, or null at its end. */
  protected abstract String nextLine() throws IOException;

  /** The number of the line that {@link #nextLine} gave last. */
  protected abstract int lineNumber();

  /** Takes a line of the transcript that is no answer. */
  protected abstract void echo(String line) throws IOException;

  /** Takes the answer of now. */
  protected abstract void answered(Text answer) throws IOException;

  /** A command was refused although no answer is recorded. */
  protected abstract void refused(int number);

  /** The recorded answer differs at line {@code number}: what was expected and what came. */
  protected abstract void differs(int number, String what, String command, String now);

  /** What runs the commands. */
  protected abstract Interpreter interpreter();

  /** Is told of each reply. */
  protected void note(Reply reply) {}

  /** Runs a command whose answer is not to be compared; false: it was not run. */
  protected boolean runsAlone(String words, int number) throws IOException {
    return false;
  }

  /** Whether nothing more is to be run. */
  protected boolean stopped() {
    return false;
  }

  /** A mistake in kmemsh itself, at a line. */
  protected RuntimeException panic(int number, Throwable wrong) {
    return new IllegalStateException("line " + number, wrong);
  }

  /** Runs everything from {@code first} on. */
  public final void run(String first) throws IOException {
    line = first;
    while (line != null && !stopped()) {
      if (fenced && line.startsWith(PROMPT)) {
        command();
      } else {
        if (markdown && line.startsWith(FENCE)) {
          fenced = !fenced;
        }
        echo(line);
        line = nextLine();
      }
    }
  }

  private void command() throws IOException {
    int number = lineNumber();
    String words = line.substring(PROMPT.length());
    echo(line);
    line = nextLine();
    while (Interpreter.incomplete(words) && line != null && line.startsWith(GOES_ON)) {
      words = words + '\n' + line.substring(GOES_ON.length());
      echo(line);
      line = nextLine();
    }
    if (runsAlone(words, number)) {
      skipAnswer();
      return;
    }
    boolean ok = runAnswer(words, number);
    answered(answer);
    boolean recorded = line != null && !line.startsWith(PROMPT) && (!isNarration() || begins());
    if (recorded) {
      compare(words);
    } else if (!ok) {
      refused(number);
    }
  }

  private boolean runAnswer(String words, int number) {
    answer.clear();
    boolean ok = true;
    try {
      Interpreter interpreter = interpreter();
      interpreter.begin(words);
      for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
        ReplyText.write(reply, answer, COLUMNS);
        ok &= reply.ok();
        note(reply);
      }
    } catch (RuntimeException | Error wrong) {
      throw panic(number, wrong);
    }
    return ok;
  }

  /** Whether the answer begins with the line at hand, although that looks like a comment. */
  private boolean begins() {
    return !line.isEmpty() && answer.chars().indexOf(line + "\n") == 0;
  }

  private boolean isNarration() {
    return line.isEmpty() || line.charAt(0) == '#' || (markdown && line.startsWith(FENCE));
  }

  /** Reads over the recorded answer and reports the first line that differs. */
  private void compare(String words) throws IOException {
    StringBuilder now = answer.chars();
    int from = 0;
    while (from < now.length()) {
      int to = now.indexOf("\n", from);
      String expected = now.substring(from, to);
      if (!expected.equals(line)) {
        boolean ends = line == null || line.startsWith(PROMPT);
        String what = ends ? "the recorded answer ends here" : "recorded: " + line;
        differs(lineNumber(), what, words, expected);
        skipAnswer();
        return;
      }
      line = nextLine();
      from = to + 1;
    }
    if (line != null && !line.startsWith(PROMPT) && !isNarration()) {
      differs(lineNumber(), "only recorded: " + line, words, "");
      skipAnswer();
    }
  }

  /** Reads over what is left of a recorded answer. */
  private void skipAnswer() throws IOException {
    while (line != null && !line.startsWith(PROMPT) && !isNarration()) {
      line = nextLine();
    }
  }
}
