package kmemsh.capture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The words and numbers of a recording, straight from its bytes, plain or gzip. A line may have any
 * length, since nothing of it is kept.
 *
 * <p>Every method either reads what its name says or throws {@link BadRecording} with the line.
 */
final class RecordingInput implements AutoCloseable {
  /** What {@link #peek} gives behind the last byte. */
  static final int END = -1;

  /** Entries a list may have: four times the pages of the largest recorded machine. */
  static final int MAX_LIST = 1 << 24;

  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_BYTES = 1 << PAGE_SHIFT;
  private static final long ZERO_SIZE_PTR = 16;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SHOWN_CHARS = 40;
  private static final int KNOWN_WORDS = 256;

  private final String name;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int pos;
  private int limit;
  private long line = 1;

  /** Words that came before, by their hash. */
  private final String[] words = new String[KNOWN_WORDS];

  private int[] list = new int[256];
  private int listSize;

  private RecordingInput(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  static RecordingInput open(Path file) throws BadRecording {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new BadRecording(name, 0, "is a directory, a recording is a file");
    }
    if (!Files.exists(file)) {
      throw new BadRecording(name, 0, "there is no such file");
    }
    if (!Files.isReadable(file)) {
      throw new BadRecording(name, 0, "may not be read");
    }
    try {
      // Not Files.newInputStream: that one cannot read a pipe.
      RecordingInput input = open(name, new FileInputStream(file.toFile()));
      return input.in instanceof GZIPInputStream
          ? new RecordingInput(name, new ReadAhead(input.in))
          : input;
    } catch (IOException e) {
      throw new BadRecording(name, 0, "cannot be read: " + reason(e));
    }
  }

  /** Reads {@code in}, which is closed with this; {@code name} is for messages. */
  static RecordingInput open(String name, InputStream in) throws BadRecording {
    try {
      BufferedInputStream bytes = new BufferedInputStream(in, BUFFER_BYTES);
      bytes.mark(2);
      boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
      bytes.reset();
      return new RecordingInput(name, gzip ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes);
    } catch (IOException e) {
      BadRecording bad = new BadRecording(name, 0, "cannot be read: " + reason(e));
      try {
        in.close();
      } catch (IOException closing) {
        bad.addSuppressed(closing);
      }
      throw bad;
    }
  }

  String name() {
    return name;
  }

  /** The line the next byte is on, from 1. */
  long line() {
    return line;
  }

  /** The next byte as 0..255, not yet taken, or {@link #END}. */
  int peek() throws BadRecording {
    return pos < limit || fill() ? buffer[pos] & 0xff : END;
  }

  private void skip() {
    pos++;
  }

