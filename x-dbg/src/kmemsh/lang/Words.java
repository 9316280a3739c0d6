package kmemsh.lang;

import java.util.Arrays;

/**
 * The words of one command, as ranges of the line; strings are made only when asked for. One object
 * serves any number of lines.
 *
 * <p>Words are separated by blanks. A command ends at {@code ;}, at a newline, at a word that
 * begins with {@code #}, or with the line. Inside {@code '...'} every character stands for itself;
 * inside {@code "..."} a backslash takes the meaning off the next character, as it does outside
 * quotes. A backslash before a newline or at the very end joins lines.
 */
public final class Words {
  /** The most words one command can have. */
  public static final int MAX_WORDS = 200_000;

  /** The most characters of an offending word that a message repeats. */
  public static final int SHOWN = 60;

  private String line = "";
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private boolean[] quoted = new boolean[16];
  private int count;
  private int end;

  /**
   * Reads one command.
   *
   * @param line the text
   * @param from where to begin
   * @return where the next command begins; the length of the text at its end
   * @throws LineError when a quote is not closed or there are too many words
   */
  public int scan(String line, int from) {
    this.line = line;
    count = 0;
    int length = line.length();
    int at = from;
    while (at < length) {
      char c = line.charAt(at);
      if (isBlank(c)) {
        at++;
      } else if (c == ';' || c == '\n') {
        end = at;
        return at + 1;
      } else if (c == '#') {
        end = at;
        int newline = line.indexOf('\n', at);
        return newline < 0 ? length : newline + 1;
      } else if (c == '\\' && joinsLines(line, at)) {
        at += 2;
      } else {
        at = scanWord(at);
      }
    }
    end = length;
    return length;
  }

  private int scanWord(int from) {
    int length = line.length();
    int at = from;
    boolean special = false;
    while (at < length) {
      char c = line.charAt(at);
      if (isBlank(c) || c == ';' || c == '\n') {
        break;
      }
      if (c == '\'' || c == '"') {
        special = true;
        at = skipQuotes(at);
      } else if (c == '\\') {
        special = true;
        at = Math.min(length, at + 2);
      } else {
        at++;
      }
    }
    add(from, at, special);
    return at;
  }

  private int skipQuotes(int from) {
    int close = closingQuote(line, from);
    if (close < 0) {
      throw new LineError(
          line.charAt(from) + " at column " + (from + 1) + " opens a quote that is not closed");
    }
    return close + 1;
  }

  /** The position of the quote that closes the one at {@code from}, or -1. */
  private static int closingQuote(String line, int from) {
    char quote = line.charAt(from);
    for (int at = from + 1; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == quote) {
        return at;
      }
      if (c == '\\' && quote == '"') {
        at++;
      }
    }
    return -1;
  }

  private void add(int from, int to, boolean special) {
    if (count == starts.length) {
      if (count >= MAX_WORDS) {
        throw new LineError("more than " + MAX_WORDS + " words: a command has at most so many");
      }
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      quoted = Arrays.copyOf(quoted, 2 * count);
    }
    starts[count] = from;
    ends[count] = to;
    quoted[count++] = special;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private static boolean joinsLines(String line, int at) {
    int next = at + 1;
    return next == line.length()
        || line.charAt(next) == '\n'
        || (line.charAt(next) == '\r' && next + 1 < line.length());
  }

  /**
   * Whether more lines belong to {@code text}: it ends inside quotes or in a backslash that is not
   * part of a comment.
   */
  public static boolean incomplete(String text) {
    return (text.indexOf('\\') >= 0 || text.indexOf('\'') >= 0 || text.indexOf('"') >= 0)
        && goesOn(text);
  }

  private static boolean goesOn(String text) {
    boolean wordStart = true;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '#' && wordStart) {
        at = text.indexOf('\n', at);
        if (at < 0) {
          return false;
        }
      } else if (c == '\'' || c == '"') {
        at = closingQuote(text, at);
        if (at < 0) {
          return true;
        }
      } else if (c == '\\') {
        if (at + 1 == text.length()) {
          return true;
        }
        at++;
      }
      wordStart = isBlank(c) || c == ';' || c == '\n';
    }
    return false;
  }

  /** The number of words of the command. */
  public int count() {
    return count;
  }

  /** The text the words are part of. */
  public String line() {
    return line;
  }

  /** Where word {@code i} begins in the text. */
  public int start(int i) {
    return starts[i];
  }

  /** Where word {@code i} ends in the text, that character excluded. */
  public int end(int i) {
    return ends[i];
  }

  /** Where the command ends in the text: at its separator, its comment or the end. */
  public int end() {
    return end;
  }

  /** Where the last word of the command ends in the text. */
  public int lastWordEnd() {
    return count == 0 ? end : ends[count - 1];
  }

  /** Whether word {@code i} has quotes or backslashes, so that no character has a meaning. */
  public boolean quoted(int i) {
    return quoted[i];
  }

  /** The first character of word {@code i} as typed. */
  public char first(int i) {
    return line.charAt(starts[i]);
  }

  /** Whether word {@code i} was typed exactly so. */
  public boolean is(int i, String word) {
    int length = word.length();
    return ends[i] - starts[i] == length && line.startsWith(word, starts[i]);
  }

  /** Word {@code i} without its quotes. */
  public String word(int i) {
    return quoted[i] ? unquote(line, starts[i], ends[i]) : line.substring(starts[i], ends[i]);
  }

  /** Word {@code i} as typed. */
  public String typed(int i) {
    return line.substring(starts[i], ends[i]);
  }

  /** Keeps the first {@code count} words only. */
  public void truncate(int count) {
    this.count = count;
  }

  /** Cuts word {@code i} off before {@code end}. */
  public void endAt(int i, int end) {
    ends[i] = end;
  }

  private static String unquote(String line, int from, int to) {
    StringBuilder word = new StringBuilder(to - from);
    char quote = 0;
    for (int at = from; at < to; at++) {
      char c = line.charAt(at);
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (c == '\\' && quote != '\'' && at + 1 < to) {
        at++;
        word.append(line.charAt(at));
      } else if (c != '\\' || quote == '\'') {
        word.append(c);
      }
    }
    return word.toString();
  }

  /** {@code text} fit for a message: printable, at most {@value #SHOWN} characters. */
  public static String show(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i == SHOWN) {
        return out.append("...").toString();
      }
      char c = text.charAt(i);
      out.append(c < ' ' || (c >= 0x7f && c < 0xa0) || Character.isSurrogate(c) ? '?' : c);
    }
    return out.toString();
  }
}
