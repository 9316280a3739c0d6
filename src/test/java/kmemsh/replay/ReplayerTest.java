package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kmemsh.capture.BadRecording;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayerTest {
  private static final ReplayOptions PAGE = new ReplayOptions(Set.of("PAGE"));

  @TempDir private Path dir;
  private RecordingText text;
  private int section;

  @BeforeEach
  void readARecordingOfOneScenario() throws IOException {
    text = RecordingText.of("i386-slab-proc");
    section = text.find(0, "BEGIN PAGE");
  }

  private ReplayReport.Difference difference() throws BadRecording, IOException {
    ReplayReport report = Replayer.run(text.write(dir), PAGE);
    assertThat(report.sections()).hasSize(1);
    assertThat(report.sections().get(0).status()).isEqualTo(Status.DIFFERENT);
    assertThat(report.exitStatus()).isEqualTo(1);
    return report.sections().get(0).differences().get(0);
  }

  private static String replaceWord(String line, int index, String word) {
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    words.set(index, word);
    return String.join(" ", words);
  }

  @Test
  void anUntouchedRecordingIsIdentical() throws BadRecording, IOException {
    ReplayReport report = Replayer.run(text.write(dir), ReplayOptions.ALL);

    assertThat(report.sections())
        .extracting(ReplayReport.Section::kind)
        .containsExactly("BOOT", "PAGE", "OBJ");
    assertThat(report.sections())
        .extracting(ReplayReport.Section::status)
        .containsExactly(Status.IDENTICAL, Status.IDENTICAL, Status.IDENTICAL);
    assertThat(report.sections().get(1).operations()).isEqualTo(3317);
    assertThat(report.sections().get(2).operations()).isEqualTo(1000);
    assertThat(report.operations()).isEqualTo(4317);
    assertThat(report.exitStatus()).isZero();
  }

  @Test
  void onlyTheSectionsAskedForAreReported() throws BadRecording, IOException {
    ReplayReport report = Replayer.run(text.write(dir), new ReplayOptions(Set.of("BOOT")));

    assertThat(report.sections()).extracting(ReplayReport.Section::kind).containsExactly("BOOT");
    assertThat(report.exitStatus()).isZero();
  }

  @Test
  void aWrongPfnIsReportedWithTheOperationAndBothSides() throws BadRecording, IOException {
    int line = text.find(section + 1000, l -> l.startsWith("a ") && !l.endsWith("-"));
    String right = text.get(line);
    String pfn = right.split(" ", -1)[3];
    text.set(line, replaceWord(right, 3, "4095"));

    ReplayReport.Difference found = difference();

    assertThat(found.what()).isEqualTo("result");
    assertThat(found.line()).isEqualTo(line + 1);
    assertThat(found.text()).isEqualTo(text.get(line));
    assertThat(found.expected()).isEqualTo("pfn 4095 (0xfff)");
    assertThat(found.got())
        .isEqualTo("pfn " + pfn + " (0x" + Integer.toHexString(Integer.parseInt(pfn)) + ")");
    assertThat(found.before()).isNotEmpty().last().isEqualTo(text.get(line - 1));
  }

  @Test
  void anAllocationThatShouldHaveFailedIsReported() throws BadRecording, IOException {
    int line = text.find(section, "a ");
    String right = text.get(line);
    text.set(line, replaceWord(right, 3, "-"));

    ReplayReport.Difference found = difference();

    assertThat(found.operation()).isEqualTo(1);
    assertThat(found.expected()).isEqualTo("NULL");
    assertThat(found.got()).startsWith("pfn " + right.split(" ", -1)[3]);
    assertThat(found.before()).isEmpty();
  }

  @Test
  void aWrongListIsReportedWithWhatStandsAroundThePlace() throws BadRecording, IOException {
    int line =
        text.find(
            text.find(section, "STATE end"),
            l -> l.startsWith("FREE") && l.matches(".* : \\d+ \\d+ \\d+.*"));
    String[] words = text.get(line).split(" ", -1);
    text.set(line, replaceWord(replaceWord(text.get(line), 7, words[8]), 8, words[7]));

    ReplayReport.Difference found = difference();

    assertThat(found.text()).isEqualTo("STATE end");
    assertThat(found.what())
        .startsWith("free list of order " + words[2] + " ")
        .endsWith(", position 1");
    assertThat(found.expected()).isEqualTo(words[8]);
    assertThat(found.got()).isEqualTo(words[7]);
    assertThat(found.around().get(0)).contains(words[6] + " [" + words[8] + "] " + words[7]);
    assertThat(found.around().get(1)).contains(words[6] + " [" + words[7] + "] " + words[8]);
  }

  @Test
  void aWrongHashInACheckpointIsReportedWithItsList() throws BadRecording, IOException {
    int line = text.find(text.find(section, "CK 512"), "CF 1 ");
    text.set(line, replaceWord(text.get(line), 5, "abc"));

    ReplayReport.Difference found = difference();

    assertThat(found.text()).isEqualTo("CK 512");
    assertThat(found.operation()).isEqualTo(512);
    assertThat(found.what()).contains("of zone 1 (Normal)");
    assertThat(found.expected()).endsWith("hash abc");
  }

  @Test
  void aListThatOnlyTheModelHasIsReported() throws BadRecording, IOException {
    int line = text.find(text.find(section, "CK 256"), "CF 1 ");
    text.set(line, "# nothing");
    int next = text.find(line, "CF ");
    text.set(line, text.get(next));

    assertThat(difference().expected()).isEqualTo("0 blocks with hash 0");
  }

  @Test
  void aWrongCounterInACheckpointIsReported() throws BadRecording, IOException {
    int line = text.find(text.find(section, "CK 256"), "CP 1 0 ");
    text.set(line, text.get(line).replaceFirst("free_factor=\\d", "free_factor=4"));

    ReplayReport.Difference found = difference();

    assertThat(found.what()).isEqualTo("free_factor of cpu 0 of zone 1 (Normal)");
    assertThat(found.expected()).isEqualTo("4");
  }

  @Test
  void aWrongBuddyinfoTextIsReported() throws BadRecording, IOException {
    int line = text.find(text.find(section, "STATE end"), "BI ");
    text.set(line, text.get(line).stripTrailing());

    ReplayReport.Difference found = difference();

    assertThat(found.what()).isEqualTo("line of /proc/buddyinfo");
    assertThat(found.got()).isEqualTo(found.expected() + " ");
  }

  @Test
  void afterADifferenceTheNextSectionIsReplayed() throws BadRecording, IOException {
    text = RecordingText.of("i386-slab-page48");
    int line = text.find(text.find(0, "BEGIN PAGE"), "a ");
    text.set(line, replaceWord(text.get(line), 3, "-"));

    ReplayReport report = Replayer.run(text.write(dir), PAGE);

    assertThat(report.sections()).hasSize(8);
    assertThat(report.count(Status.DIFFERENT)).isEqualTo(1);
    assertThat(report.count(Status.IDENTICAL)).isEqualTo(7);
  }

  @Test
  void aWrongBootStateIsReported() throws BadRecording, IOException {
    int line = text.find(0, "MEMBLOCK reserved 1000000");
    text.set(line, text.get(line).replaceFirst("1000000", "1001000"));

    ReplayReport report = Replayer.run(text.write(dir), new ReplayOptions(Set.of("BOOT")));

    assertThat(report.sections().get(0).status()).isEqualTo(Status.DIFFERENT);
    assertThat(report.sections().get(0).differences().get(0).what()).contains("zone 1");
  }

  @Test
  void freeingWhatTheScenarioDoesNotHoldIsABadRecording() throws IOException {
    int line = text.find(section + 500, "f ");
    text.add(line, text.get(line));
    Path file = text.write(dir);

    assertThatThrownBy(() -> Replayer.run(file, PAGE))
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("gives back what the scenario does not hold")
        .hasMessageContaining(":" + (line + 2) + ":");
  }

  @Test
  void aStateWithABlockOnTwoListsIsABadRecording() throws IOException {
    int line = text.find(text.find(section, "STATE start"), "FREE 1 10 ");
    String pfn = text.get(line).split("[ :+]+", -1)[5];
    text.add(line, "FREE 1 0 0 1 : " + pfn);
    Path file = text.write(dir);

    assertThatThrownBy(() -> Replayer.run(file, PAGE))
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("STATE start cannot be: zone 1: the block " + pfn);
  }

  @Test
  void aCancelledReplayEndsQuietly() throws BadRecording, IOException {
    try (Replayer replayer = Replayer.open(text.write(dir), ReplayOptions.ALL)) {
      assertThat(replayer.next().kind()).isEqualTo("BOOT");
      replayer.cancel();

      assertThat(replayer.next()).isNull();
      assertThat(replayer.isCancelled()).isTrue();
    }
  }
}
