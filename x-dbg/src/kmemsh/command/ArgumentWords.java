package kmemsh.command;

import java.util.Arrays;
import kmemsh.lang.Words;
import kmemsh.op.Refused;

/**
 * Where the arguments and options of a line stand in it. What only lines with options need is in
 * {@link OptionWords}.
 */
final class ArgumentWords {
  private static final int MAX_PARAMS = 16;

  Usage usage;
  Words words;
  int nrParams;
  final Slice[] params = new Slice[MAX_PARAMS];
  final Slice[] options = new Slice[MAX_PARAMS];
  private int[] rest = new int[8];
  private int nrRest;
  private int firstWord;
  private String redirect;

  /** Where an argument stands. */
  static final class Slice {
    boolean given;
    boolean quoted;
    int word;
    int start;
    int end;
  }

  ArgumentWords() {
    for (int i = 0; i < MAX_PARAMS; i++) {
      params[i] = new Slice();
      options[i] = new Slice();
    }
  }

  /**
   * Takes the words from {@code first} on as the arguments of a command.
   *
   * @throws Refused when there are too many or too few, or an option is unknown
   */
  void parse(Usage usage, Words words, int first) {
    this.usage = usage;
    this.words = words;
    firstWord = first;
    nrParams = usage.params().size();
    nrRest = 0;
    redirect = null;
    for (int i = 0; i < nrParams; i++) {
      params[i].given = false;
    }
    for (int i = usage.options().size() - 1; i >= 0; i--) {
      options[i].given = false;
    }
    if (usage.hasRedirect()) {
      redirect = OptionWords.splitRedirect(words, first);
    }
    int position = 0;
    boolean optionsEnd = usage.isRaw();
    for (int i = first; i < words.count(); i++) {
      if (optionsEnd || words.first(i) != '-' || !isOption(i)) {
        position = positional(position, i, first);
      } else if (words.is(i, "--")) {
        optionsEnd = true;
      } else {
        i = OptionWords.read(this, i);
      }
    }
    for (int i = 0; i < nrParams; i++) {
      if (!params[i].given && usage.params().get(i).required()) {
        throw OptionWords.wrongCount(usage, words, first);
      }
    }
  }

  private boolean isOption(int i) {
    int start = words.start(i);
    if (words.end(i) - start < 2) {
      return false;
    }
    char second = words.line().charAt(start + 1);
    if (second >= '0' && second <= '9') {
      return usage.optionIndex(words.word(i)) >= 0;
    }
    return second == '-' || (second >= 'a' && second <= 'z') || (second >= 'A' && second <= 'Z');
  }

  private int positional(int from, int word, int first) {
    int position = from;
    while (position < nrParams && params[position].given && !isRest(position)) {
      position++;
    }
    if (position == nrParams) {
      throw OptionWords.wrongCount(usage, words, first);
    }
    if (isRest(position)) {
      addRest(word);
      if (params[position].given) {
        return position;
      }
    }
    set(params[position], word, words.start(word), words.end(word));
    return position;
  }

  private boolean isRest(int position) {
    return usage.params().get(position).rest();
  }

  private void addRest(int word) {
    if (nrRest == rest.length) {
      rest = Arrays.copyOf(rest, 2 * nrRest);
    }
    rest[nrRest++] = word;
  }

  void set(Slice slice, int word, int start, int end) {
    slice.given = true;
    slice.word = word;
    slice.quoted = words.quoted(word);
    slice.start = start;
    slice.end = end;
  }

  /** The argument without its quotes, empty when it was not given. */
  String wordOf(Slice slice) {
    if (!slice.given) {
      return "";
    }
    boolean whole = slice.start == words.start(slice.word) && slice.end == words.end(slice.word);
    return whole ? words.word(slice.word) : words.line().substring(slice.start, slice.end);
  }

  int nrRest() {
    return nrRest;
  }

  /** The number, in the line, of word {@code i} of those the last argument took. */
  int rest(int i) {
    return rest[i];
  }

  /** All arguments as typed. */
  String text() {
    return firstWord < words.count()
        ? words.line().substring(words.start(firstWord), words.lastWordEnd())
        : "";
  }

  /** The path behind {@code >}, or null. */
  String redirect() {
    return redirect;
  }
}
