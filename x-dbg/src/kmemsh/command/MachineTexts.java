package kmemsh.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import kmemsh.lang.Words;
import kmemsh.machine.BadProfile;
import kmemsh.machine.Profiles;
import kmemsh.session.SessionFile;

/** Reads machine files. */
public final class MachineTexts {
  private static final int MAX_FILE_BYTES = 1 << 20;

  private MachineTexts() {}

  /**
   * The text of a machine file; empty for a built-in machine.
   *
   * @throws BadProfile when there is no such file
   */
  public static String read(String name) {
    if (Profiles.isBuiltIn(name)) {
      return "";
    }
    try {
      Path file = Path.of(name);
      if (Files.isRegularFile(file) && Files.size(file) <= MAX_FILE_BYTES) {
        return Files.readString(file);
      }
      throw new BadProfile(
          Words.show(name) + " is no machine: it is i386, x86_64 or a file with settings");
    } catch (IOException failure) {
      throw new BadProfile(
          Words.show(name) + " cannot be read as a machine: " + SessionFile.reason(failure));
    } catch (InvalidPathException bad) {
      throw new BadProfile(Words.show(name) + " is no name of a file");
    }
  }
}
