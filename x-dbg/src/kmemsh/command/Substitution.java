package kmemsh.command;

import java.util.ArrayList;
import java.util.List;

/** Writes the item of a loop in the place of its variable. */
final class Substitution {
  private Substitution() {}

  /** The parts of {@code body} between the places where {@code $variable} stands unquoted. */
  static String[] pieces(String body, String variable) {
    List<String> pieces = new ArrayList<>();
    String mark = "$" + variable;
    boolean single = false;
    boolean twice = false;
    int start = 0;
    for (int at = 0; at < body.length(); at++) {
      char c = body.charAt(at);
      if (c == '\\' && !single) {
        at++;
      } else if (c == '\'' && !twice) {
        single = !single;
      } else if (c == '"' && !single) {
        twice = !twice;
      } else if (c == '$' && !single && isMark(body, at, mark)) {
        pieces.add(body.substring(start, at));
        start = at + mark.length();
        at = start - 1;
      }
    }
    pieces.add(body.substring(start));
    return pieces.toArray(new String[0]);
  }

  private static boolean isMark(String body, int at, String mark) {
    int end = at + mark.length();
    return body.startsWith(mark, at)
        && (end == body.length() || !Character.isLetterOrDigit(body.charAt(end)))
        && (end == body.length() || body.charAt(end) != '_');
  }

  static String join(String[] pieces, String item) {
    if (pieces.length == 1) {
      return pieces[0];
    }
    StringBuilder text = new StringBuilder(pieces[0]);
    for (int i = 1; i < pieces.length; i++) {
      text.append(item).append(pieces[i]);
    }
    return text.toString();
  }
}
