package kmemsh.shell;

import java.io.IOException;
import java.io.PrintWriter;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** Writes to a terminal and waits whenever a screen is full, as {@code more} does. */
final class Pager {
  private static final String KEYS = "-- Space: page, Enter: line, a, q --";

  private final Terminal terminal;
  private final boolean waits;
  private int rows;
  private boolean left;
  private boolean all;

  /** {@code waits}: whether there is somebody to press keys. */
  Pager(Terminal terminal, boolean waits) {
    this.terminal = terminal;
    this.waits = waits;
  }

  /** A new line was typed: the screen counts as empty. */
  void begin() {
    rows = 0;
    left = false;
    all = false;
  }

  /**
   * Writes {@code text}, which may hold escape sequences, line by line.
   *
   * @return false when the user has seen enough
   */
  boolean write(CharSequence text) throws IOException {
    PrintWriter writer = terminal.writer();
    int from = 0;
    while (from < text.length() && !left) {
      int to = from;
      while (to < text.length() && text.charAt(to) != '\n') {
        to++;
      }
      to = Math.min(text.length(), to + 1);
      if (waits && !all && rows >= Math.max(2, terminal.getHeight() - 1)) {
        ask();
      }
      if (!left) {
        writer.append(text, from, to);
        rows += rowsOf(text, from, to);
      }
      from = to;
    }
    return !left;
  }

  /** Writes all of {@code text} without waiting; it is what the next line is typed for. */
  void pass(CharSequence text) {
    terminal.writer().append(text);
    begin();
  }

  private int rowsOf(CharSequence text, int from, int to) {
    int columns = Math.max(1, terminal.getWidth());
    int shown = 0;
    boolean escape = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '\u001b') {
        escape = true;
      } else if (escape) {
        escape = c != 'm';
      } else if (c != '\n') {
        shown++;
      }
    }
    return Math.max(1, (shown + columns - 1) / columns);
  }

  private void ask() throws IOException {
    PrintWriter writer = terminal.writer();
    int columns = Math.max(1, terminal.getWidth());
    writer.print(KEYS.substring(0, Math.min(KEYS.length(), columns - 1)));
    writer.flush();
    Attributes before = terminal.enterRawMode();
    int key;
    try {
      key = terminal.reader().read();
    } finally {
      terminal.setAttributes(before);
    }
    writer.print("\r" + " ".repeat(Math.min(KEYS.length(), columns - 1)) + "\r");
    switch (key) {
      case 'q', 'Q', 3, 4, 27, -1 -> left = true;
      case 'a', 'G', '>' -> all = true;
      case '\r', '\n', 'j' -> rows--;
      default -> rows = 0;
    }
  }
}
