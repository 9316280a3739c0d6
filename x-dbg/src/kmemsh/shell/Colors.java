package kmemsh.shell;

import kmemsh.text.Style;
import kmemsh.text.Text;

/**
 * Text with the colours of its styles, as escape sequences every terminal since the VT100 knows.
 */
final class Colors {
  private static final String RESET = "\u001b[0m";

  private Colors() {}

  /** Appends {@code text} to {@code out}; each styled span ends in a reset. */
  static void write(Text text, StringBuilder out) {
    StringBuilder chars = text.chars();
    int from = 0;
    boolean styled = false;
    for (int i = 0; i < text.nrChanges(); i++) {
      int to = text.changeOffset(i);
      out.append(chars, from, to);
      from = to;
      if (styled) {
        out.append(RESET);
      }
      String code = code(text.styleOf(i));
      styled = !code.isEmpty();
      if (styled) {
        out.append("\u001b[").append(code).append('m');
      }
    }
    out.append(chars, from, chars.length());
    if (styled) {
      out.append(RESET);
    }
  }

  /** The parameters of the escape sequence that shows {@code style}; empty for none. */
  static String code(Style style) {
    return switch (style) {
      case PLAIN -> "";
      case HEAD -> "1";
      case FREE -> "32";
      case USED -> "33";
      case RESERVED -> "35";
      case CHANGED -> "36";
      case WRONG -> "31";
      case NUMBER -> "";
      case NAME -> "36";
      case HINT -> "2";
      case COMMAND -> "1";
      case OPTION -> "36";
      case STRING -> "32";
      case COMMENT -> "2";
    };
  }
}
