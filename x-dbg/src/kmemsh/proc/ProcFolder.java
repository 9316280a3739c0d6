package kmemsh.proc;

import java.util.List;
import kmemsh.view.ProcSnapshots;

/**
 * A part of the simulated tree: a directory and all that is below it. Files are made when asked
 * for.
 */
abstract class ProcFolder {
  private final String path;

  /**
   * @param path absolute, without a slash at its end
   */
  ProcFolder(String path) {
    this.path = path;
  }

  final String path() {
    return path;
  }

  /** Whether a machine like this one has the directory. */
  boolean exists(ProcSnapshots machine) {
    return true;
  }

  /** The files on this machine by their paths from here, in any order: {@code kmalloc-8/order}. */
  abstract List<String> names(ProcSnapshots machine);

  /** The file with this path from here, or null when there is none on any machine. */
  abstract ProcFile file(String name);

  /** The file with this path from here, or null when this machine has none. */
  ProcFile find(String name, ProcSnapshots machine) {
    ProcFile file = file(name);
    return file != null && names(machine).contains(name) ? file : null;
  }
}
