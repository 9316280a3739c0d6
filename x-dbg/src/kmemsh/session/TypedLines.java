package kmemsh.session;

import java.util.Arrays;
import java.util.List;

/** The lines that were typed, or read from a script, the first {@value #MOST} of them. */
public final class TypedLines {
  /** So many are kept; later ones are only counted. */
  public static final int MOST = 10_000;

  private String[] lines = new String[16];
  private int size;
  private long count;

  /** Keeps a line. */
  public void add(String line) {
    count++;
    if (size == MOST) {
      return;
    }
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, Math.min(MOST, 2 * size));
    }
    lines[size++] = line;
  }

  /** The lines that are kept, the first typed first. */
  public List<String> list() {
    return Arrays.asList(Arrays.copyOf(lines, size));
  }

  /** How many there were in all. */
  public long count() {
    return count;
  }
}
