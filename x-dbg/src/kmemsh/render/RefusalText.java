package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.Refusal;

/** Why a line was refused: what was wrong, what a kernel would have done, what was meant. */
public final class RefusalText {
  private static final String UNCHANGED = "; nothing changed";
  private static final int INDENT = 2;

  private RefusalText() {}

  /**
   * Appends the refusal for people, wrapped to {@code columns}, what follows the first line
   * indented; every line is ended.
   */
  public static void refused(Refusal refusal, Text out, int columns) {
    out.add(Style.WRONG, "refused").add(": ");
    lines(refusal.what() + UNCHANGED, refusal, out, columns);
  }

  /** Like {@link #refused} for what did not hold or was stopped, which is no refusal. */
  public static void failed(Refusal reason, Text out, int columns) {
    out.add(Style.WRONG, "failed").add(": ");
    lines(reason.what(), reason, out, columns);
  }

  /** The first sentence of a message in one line, however long; without a newline. */
  public static String sentence(Refusal refusal, boolean refused) {
    return refused ? refusal.what() + UNCHANGED : refusal.what();
  }

  /** Appends what stands behind the first sentence, indented; every line is ended. */
  public static void more(Refusal refusal, Text out, int columns) {
    String would = refusal.kernelWould();
    if (!would.isEmpty()) {
      out.blanks(INDENT);
      Draw.words(would.endsWith(".") ? would : would + ".", out, columns, INDENT);
      out.line();
    }
    if (!refusal.suggestion().isEmpty()) {
      out.add("  Did you mean: ").add(Style.COMMAND, refusal.suggestion()).line();
    }
  }

  private static void lines(String sentence, Refusal refusal, Text out, int columns) {
    Draw.words(sentence, out, columns, INDENT);
    out.line();
    more(refusal, out, columns);
  }
}
