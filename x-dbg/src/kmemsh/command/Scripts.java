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
  private static final int FIRST_CHARS = 4096;

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
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
      if (startsBinary(reader)) {
        reader.close();
        throw new Refused(Words.show(name) + " is no text: it holds a NUL byte");
      }
      return reader;
    } catch (IOException failure) {
      throw new Refused(Words.show(name) + " cannot be read: " + SessionFile.reason(failure));
    } catch (IllegalArgumentException badName) {
      throw new Refused(Words.show(name) + " is no name of a file");
    }
  }

  /** Whether the file, as far as its first characters tell, is no text; nothing is used up. */
  private static boolean startsBinary(BufferedReader reader) throws IOException {
    char[] first = new char[FIRST_CHARS];
    reader.mark(FIRST_CHARS);
    int count = reader.read(first, 0, FIRST_CHARS);
    reader.reset();
    for (int i = 0; i < count; i++) {
      if (first[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
