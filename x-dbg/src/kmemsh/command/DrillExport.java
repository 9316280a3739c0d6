package kmemsh.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import kmemsh.lang.Words;
import kmemsh.learn.Learner;
import kmemsh.op.Refused;
import kmemsh.session.SessionFile;
import kmemsh.view.Exported;

/** {@code drill export [FILE]}. */
final class DrillExport {
  private static final String ANKI = ".txt";
  private static final String CSV = ".csv";

  private DrillExport() {}

  static Exported run(Learner learner, String file) {
    if (!file.isEmpty() && !file.endsWith(CSV) && !file.endsWith(ANKI)) {
      throw new Refused(
          Words.show(file)
              + " says no format: end it in .csv for scores, in .txt for Anki's notes");
    }
    String text = file.endsWith(ANKI) ? learner.anki() : learner.csv();
    int rows = (int) text.lines().filter(line -> !line.startsWith("#")).count();
    rows -= file.endsWith(ANKI) ? 0 : 1;
    if (file.isEmpty()) {
      return new Exported("", rows, text);
    }
    try {
      Files.writeString(Path.of(file), text);
      return new Exported(file, rows, "");
    } catch (IOException failure) {
      throw new Refused(Words.show(file) + " cannot be written: " + SessionFile.reason(failure));
    } catch (InvalidPathException bad) {
      throw new Refused(Words.show(file) + " is no name of a file");
    }
  }
}
