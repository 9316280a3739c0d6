package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program itself in a process of its own at a real pseudo-terminal, which script(1) makes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PseudoTerminalTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final String BIG = "\u001b[?1049h";
  private static final String SMALL = "\u001b[?1049l";

  @TempDir Path directory;

  private Process script;
  private InputStream screen;
  private OutputStream keys;
  private final StringBuilder all = new StringBuilder();
  private String device;

  private void start(String... options) throws IOException {
    assertThat(SCRIPT).as("script of util-linux, which this test needs").isExecutable();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String program =
        "stty rows 24 cols 80; tty; "
            + java
            + " -XX:TieredStopAtLevel=1 -cp \"$CLASSES\" kmemsh.shell.Main "
            + String.join(" ", options)
            + "; echo status $?; stty -a";
    ProcessBuilder builder =
        new ProcessBuilder(SCRIPT.toString(), "-qec", program, "/dev/null")
            .redirectErrorStream(true);
    builder.environment().put("CLASSES", System.getProperty("java.class.path"));
    builder.environment().put("XDG_STATE_HOME", directory.toString());
    builder.environment().put("XDG_DATA_HOME", directory.toString());
    builder.environment().put("TERM", "xterm");
    builder.environment().put("SHELL", "/bin/sh");
    script = builder.start();
    screen = script.getInputStream();
    keys = script.getOutputStream();
    String begun = await("\n");
    device = begun.substring(begun.indexOf("/dev/")).trim();
  }

  @AfterEach
  void end() {
    if (script != null) {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly();
    }
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  /** Reads the screen up to {@code text}; gives what was read. */
  private String await(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int c = screen.read();
      assertThat(c).as("the screen ended after: %s", read).isNotNegative();
      read.append((char) c);
    }
    all.append(read);
    return read.toString();
  }

  private void resize(int rows, int columns) throws Exception {
    Process stty =
        new ProcessBuilder("stty", "-F", device, "rows", "" + rows, "cols", "" + columns).start();
    assertThat(stty.waitFor()).isZero();
  }

  /** Leaves the program; the terminal is as it was before. */
  private void leave() throws Exception {
    type("\u0004");
    assertThat(await("status 0")).isNotEmpty();
    String settings = await("echoctl");
    assertThat(settings).contains(" icanon", " echo ").doesNotContain("-icanon", "-echo ");
    assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(all.lastIndexOf("\u001b[?25h"))
        .isGreaterThanOrEqualTo(all.lastIndexOf("\u001b[?25l"));
  }

  @Test
  void dashFillsTheScreenFollowsItsSizeAndGivesItBack() throws Exception {
    start("--color=never", "--no-hints");
    await("kmemsh> ");
    type("dash\r");
    await(BIG);
    await("HighMem");
    await("dash> ");
    type("alloc_pages 3\r");
    await("operation 1 of 1");
    await("$1 = page pfn");
    await("dash> ");
    resize(20, 40);
    assertThat(await("HighMem")).doesNotContain("2^10");
    await("dash> ");
    type("q\r");
    await(SMALL);
    await("kmemsh> ");
    type("echo back\r");
    await("back");
    await("kmemsh> ");
    leave();
    assertThat(all.lastIndexOf(SMALL)).isGreaterThan(all.lastIndexOf(BIG));
  }

  @Test
  void stepShowsOnePictureAKey() throws Exception {
    start("--color=never", "--no-hints");
    await("kmemsh> ");
    type("step on\r");
    await("step is on");
    await("kmemsh> ");
    type("alloc_pages 9\r");
    assertThat(await("to the end --")).contains("step 1 of 4").doesNotContain("step 2 of 4");
    type("\r");
    assertThat(await("to the end --")).contains("step 2 of 4");
    type("b");
    assertThat(await("to the end --")).contains("step 1 of 4");
    type("q");
    await("step 4 of 4");
    await("$1 = page pfn");
    await("kmemsh> ");
    leave();
  }

  @Test
  void aLongQuestionOfADrillDoesNotWaitForAKeyAndStaysWithItsPrompt() throws Exception {
    start("--color=never", "--no-hints");
    await("kmemsh> ");
    resize(12, 80);
    type("drill fits --seed 3 --count 2\r");
    await("Question 1 of 2");
    assertThat(await("drill> ")).doesNotContain("Space: page").contains("zone");
    type("quit\r");
    await("kmemsh> ");
    leave();
  }
}
