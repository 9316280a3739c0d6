package kmemsh.learn;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import kmemsh.session.FileSteps;

/**
 * The file that keeps the answers of a learner, one a line, in the order in which they were given.
 *
 * <pre>
 *   # kmemsh scores 1
 *   2026-11-28T13:20:00Z split 5
 * </pre>
 *
 * An answer is on the disk before its verdict is shown. A line is only added, never changed, so two
 * sessions can share the file, and a crash can at most leave a last line without its end, which is
 * cut off when the next answer comes. A file that holds anything else is kept aside.
 */
public final class ScoreFile {
  private static final String NAME = "# kmemsh scores ";
  private static final String HEAD = NAME + "1";

  private final Path file;
  private final Memory memory = new Memory();
  private String trouble = "";
  private boolean readOnly;

  /** Reads {@code file}, which may be missing. */
  public ScoreFile(Path file) {
    this.file = file;
    try {
      if (Files.exists(file)) {
        read(Files.readString(file, StandardCharsets.UTF_8));
      }
    } catch (IOException unreadable) {
      trouble = file + " cannot be read, so nothing is remembered: " + unreadable.getMessage();
      readOnly = true;
    }
  }

  public Memory memory() {
    return memory;
  }

  /** What the learner should know about the file, or empty. */
  public String trouble() {
    return trouble;
  }

  /** Whether answers are kept. */
  public boolean keeps() {
    return !readOnly;
  }

  private void read(String text) throws IOException {
    int whole = text.lastIndexOf('\n') + 1;
    String[] lines = text.substring(0, whole).split("\n", -1);
    if (whole > 0 && lines[0].startsWith(NAME) && !lines[0].equals(HEAD)) {
      trouble = file + " is from another version of kmemsh: it is left alone, nothing is kept";
      readOnly = true;
      return;
    }
    int bad = whole > 0 && lines[0].equals(HEAD) || text.isEmpty() ? 0 : 1;
    for (int i = 1; i < lines.length - 1; i++) {
      Review review = parse(lines[i]);
      if (review == null) {
        bad++;
      } else {
        memory.add(review);
      }
    }
    if (bad > 0 && HEAD.startsWith(text)) {
      // Only the head was begun when the session that made the file was killed.
      return;
    }
    if (bad > 0) {
      keepAside(bad);
    }
  }

  /** Moves a damaged file away and writes what can be read of it anew. */
  private void keepAside(int bad) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    for (int i = 2; Files.exists(aside); i++) {
      aside = file.resolveSibling(file.getFileName() + ".damaged-" + i);
    }
    Files.copy(file, aside);
    FileSteps.step();
    StringBuilder good = new StringBuilder(HEAD).append('\n');
    for (Review review : memory.reviews()) {
      good.append(line(review));
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    write(next, good.toString());
    FileSteps.step();
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    trouble =
        file
            + " was damaged ("
            + bad
            + (bad == 1 ? " line" : " lines")
            + "): it is kept as "
            + aside.getFileName()
            + ", the "
            + memory.reviews().size()
            + " answers that could be read are in the new one";
  }

  private static void write(Path file, String text) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(0);
      FileSteps.write(out, text.getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
  }

  private static Review parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3 || words[1].isEmpty() || words[2].length() != 1) {
      return null;
    }
    int grade = words[2].charAt(0) - '0';
    try {
      return grade < Review.WORST || grade > Review.BEST
          ? null
          : new Review(Instant.parse(words[0]), words[1], grade);
    } catch (DateTimeParseException bad) {
      return null;
    }
  }

  private static String line(Review review) {
    return review.at() + " " + review.item() + " " + review.grade() + "\n";
  }

  /**
   * Remembers an answer; it is on the disk when this returns.
   *
   * @throws IOException when it cannot be written; it is remembered until the session ends then
   */
  public void append(Review review) throws IOException {
    memory.add(review);
    if (readOnly) {
      return;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
        FileLock lock = out.getChannel().lock()) {
      assert lock.isValid();
      long end = endOfWholeLines(out);
      out.setLength(end);
      FileSteps.step();
      out.seek(end);
      String text = (end == 0 ? HEAD + "\n" : "") + line(review);
      FileSteps.write(out, text.getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
  }

  private static long endOfWholeLines(RandomAccessFile out) throws IOException {
    long end = out.length();
    while (end > 0) {
      out.seek(end - 1);
      if (out.read() == '\n') {
        return end;
      }
      end--;
    }
    return 0;
  }
}
