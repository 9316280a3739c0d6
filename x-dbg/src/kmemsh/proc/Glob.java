package kmemsh.proc;

/**
 * Patterns of names as the shell has them: {@code *} stands for anything, {@code ?} for one
 * character, {@code [a-f]} for one of these and {@code [!a-f]} for one that is none of them.
 */
public final class Glob {
  private Glob() {}

  /** Whether a word is a pattern. */
  public static boolean isPattern(String word) {
    return word.indexOf('*') >= 0 || word.indexOf('?') >= 0 || word.indexOf('[') >= 0;
  }

  /** Whether {@code name} fits {@code pattern}, in time that grows with their product only. */
  public static boolean fits(String name, String pattern) {
    int at = 0;
    int p = 0;
    int starAt = -1;
    int nameAtStar = 0;
    while (at < name.length()) {
      int next = p < pattern.length() && pattern.charAt(p) != '*' ? one(name, at, pattern, p) : -1;
      if (next > 0) {
        at++;
        p = next;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        starAt = p++;
        nameAtStar = at;
      } else if (starAt >= 0) {
        p = starAt + 1;
        at = ++nameAtStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Where the pattern goes on when the character at {@code at} fits its next element, or -1. */
  private static int one(String name, int at, String pattern, int p) {
    char c = pattern.charAt(p);
    int end = c == '[' ? pattern.indexOf(']', p + 2) : -1;
    if (end >= 0) {
      return inSet(name.charAt(at), pattern, p + 1, end) ? end + 1 : -1;
    }
    return c == '?' || c == name.charAt(at) ? p + 1 : -1;
  }

  private static boolean inSet(char c, String pattern, int from, int end) {
    boolean negated = pattern.charAt(from) == '!';
    boolean found = false;
    for (int i = negated ? from + 1 : from; i < end; i++) {
      char low = pattern.charAt(i);
      char high = low;
      if (i + 2 < end && pattern.charAt(i + 1) == '-') {
        high = pattern.charAt(i + 2);
        i += 2;
      }
      found |= c >= low && c <= high;
    }
    return found != negated;
  }
}
