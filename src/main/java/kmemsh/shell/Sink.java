package kmemsh.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects text as UTF-8 bytes and writes them in large pieces. */
final class Sink {
  private static final int ROOM = 1 << 16;

  /** For the first bytes; most runs write no more. */
  private static final int FIRST_ROOM = 1 << 12;

  private final OutputStream out;
  private byte[] bytes = new byte[FIRST_ROOM];
  private char[] chars = new char[1 << 10];
  private int size;

  Sink(OutputStream out) {
    this.out = out;
  }

  /** Appends {@code text}; it is written when there is enough of it or at {@link #flush}. */
  void append(StringBuilder text) throws IOException {
    int length = text.length();
    int from = 0;
    while (from < length) {
      int count = Math.min(length - from, ROOM / 4);
      if (from + count < length && Character.isHighSurrogate(text.charAt(from + count - 1))) {
        count--;
      }
      appendPart(text, from, count);
      from += count;
    }
  }

  private void appendPart(StringBuilder text, int from, int count) throws IOException {
    if (chars.length < count) {
      chars = new char[Math.min(ROOM / 4, 2 * count)];
    }
    text.getChars(from, from + count, chars, 0);
    makeRoom(count);
    int any = 0;
    char[] source = chars;
    byte[] target = bytes;
    int start = size;
    for (int i = 0; i < count; i++) {
      any |= source[i];
      target[start + i] = (byte) source[i];
    }
    if (any < 0x80) {
      size = start + count;
    } else {
      appendBytes(new String(source, 0, count).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void appendBytes(byte[] encoded) throws IOException {
    makeRoom(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
  }

  private void makeRoom(int count) throws IOException {
    if (bytes.length - size < count && bytes.length < ROOM) {
      bytes = Arrays.copyOf(bytes, ROOM);
    }
    if (ROOM - size < count) {
      flush();
    }
  }

  /** Whether something waits to be written. */
  boolean pending() {
    return size > 0;
  }

  /** Writes what was appended. */
  void flush() throws IOException {
    int count = size;
    size = 0;
    out.write(bytes, 0, count);
  }
}
