package kmemsh.shell;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One run of the program, from its arguments to its exit status. */
final class Program {
  private final Streams streams;
  private Options options;
  private Start start;

  Program(Streams streams) {
    this.streams = streams;
  }

  /** Runs the program; what it writes is flushed when this returns the exit status. */
  int run(String[] arguments) {
    int status;
    try {
      options = Options.parse(arguments);
      status = run();
      streams.out.flush();
    } catch (UsageError wrong) {
      streams.error("kmemsh: " + wrong.getMessage());
      status = Main.USAGE;
    } catch (IOException closed) {
      status = writeFailed(closed);
    } catch (RuntimeException | Error wrong) {
      streams.error(Panic.sentence(wrong, start == null ? "" : start.journalPath()));
      status = Main.PANIC;
    }
    return status;
  }

  /** A reader that went away, as {@code head} does, is no error; a full disk is. */
  private int writeFailed(IOException closed) {
    String message = String.valueOf(closed.getMessage());
    if (message.contains("Broken pipe")) {
      return 0;
    }
    streams.error("kmemsh: standard output cannot be written: " + message);
    return 1;
  }

  private int run() throws UsageError, IOException {
    if (options.has(ProgramOption.HELP)) {
      return print(ProgramModel.help());
    }
    if (options.has(ProgramOption.VERSION)) {
      return print("kmemsh " + version() + "\n");
    }
    List<String> words = options.words();
    if (!words.isEmpty() && words.get(0).equals("completion")) {
      return print(ProgramModel.completion(words.subList(1, words.size())));
    }
    if (!words.isEmpty()) {
      return words(words, Tty.isTerminal(0));
    }
    boolean batch = !options.script().isEmpty() || options.has(ProgramOption.COMMANDS);
    boolean asks = !batch || options.has(ProgramOption.INTERACTIVE);
    boolean stdinIsTerminal = asks && Tty.isTerminal(0);
    if (!batch && stdinIsTerminal) {
      start =
          options.has(ProgramOption.RESUME)
              ? Start.resume(Prompt.newestDead(StateFiles.directory(System.getenv())))
              : new Start(options);
      return Prompt.run(start, options, streams);
    }
    if (options.has(ProgramOption.RESUME)) {
      throw new UsageError("--resume goes on at a prompt, but standard input is no terminal");
    }
    if (options.has(ProgramOption.INTERACTIVE) && !stdinIsTerminal) {
      throw new UsageError("--interactive goes on at a prompt, but standard input is no terminal");
    }
    return batch();
  }

  private int batch() throws UsageError, IOException {
    String commands = options.value(ProgramOption.COMMANDS);
    String script = options.script();
    InputStream in = streams.in;
    String name = "<stdin>";
    if (commands != null) {
      in = new ByteArrayInputStream(commands.getBytes(StandardCharsets.UTF_8));
      name = "-c";
    } else if (!script.isEmpty() && !script.equals("-")) {
      in = open(script);
      name = script;
    }
    Lines lines = new Lines(in, streams.out);
    if (lines.startsBinary()) {
      throw new UsageError(name + " is no text: it holds a NUL byte");
    }
    start = new Start(options, !options.has(ProgramOption.INTERACTIVE) && isBrief(lines));
    Runner runner = new Runner(start.interpreter(), streams, options);
    if (options.has(ProgramOption.INTERACTIVE)) {
      runner.keep(start.lines());
    }
    runner.run(lines, name);
    if (in != streams.in) {
      in.close();
    }
    if (options.has(ProgramOption.INTERACTIVE) && !runner.stopped()) {
      streams.out.flush();
      return Prompt.run(start, options, streams);
    }
    return runner.status();
  }

  /** Whether the input is a few lines that repeat nothing: then only a quick start pays. */
  private static boolean isBrief(Lines lines) throws IOException {
    String text = lines.shortText();
    int at = 0;
    while (text != null && at < text.length()) {
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline;
      if (text.charAt(at) != '#' && mayTakeLong(text.substring(at, end))) {
        return false;
      }
      at = end + 1;
    }
    return text != null;
  }

  private static boolean mayTakeLong(String line) {
    return line.contains("repeat")
        || line.contains("for")
        || line.contains("source")
        || line.contains("load")
        || line.contains("replay")
        || line.contains("bulk");
  }

  private static InputStream open(String script) throws UsageError {
    File file = new File(script);
    if (file.isDirectory()) {
      throw new UsageError(script + " is a directory, not a script");
    }
    try {
      return new FileInputStream(file);
    } catch (IOException unreadable) {
      String reason = file.exists() ? " cannot be read" : ": there is no such script";
      throw new UsageError(script + reason);
    }
  }

  /** Runs one command given as the program's arguments. */
  private int words(List<String> words, boolean stdinIsTerminal) throws UsageError, IOException {
    start = new Start(options);
    if (stdinIsTerminal) {
      start.interpreter().typed();
    }
    Runner runner = new Runner(start.interpreter(), streams, options);
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append(line.length() == 0 ? "" : " ").append(quoted(word));
    }
    String misuse = start.table().misuse(line.toString());
    if (!misuse.isEmpty()) {
      throw new UsageError(misuse);
    }
    runner.run(line.toString(), "kmemsh", 1);
    if (start.interpreter().dialogue().isEmpty()) {
      return runner.status();
    }
    if (stdinIsTerminal) {
      return Prompt.run(start, options, streams);
    }
    runner.run(new Lines(streams.in, streams.out), "<stdin>");
    return runner.status();
  }

  /** The word as it must be typed; plain words stay bare, so that options are seen as such. */
  private static String quoted(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!Character.isLetterOrDigit(c) && "-_./:=,+@%".indexOf(c) < 0) {
        return "'" + word.replace("'", "'\\''") + "'";
      }
    }
    return word.isEmpty() ? "''" : word;
  }

  /** Whether output has colours: as told, or at a terminal that can show them. */
  static boolean colored(Options options) {
    String when = options.value(ProgramOption.COLOR);
    if ("always".equals(when)) {
      return true;
    }
    return !"never".equals(when)
        && Tty.isTerminal(1)
        && emptyOrNull(System.getenv("NO_COLOR"))
        && !"dumb".equals(System.getenv("TERM"));
  }

  private static boolean emptyOrNull(String value) {
    return value == null || value.isEmpty();
  }

  private static String version() {
    // The loader of the jar knows its manifest, which JarMain does not read.
    Package jar = ClassLoader.getSystemClassLoader().getDefinedPackage("kmemsh.shell");
    String version = jar == null ? null : jar.getImplementationVersion();
    return version == null ? "(development)" : version;
  }

  private int print(String text) throws IOException {
    streams.out.append(new StringBuilder(text));
    return 0;
  }
}
