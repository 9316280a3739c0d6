package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kmemsh.view.CheckReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptCommandsTest {
  @TempDir Path directory;
  private final TestLab lab = new TestLab();
  private Path file;

  @BeforeEach
  void runASession() {
    file = directory.resolve("session.md");
    lab.one("alloc_pages 3");
    lab.one("# It is given back.");
    lab.one("free_pages $1 3");
    lab.one("free_pages $1 3");
    lab.one("undo");
    lab.one("echo a \\\nb");
  }

  private String written() throws IOException {
    assertThat(lab.one("transcript " + file).ok()).isTrue();
    return Files.readString(file);
  }

  private CheckReport check() {
    return (CheckReport) lab.one("check " + file).record();
  }

  @Test
  void theTranscriptHoldsEveryLineAndItsAnswerAndIsTrue() throws IOException {
    String text = written();

    assertThat(text).startsWith("# A kmemsh session\n").endsWith("```\n");
    assertThat(text).contains("kmemsh> alloc_pages 3\n$1 = page", "\nIt is given back.\n");
    assertThat(text).contains("refused: $1 was freed", "kmemsh> echo a \\\n> b\na b\n");
    assertThat(check().differences()).isEmpty();
    assertThat(check().commands()).isEqualTo(6);
  }

  @Test
  void oneChangedDigitIsFound() throws IOException {
    String text = written();
    int at = text.indexOf("freed pfn 0x") + "freed pfn 0x".length();
    Files.writeString(file, text.substring(0, at) + "9" + text.substring(at + 1));

    CheckReport report = check();
    assertThat(report.differences()).hasSize(1);
    CheckReport.Difference difference = report.differences().get(0);
    assertThat(difference.command()).isEqualTo("free_pages $1 3");
    assertThat(difference.recorded()).contains("0x9");
    assertThat(difference.line()).isEqualTo((int) text.substring(0, at).lines().count());
    assertThat(lab.one("check " + file).exitStatus()).isEqualTo(1);
  }

  @Test
  void theSessionItselfStaysAsItIs() throws IOException {
    int now = lab.session.now();
    written();
    check();

    assertThat(lab.session.now()).isEqualTo(now);
    assertThat(lab.one("assert $1.order == 3").ok()).isTrue();
  }

  @Test
  void aFileThatCannotBeWrittenOrIsNoTranscriptIsRefused() throws IOException {
    assertThat(lab.one("transcript " + directory).refusal().what()).contains("is a directory");
    assertThat(lab.one("transcript " + directory + "/no/such").refusal().what())
        .contains("cannot be written");
    Files.writeString(file, "no prompt here\n");
    assertThat(lab.one("check " + file).refusal().what()).contains("is no transcript");
    assertThat(lab.one("check " + directory).refusal().what()).contains("is a directory");
  }
}
