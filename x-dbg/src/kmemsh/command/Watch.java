package kmemsh.command;

import kmemsh.lang.LineError;
import kmemsh.lang.Suggest;
import kmemsh.lang.Words;
import kmemsh.session.Session;

/** A line that is run again whenever the state has changed. */
final class Watch {
  private final String line;
  private final int every;
  private long version;
  private int now;

  /**
   * Shows the state of this moment first.
   *
   * @param line a command that looks
   * @param every how many operations lie between two looks
   */
  Watch(String line, int every) {
    this.line = line;
    this.every = every;
    version = -1;
  }

  /**
   * Reads what stands behind {@code watch}: {@code [-n N] COMMAND}.
   *
   * @throws LineError when it is no command that only looks
   */
  static Watch parse(String words, CommandTable table) {
    String line = words;
    int every = 1;
    if (line.startsWith("-n ")) {
      int end = line.indexOf(' ', 3);
      every = number(end < 0 ? line.substring(3) : line.substring(3, end));
      line = end < 0 ? "" : line.substring(end).strip();
    }
    int end = 0;
    while (end < line.length() && line.charAt(end) > ' ') {
      end++;
    }
    String name = line.substring(0, end);
    Command command = table.command(name);
    if (command == null) {
      throw new LineError(
          Words.show(name) + " is no command that could be watched",
          Suggest.nearest(name, table.names()));
    }
    if (command instanceof OpCommand || command instanceof ControlCommand) {
      throw new LineError(name + " does not only look: watch takes a command that does");
    }
    return new Watch(line, every);
  }

  private static int number(String word) {
    try {
      int number = Integer.parseInt(word);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new LineError(Words.show(word) + " is no number of operations: it needs 1 or more");
  }

  String line() {
    return line;
  }

  /** Whether it is time to look. */
  boolean isDue(Session session) {
    boolean changed = version != session.version();
    return version == -1 || (changed && Math.abs(session.now() - now) >= every);
  }

  /** The state of this moment has been looked at. */
  void looked(Session session) {
    version = session.version();
    now = session.now();
  }
}
