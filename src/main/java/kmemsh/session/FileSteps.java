package kmemsh.session;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Writes to files that must survive the death of the process. With {@code -Dkmemsh.haltAtStep=N}
 * the process dies at step N, so that it can be tried what is left then; a write is two steps, of
 * half of its bytes each.
 */
public final class FileSteps {
  private static final int HALT_AT = Integer.getInteger("kmemsh.haltAtStep", 0);
  private static final int KILLED = 137;

  private static int done;

  private FileSteps() {}

  /** Writes {@code bytes} where the file stands. */
  public static void write(RandomAccessFile out, byte[] bytes) throws IOException {
    if (HALT_AT == 0) {
      out.write(bytes);
      return;
    }
    int half = bytes.length / 2;
    out.write(bytes, 0, half);
    step();
    out.write(bytes, half, bytes.length - half);
    step();
  }

  /** Something else was done to a file that death could come behind. */
  public static void step() {
    if (HALT_AT > 0 && ++done == HALT_AT) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
