package kmemsh.shell;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kmemsh.command.Interpreter;
import kmemsh.session.FileSteps;

/**
 * The file that holds what an interactive session did, so that it survives the process.
 *
 * <pre>
 *   # kmemsh journal 1
 *   # option: --mem=64M
 *   alloc_pages 3
 *   for p in $2: free_pages $p
 *   # stopped after 17
 * </pre>
 *
 * Each line that changed something is there, whole, before its answer is shown. One that was
 * stopped is followed by the number of commands it got through. The file is locked as long as its
 * session lives and goes when the session ends in good order, so an unlocked one belongs to a dead
 * session.
 */
final class Journal implements AutoCloseable {
  private static final String HEAD = "# kmemsh journal 1";
  private static final String OPTION = "# option: ";
  private static final String STOPPED = "# stopped after ";
  private static final String PREFIX = "journal-";
  private static final int MAX_DEAD = 10;
  private static final Duration KEPT = Duration.ofDays(7);

  private final Path file;

  /** No channel, because an interrupt, as Ctrl-C makes, closes a channel that is being written. */
  private final RandomAccessFile out;

  private Journal(Path file, RandomAccessFile out) {
    this.file = file;
    this.out = out;
  }

  /** What a dead session left behind. */
  static final class Dead {
    final Path file;

    /** The options its machine was started with, each {@code --name=value}. */
    final List<String> options = new ArrayList<>();

    /** Its lines, in order; one may hold newlines. */
    final List<String> lines = new ArrayList<>();

    /** For each line after how many commands it was stopped, or -1. */
    final List<Integer> stops = new ArrayList<>();

    /** Whether the last line was only half written and is not among the lines. */
    boolean torn;

    Dead(Path file) {
      this.file = file;
    }
  }

  /**
   * Starts the journal of this process.
   *
   * @param options the options its machine was started with, each {@code --name=value}
   */
  static Journal create(Path directory, List<String> options) throws IOException {
    StateFiles.makeDirectory(directory);
    thinOut(directory);
    Path file = directory.resolve(PREFIX + ProcessHandle.current().pid());
    Files.deleteIfExists(file);
    StateFiles.makeFile(file);
    Journal journal = new Journal(file, lock(file));
    journal.append(HEAD);
    for (String option : options) {
      journal.append(OPTION + option);
    }
    return journal;
  }

  /** Goes on with the journal of a dead session, without what was half written in it. */
  static Journal takeOver(Dead dead) throws IOException {
    Path file = dead.file.resolveSibling(PREFIX + ProcessHandle.current().pid());
    String text = Files.readString(dead.file, StandardCharsets.UTF_8);
    if (!file.equals(dead.file)) {
      Files.move(dead.file, file);
    }
    RandomAccessFile out = lock(file);
    int whole = text.lastIndexOf('\n') + 1;
    out.setLength(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
    out.seek(out.length());
    return new Journal(file, out);
  }

  private static RandomAccessFile lock(Path file) throws IOException {
    RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
    if (out.getChannel().tryLock() == null) {
      out.close();
      throw new IOException(file + " belongs to another session");
    }
    out.seek(out.length());
    return out;
  }

  /** Writes a line that changed something. */
  void append(String line) throws IOException {
    FileSteps.write(out, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Says that the line written last was stopped after {@code count} commands. */
  void stopped(int count) throws IOException {
    append(STOPPED + count);
  }

  Path file() {
    return file;
  }

  /** Ends the session in good order: there is nothing to resume. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    out.close();
  }

  /** The journals of dead sessions, the newest first. */
  static List<Path> dead(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return files;
    }
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        if (file.getFileName().toString().startsWith(PREFIX) && !isLocked(file)) {
          files.add(file);
        }
      }
    }
    files.sort(Comparator.comparing(Journal::modified).reversed());
    return files;
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private static boolean isLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (IOException | OverlappingFileLockException ours) {
      return true;
    }
  }

  /** Keeps the newest journals of dead sessions, none older than {@link #KEPT}. */
  private static void thinOut(Path directory) throws IOException {
    FileTime oldest = FileTime.from(Instant.now().minus(KEPT));
    List<Path> dead = dead(directory);
    for (int i = 0; i < dead.size(); i++) {
      if (i >= MAX_DEAD || modified(dead.get(i)).compareTo(oldest) < 0) {
        Files.deleteIfExists(dead.get(i));
      }
    }
  }

  /**
   * Reads a journal.
   *
   * @throws IOException when it is none, or of another version
   */
  static Dead read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    if (!text.startsWith(HEAD + "\n")) {
      throw new IOException(file + " is no journal of this version of kmemsh");
    }
    Dead dead = new Dead(file);
    int whole = text.lastIndexOf('\n') + 1;
    dead.torn = whole < text.length();
    StringBuilder begun = new StringBuilder();
    for (String line : text.substring(HEAD.length() + 1, whole).split("\n", -1)) {
      readLine(dead, line, begun);
    }
    return dead;
  }

  private static void readLine(Dead dead, String line, StringBuilder begun) {
    if (begun.length() == 0 && line.startsWith(OPTION)) {
      dead.options.add(line.substring(OPTION.length()));
    } else if (begun.length() == 0 && line.startsWith(STOPPED) && !dead.stops.isEmpty()) {
      dead.stops.set(dead.stops.size() - 1, Integer.parseInt(line.substring(STOPPED.length())));
    } else if (begun.length() > 0 || !line.isEmpty()) {
      begun.append(begun.length() == 0 ? "" : "\n").append(line);
      if (!Interpreter.incomplete(begun.toString())) {
        dead.lines.add(begun.toString());
        dead.stops.add(-1);
        begun.setLength(0);
      }
    }
  }
}
