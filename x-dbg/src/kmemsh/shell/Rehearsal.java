package kmemsh.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Goes through typical sessions, a prompt among them, and throws the output away. The launcher runs
 * it to learn which classes its archive should hold.
 */
final class Rehearsal {
  private static final String SCRIPT =
      """
      alloc_pages 3
      p = alloc_pages 0 GFP_ATOMIC
      repeat 10 alloc_pages 0
      for q in $3: free_pages $q
      assert $p.order == 0
      page $p
      free_pages $p
      buddyinfo
      zoneinfo
      cat /proc/buddyinfo
      alloc_pages 99
      undo
      no_such_command
      """;

  private Rehearsal() {}

  /** Rehearses; the exit status is 0 unless Java itself is unfit. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("kmemsh");
    Main.streams();
    try {
      run(SCRIPT);
      run(SCRIPT, "--output", "json");
      run(SCRIPT, "--color", "always");
      run("", "-c", "help; help alloc_pages; history");
      run("", "--help");
      run("", "replay", directory.resolve("no-such-recording").toString());
      prompt(directory);
    } finally {
      delete(directory);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void run(String input, String... arguments) {
    Streams streams =
        new Streams(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new Sink(new ByteArrayOutputStream()),
            new Sink(new ByteArrayOutputStream()));
    new Program(streams).run(arguments);
  }

  /** A session at a pseudo-terminal that nobody sees; where there is none, it is left out. */
  private static void prompt(Path directory) {
    byte[] keys = "alloc_pa\t 3\rbuddyi\t\r\u001b[A\r\u0004".getBytes(StandardCharsets.UTF_8);
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .provider("jni")
            .type("xterm-256color")
            .streams(new ByteArrayInputStream(keys), new ByteArrayOutputStream())
            .build()) {
      Options options = Options.parse(new String[] {"--color=always"});
      new Prompt(
              new Start(options),
              options,
              terminal,
              null,
              Map.of("XDG_STATE_HOME", directory.toString()))
          .run();
    } catch (IOException | UsageError | RuntimeException | LinkageError unfit) {
      // The archive holds less, which costs time at the prompt and nothing else.
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
