package kmemsh.lang;

import java.util.function.Supplier;

/**
 * Evaluates expressions wherever a number can stand, and the conditions of {@code assert}: those
 * that are no more than a number or {@code $n} at once, the others by a {@link ExpressionParser}.
 */
public final class Expression {
  private static final int MAX_NUMBER = 100_000_000;

  private final Values values;
  private final Supplier<? extends MachineFacts> facts;

  /** Made by the first expression that needs it. */
  private ExpressionParser parser;

  /** {@code facts} gives answers about the machine; asked by the first expression that needs it. */
  public Expression(Values values, Supplier<? extends MachineFacts> facts) {
    this.values = values;
    this.facts = facts;
  }

  /**
   * Evaluates {@code text[start, end)}.
   *
   * @throws LineError when it cannot be understood or a part of it has no value
   */
  public Value evaluate(String text, int start, int end) {
    if (Numbers.isPlain(text, start, end)) {
      return Value.number(Numbers.plain(text, start, end));
    }
    if (start == end) {
      throw new LineError("'' is empty: a number or a value is expected");
    }
    Value kept = text.charAt(start) == '$' ? numbered(text, start, end) : null;
    return kept == null ? parser().evaluate(text, start, end) : kept;
  }

  /** The value when the text is no more than {@code $n}, the commonest expression; else null. */
  private Value numbered(String text, int start, int end) {
    int n = 0;
    for (int i = start + 1; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || n > MAX_NUMBER) {
        return null;
      }
      n = 10 * n + digit;
    }
    boolean plain = end > start + 1 && text.charAt(start + 1) != '0';
    return plain ? values.get(n) : null;
  }

  /**
   * Whether a condition holds.
   *
   * @return empty when it does, otherwise one sentence with the values of both sides
   */
  public String check(String text, int start, int end) {
    if (start == end) {
      throw new LineError("'' is empty: a number or a value is expected");
    }
    return parser().check(text, start, end);
  }

  private ExpressionParser parser() {
    if (parser == null) {
      parser = new ExpressionParser(values, facts.get());
    }
    return parser;
  }
}
