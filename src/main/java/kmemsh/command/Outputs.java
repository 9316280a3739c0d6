package kmemsh.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.session.SessionFile;

/** Files that commands write for people: all of it is there, or what was there before. */
final class Outputs {
  private Outputs() {}

  /**
   * Writes {@code text}.
   *
   * @throws Refused when it cannot be written; the file is as before then
   */
  static void write(String name, String text) {
    try {
      Path file = Path.of(name);
      if (Files.isDirectory(file)) {
        throw new Refused(Words.show(name) + " is a directory: the name of a file is needed");
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.write(file, bytes);
        return;
      }
      replace(file, bytes);
    } catch (IOException failure) {
      throw new Refused(Words.show(name) + " cannot be written: " + SessionFile.reason(failure));
    } catch (IllegalArgumentException badName) {
      throw new Refused(Words.show(name) + " is no name of a file");
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path whole = target.resolveSibling(".kmemsh-" + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.write(whole, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(
          whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
