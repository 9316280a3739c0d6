package kmemsh.command;

import kmemsh.lang.LineError;
import kmemsh.lang.Words;

/** What values may be called. */
final class ValueName {
  private ValueName() {}

  /** The word itself, which must be a name. */
  static String checked(String word) {
    boolean good = !word.isEmpty() && !word.equals("_");
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      good &= letter || (i > 0 && c >= '0' && c <= '9');
    }
    if (!good) {
      throw new LineError(
          Words.show(word) + " is no name for a value: names have letters, digits and _");
    }
    return word;
  }
}
