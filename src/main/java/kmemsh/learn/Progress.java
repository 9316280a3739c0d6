package kmemsh.learn;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import kmemsh.session.FileSteps;

/**
 * Where a learner is in the tour: the chapter and what was typed in it, so that resuming types it
 * again.
 *
 * <pre>
 *   # kmemsh tour 1
 *   3
 *   alloc_pages 3
 * </pre>
 *
 * A new chapter replaces the file at once; each line of a chapter is added to it. A last line
 * without its end was cut by a crash and does not count. A file that holds anything else is kept
 * aside.
 */
public final class Progress {
  private static final String HEAD = "# kmemsh tour 1";

  private final Path file;
  private final List<String> lines = new ArrayList<>();
  private int chapter;
  private String trouble = "";

  /** Reads {@code file}, which may be missing. */
  public Progress(Path file) {
    this.file = file;
    try {
      if (Files.exists(file) && !read(Files.readString(file, StandardCharsets.UTF_8))) {
        keepAside();
      }
    } catch (CharacterCodingException binary) {
      keepAside();
    } catch (IOException unreadable) {
      trouble = file + " cannot be read, so the tour begins anew: " + unreadable.getMessage();
    }
  }

  /** Whether it is the file of a tour. */
  private boolean read(String text) {
    String[] all = text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1);
    if (all.length < 3 || !all[0].equals(HEAD) || !all[1].matches("[0-9]{1,3}")) {
      return false;
    }
    int n = Integer.parseInt(all[1]);
    if (n > Tour.nrChapters() + 1) {
      return false;
    }
    chapter = n;
    lines.addAll(List.of(all).subList(2, all.length - 1));
    return true;
  }

  private void keepAside() {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    for (int i = 2; Files.exists(aside); i++) {
      aside = file.resolveSibling(file.getFileName() + ".damaged-" + i);
    }
    trouble =
        file + " was damaged: it is kept as " + aside.getFileName() + ", the tour begins anew";
    try {
      Files.move(file, aside);
    } catch (IOException stays) {
      trouble = file + " is damaged and cannot be moved away: " + stays.getMessage();
    }
  }

  /** What the learner should know about the file, or empty. */
  public String trouble() {
    return trouble;
  }

  /** The chapter begun last; 0: none, one more than there are: the tour is done. */
  public int chapter() {
    return chapter;
  }

  /** What was typed in it. */
  public List<String> lines() {
    return lines;
  }

  /** Begins a chapter; what was typed before is forgotten. */
  public void begin(int n) throws IOException {
    chapter = n;
    lines.clear();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (RandomAccessFile out = new RandomAccessFile(next.toFile(), "rw")) {
      out.setLength(0);
      FileSteps.write(out, (HEAD + "\n" + n + "\n").getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
    FileSteps.step();
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Adds a line of the present chapter. */
  public void add(String line) throws IOException {
    lines.add(line);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      long end = out.length();
      while (end > 0 && !endsLine(out, end)) {
        end--;
      }
      out.setLength(end);
      FileSteps.step();
      out.seek(end);
      FileSteps.write(out, (line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static boolean endsLine(RandomAccessFile out, long end) throws IOException {
    out.seek(end - 1);
    return out.read() == '\n';
  }
}
