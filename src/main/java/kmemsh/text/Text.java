package kmemsh.text;

import java.util.Arrays;

/**
 * Growing text with styled spans. A span is remembered only where the style changes, so plain
 * output is one {@link StringBuilder} and nothing else. Lines end in {@code \n}.
 */
public final class Text {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** By their number, as far as used. A string is appended in one go, also before compilation. */
  private static final String[] BLANKS = new String[81];

  /** Room for any long, with its sign and commas, and for most paddings. */
  private static final int NUMBER_CELLS = 32;

  private final StringBuilder chars;
  private final char[] numberCells = new char[NUMBER_CELLS];
  private int[] changeOffsets = new int[8];
  private Style[] changeStyles = new Style[8];
  private int nrChanges;
  private Style current = Style.PLAIN;

  public Text() {
    this(128);
  }

  /** Starts with room for {@code capacity} characters. */
  public Text(int capacity) {
    chars = new StringBuilder(capacity);
  }

  /** What is appended from now on means {@code style}. */
  public Text style(Style style) {
    if (style == current) {
      return this;
    }
    current = style;
    int offset = chars.length();
    if (nrChanges > 0 && changeOffsets[nrChanges - 1] == offset) {
      nrChanges--;
    }
    if (nrChanges == changeOffsets.length) {
      changeOffsets = Arrays.copyOf(changeOffsets, 2 * nrChanges);
      Style[] styles = new Style[2 * nrChanges];
      System.arraycopy(changeStyles, 0, styles, 0, nrChanges);
      changeStyles = styles;
    }
    changeOffsets[nrChanges] = offset;
    changeStyles[nrChanges++] = style;
    return this;
  }

  /** Appends {@code part} in {@code style} and goes on in the style before. */
  public Text add(Style style, String part) {
    Style before = current;
    return style(style).add(part).style(before);
  }

  public Text add(String part) {
    chars.append(part);
    return this;
  }

  public Text add(char c) {
    chars.append(c);
    return this;
  }

  /** Appends {@code line[start, end)}. */
  public Text add(CharSequence line, int start, int end) {
    chars.append(line.subSequence(start, end));
    return this;
  }

  /** Appends a signed decimal number. */
  public Text number(long value) {
    chars.append(value);
    return this;
  }

  /** Appends a signed decimal number, padded on the left with blanks to {@code columns}. */
  public Text number(long value, int columns) {
    return decimal(value, columns, false);
  }

  /** Appends a signed decimal number with a comma before each group of three digits. */
  public Text grouped(long value) {
    return value > -1000 && value < 1000 ? number(value) : decimal(value, 0, true);
  }

  /** Like {@link #grouped(long)}, padded on the left with blanks to {@code columns}. */
  public Text grouped(long value, int columns) {
    return decimal(value, columns, true);
  }

  /** Puts digits and blanks together first: one call of the builder, where tables need many. */
  private Text decimal(long value, int columns, boolean commas) {
    char[] cells = numberCells;
    int at = cells.length;
    long left = value;
    int nrDigits = 0;
    do {
      if (commas && nrDigits > 0 && nrDigits % 3 == 0) {
        cells[--at] = ',';
      }
      int digit = (int) (left % 10);
      cells[--at] = (char) ('0' + (digit < 0 ? -digit : digit));
      left /= 10;
      nrDigits++;
    } while (left != 0);
    if (value < 0) {
      cells[--at] = '-';
    }
    blanks(columns - cells.length);
    while (at > 0 && cells.length - at < columns) {
      cells[--at] = ' ';
    }
    chars.append(cells, at, cells.length - at);
    return this;
  }

  /** How many characters {@link #grouped(long)} takes for a number. */
  public static int groupedColumns(long value) {
    int columns = digits(value);
    return columns + (columns - (value < 0 ? 2 : 1)) / 3;
  }

  private static int digits(long value) {
    int digits = value < 0 ? 2 : 1;
    for (long left = value / 10; left != 0; left /= 10) {
      digits++;
    }
    return digits;
  }

  /** Appends {@code 0x} and the unsigned value in lower-case hex without leading zeros. */
  public Text hex(long value) {
    chars.append("0x");
    return hexDigits(value, 1);
  }

