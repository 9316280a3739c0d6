package kmemsh.shell;

import java.io.PrintWriter;
import kmemsh.command.Interpreter;
import kmemsh.command.Reply;
import kmemsh.command.ReplyText;
import kmemsh.text.Text;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.InfoCmp.Capability;

/**
 * The whole screen as a view of the machine, with the last answer and the prompt beneath.
 *
 * <pre>
 *   zones and free lists
 *   caches, address space
 *   ---------------------
 *   the last answer
 *   dash> _
 * </pre>
 */
final class Dash {
  static final String PROMPT = "dash> ";
  private static final String HINT = "Ctrl-D leaves this view";
  private static final int LEAST_ANSWER = 4;

  private final Terminal terminal;
  private final Interpreter interpreter;
  private final boolean colored;
  private final StringBuilder answer = new StringBuilder();

  /** Takes the screen; what was on it comes back with {@link #close}. */
  Dash(Terminal terminal, Interpreter interpreter, boolean colored) {
    this.terminal = terminal;
    this.interpreter = interpreter;
    this.colored = colored;
    terminal.puts(Capability.enter_ca_mode);
    answer.append(HINT).append('\n');
  }

  /** Gives the screen back as it was. */
  void close() {
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
  }

  /** A new line was typed: its answers take the place of the ones before. */
  void begin() {
    answer.setLength(0);
  }

  /** Takes an answer, which may hold escape sequences. */
  void add(CharSequence text) {
    answer.append(text);
  }

  /** Draws everything and leaves the cursor where the prompt goes. */
  void draw() {
    PrintWriter writer = terminal.writer();
    int rows = Math.max(2, terminal.getHeight());
    String[] view = view().split("\n", -1);
    String[] lines = answer.toString().split("\n", -1);
    int viewRows = Math.min(view.length - 1, Math.max(1, rows - 2 - LEAST_ANSWER));
    int answerRows = Math.max(0, Math.min(lines.length - 1, rows - 2 - viewRows));
    terminal.puts(Capability.clear_screen);
    for (int i = 0; i < viewRows; i++) {
      writer.println(view[i]);
    }
    writer.println("-".repeat(Math.max(1, terminal.getWidth() - 1)));
    for (int i = lines.length - 1 - answerRows; i < lines.length - 1; i++) {
      writer.println(lines[i]);
    }
    writer.flush();
  }

  /** Draws again whenever the terminal has another size, as long as {@code reader} reads a line. */
  void followSize(LineReader reader) {
    SignalHandler[] before = new SignalHandler[1];
    before[0] =
        terminal.handle(
            Signal.WINCH,
            signal -> {
              if (before[0] != null) {
                before[0].handle(signal);
              }
              draw();
              reader.callWidget(LineReader.REDRAW_LINE);
              reader.callWidget(LineReader.REDISPLAY);
            });
  }

  private String view() {
    Text text = new Text(1 << 12);
    Reply reply = interpreter.look("dash");
    ReplyText.write(reply, text, Math.max(20, terminal.getWidth() - 1));
    if (!colored) {
      return text.plain();
    }
    StringBuilder encoded = new StringBuilder();
    Colors.write(text, encoded);
    return encoded.toString();
  }
}
