package kmemsh.lang;

/**
 * Numbers as typed: {@code 10}, {@code 0x1f}, {@code 017} and sizes {@code 64K 1M 2G 1T}, powers of
 * 1024. A number is 0..2^63-1; only hex goes on to 2^64-1, for addresses.
 */
public final class Numbers {
  /** Longest run of decimal digits that cannot overflow. */
  private static final int SAFE_DIGITS = 18;

  private Numbers() {}

  /** Whether the range holds decimal digits only, few enough for {@link #plain}, not octal. */
  public static boolean isPlain(String line, int start, int end) {
    if (end <= start || end - start > SAFE_DIGITS) {
      return false;
    }
    for (int at = start; at < end; at++) {
      char c = line.charAt(at);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return end - start == 1 || line.charAt(start) != '0';
  }

  /** The value of a range for which {@link #isPlain} holds. */
  public static long plain(String line, int start, int end) {
    long value = 0;
    for (int at = start; at < end; at++) {
      value = 10 * value + (line.charAt(at) - '0');
    }
    return value;
  }

  /**
   * Reads a number.
   *
   * @return its value; negative for hex numbers from 2^63, which are addresses
   * @throws LineError when it is not a number or too large
   */
  public static long parse(String word) {
    return NumberParser.parse(word);
  }
}
