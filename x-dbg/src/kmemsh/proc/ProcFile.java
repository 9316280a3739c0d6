package kmemsh.proc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import kmemsh.view.ProcSnapshots;

/** One file of the simulated /proc: a pure function from snapshots to the kernel's bytes. */
public interface ProcFile {
  /** The absolute path. */
  String path();

  /** The whole text, ASCII, newline at its end; empty when it is {@link #binary}. */
  String text(ProcSnapshots machine);

  /** Whether its bytes are no text, so that only {@link #copy} gives them. */
  default boolean binary() {
    return false;
  }

  /** Writes the bytes without holding all of them. */
  default void copy(ProcSnapshots machine, OutputStream out) throws IOException {
    out.write(text(machine).getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether it can be read: some can only be written. */
  default boolean readable() {
    return true;
  }

  /** Whether reading it changes something, so that no copy of the tree has it. */
  default boolean stream() {
    return false;
  }

  /** Whether it can be written. */
  default boolean writable() {
    return false;
  }
}
