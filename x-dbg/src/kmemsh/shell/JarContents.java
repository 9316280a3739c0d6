package kmemsh.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The files of a jar that is an uncompressed entry of another one, which Java itself cannot open.
 *
 * <pre>
 *   local header of the entry, with its size at 22 and the sizes of name and extra at 26 and 28
 *   the jar:  files ... | directory | end record of 22 bytes: directory's size at 12, place at 16
 *   a file of the directory:  method at 10, packed size 20, size 24, lengths of name, extra and
 *                             comment at 28, 30, 32, place of its local header 42, name 46
 * </pre>
 */
final class JarContents {
  private static final int LOCAL_HEADER = 30;
  private static final int DIRECTORY_HEADER = 46;
  private static final int END_RECORD = 22;

  private final RandomAccessFile file;

  /** Where the inner jar begins. */
  private final long start;

  private final byte[] directory;

  /** By the path of a file its place in the directory. */
  private final Map<String, Integer> places = new HashMap<>();

  /** Reads the directory of the jar in the entry of {@code name} that begins at {@code entry}. */
  JarContents(String name, long entry) throws IOException {
    file = new RandomAccessFile(name, "r");
    byte[] header = read(entry, LOCAL_HEADER);
    start = entry + LOCAL_HEADER + twoBytes(header, 26) + twoBytes(header, 28);
    byte[] end = read(start + fourBytes(header, 22) - END_RECORD, END_RECORD);
    directory = read(start + fourBytes(end, 16), fourBytes(end, 12));
    int at = 0;
    while (at < directory.length) {
      int length = twoBytes(directory, at + 28);
      places.put(new String(directory, at + DIRECTORY_HEADER, length, StandardCharsets.UTF_8), at);
      int behind = twoBytes(directory, at + 30) + twoBytes(directory, at + 32);
      at += DIRECTORY_HEADER + length + behind;
    }
  }

  /** The file with that path, or null. */
  byte[] bytes(String path) throws IOException {
    Integer place = places.get(path);
    if (place == null) {
      return null;
    }
    int at = place;
    long local = start + fourBytes(directory, at + 42);
    byte[] header = read(local, LOCAL_HEADER);
    long data = local + LOCAL_HEADER + twoBytes(header, 26) + twoBytes(header, 28);
    byte[] packed = read(data, fourBytes(directory, at + 20));
    if (twoBytes(directory, at + 10) == 0) {
      return packed;
    }
    Inflater inflater = new Inflater(true);
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
      return in.readNBytes(fourBytes(directory, at + 24));
    } finally {
      inflater.end();
    }
  }

  private byte[] read(long from, int size) throws IOException {
    byte[] bytes = new byte[size];
    file.seek(from);
    file.readFully(bytes);
    return bytes;
  }

  private static int twoBytes(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  private static int fourBytes(byte[] bytes, int at) {
    return twoBytes(bytes, at) | twoBytes(bytes, at + 2) << 16;
  }
}
