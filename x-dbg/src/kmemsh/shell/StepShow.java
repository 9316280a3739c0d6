package kmemsh.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import kmemsh.render.Renderers;
import kmemsh.text.Text;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** Shows pictures at a terminal, one in the place of the other, at the pace of the keys. */
final class StepShow {
  private static final String KEYS = "-- Enter: on, b: back, q: to the end --";

  private final Terminal terminal;
  private final boolean colored;

  StepShow(Terminal terminal, boolean colored) {
    this.terminal = terminal;
    this.colored = colored;
  }

  /** Shows records one by one; the last one stays. */
  void show(List<?> frames) throws IOException {
    PrintWriter writer = terminal.writer();
    Attributes before = terminal.enterRawMode();
    try {
      int at = 0;
      int rows = draw(frames.get(at), writer);
      while (at < frames.size() - 1) {
        writer.print(KEYS);
        writer.flush();
        int next = after(terminal.reader().read(), at, frames.size() - 1);
        writer.print('\r');
        if (next == at) {
          terminal.puts(Capability.clr_eol);
          continue;
        }
        at = next;
        terminal.puts(Capability.parm_up_cursor, Math.min(rows, terminal.getHeight() - 1));
        terminal.puts(Capability.clr_eos);
        rows = draw(frames.get(at), writer);
      }
    } finally {
      terminal.setAttributes(before);
      writer.flush();
    }
  }

  /** The picture a key leads to from picture {@code at}. */
  private static int after(int key, int at, int last) {
    return switch (key) {
      case 'b', 'B', 127, 8 -> Math.max(0, at - 1);
      case 'q', 'Q', 'G', 3, 4, 27, -1, -2 -> last;
      case '\r', '\n', ' ', 'n', 'j' -> at + 1;
      default -> at;
    };
  }

  /** Draws a picture; gives how many rows it takes. */
  private int draw(Object frame, PrintWriter writer) {
    Text text = new Text();
    Renderers.render(frame, text, Math.max(20, terminal.getWidth()));
    StringBuilder encoded = new StringBuilder();
    if (colored) {
      Colors.write(text, encoded);
    } else {
      encoded.append(text.chars());
    }
    int rows = 0;
    for (int i = 0; i < encoded.length(); i++) {
      rows += encoded.charAt(i) == '\n' ? 1 : 0;
    }
    writer.append(encoded);
    return rows;
  }
}
