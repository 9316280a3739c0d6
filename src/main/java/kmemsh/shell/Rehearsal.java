package kmemsh.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Goes through typical sessions, a prompt among them, and throws the output away, then loads what
 * is left of the program. The launcher runs it to learn which classes its archive should hold.
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
      k = kmalloc 20
      kfree $k
      c = kmem_cache_create task_struct 1088
      o = kmem_cache_alloc $c
      slab $o
      kmem_cache_free $c $o
      slabinfo
      cat /proc/slabinfo
      v = vmalloc 12K
      wr $v 1
      rd $v 4
      vtop $v
      vmallocinfo
      vfree $v
      kmap
      explain
      verify
      """;

  private static final String CLASS = ".class";

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
      loadAll(System.getProperty("java.class.path"));
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

  /** Loads every class of the program without running anything of it. */
  private static void loadAll(String jar) throws IOException {
    if (!Files.isRegularFile(Path.of(jar))) {
      return;
    }
    try (JarFile file = new JarFile(jar)) {
      for (String name : file.stream().map(JarEntry::getName).toList()) {
        if (name.startsWith("kmemsh/") && name.endsWith(CLASS)) {
          load(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
        }
      }
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, Rehearsal.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError unfit) {
      // The archive does without it.
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
