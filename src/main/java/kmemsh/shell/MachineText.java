package kmemsh.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kmemsh.machine.Profiles;

/** The text of the machine file that {@code --machine} names. */
final class MachineText {
  private static final long MOST_BYTES = 1 << 20;

  private MachineText() {}

  /**
   * The text of {@code machine}, empty when that is a built-in machine or none is named.
   *
   * @throws UsageError when it is neither a built-in machine nor a readable file
   */
  static String of(String machine) throws UsageError {
    if (machine.isEmpty() || machine.equals(Profiles.I386) || machine.equals(Profiles.X86_64)) {
      return "";
    }
    return read(machine);
  }

  private static String read(String machine) throws UsageError {
    String wanted = "; --machine is i386, x86_64 or a machine file";
    try {
      Path file = Path.of(machine);
      if (!Files.isRegularFile(file)) {
        throw new UsageError(machine + ": there is no such machine" + wanted);
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new UsageError(machine + " is larger than 1 MiB" + wanted);
      }
      return Files.readString(file);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new UsageError(machine + " cannot be read as text" + wanted);
    }
  }
}
