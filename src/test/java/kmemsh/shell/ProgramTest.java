package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
  @TempDir Path directory;

  @Test
  void commandsComeFromTheArgument() {
    Run run = Run.of("", "-c", "echo a; echo b");

    assertThat(run.out).isEqualTo("a\nb\n");
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
  }

  @Test
  void anErrorNamesFileAndLineAndTheScriptGoesOn() throws IOException {
    Path script = directory.resolve("s.kmsh");
    Files.writeString(script, "echo a\n\nassert 1 == 2\necho b\n");

    Run run = Run.of("", script.toString());

    assertThat(run.out).isEqualTo("a\nb\n");
    assertThat(run.err).startsWith(script + ":3: 1 == 2 does not hold");
    assertThat(run.status).isEqualTo(1);
  }

  @Test
  void theFirstErrorEndsTheScriptWhenAskedTo() {
    Run run = Run.of("echo a\nassert 1 == 2; echo b\necho c\n", "-e");

    assertThat(run.out).isEqualTo("a\n");
    assertThat(run.err).startsWith("<stdin>:2: ");
    assertThat(run.status).isEqualTo(1);
  }

  @Test
  void refusedBehindAnExclamationMarkIsSuccess() {
    assertThat(Run.of("! assert 1 == 2\n").status).isZero();
    assertThat(Run.of("! echo a\n").status).isEqualTo(1);
  }

  @Test
  void aLineGoesOnBehindABackslashAndInsideQuotes() {
    Run run = Run.of("echo a \\\nb\necho 'c\nd'\nassert 1 == 2\n");

    assertThat(run.out).isEqualTo("a b\nc\nd\n");
    assertThat(run.err).startsWith("<stdin>:5: ");
  }

  @Test
  void carriageReturnsAndAMissingNewlineDoNotMatter() {
    assertThat(Run.of("echo a\r\necho b").out).isEqualTo("a\nb\n");
  }

  @Test
  void theFirstLineOfAScriptCanNameTheProgram() {
    assertThat(Run.of("#!/usr/bin/env kmemsh\necho a\n").out).isEqualTo("a\n");
  }

  @Test
  void exitEndsAScript() {
    assertThat(Run.of("echo a\nexit\necho b\n").out).isEqualTo("a\n");
  }

  @Test
  void jsonIsOneObjectACommand() {
    Run run = Run.of("echo a\nassert 1 == 2\n", "--output", "json");

    String[] lines = run.out.split("\n");
    assertThat(lines).hasSize(2);
    JsonObject first = JsonParser.parseString(lines[0]).getAsJsonObject();
    JsonObject second = JsonParser.parseString(lines[1]).getAsJsonObject();
    assertThat(first.keySet()).containsExactly("command", "status", "value", "result");
    assertThat(first.get("command").getAsString()).isEqualTo("echo");
    assertThat(second.keySet()).containsExactly("command", "status", "value", "error");
    assertThat(second.get("status").getAsString()).isEqualTo("failed");
    assertThat(run.status).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "--frob, --frob is not an option; kmemsh --help lists them",
    "-x, -x is not an option; kmemsh --help lists them",
    "--mem, --mem needs a value: --mem SIZE",
    "--output=xml, 'xml: --output is text, plain or json'",
    "--color=blue, 'blue: --color is auto, always or never'",
    "--exit-on-error=1, --exit-on-error=1: --exit-on-error takes no value",
    "--resume, '--resume goes on at a prompt, but standard input is no terminal'",
    "-i, '--interactive goes on at a prompt, but standard input is no terminal'",
    "/, '/ is a directory, not a script'",
    "/no/such, '/no/such: there is no such script'",
  })
  void aWrongCallIsOneSentenceAndStatusTwo(String argument, String sentence) {
    Run run = Run.of("", argument);

    assertThat(run.err).isEqualTo("kmemsh: " + sentence + "\n");
    assertThat(run.out).isEmpty();
    assertThat(run.status).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"--mem=3K", "--mem=x", "--mem=-1", "--cpus=99", "--nodes=0", "--slab=slib"})
  void aMachineThatCannotBeIsAWrongCall(String option) {
    Run run = Run.of("echo a\n", option);

    assertThat(run.err).startsWith("kmemsh: ").hasLineCount(1);
    assertThat(run.out).isEmpty();
    assertThat(run.status).isEqualTo(2);
  }

  @Test
  void aMachineThatIsNoFileIsAWrongCall() {
    Run run = Run.of("echo a\n", "--machine", directory.toString());

    assertThat(run.err).startsWith("kmemsh: " + directory + " is no machine: ");
    assertThat(run.status).isEqualTo(2);
  }

  @Test
  void whatIsNoTextIsNotRun() {
    Run run = Run.of(new byte[] {'e', 'c', 'h', 'o', ' ', 0, '\n'});

    assertThat(run.err).isEqualTo("kmemsh: <stdin> is no text: it holds a NUL byte\n");
    assertThat(run.status).isEqualTo(2);
  }

  @Test
  void messagesCannotSteerTheTerminal() {
    assertThat(Run.of("\u001b[2J\n").err).doesNotContain("\u001b").startsWith("<stdin>:1: ");
  }

  @Test
  void aLineOfTenMebibytesIsOneSentence() {
    byte[] line = new byte[10 << 20];
    java.util.Arrays.fill(line, (byte) 'x');

    Run run = Run.of(line);

    assertThat(run.err).hasLineCount(1).hasSizeLessThan(300);
    assertThat(run.status).isEqualTo(1);
  }

  @Test
  void coloursAppearOnlyWhenAskedFor() {
    assertThat(Run.of("help\n").out).doesNotContain("\u001b");
    assertThat(Run.of("help\n", "--color=always").out).contains("\u001b[1m");
  }

  @Test
  void aShortScriptAnswersAsIfItWereLong() {
    String script =
        """
        alloc_pages 3
        p = alloc_page GFP_HIGHUSER
        free_pages $1
        kmalloc 100
        undo 2
        redo
        cpu 1
        alloc_pages 9 GFP_DMA
        free_page $p
        drain_pages
        freelist
        pcp
        verify
        cat /proc/pagetypeinfo
        reset
        buddyinfo
        """;
    String padding = "# " + "x".repeat(6000) + "\n";

    assertThat(Run.of(script, "--cpus", "2").out)
        .contains("order  blocks   pages")
        .isEqualTo(Run.of(script + padding, "--cpus", "2").out);
  }

  @Test
  void helpNamesEveryOption() {
    String help = Run.of("", "--help").out;

    for (ProgramOption option : ProgramOption.ALL) {
      assertThat(help).contains(option.name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "replay, 'replay takes [--section KINDS] FILE...; got none: see help replay'",
    "replay --section, --section needs a value behind it",
    "verify x, verify takes no arguments; got 1 word: see help verify",
    "check, check takes FILE; got none: see help check"
  })
  void aWordWithWrongArgumentsIsWrongUsage(String words, String says) {
    Run run = Run.of("", words.split(" "));

    assertThat(run.status).isEqualTo(2);
    assertThat(run.err).isEqualTo("kmemsh: " + says + "\n");
    assertThat(run.out).isEmpty();
    assertThat(Run.of("", "replay", "no-such-file").status).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"bash", "zsh"})
  void completionScriptsNameOptionsAndCommands(String shell) {
    Run run = Run.of("", "completion", shell);

    assertThat(run.out).contains("--exit-on-error", "replay").startsWith("#!");
    assertThat(run.status).isZero();
    assertThat(Run.of("", "completion", "fish").status).isEqualTo(2);
  }

  @Test
  void exitEndsTheScriptAlsoBehindAnotherCommand() {
    Run run = Run.of("echo one; exit\necho two\n");

    assertThat(run.out).isEqualTo("one\n");
    assertThat(run.status).isZero();
  }

  @Test
  void aRefusalSaysInOneLineThatNothingChanged() {
    Run run = Run.of("alloc_pages 3\nfree_pages $1+1 3\n");

    assertThat(run.err.lines().findFirst().orElse(""))
        .startsWith("<stdin>:2: pfn 0x")
        .contains(" is page 2 of the block")
        .endsWith("not its head; nothing changed");
    assertThat(run.status).isEqualTo(1);
  }
}
