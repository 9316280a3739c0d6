package kmemsh.command;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.proc.OneMoment;
import kmemsh.proc.ProcFile;
import kmemsh.proc.ProcFiles;
import kmemsh.session.SessionFile;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.Refusal;

/**
 * Writes the simulated tree into a directory: all of it, or nothing. It is built beside the
 * directory and takes its place when it is whole. A file {@value #MARK} in it lists what was
 * written, so that the next export knows what it may replace.
 */
final class TreeExport {
  /** The file that marks a directory as made by export. */
  static final String MARK = ".kmemsh-export";

  private static final String FIRST_LINE = "# kmemsh export 1";
  private static final int BUFFER = 1 << 16;

  private final ProcSnapshots machine;
  private final boolean pages;
  private final List<String> written = new ArrayList<>();
  private final Set<Path> made = new HashSet<>();
  private long nrBytes;

  /**
   * @param pages whether the files with an entry a page are written too
   */
  TreeExport(ProcSnapshots machine, boolean pages) {
    this.machine = new OneMoment(machine);
    this.pages = pages;
  }

  long nrFiles() {
    return written.size();
  }

  long nrBytes() {
    return nrBytes;
  }

  /**
   * Writes everything.
   *
   * @throws Refused when it cannot be done; then the directory is as it was
   */
  void write(String name) {
    Path directory = target(name);
    Path whole = null;
    try {
      check(name, directory);
      whole = free(directory);
      Files.createDirectory(whole);
      fill(whole);
      replace(directory, whole);
    } catch (InterruptedIOException stopped) {
      delete(whole);
      throw new Refused("stopped: nothing was written to " + Words.show(name));
    } catch (IOException failure) {
      delete(whole);
      String reason = SessionFile.reason(failure);
      throw new Refused(Words.show(name) + " cannot be written: " + reason);
    }
  }

  private static Path target(String name) {
    try {
      Path path = Path.of(name).toAbsolutePath().normalize();
      Path real = Files.exists(path) ? path.toRealPath() : path;
      if (real.getParent() == null) {
        throw new Refused(Words.show(name) + " is the root directory: export needs one of its own");
      }
      return real;
    } catch (IOException | IllegalArgumentException bad) {
      throw new Refused(Words.show(name.replace('\0', '?')) + " is no name of a directory");
    }
  }

  /** Refuses what export must not replace. */
  private static void check(String name, Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new Refused(Words.show(name) + " is a file: export needs a directory");
    }
    List<String> present = files(directory);
    Set<String> known = known(directory);
    for (String file : present) {
      if (!known.contains(file)) {
        throw new Refused(
            new Refusal(
                Words.show(name) + " has files that export did not make, " + file + " for one",
                "",
                "export " + name + "/kmemsh"));
      }
    }
  }

  /** Files below a directory by their paths from it, without the mark of export. */
  private static List<String> files(Path directory) throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        String file = directory.relativize(path).toString();
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !file.equals(MARK)) {
          files.add(file);
        }
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
    Collections.sort(files);
    return files;
  }

  private static Set<String> known(Path directory) throws IOException {
    Path mark = directory.resolve(MARK);
    if (!Files.isRegularFile(mark)) {
      return Set.of();
    }
    List<String> lines = Files.readAllLines(mark, StandardCharsets.UTF_8);
    return lines.isEmpty() || !lines.get(0).equals(FIRST_LINE) ? Set.of() : new HashSet<>(lines);
  }

  /** A name beside the directory that nobody has. */
  private static Path free(Path directory) {
    for (int i = 0; ; i++) {
      Path path = directory.resolveSibling("." + directory.getFileName() + ".kmemsh-" + i);
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return path;
      }
    }
  }

  private void fill(Path whole) throws IOException {
    for (ProcFile file : ProcFiles.all(machine)) {
      if (file.readable() && !file.stream() && (pages || !file.binary())) {
        String relative = file.path().substring(1);
        Path path = whole.resolve(relative);
        if (made.add(path.getParent())) {
          Files.createDirectories(path.getParent());
        }
        try (OutputStream out = new Counted(path)) {
          file.copy(machine, out);
        }
        written.add(relative);
      }
    }
    String mark = FIRST_LINE + "\n" + String.join("\n", written) + "\n";
    Files.writeString(whole.resolve(MARK), mark, StandardCharsets.UTF_8);
  }

  private static void replace(Path directory, Path whole) throws IOException {
    if (!Files.exists(directory)) {
      Files.move(whole, directory);
      return;
    }
    Path old = free(directory);
    Files.move(directory, old);
    try {
      Files.move(whole, directory);
    } catch (IOException failure) {
      Files.move(old, directory);
      throw failure;
    }
    delete(old);
  }

  /** Deletes what export made; what cannot be deleted stays. */
  private static void delete(Path tree) {
    if (tree == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      List<Path> paths = new ArrayList<>(all.toList());
      Collections.reverse(paths);
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException left) {
      // It is beside the directory and in nobody's way.
      return;
    }
  }

  /** A file of which the bytes are counted; an interrupt stops it. */
  private final class Counted extends OutputStream {
    private final OutputStream out;

    Counted(Path path) throws IOException {
      out = new BufferedOutputStream(new FileOutputStream(path.toFile()), BUFFER);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      nrBytes++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (Thread.interrupted()) {
        throw new InterruptedIOException();
      }
      out.write(bytes, from, length);
      nrBytes += length;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
