package kmemsh.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Reads lines of UTF-8 from a stream, as fast as the bytes can be looked at. A byte that is not
 * UTF-8 becomes U+FFFD; a carriage return before the end of a line and a byte order mark before the
 * first are dropped.
 *
 * <pre>
 *   buffer   | given out | rest of the present chunk |   free   |
 *            0          at                          end
 * </pre>
 */
final class Lines {
  /** Longer lines are left out; see {@link #tooLong}. */
  static final int MAX_LINE_BYTES = 16 << 20;

  /** Asked for by name: StandardCharsets would set up five others. */
  private static final Charset UTF_8 = Charset.forName("UTF-8");

  private static final int ROOM = 1 << 16;

  /** For the first bytes; most scripts are shorter. */
  private static final int FIRST_ROOM = 1 << 12;

  private final InputStream in;
  private final Sink out;
  private byte[] buffer = new byte[FIRST_ROOM];
  private int at;
  private int end;
  private boolean full;
  private int number;
  private boolean skipping;
  private boolean tooLong;

  /** Reads {@code in}; {@code out} is flushed before a read that may wait. */
  Lines(InputStream in, Sink out) {
    this.in = in;
    this.out = out;
  }

  /** The next line without its end, or null at the end. */
  String next() throws IOException {
    int from = at;
    while (true) {
      byte[] bytes = buffer;
      int limit = end;
      int i = from;
      while (i < limit && bytes[i] != '\n') {
        i++;
      }
      if (i < limit) {
        int start = at;
        at = i + 1;
        return line(start, i);
      }
      from = i - at;
      if (!fill()) {
        return rest();
      }
      from += at;
    }
  }

  private String line(int start, int stop) {
    number++;
    tooLong = skipping || stop - start > MAX_LINE_BYTES;
    if (tooLong) {
      skipping = false;
      return "";
    }
    int first = number == 1 ? afterMark(start, stop) : start;
    int last = stop > first && buffer[stop - 1] == '\r' ? stop - 1 : stop;
    return new String(buffer, first, last - first, UTF_8);
  }

  /** The place behind the byte order mark of UTF-8, if one stands at {@code start}. */
  private int afterMark(int start, int stop) {
    boolean marked =
        stop - start >= 3
            && buffer[start] == (byte) 0xef
            && buffer[start + 1] == (byte) 0xbb
            && buffer[start + 2] == (byte) 0xbf;
    return marked ? start + 3 : start;
  }

  private String rest() {
    if (at == end && !skipping) {
      return null;
    }
    int start = at;
    at = end;
    return line(start, end);
  }

  /** Reads more behind the begun line, which moves to the front; false at the end. */
  private boolean fill() throws IOException {
    if (end - at > MAX_LINE_BYTES) {
      skipping = true;
    }
    if (skipping) {
      at = end;
    }
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
    }
    if (full && buffer.length < ROOM || end == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(ROOM, 2 * end));
    }
    if (out.pending() && in.available() == 0) {
      out.flush();
    }
    int count = in.read(buffer, end, buffer.length - end);
    if (count > 0) {
      end += count;
      full = end == buffer.length;
    }
    return count > 0;
  }

  /** Whether the input, as far as its first chunk tells, is no text: it holds a NUL byte. */
  boolean startsBinary() throws IOException {
    if (end == 0) {
      fill();
    }
    for (int i = at; i < end; i++) {
      if (buffer[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** All of the input if it is short and has arrived, otherwise null. */
  String shortText() throws IOException {
    return end < FIRST_ROOM && in.available() == 0 ? new String(buffer, at, end - at, UTF_8) : null;
  }

  /** Whether the line given last was longer than {@link #MAX_LINE_BYTES} and has been left out. */
  boolean tooLong() {
    return tooLong;
  }

  /** The number of the line given last, from 1. */
  int number() {
    return number;
  }
}
