package kmemsh.shell;

import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Buffer;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.utils.InfoCmp.Capability;

/**
 * Up and Down look for lines that begin as the one being typed; on an empty line for any. In a line
 * of several rows that is being typed they move between the rows.
 */
final class PrefixSearch {
  private static final String UP = "kmemsh-up";
  private static final String DOWN = "kmemsh-down";

  private final LineReader reader;
  private String prefix = "";
  private String shown;
  private int at;

  private PrefixSearch(LineReader reader) {
    this.reader = reader;
  }

  /** Gives Up and Down of {@code reader} their meaning. */
  static void bind(LineReader reader) {
    PrefixSearch search = new PrefixSearch(reader);
    reader.getWidgets().put(UP, search::up);
    reader.getWidgets().put(DOWN, search::down);
    search.bindKey(Capability.key_up, UP, "\u001b[A", "\u001bOA");
    search.bindKey(Capability.key_down, DOWN, "\u001b[B", "\u001bOB");
  }

  private void bindKey(Capability capability, String widget, String... keys) {
    KeyMap<Binding> map = reader.getKeyMaps().get(LineReader.MAIN);
    map.bind(new Reference(widget), keys);
    String key = KeyMap.key(reader.getTerminal(), capability);
    if (key != null && !key.isEmpty()) {
      map.bind(new Reference(widget), key);
    }
  }

  private boolean up() {
    if (!begin()) {
      reader.callWidget(LineReader.UP_LINE);
      return true;
    }
    History history = reader.getHistory();
    for (int i = at - 1; i >= history.first() && !history.isEmpty(); i--) {
      if (fits(history.get(i))) {
        at = i;
        show(history.get(i));
        return true;
      }
    }
    return false;
  }

  private boolean down() {
    if (!begin()) {
      reader.callWidget(LineReader.DOWN_LINE);
      return true;
    }
    History history = reader.getHistory();
    for (int i = at + 1; i <= history.last(); i++) {
      if (fits(history.get(i))) {
        at = i;
        show(history.get(i));
        return true;
      }
    }
    at = history.last() + 1;
    show(prefix);
    return true;
  }

  /** Starts a search unless one is going on; false when the keys move inside the line instead. */
  private boolean begin() {
    Buffer buffer = reader.getBuffer();
    String text = buffer.toString();
    if (text.equals(shown)) {
      return true;
    }
    if (text.indexOf('\n') >= 0) {
      return false;
    }
    prefix = text;
    shown = text;
    at = reader.getHistory().last() + 1;
    return true;
  }

  private boolean fits(String line) {
    return line.startsWith(prefix) && !line.equals(shown);
  }

  private void show(String line) {
    reader.getBuffer().clear();
    reader.getBuffer().write(line);
    shown = line;
  }
}
