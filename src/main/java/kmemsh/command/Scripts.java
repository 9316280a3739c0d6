package kmemsh.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.session.SessionFile;

/** Files of commands. */
final class Scripts {
  private Scripts() {}

  /**
   * Opens a file of commands; bytes that are no UTF-8 become question marks.
   *
   * @throws Refused when it cannot be read
   */
  static BufferedReader open(String name) {
    try {
      Path file = Path.of(name);
      if (Files.isDirectory(file)) {
        throw new Refused(Words.show(name) + " is a directory: a file of commands is needed");
      }
      return new BufferedReader(
          new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new Refused(Words.show(name) + " cannot be read: " + SessionFile.reason(failure));
    } catch (IllegalArgumentException badName) {
      throw new Refused(Words.show(name) + " is no name of a file");
    }
  }
}
