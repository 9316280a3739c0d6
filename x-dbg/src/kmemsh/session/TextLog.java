package kmemsh.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts by number, in few large arrays: millions of small strings would keep the collector busy.
 *
 * <pre>
 *   chunks  [nrChunks][..]  UTF-8; a text lies in one chunk
 *   places  [size]          chunk of a text (high 32 bits) and its first byte there
 *   ends    [size]          one past its last byte
 * </pre>
 */
final class TextLog {
  private static final int CHUNK_BYTES = 1 << 18;
  private static final int FIRST_BYTES = 1 << 10;

  private byte[][] chunks = {new byte[FIRST_BYTES]};
  private int chunk;
  private int used;
  private long[] places = new long[64];
  private int[] ends = new int[64];
  private int size;

  /** Keeps {@code text[start, end)}. */
  void add(String text, int start, int end) {
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    reserve(end - start);
    byte[] bytes = chunks[chunk];
    int to = used;
    int any = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      any |= c;
      bytes[to++] = (byte) c;
    }
    if (any >= 0x80) {
      byte[] encoded = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
      reserve(encoded.length);
      System.arraycopy(encoded, 0, chunks[chunk], used, encoded.length);
      to = used + encoded.length;
    }
    places[size] = (long) chunk << 32 | used;
    ends[size++] = to;
    used = to;
  }

  /** Makes room for {@code bytes} in the present chunk or begins one with such room. */
  private void reserve(int bytes) {
    if (chunks[chunk].length - used >= bytes) {
      return;
    }
    if (chunk + 1 == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * chunks.length);
    }
    chunks[++chunk] = new byte[Math.max(CHUNK_BYTES, bytes)];
    used = 0;
  }

  String get(int i) {
    int start = (int) places[i];
    byte[] bytes = chunks[(int) (places[i] >>> 32)];
    return new String(bytes, start, ends[i] - start, StandardCharsets.UTF_8);
  }

  /** Forgets the texts from {@code newSize} on. */
  void cut(int newSize) {
    if (newSize < size) {
      int kept = (int) (places[newSize] >>> 32);
      Arrays.fill(chunks, kept + 1, chunk + 1, null);
      chunk = kept;
      used = (int) places[newSize];
      size = newSize;
    }
  }
}
