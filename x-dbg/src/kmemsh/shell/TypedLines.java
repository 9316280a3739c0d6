package kmemsh.shell;

import java.io.IOException;
import java.io.PrintWriter;
import kmemsh.command.Interpreter;

/**
 * Lines typed at a terminal that cannot move its cursor. Its driver shows and edits what is typed,
 * so nothing is written here but the prompt.
 */
final class TypedLines {
  private final Lines lines;
  private final PrintWriter writer;
  private volatile boolean dropped;
  private volatile String prompt = Prompt.PROMPT;

  TypedLines(Lines lines, PrintWriter writer) {
    this.lines = lines;
    this.writer = writer;
  }

  /**
   * The next complete line, which may hold newlines, or null when the user leaves.
   *
   * @param prompt what stands before it
   * @param asks whose lines they are
   */
  String next(String prompt, Interpreter asks) throws IOException {
    dropped = false;
    this.prompt = prompt;
    ask(prompt);
    String begun = null;
    String line = lines.next();
    while (line != null) {
      begun = begun == null || dropped ? line : begun + '\n' + line;
      dropped = false;
      if (!asks.goesOn(begun)) {
        return begun;
      }
      ask(Prompt.GOES_ON);
      line = lines.next();
    }
    writer.println();
    return null;
  }

  /** Forgets the lines of a command that is not complete; the driver forgets the present one. */
  void drop() {
    dropped = true;
    writer.println();
    ask(prompt);
  }

  private void ask(String prompt) {
    writer.print(prompt);
    writer.flush();
  }
}
