package kmemsh.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The files of a jar that is an uncompressed entry of another one, which Java itself cannot open.
 * An index in front of it spares reading its whole directory.
 *
 * <pre>
 *   local header of an entry, with its size at 22 and the sizes of name and extra at 26 and 28
 *   the index: hash code of a path, place of its entry in the directory; by ascending code
 *   local header of the jar
 *   the jar:  files ... | directory | ...
 *   a file of the directory:  method at 10, packed size 20, size 24, length of the name at 28,
 *                             place of its local header 42, name 46
 * </pre>
 */
final class JarContents {
  private static final int LOCAL_HEADER = 30;
  private static final int DIRECTORY_HEADER = 46;
  private static final int ROW_SHIFT = 3;

  private final RandomAccessFile file;
  private final byte[] index;

  /** Where the inner jar begins. */
  private final long start;

  /** The jar behind the index whose entry begins at {@code entry}. */
  JarContents(String name, long entry) throws IOException {
    file = new RandomAccessFile(name, "r");
    byte[] header = read(entry, LOCAL_HEADER);
    long begin = behind(entry, header);
    index = read(begin, fourBytes(header, 22));
    long jar = begin + index.length;
    start = behind(jar, read(jar, LOCAL_HEADER));
  }

  /** Where the bytes of a file begin whose local header is at {@code local}. */
  private static long behind(long local, byte[] header) {
    return local + LOCAL_HEADER + twoBytes(header, 26) + twoBytes(header, 28);
  }

  /** The file with that path, or null. */
  byte[] bytes(String path) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    int hash = path.hashCode();
    for (int row = firstRow(hash); row < index.length && fourBytes(index, row) == hash; row += 8) {
      byte[] entry = read(start + fourBytes(index, row + 4), DIRECTORY_HEADER + name.length);
      if (isNamed(entry, name)) {
        return contents(entry);
      }
    }
    return null;
  }

  /** Where the first row with that code or a higher one begins. */
  private int firstRow(int hash) {
    int low = 0;
    int high = index.length >> ROW_SHIFT;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (fourBytes(index, middle << ROW_SHIFT) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low << ROW_SHIFT;
  }

  private static boolean isNamed(byte[] entry, byte[] name) {
    boolean same = twoBytes(entry, 28) == name.length;
    for (int i = 0; same && i < name.length; i++) {
      same = entry[DIRECTORY_HEADER + i] == name[i];
    }
    return same;
  }

  private byte[] contents(byte[] entry) throws IOException {
    long local = start + fourBytes(entry, 42);
    byte[] packed = read(behind(local, read(local, LOCAL_HEADER)), fourBytes(entry, 20));
    if (twoBytes(entry, 10) == 0) {
      return packed;
    }
    Inflater inflater = new Inflater(true);
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
      return in.readNBytes(fourBytes(entry, 24));
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
