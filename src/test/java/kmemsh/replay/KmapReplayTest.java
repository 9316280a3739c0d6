package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kmemsh.capture.BadRecording;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed KMAP section is a difference at the line that was changed, or is refused. */
class KmapReplayTest {
  private static final ReplayOptions KMAP = new ReplayOptions(Set.of("KMAP"));

  @TempDir private Path dir;

  private RecordingText text;
  private int start;

  @BeforeEach
  void read() throws IOException {
    text = RecordingText.of("i386-slab-vm-part");
    start = text.find(0, "KPAGES");
  }

  private ReplayReport replay() throws IOException, BadRecording {
    return Replayer.run(text.write(dir), KMAP);
  }

  private ReplayReport.Difference differenceAt(int index) throws IOException, BadRecording {
    ReplayReport.Section section = replay().sections().get(0);
    assertThat(section.status()).isEqualTo(Status.DIFFERENT);
    assertThat(section.differences().get(0).line()).isEqualTo(index + 1L);
    return section.differences().get(0);
  }

  @Test
  void theRecordingAsItIsIsIdentical() throws IOException, BadRecording {
    ReplayReport report = replay();

    assertThat(report.count(Status.IDENTICAL)).isEqualTo(2);
    assertThat(report.operations()).isEqualTo(17548);
  }

  @Test
  void anotherAddressIsADifferenceAndWhatFollowsIsSkipped() throws IOException, BadRecording {
    int index = text.find(start, "km 308226");
    text.set(index, "km 308226 ff403000");

    ReplayReport.Difference found = differenceAt(index);
    assertThat(found.expected()).isEqualTo("ff403000");
    assertThat(found.got()).isEqualTo("ff402000");
    assertThat(found.before()).containsExactly("km 299643 ff401000");
    assertThat(replay().sections().get(1).status()).isEqualTo(Status.SKIPPED);
    assertThat(replay().sections().get(1).note()).contains("not known");
  }

  @Test
  void anotherLocalAddressIsADifference() throws IOException, BadRecording {
    int index = text.find(start, "kA 319697 ffffb000");
    text.set(index, "kA 319697 ffffc000");

    assertThat(differenceAt(index).got()).isEqualTo("ffffb000");
  }

  @Test
  void anotherCountAtACheckpointIsADifference() throws IOException, BadRecording {
    int index = text.find(text.find(start, "KCK"), "PK 3 1");
    text.set(index, "PK 3 2 307915");

    assertThat(differenceAt(index).got()).isEqualTo("3 1 307915");
  }

  @Test
  void aSlotTooFewAtACheckpointIsADifference() throws IOException, BadRecording {
    int end = text.find(start, "ENDKCK");
    text.set(end - 1, text.get(end));
    text.set(end, "ku 299643");

    assertThat(differenceAt(end - 1).expected()).isEqualTo("no more slots in use");
  }

  @Test
  void anotherPageAtTheStartOfTheNextSectionIsADifference() throws IOException, BadRecording {
    int next = text.find(text.find(start, "END KMAP"), "PK 1 1");
    text.set(next, "PK 1 1 306676");

    ReplayReport.Section section = replay().sections().get(1);
    assertThat(section.status()).isEqualTo(Status.DIFFERENT);
    assertThat(section.differences().get(0).line()).isEqualTo(next + 1L);
  }

  @Test
  void givingBackWhatIsNotHeldIsRefused() throws IOException {
    int index = text.find(start, "ku 299643");
    text.set(index, "ku 299644");
    assertThatThrownBy(this::replay)
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("'ku 299644' gives back what the scenario does not hold");

    text.set(index, "kU ffffb000");
    assertThatThrownBy(this::replay).isInstanceOf(BadRecording.class);
  }

  /** Puts other digits where digits were; nothing but a difference or a refusal comes of it. */
  @Test
  void aDamagedSectionDiffersOrIsRefused() throws IOException {
    int end = text.find(start, "END KMAP");
    text.endWith(end + 1, List.of("EOF"));
    int refused = 0;
    int different = 0;
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int index = start + 1 + random.nextInt(end - start - 1);
      String line = text.get(index);
      int at = random.nextInt(line.length());
      text.set(index, line.substring(0, at) + random.nextInt(10) + line.substring(at + 1));
      try {
        different += replay().count(Status.DIFFERENT);
      } catch (BadRecording bad) {
        refused++;
        assertThat(bad.getMessage()).hasSizeLessThan(400);
      }
      text.set(index, line);
    }
    assertThat(refused).isGreaterThan(10);
    assertThat(different).isGreaterThan(10);
  }
}
