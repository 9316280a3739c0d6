package kmemsh.proc;

import kmemsh.view.ProcSnapshots;

/** One file of the simulated /proc: a pure function from snapshots to the kernel's bytes. */
public interface ProcFile {
  /** The absolute path. */
  String path();

  /** The whole text, ASCII, newline at its end. */
  String text(ProcSnapshots machine);

  /** Whether a machine like this one has the file. */
  default boolean exists(ProcSnapshots machine) {
    return true;
  }

  /** Whether it can be written. */
  default boolean writable() {
    return false;
  }
}
