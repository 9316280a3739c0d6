package kmemsh.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Where kmemsh keeps what outlives a session: history and journals. */
final class StateFiles {
  private StateFiles() {}

  /** The directory {@code kmemsh} under XDG_STATE_HOME, by default {@code ~/.local/state}. */
  static Path directory(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    if (state.isEmpty()) {
      String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
      return Path.of(home, ".local", "state", "kmemsh");
    }
    return Path.of(state, "kmemsh");
  }

  /** Makes {@code directory} with mode 0700 unless it exists. */
  static void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory.getParent());
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Makes an empty file with mode 0600, or gives the mode to the one that is there. */
  static void makeFile(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } else {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }
}
