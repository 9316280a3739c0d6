package kmemsh.command;

import java.util.List;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.op.TuneCache;
import kmemsh.op.WriteSlabFile;
import kmemsh.op.WriteSysctl;
import kmemsh.proc.ProcFile;
import kmemsh.proc.ProcFiles;
import kmemsh.proc.SlabFile;
import kmemsh.session.Session;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.Refusal;
import kmemsh.view.VmSysctls;

/** The simulated /proc of a session: what can be listed, read and written. */
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
    return ProcFiles.list(directory, machine()).toArray(new String[0]);
  }

  /**
   * The text of a file at this moment.
   *
   * @throws Refused when there is no such file
   */
  String read(String path) {
    return file(path).text(machine());
  }

  /** Every path that fits a pattern with {@code *}. */
  List<String> glob(String pattern) {
    return ProcFiles.glob(absolute(pattern), machine());
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
    if (!ProcFiles.list(path, machine()).isEmpty()) {
      throw new Refused(new Refusal(Words.show(word) + " is a directory", "", "ls " + path));
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
      throw new Refused(Words.show(word) + " can only be read");
    }
    if (file.path().equals("/proc/slabinfo")) {
      session.run(TuneCache.parse(text));
      return Reply.done();
    }
    if (file instanceof SlabFile slab) {
      session.run(WriteSlabFile.parse(slab.cache(machine()), slab.name(), text));
      return Reply.done();
    }
    int setting = ProcFiles.settingOf(file.path());
    session.run(new WriteSysctl(setting, numbers(setting, text)));
    return Reply.done();
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
                  + VmSysctls.name(setting)
                  + " takes",
              "A real kernel would say: write error: Invalid argument",
              ""));
    }
  }
}
