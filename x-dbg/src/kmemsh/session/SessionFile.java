package kmemsh.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import kmemsh.op.Refused;

/**
 * A session as a file: a first line with the version, the hardware as a {@code reboot} line, and
 * every line since then that changed something or gave a value. It is a script: running it on any
 * machine gives the same state.
 */
public final class SessionFile {
  /** The first line of the file. */
  public static final String FIRST_LINE = "# kmemsh session 1";

  /** What the first line of every version begins with. */
  public static final String ANY_VERSION = "# kmemsh session ";

  private SessionFile() {}

  /** The whole file, newline at its end. */
  public static String text(Session session) {
    StringBuilder out = new StringBuilder(FIRST_LINE).append('\n');
    out.append(rebootLine(session)).append('\n');
    Notes notes = session.notes();
    int first = session.lastReboot();
    int note = 0;
    for (int i = first; i <= session.now(); i++) {
      if (i > first) {
        out.append(session.textAt(i)).append('\n');
      }
      while (note < notes.size() && notes.moment(note) <= i) {
        if (notes.moment(note) == i) {
          out.append(notes.text(note)).append('\n');
        }
        note++;
      }
      for (Marks.Mark mark : session.marks().list()) {
        if (mark.moment() == i) {
          out.append("mark ").append(mark.name()).append('\n');
        }
      }
    }
    return out.toString();
  }

  /** The line that boots the present hardware. */
  public static String rebootLine(Session session) {
    return "reboot " + session.machine().profile().options();
  }

  /**
   * Writes the file in one step: either all of it is there or what was there before.
   *
   * @return the number of lines
   * @throws Refused when it cannot be written
   */
  public static long write(Session session, String name) {
    return write(text(session), name, "save");
  }

  /**
   * Like {@link #write(Session, String)}, for any text.
   *
   * @param command who wants it
   */
  public static long write(String text, String name, String command) {
    try {
      Path file = Path.of(name);
      if (Files.isDirectory(file)) {
        throw new Refused(name + " is a directory: " + command + " needs the name of a file");
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        writeThrough(file, text);
      } else {
        replace(file, text);
      }
      return text.chars().filter(c -> c == '\n').count();
    } catch (IOException failure) {
      throw new Refused(name + " cannot be written: " + reason(failure));
    } catch (IllegalArgumentException badName) {
      throw new Refused(name.replace('\0', '?') + " is no name of a file");
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path target = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? file.toRealPath() : file;
    Path directory = target.toAbsolutePath().getParent();
    Path whole = directory.resolve(".kmemsh-" + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.deleteIfExists(whole);
      Files.createFile(whole);
      writeThrough(whole, text);
      Files.move(
          whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static void writeThrough(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      if (Files.isRegularFile(file)) {
        channel.force(true);
      }
    }
  }

  /** Why a file cannot be used, in a few words. */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is no text in UTF-8";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return failure.getMessage() == null ? "it fails without a reason" : failure.getMessage();
  }
}
