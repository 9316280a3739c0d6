package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program in a process of its own. */
class LauncherTest {
  private static final int MOST_CLASSES = 99;

  @TempDir Path directory;

  private static List<String> java(String... rest) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of(rest));
    return command;
  }

  private String run(List<String> command, String input, int expectedStatus)
      throws IOException, InterruptedException {
    Path in = Files.writeString(directory.resolve("in"), input);
    File out = directory.resolve("out").toFile();
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out)
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(expectedStatus);
    return Files.readString(out.toPath(), StandardCharsets.UTF_8);
  }

  @Test
  void aScriptLoadsNeitherTheTerminalLibraryNorTheOptionLibraryNorJson() throws Exception {
    String classPath = System.getProperty("java.class.path");
    String log =
        run(
            java("-Xlog:class+load", "-cp", classPath, "kmemsh.shell.Main"),
            "echo hallo\nalloc_pages 3\nassert 1 == 2\n",
            1);

    assertThat(log)
        .contains("hallo\n", "kmemsh.shell.Runner")
        .doesNotContain("org.jline", "picocli", "com.google.gson", "LambdaForm$", "$$Lambda");
  }

  /*
   * Each class on the way of a short script costs about 0.2 % of the time a Hello World takes.
   * What is not needed for pages is loaded when it is needed.
   */
  @Test
  void aShortScriptLoadsFewClasses() throws Exception {
    String classPath = System.getProperty("java.class.path");
    String log =
        run(
            java("-Xlog:class+load", "-cp", classPath, "kmemsh.shell.Main"),
            "alloc_pages 3\nalloc_page GFP_ATOMIC\nfree_pages $1\nbuddyinfo\n",
            0);

    List<String> ours =
        log.lines()
            .filter(line -> line.contains(" kmemsh."))
            .filter(line -> line.contains(" source: "))
            .toList();
    assertThat(ours).hasSizeBetween(50, MOST_CLASSES);
    assertThat(String.join("\n", ours))
        .doesNotContain(" kmemsh.mm.slab", " kmemsh.mm.vmalloc", " kmemsh.mm.highmem")
        .doesNotContain(" kmemsh.mm.vma", " kmemsh.learn", " kmemsh.replay", " kmemsh.capture")
        .doesNotContain(" kmemsh.proc", " kmemsh.explain");
  }

  @Test
  void standardInputThatIsNoTerminalGetsNeitherPromptNorBanner() throws Exception {
    String classPath = System.getProperty("java.class.path");

    String out = run(java("-cp", classPath, "kmemsh.shell.Main"), "echo hallo\n", 0);

    assertThat(out).isEqualTo("hallo\n");
  }

  @Test
  void aFullDiskIsSaidOnce() throws Exception {
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(java("-cp", classPath, "kmemsh.shell.Main", "-c", "echo hallo"))
            .redirectOutput(new File("/dev/full"))
            .start();

    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(err)
        .isEqualTo("kmemsh: standard output cannot be written: No space left on device\n");
  }
}