  private boolean fill() throws BadRecording {
    try {
      int got = in.read(buffer, 0, BUFFER_BYTES);
      pos = 0;
      limit = Math.max(got, 0);
      return got > 0;
    } catch (EOFException e) {
      throw bad("the gzip data is cut short");
    } catch (ZipException e) {
      throw bad("the gzip data is corrupt: " + reason(e));
    } catch (IOException e) {
      throw bad("cannot be read: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  boolean atLineEnd() throws BadRecording {
    int c = peek();
    return c == '\n' || c == END;
  }

  /** Takes the blank between two words. */
  void blank() throws BadRecording {
    if (peek() != ' ') {
      throw unexpected("a blank");
    }
    skip();
  }

  /** Takes a blank if one is next. */
  private boolean maybeBlank() throws BadRecording {
    if (peek() != ' ') {
      return false;
    }
    skip();
    return true;
  }

  /** Takes {@code c}. */
  void expect(char c) throws BadRecording {
    if (peek() != c) {
      throw unexpected("'" + c + "'");
    }
    skip();
  }

  /** Takes the end of the line; the last line of a file must have one too. */
  void endLine() throws BadRecording {
    if (peek() != '\n') {
      throw unexpected("the end of the line");
    }
    skip();
    line++;
  }

  /** Passes over the rest of the line. */
  void skipLine() throws BadRecording {
    while (true) {
      byte[] bytes = buffer;
      int end = limit;
      int at = pos;
      while (at < end && bytes[at] != '\n') {
        at++;
      }
      pos = at;
      if (at < end) {
        skip();
        line++;
        return;
      }
      if (!fill()) {
        throw cutShort();
      }
    }
  }

  /** The rest of the line, at most {@code maxChars} bytes of it, without its end. */
  String restOfLine(int maxChars) throws BadRecording {
    StringBuilder text = new StringBuilder();
    int c = peek();
    while (c != '\n' && c != END) {
      if (text.length() == maxChars) {
        throw bad(text.substring(0, SHOWN_CHARS) + "... is too long, at most " + maxChars);
      }
      text.append((char) c);
      skip();
      c = peek();
    }
    endLine();
    return text.toString();
  }

  /** The first word of the next line that is no comment. */
  String tag(int maxChars) throws BadRecording {
    skipComments();
    return word(maxChars);
  }

  /** Passes over lines that begin with {@code #}; a line begins here. */
  void skipComments() throws BadRecording {
    while (peek() == '#') {
      skipLine();
    }
  }

  /** The word that comes next, up to a blank or the end of the line. */
  String word(int maxChars) throws BadRecording {
    int end = pos;
    while (end < limit && buffer[end] != ' ' && buffer[end] != '\n') {
      end++;
    }
    return end < limit && end - pos <= maxChars ? known(end) : wordAtEdge(maxChars);
  }

  /** The bytes up to {@code end}, which are taken; mostly a word that came before. */
  private String known(int end) {
    int hash = 0;
    for (int at = pos; at < end; at++) {
      hash = hash * 31 + (buffer[at] & 0xff);
    }
    int slot = (hash ^ hash >>> 8) & (KNOWN_WORDS - 1);
    String word = words[slot];
    if (word == null || word.hashCode() != hash || !isNext(word, end)) {
      word = new String(buffer, pos, end - pos, StandardCharsets.ISO_8859_1);
      words[slot] = word;
    }
    pos = end;
    return word;
  }

  private boolean isNext(String word, int end) {
    int at = pos;
    int length = word.length();
    if (length != end - at) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word.charAt(i) != (buffer[at + i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** A word that goes on in the next buffer, or is too long. */
  private String wordAtEdge(int maxChars) throws BadRecording {
    StringBuilder text = new StringBuilder();
    int c = peek();
    while (c != ' ' && c != '\n' && c != END) {
      if (text.length() == maxChars) {
        throw bad(shown(text) + "... is too long a word, at most " + maxChars + " bytes");
      }
      text.append((char) c);
      skip();
      c = peek();
    }
    return text.toString();
  }

  /** The word that comes next, up to a comma, a blank or the end of the line. */
  String untilComma(int maxChars) throws BadRecording {
    StringBuilder text = new StringBuilder();
    int c = peek();
    while (c != ',' && c != ' ' && c != '\n' && c != END) {
      if (text.length() == maxChars) {
        throw bad(shown(text) + "... is too long a value, at most " + maxChars + " bytes");
      }
      text.append((char) c);
      skip();
      c = peek();
    }
    return text.toString();
  }

  /** A number from 0 to {@code max}, which is at most 2^59. */
  long decimal(long max) throws BadRecording {
    long value = 0;
    int digits = 0;
    do {
      byte[] bytes = buffer;
      int end = limit;
      int at = pos;
      int digit = at < end ? bytes[at] - '0' : -1;
      while (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
        at++;
        if (value > max) {
          pos = at;
          throw bad(value + remainder() + " is not a number from 0 to " + max);
        }
        digit = at < end ? bytes[at] - '0' : -1;
      }
      pos = at;
    } while (pos == limit && fill());
    if (digits == 0) {
      throw unexpected("a number from 0 to " + max);
    }
    return value;
  }

  int number(int max) throws BadRecording {
    return (int) decimal(max);
  }

  /** A number that may have a minus sign, of a size up to {@code max}. */
  long signed(long max) throws BadRecording {
    if (peek() == '-') {
      skip();
      return -decimal(max);
    }
    return decimal(max);
  }

  /** A number from 0 to {@code max}, or -1 for the single '-' that stands for NULL. */
  int numberOrNull(int max) throws BadRecording {
    if (peek() == '-') {
      skip();
      return -1;
    }
    return (int) decimal(max);
  }

  /** Up to sixteen hex digits. */
  long hex() throws BadRecording {
    long value = 0;
    int digits = 0;
    while (pos < limit || fill()) {
      int digit = hexDigit(buffer[pos]);
      if (digit < 0) {
        break;
      }
      if (++digits > 16) {
        throw bad(Long.toHexString(value) + remainder() + " has more than 16 hex digits");
      }
      value = value << 4 | digit;
      skip();
    }
    if (digits == 0) {
      throw unexpected("a hexadecimal number");
    }
    return value;
  }

  /** A hexadecimal number of at most 31 bits: gfp masks and flags. */
  int mask() throws BadRecording {
    long value = hex();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw bad(Long.toHexString(value) + " is not a mask of at most 31 bits");
    }
    return (int) value;
  }

  private static int hexDigit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  /** Takes {@code name=} and gives the {@link #keyOf hash} of the name. */
  int key() throws BadRecording {
    int hash = 0;
    int c = peek();
    while (c != '=') {
      if (c == ' ' || c == '\n' || c == END) {
        throw unexpected("'='");
      }
      hash = hash * 31 + c;
      skip();
      c = peek();
    }
    skip();
    return hash;
  }

  /** Takes {@code name=} and gives the name, of at most {@code maxChars} bytes. */
  String keyText(int maxChars) throws BadRecording {
    int end = pos;
    while (end < limit && buffer[end] != '=' && buffer[end] != ' ' && buffer[end] != '\n') {
      end++;
    }
    if (end < limit && buffer[end] == '=' && end - pos <= maxChars) {
      String key = known(end);
      skip();
      return key;
    }
    return keyAtEdge(maxChars);
  }

  private String keyAtEdge(int maxChars) throws BadRecording {
    StringBuilder text = new StringBuilder();
    int c = peek();
    while (c != '=') {
      if (c == ' ' || c == '\n' || c == END || text.length() == maxChars) {
        throw unexpected("'='");
      }
      text.append((char) c);
      skip();
      c = peek();
    }
    skip();
    return text.toString();
  }

  /** What {@link #key} gives for {@code name}; no two names of the format have the same. */
  static int keyOf(String name) {
    return name.hashCode();
  }

  /**
   * Reads the rest of the line, which is empty or a blank and runs, into {@link #list}. Each number
   * is from {@code min} to {@code max}, and there are {@code maxSize} at most.
   */
  void runs(int min, int max, int maxSize) throws BadRecording {
    listSize = 0;
    while (maybeBlank()) {
      if (atLineEnd()) {
        break;
      }
      run(min, max, Math.min(maxSize, MAX_LIST));
    }
    endLine();
  }

  /**
   * Reads runs up to {@code stop}, which stands behind a blank, into {@link #list}; the blank
   * before each number is taken too.
   */
  void runsBefore(char stop, int min, int max, int maxSize) throws BadRecording {
    listSize = 0;
    while (true) {
      blank();
      if (peek() == stop) {
        skip();
        return;
      }
      run(min, max, Math.min(maxSize, MAX_LIST));
    }
  }

  /**
   * An address as {@code pfn:offset}, {@code -} for NULL or {@code Z} for ZERO_SIZE_PTR, as a
   * physical byte address: 0 for NULL, 16 for ZERO_SIZE_PTR.
   */
  long address(int lastPfn) throws BadRecording {
    int c = peek();
    if (c == '-' || c == 'Z') {
      skip();
      return c == '-' ? 0 : ZERO_SIZE_PTR;
    }
    long pfn = number(lastPfn);
    expect(':');
    return pfn << PAGE_SHIFT | number(PAGE_BYTES - 1);
  }

  private void run(int min, int max, int maxSize) throws BadRecording {
    int first = number(max);
    int sign = peek();
    int step = 0;
    int count = 1;
    if (sign == '+' || sign == '-') {
      skip();
      step = sign == '+' ? number(max) : -number(max);
      expect('*');
      count = number(MAX_LIST);
    }
    if (count > maxSize - listSize) {
      throw bad("the list has more entries than the " + maxSize + " that are possible");
    }
    long last = first + (long) step * (count - 1);
    if (count == 0 || first < min || last < min || last > max) {
      throw bad("the run of " + count + " from " + first + " leaves " + min + ".." + max);
    }
    if (listSize + count > list.length) {
      list = Arrays.copyOf(list, Math.max(list.length * 2, listSize + count));
    }
    int value = first;
    for (int i = 0; i < count; i++) {
      list[listSize++] = value;
      value += step;
    }
  }

  /** The numbers of the last {@link #runs}; valid until the next. */
  int[] list() {
    return list;
  }

  int listSize() {
    return listSize;
  }

  int[] copyOfList() {
    return Arrays.copyOf(list, listSize);
  }

  BadRecording bad(String what) {
    return new BadRecording(name, line, what);
  }

  BadRecording cutShort() {
    return bad("the file ends without a line EOF: it is cut short");
  }

  /** The complaint that something other than {@code wanted} comes next. */
  BadRecording unexpected(String wanted) throws BadRecording {
    int c = peek();
    if (c == END) {
      return cutShort();
    }
    if (c == '\n') {
      return bad("the line ends where " + wanted + " should be");
    }
    String found = c == ' ' ? "a blank" : remainder();
    return bad(found + " stands where " + wanted + " should be");
  }

  /** The rest of the word, shortened, with bytes that do not print as '?'. */
  private String remainder() throws BadRecording {
    StringBuilder text = new StringBuilder();
    int c = peek();
    while (c != ' ' && c != '\n' && c != END && text.length() < SHOWN_CHARS) {
      text.append(c > ' ' && c < 0x7f ? (char) c : '?');
      skip();
      c = peek();
    }
    return text.length() < SHOWN_CHARS ? text.toString() : text + "...";
  }

  /** {@code text} as a message may show it. */
  static String shown(CharSequence text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < SHOWN_CHARS; i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return text.length() <= SHOWN_CHARS ? out.toString() : out + "...";
  }

  @Override
  public void close() throws BadRecording {
    try {
      in.close();
    } catch (IOException e) {
      throw bad("cannot be closed: " + reason(e));
    }
  }
}
