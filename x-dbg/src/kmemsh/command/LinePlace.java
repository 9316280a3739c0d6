package kmemsh.command;

import kmemsh.lang.LineError;
import kmemsh.lang.Words;

/**
 * Which part of a line the cursor stands in: the command there and the position of the argument.
 */
final class LinePlace {
  /** The cursor is where a command is typed. */
  static final int COMMAND = 0;

  /** The cursor is in an argument of {@link #command}. */
  static final int ARGUMENT = 1;

  /** The cursor is in the number behind repeat or in the head of a for. */
  static final int HEAD = 2;

  /** The cursor is in a quoted word that is not closed or in a comment. */
  static final int NOWHERE = 3;

  private final Words words = new Words();
  private final String text;
  private int state = COMMAND;
  private int wordStart;
  private int firstArgument;
  private Command command;

  /** Looks at {@code line} up to {@code cursor}. */
  LinePlace(String line, int cursor, CommandTable table) {
    text = line.substring(0, cursor);
    wordStart = cursor;
    if (!scanLastCommand() || inComment()) {
      state = NOWHERE;
      return;
    }
    int w = 0;
    int last = words.count();
    boolean typing = last > 0 && words.end(last - 1) == cursor;
    if (typing) {
      last--;
      wordStart = words.start(last);
    }
    w = skipPrefixes(w, last);
    if (state != COMMAND || w >= last) {
      return;
    }
    command = table.find(text, words.start(w), words.end(w));
    firstArgument = w + 1;
    state = command == null ? NOWHERE : ARGUMENT;
  }

  private boolean scanLastCommand() {
    int at = 0;
    try {
      int next = words.scan(text, at);
      while (next < text.length() || endsCommand(next)) {
        at = next;
        if (at == text.length()) {
          words.scan(text, at);
          return true;
        }
        next = words.scan(text, at);
      }
      return true;
    } catch (LineError unclosed) {
      return false;
    }
  }

  private boolean endsCommand(int next) {
    return next == text.length() && words.end() == next - 1;
  }

  private boolean inComment() {
    return words.end() < text.length() && text.charAt(words.end()) == '#';
  }

  private int skipPrefixes(int from, int last) {
    int w = from;
    while (w < last) {
      if (words.is(w, "!")) {
        w++;
      } else if (w + 1 < last && words.is(w + 1, "=")) {
        w += 2;
      } else if (words.is(w, "repeat")) {
        state = w + 1 < last ? COMMAND : HEAD;
        w += 2;
      } else if (words.is(w, "for")) {
        w = skipFor(w, last);
      } else {
        return w;
      }
    }
    return w;
  }

  private int skipFor(int from, int last) {
    int w = from + 1;
    while (w < last && text.charAt(words.end(w) - 1) != ':') {
      w++;
    }
    state = w < last ? COMMAND : HEAD;
    return w + 1;
  }

  int state() {
    return state;
  }

  /** The command whose argument the cursor is in, otherwise null. */
  Command command() {
    return command;
  }

  /** Where the word at the cursor begins. */
  int wordStart() {
    return wordStart;
  }

  /** The word at the cursor up to the cursor, as typed. */
  String word() {
    return text.substring(wordStart);
  }

  /** The option whose value the cursor is in, or null. */
  Usage.Option option() {
    int before = lastWordBefore();
    if (before < firstArgument || words.first(before) != '-') {
      return null;
    }
    Usage.Option option = find(words.typed(before));
    return option == null || option.label().isEmpty() ? null : option;
  }

  private int lastWordBefore() {
    int last = words.count() - 1;
    return last >= 0 && words.end(last) == text.length() ? last - 1 : last;
  }

  private Usage.Option find(String name) {
    for (Usage.Option option : command.usage().options()) {
      if (option.names().contains(name)) {
        return option;
      }
    }
    return null;
  }

  /** The argument the cursor is in, or null when there are no more. */
  Usage.Param param() {
    int position = 0;
    int before = lastWordBefore();
    for (int w = firstArgument; w <= before; w++) {
      boolean isOption = words.first(w) == '-' && !command.usage().isRaw();
      if (!isOption) {
        position++;
      } else {
        Usage.Option option = find(words.typed(w));
        w += option != null && !option.label().isEmpty() ? 1 : 0;
      }
    }
    int nrParams = command.usage().params().size();
    if (position < nrParams) {
      return command.usage().params().get(position);
    }
    boolean rest = nrParams > 0 && command.usage().params().get(nrParams - 1).rest();
    return rest ? command.usage().params().get(nrParams - 1) : null;
  }

  /** Whether the word before the cursor's is a lone {@code >}, or the cursor's begins with one. */
  boolean inRedirect() {
    int before = lastWordBefore();
    return command.usage().hasRedirect()
        && ((before >= firstArgument && words.is(before, ">")) || word().startsWith(">"));
  }
}
