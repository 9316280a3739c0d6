package kmemsh.lang;

/** Reads the numbers that are more than a few decimal digits, see {@link Numbers}. */
final class NumberParser {
  /** No digit has this value. */
  private static final int NO_DIGIT = 99;

  private static final String UNITS = "KMGT";

  private NumberParser() {}

  /** See {@link Numbers#parse}. */
  static long parse(String word) {
    int end = word.length();
    int radix = 10;
    int at = 0;
    if (word.startsWith("0x") || word.startsWith("0X")) {
      radix = 16;
      at = 2;
    } else if (end > 1 && word.charAt(0) == '0' && isDigit(word.charAt(1))) {
      radix = 8;
      at = 1;
    }
    int shift = unitShift(word, at, radix);
    if (shift > 0) {
      end--;
    }
    if (at == end) {
      throw notANumber(word);
    }
    long value = digits(word, at, end, radix);
    if (shift > 0 && (value < 0 || value > Long.MAX_VALUE >>> shift)) {
      throw tooLarge(word);
    }
    return value << shift;
  }

  private static int unitShift(String word, int from, int radix) {
    int last = word.length() - 1;
    if (last <= from || radix == 8) {
      return 0;
    }
    int unit = UNITS.indexOf(Character.toUpperCase(word.charAt(last)));
    return unit < 0 ? 0 : 10 * (unit + 1);
  }

  private static long digits(String word, int from, int to, int radix) {
    long limit = Long.MAX_VALUE / radix;
    long value = 0;
    boolean large = false;
    for (int at = from; at < to; at++) {
      int digit = digit(word.charAt(at));
      if (digit >= radix) {
        throw radix == 8 && digit < 10
            ? new LineError(
                Words.show(word) + " is not octal: a number that starts with 0 has digits 0..7")
            : notANumber(word);
      }
      if (radix == 16) {
        large |= value >>> 60 != 0;
        value = value << 4 | digit;
      } else {
        large |= value > limit || radix * value > Long.MAX_VALUE - digit;
        value = radix * value + digit;
      }
    }
    if (large) {
      throw tooLarge(word);
    }
    return value;
  }

  private static LineError tooLarge(String word) {
    return new LineError(
        Words.show(word)
            + " is too large: numbers go up to 0x7fffffffffffffff, hex addresses to "
            + "0xffffffffffffffff");
  }

  private static LineError notANumber(String word) {
    return new LineError(
        Words.show(word) + " is not a number: write 10, 0x1f, 017 or a size such as 64K");
  }

  private static int digit(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : NO_DIGIT;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
