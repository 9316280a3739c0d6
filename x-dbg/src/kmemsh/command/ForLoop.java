package kmemsh.command;

import kmemsh.lang.Expression;
import kmemsh.lang.LineError;
import kmemsh.lang.Value;
import kmemsh.lang.Words;

/** The words of {@code for NAME in ITEM...: COMMAND}. */
final class ForLoop {
  private final Words words;
  private final int start;
  private final int colon;
  private final Expression expression;

  /**
   * Finds the parts of the loop that begins at word {@code w}.
   *
   * @throws LineError when one of them is missing
   */
  ForLoop(Words words, int w, Expression expression) {
    this.words = words;
    this.start = w;
    this.expression = expression;
    int at = w + 3;
    while (at < words.count()
        && (words.quoted(at) || words.line().charAt(words.end(at) - 1) != ':')) {
      at++;
    }
    colon = at;
    if (colon + 1 >= words.count() || !words.is(w + 2, "in")) {
      throw new LineError("for takes NAME in ITEM...: COMMAND; " + missing());
    }
  }

  private String missing() {
    if (start + 2 >= words.count() || !words.is(start + 2, "in")) {
      return "the word in is missing";
    }
    return colon >= words.count() ? "no item has a colon behind it" : "no command follows";
  }

  /** The name of the variable, as it was typed. */
  String variable() {
    return words.word(start + 1);
  }

  /** What runs the command for each item. */
  Frame frame() {
    String body = words.line().substring(words.start(colon + 1), words.lastWordEnd());
    boolean alone = words.end(colon) - words.start(colon) == 1;
    int nrItems = colon - (start + 3) + (alone ? 0 : 1);
    String[] items = new String[nrItems];
    int[] lengths = new int[nrItems];
    for (int i = 0; i < nrItems; i++) {
      int word = start + 3 + i;
      int end = word == colon ? words.end(word) - 1 : words.end(word);
      items[i] = words.line().substring(words.start(word), end);
      lengths[i] = listLength(items, i);
    }
    return Frame.each(variable(), body, items, lengths);
  }

  /** How long the list is that an item stands for, -1 for a word. */
  private int listLength(String[] items, int i) {
    if (!items[i].startsWith("$")) {
      return -1;
    }
    Value value = expression.evaluate(items[i], 0, items[i].length());
    if (value.kind() != Value.LIST) {
      return -1;
    }
    items[i] = value.origin().label();
    return value.elements().length;
  }
}
