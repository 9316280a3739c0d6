package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kmemsh.command.Reply;
import kmemsh.command.ReplyText;
import kmemsh.text.Text;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The prompt at a terminal inside this process. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PromptTest {
  @TempDir Path directory;

  private final PipedInputStream screen = new PipedInputStream(1 << 16);
  private LineDisciplineTerminal terminal;
  private CompletableFuture<Integer> status;

  @BeforeEach
  void openTerminal() throws IOException {
    OutputStream shown = new PipedOutputStream(screen);
    terminal = new LineDisciplineTerminal("test", "xterm", shown, StandardCharsets.UTF_8);
    terminal.setSize(new Size(80, 24));
    Attributes attributes = terminal.getAttributes();
    attributes.setLocalFlag(Attributes.LocalFlag.ISIG, true);
    attributes.setControlChar(Attributes.ControlChar.VINTR, 3);
    attributes.setControlChar(Attributes.ControlChar.VEOF, 4);
    terminal.setAttributes(attributes);
  }

  @AfterEach
  void closeTerminal() throws IOException {
    terminal.close();
  }

  private void start(Start start) throws UsageError {
    Options options = Options.parse(new String[] {"--color=never", "--no-hints"});
    Map<String, String> environment = Map.of("XDG_STATE_HOME", directory.toString());
    Prompt prompt = new Prompt(start, options, terminal, null, environment);
    status =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return prompt.run();
              } catch (IOException wrong) {
                throw new IllegalStateException(wrong);
              }
            });
  }

  private void startFresh() throws Exception {
    start(new Start(Options.parse(new String[0])));
    await(Prompt.PROMPT);
  }

  private void type(String keys) throws IOException {
    terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the screen up to {@code text} and gives what was read. */
  private String await(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int c = screen.read();
      assertThat(c).as("the screen ended after: %s", read).isNotNegative();
      read.append((char) c);
    }
    return read.toString();
  }

  private static String answers(Start start, String line) {
    Text text = new Text(1 << 12);
    start.interpreter().begin(line);
    for (Reply reply = start.interpreter().next();
        reply != null;
        reply = start.interpreter().next()) {
      assertThat(reply.ok()).isTrue();
      ReplyText.write(reply, text, 80);
    }
    return text.chars().toString();
  }

  private int leave() throws Exception {
    type("\u0004");
    return status.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aLineShowsItsAnswerAndControlDLeaves() throws Exception {
    startFresh();

    type("alloc_page\r");
    await("$1 = page pfn");
    await(Prompt.PROMPT);

    assertThat(leave()).isZero();
  }

  @Test
  void tabCompletesACommand() throws Exception {
    startFresh();

    type("buddyi\t\r");

    await("HighMem");
    await(Prompt.PROMPT);
    assertThat(leave()).isZero();
  }

  @Test
  void controlCDropsTheLineAndNotTheShell() throws Exception {
    startFresh();

    type("alloc_page");
    await("alloc_page");
    type("\u0003");
    await(Prompt.PROMPT);
    type("assert 1 == 2\r");

    await("does not hold");
    await(Prompt.PROMPT);
    assertThat(leave()).isZero();
  }

  @Test
  void playingShowsOnePictureAKeyForthBackAndToTheEnd() throws Exception {
    startFresh();

    type("play alloc_pages 9\r");
    await("step 1 of 4");
    await("b: back");
    type("\r");
    await("step 2 of 4");
    await("b: back");
    type("x");
    await("b: back");
    type("b");
    await("step 1 of 4");
    await("b: back");
    type("q");
    await("step 4 of 4");
    await("$1 = page pfn");
    await(Prompt.PROMPT);
    assertThat(leave()).isZero();
  }

  @Test
  void theDashboardFillsTheScreenFollowsItsSizeAndGivesItBack() throws Exception {
    startFresh();

    type("dash\r");
    await("\u001b[?1049h");
    await("HighMem");
    await(Dash.PROMPT);
    type("alloc_pages 3\r");
    await("operation 1 of 1");
    await("$1 = page pfn");
    await(Dash.PROMPT);
    terminal.setSize(new Size(40, 20));
    terminal.raise(Terminal.Signal.WINCH);
    assertThat(await("HighMem")).doesNotContain("2^10");
    await(Dash.PROMPT);
    type("q\r");
    await("\u001b[?1049l");
    await(Prompt.PROMPT);
    type("echo back\r");
    await("back");
    assertThat(leave()).isZero();
  }

  @Test
  void aDeadSessionIsResumedWithoutItsTornLineAndGivenUpWhenLeft() throws Exception {
    Path state = Files.createDirectory(directory.resolve("kmemsh"));
    Path older = Files.writeString(state.resolve("journal-1"), "# kmemsh journal 1\nalloc_page\n");
    String text = "# kmemsh journal 1\n# option: --mem=64M\nalloc_pages 3\nalloc_page\nalloc_pa";
    Path dead = Files.writeString(state.resolve("journal-2"), text);
    Start expected = new Start(Options.parse(new String[] {"--mem=64M"}));
    assertThat(answers(expected, "alloc_pages 3; alloc_page")).contains("$2 = page");

    Start resumed = Start.resume(Journal.read(dead));
    start(resumed);
    await("Resumed after 2 lines; history");
    await("only half written");
    await(Prompt.PROMPT);

    assertThat(leave()).isZero();
    assertThat(resumed.session().size()).isEqualTo(2);
    String looks = "freelist Normal; pcp; cat /proc/zoneinfo";
    assertThat(answers(resumed, looks)).isEqualTo(answers(expected, looks));
    assertThat(older).doesNotExist();
    assertThat(dead).doesNotExist();
  }

  @Test
  void aDrillHasItsOwnPromptAndControlDLeavesItAlone() throws Exception {
    startFresh();

    type("drill sleep --seed 3 --count 2\r");
    assertThat(await("drill> ")).contains("Question 1 of 2");
    type("don't know\r");
    assertThat(await("drill> ")).contains("no answer here");
    type("\u0004");
    assertThat(await(Prompt.PROMPT)).contains("0 of 6 points");
    type("alloc_page\r");
    assertThat(await(Prompt.PROMPT)).contains("$1 = page");

    assertThat(leave()).isZero();
  }
}
