package kmemsh.command;

import java.util.List;
import kmemsh.lang.Words;
import kmemsh.op.ClearEvents;
import kmemsh.op.EnableEvents;
import kmemsh.op.Refused;
import kmemsh.op.TuneCache;
import kmemsh.op.WriteSlabFile;
import kmemsh.op.WriteSysctl;
import kmemsh.proc.Glob;
import kmemsh.proc.ProcFile;
import kmemsh.proc.ProcFiles;
import kmemsh.proc.SlabFile;
import kmemsh.proc.TracingFolder;
import kmemsh.session.Session;
import kmemsh.view.FileTexts;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.Refusal;
import kmemsh.view.SysctlTable;
import kmemsh.view.SysctlWritten;

/** The simulated /proc and /sys of a session: what can be listed, read and written. */
final class ProcTree implements ProcWriter, PathLister {
  private final Session session;

  ProcTree(Session session) {
    this.session = session;
  }

  /** The one path a word names: absolute, without a slash at its end unless it is the root. */
  static String absolute(String word) {
    String path = word.startsWith("/") ? word : "/" + word;
    while (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path;
  }

  @Override
  public String[] list(String directory) {
    return names(directory).toArray(new String[0]);
  }

  /** The names in a directory, empty when there is no such directory. */
  List<String> names(String directory) {
    return ProcFiles.list(directory, machine());
  }

  /** Whether there is a file with this absolute path. */
  boolean isFile(String path) {
    return ProcFiles.find(path, machine()) != null;
  }

  /**
   * The text of a file at this moment.
   *
   * @throws Refused when there is no such file or it has no text
   */
  String read(String word) {
    ProcFile file = file(word);
    if (file.binary()) {
      throw new Refused(
          new Refusal(
              Words.show(word) + " holds eight bytes a page, which are no text",
              "A real kernel would hand the bytes out, and the terminal would show garbage",
              "page-types"));
    }
    if (!file.readable()) {
      throw new Refused(
          new Refusal(
              Words.show(word) + " can only be written",
              "A real kernel would say: Permission denied",
              ""));
    }
    return file.text(machine());
  }

  /** Takes the entries out of the buffer of ftrace if reading one of these files does so. */
  void consume(List<FileTexts.File> files) {
    for (FileTexts.File file : files) {
      if (TracingFolder.isPipe(absolute(file.path())) && !file.text().isEmpty()) {
        session.run(new ClearEvents());
        return;
      }
    }
  }

  /**
   * The files and directories a word means, as the shell sees it; directories have a {@code /} at
   * their end. A word that is no pattern means itself.
   *
   * @throws Refused when nothing fits a pattern
   */
  List<String> expand(String word, boolean quoted) {
    if (quoted || !Glob.isPattern(word)) {
      return List.of(word);
    }
    List<String> paths = ProcFiles.glob(absolute(word), machine());
    if (paths.isEmpty()) {
      throw noSuch(word);
    }
    return paths;
  }

  private ProcSnapshots machine() {
    return session.machine().files();
  }

  private ProcFile file(String word) {
    String path = absolute(word);
    ProcFile file = ProcFiles.find(path, machine());
    if (file != null) {
      return file;
    }
    if (!names(path).isEmpty()) {
      throw new Refused(
          new Refusal(
              Words.show(word) + " is a directory",
              "A real kernel would say: Is a directory",
              "ls " + path));
    }
    throw noSuch(word);
  }

  /** Why nothing can be done with a path that does not exist. */
  static Refused noSuch(String word) {
    return new Refused(
        new Refusal(
            Words.show(word) + " is no file or directory that is modelled", "", "ls /proc"));
  }

  @Override
  public Reply write(String word, String text) {
    ProcFile file = file(word);
    if (!file.writable()) {
      throw new Refused(
          new Refusal(
              Words.show(word) + " can only be read",
              "Even root cannot write it in a real kernel, or what a write does is not modelled",
              ""));
    }
    if (file.path().equals("/proc/slabinfo")) {
      session.run(TuneCache.parse(text));
      return Reply.done();
    }
    if (file instanceof SlabFile slab) {
      session.run(WriteSlabFile.parse(slab.cache(machine()), slab.name(), text));
      return Reply.done();
    }
    if (TracingFolder.isTrace(file.path())) {
      session.run(new ClearEvents());
      return Reply.done();
    }
    int events = TracingFolder.switchedBy(file.path());
    return events != 0
        ? enable(events, text)
        : writeSetting(ProcFiles.settingOf(file.path()), text);
  }

  private Reply enable(int events, String text) {
    int before = session.machine().enabledEvents();
    switch (text.strip()) {
      case "1" -> session.run(new EnableEvents(before | events));
      case "0" -> session.run(new EnableEvents(before & ~events));
      default ->
          throw new Refused(
              new Refusal(
                  Words.show(text.strip()) + " is neither 0 nor 1, which is what enable takes",
                  "A real kernel would say: write error: Invalid argument",
                  ""));
    }
    return Reply.done();
  }

  private Reply writeSetting(int setting, String text) {
    // stat_refresh and compact_memory take anything.
    boolean any = setting == SysctlTable.STAT_REFRESH || setting == SysctlTable.COMPACT_MEMORY;
    session.run(new WriteSysctl(setting, any ? new int[1] : numbers(setting, text)));
    return SysctlTable.isWithoutEffect(setting)
        ? Reply.of(new SysctlWritten(SysctlTable.name(setting), text.strip()))
        : Reply.done();
  }

  private static int[] numbers(int setting, String text) {
    List<String> words = words(text);
    int[] numbers = new int[words.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(setting, words.get(i));
    }
    return numbers;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
  }

  /** As the kernel reads numbers: decimal, or with 0x or 0 in front. */
  private static int number(int setting, String word) {
    try {
      return Integer.decode(word);
    } catch (NumberFormatException e) {
      throw new Refused(
          new Refusal(
              Words.show(word)
                  + " is no 32-bit number, which is what "
                  + SysctlTable.name(setting)
                  + " takes",
              "A real kernel would say: write error: Invalid argument",
              ""));
    }
  }
}