  /** Appends at least {@code digits} lower-case hex digits of the unsigned value. */
  public Text hexDigits(long value, int digits) {
    char[] cells = numberCells;
    int at = cells.length;
    long rest = value;
    do {
      cells[--at] = HEX[(int) rest & 15];
      rest >>>= 4;
    } while (rest != 0);
    repeat('0', digits - (cells.length - at));
    chars.append(cells, at, cells.length - at);
    return this;
  }

  /** Appends a number of bytes in the largest unit that divides it: {@code 32 KiB}. */
  public Text size(long bytes) {
    int shift = 0;
    if (bytes != 0) {
      shift = Math.min(4, Long.numberOfTrailingZeros(bytes) / 10);
    }
    chars.append(bytes >>> (10 * shift)).append(' ');
    if (shift > 0) {
      chars.append(" KMGT".charAt(shift)).append('i');
    }
    chars.append('B');
    return this;
  }

  /** Appends {@code part} and blanks up to {@code columns}. */
  public Text left(String part, int columns) {
    chars.append(part);
    return blanks(columns - part.length());
  }

  /** Appends blanks up to {@code columns}, then {@code part}. */
  public Text right(String part, int columns) {
    blanks(columns - part.length());
    chars.append(part);
    return this;
  }

  /** Appends {@code count} blanks; none when it is negative. */
  public Text blanks(int count) {
    if (count >= BLANKS.length) {
      return repeat(' ', count);
    }
    if (count > 0) {
      if (BLANKS[count] == null) {
        BLANKS[count] = " ".repeat(count);
      }
      chars.append(BLANKS[count]);
    }
    return this;
  }

  /** Appends {@code c}, {@code count} times; not at all when that is negative. */
  public Text repeat(char c, int count) {
    for (int i = 0; i < count; i++) {
      chars.append(c);
    }
    return this;
  }

  /** Ends the line. */
  public Text line() {
    chars.append('\n');
    return this;
  }

  /** Ends the line without the blanks at its end. */
  public Text trimmedLine() {
    int end = chars.length();
    while (end > 0 && chars.charAt(end - 1) == ' ') {
      end--;
    }
    chars.setLength(end);
    boolean cut = false;
    while (nrChanges > 0 && changeOffsets[nrChanges - 1] > end) {
      nrChanges--;
      cut = true;
    }
    if (cut) {
      Style wanted = current;
      current = nrChanges == 0 ? Style.PLAIN : changeStyles[nrChanges - 1];
      style(wanted);
    }
    return line();
  }

  /** Appends another text with its styles. */
  public Text add(Text other) {
    return add(other, 0, other.chars.length());
  }

  /** Appends a part of another text with its styles. */
  public Text add(Text other, int start, int end) {
    Style before = current;
    int from = start;
    style(Style.PLAIN);
    for (int i = 0; i < other.nrChanges && other.changeOffsets[i] < end; i++) {
      if (other.changeOffsets[i] > from) {
        add(other.chars, from, other.changeOffsets[i]);
        from = other.changeOffsets[i];
      }
      style(other.styleOf(i));
    }
    add(other.chars, from, end);
    return style(before);
  }

  /** Takes away what stands from {@code start} on, styles too; gives it as a text of its own. */
  public Text cutOff(int start) {
    Text tail = new Text(chars.length() - start);
    tail.add(this, start, chars.length());
    chars.setLength(start);
    while (nrChanges > 0 && changeOffsets[nrChanges - 1] >= start) {
      nrChanges--;
    }
    current = nrChanges == 0 ? Style.PLAIN : changeStyles[nrChanges - 1];
    style(Style.PLAIN);
    return tail;
  }

  public int length() {
    return chars.length();
  }

  /** The characters, to be written out without a copy; they change as the text grows. */
  public StringBuilder chars() {
    return chars;
  }

  /** The number of places where the style changes; 0 for plain text. */
  public int nrChanges() {
    return nrChanges;
  }

  /** The offset at which change {@code i} takes effect; before the first one text is PLAIN. */
  public int changeOffset(int i) {
    return changeOffsets[i];
  }

  /** The style from change {@code i} on. */
  public Style styleOf(int i) {
    return changeStyles[i];
  }

  /** Empties the text and keeps its room. */
  public void clear() {
    chars.setLength(0);
    nrChanges = 0;
    current = Style.PLAIN;
  }

  /** The characters without styles. */
  public String plain() {
    return chars.toString();
  }

  @Override
  public String toString() {
    return plain();
  }
}
