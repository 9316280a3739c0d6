package kmemsh.command;

/**
 * Runs lines. The caller asks for one reply after the other:
 *
 * <pre>
 *   interpreter.begin(line);
 *   for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
 *     show(reply);
 *   }
 * </pre>
 */
public final class Interpreter {

  public Interpreter(Lab lab, CommandTable table) {}

  /** Starts on a line; what was left of the one before is dropped. */
  public void begin(String line) {}

  /** Runs the next simple command and tells what came of it, or gives null at the end. */
  public Reply next() {
    return null;
  }

  /** Drops what is left of the line, as Ctrl-C does. */
  public void abandon() {}

  /** Whether {@code line} goes on: it ends in a backslash or inside quotes. */
  public static boolean incomplete(String line) {
    return false;
  }
}
