package kmemsh.command;

import kmemsh.lang.Arithmetic;
import kmemsh.lang.Expression;
import kmemsh.lang.LineError;
import kmemsh.lang.Value;
import kmemsh.lang.Words;
import kmemsh.op.Repeat;

/** The rounds of {@code repeat N COMMAND}. */
final class Rounds {
  private Rounds() {}

  /**
   * Reads N.
   *
   * @param w the word {@code repeat}
   * @param outer rounds of the repeat around this one, 0 for none
   * @return the rounds of both together
   */
  static long read(Words words, int w, Expression expression, long outer) {
    if (w + 2 >= words.count()) {
      throw new LineError(
          "repeat takes N COMMAND; "
              + OptionWords.got(words.count() - w - 1)
              + ": see help repeat");
    }
    Value count = expression.evaluate(words.line(), words.start(w + 1), words.end(w + 1));
    long n = Arithmetic.toNumber(count);
    if (n < 1 || n > Repeat.MAX_TIMES) {
      throw new LineError(n + " is not one of 1.." + Repeat.MAX_TIMES + ", the rounds of repeat");
    }
    long times = outer == 0 ? n : outer * n;
    if (times > Repeat.MAX_TIMES) {
      throw new LineError(
          times + " rounds in all are too many: repeat goes up to " + Repeat.MAX_TIMES);
    }
    return times;
  }
}
