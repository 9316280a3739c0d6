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

/** A changed CMA section is a difference at the line that was changed, or is refused. */
class CmaReplayTest {
  private static final ReplayOptions CMA = new ReplayOptions(Set.of("CMA"));

  @TempDir private Path dir;

  private RecordingText text;
  private int area;
  private int wanted;

  @BeforeEach
  void read() throws IOException {
    text = RecordingText.of("x86_64-compact-cma-part");
    area = text.find(0, "CMAAREA");
    wanted = text.find(area, "ca ");
  }

  private ReplayReport.Difference differenceAt(int index) throws IOException, BadRecording {
    ReplayReport.Section section = Replayer.run(text.write(dir), CMA).sections().get(0);
    assertThat(section.status()).isEqualTo(Status.DIFFERENT);
    assertThat(section.differences().get(0).line()).isEqualTo(index + 1L);
    return section.differences().get(0);
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> Replayer.run(text.write(dir), CMA))
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining(why);
  }

  @Test
  void anotherFirstPageIsADifference() throws IOException, BadRecording {
    int end = text.find(wanted, "cae ");
    text.set(end, "cae 115000");

    ReplayReport.Difference found = differenceAt(end);
    assertThat(found.what()).isEqualTo("first page of the range");
    assertThat(found.expected()).isEqualTo("115000");
  }

  @Test
  void aRangeThatIsNotFoundIsADifference() throws IOException, BadRecording {
    int end = text.find(wanted, "cae ");
    text.set(end, "cae -");

    assertThat(differenceAt(end).got()).isNotEqualTo("-1");
  }

  @Test
  void anotherTargetIsADifference() throws IOException, BadRecording {
    int moved = text.find(wanted, "mg : ");
    text.set(moved, text.get(moved).replace(";  105173", ";  105172"));

    assertThat(differenceAt(moved).what()).startsWith("step ");
  }

  @Test
  void otherBitsOfTheAreaAreADifference() throws IOException, BadRecording {
    int later = text.find(area + 1, "CMAAREA");
    text.set(later, "CMAAREA base=114176 count=16384 order_per_bit=0 : 0+1*47");

    assertThat(differenceAt(later).what()).isEqualTo("bits of the area");
  }

  @Test
  void aReleaseOfWhatIsNotHeldIsRefused() throws IOException {
    int release = text.find(area, "cx ");
    text.set(release, "cx 114000 3");

    assertRefused("released");
  }

  @Test
  void anAreaThatDoesNotFitIsRefused() throws IOException {
    text.set(area, "CMAAREA base=0 count=16384 order_per_bit=0 :");
    assertRefused("no zone has room");
    text.set(area, "CMAAREA base=114176 count=0 order_per_bit=0 :");
    assertRefused("an area of 0 pages");
    text.set(area, "# no area");
    assertRefused("no CMAAREA");
  }

  /** What is wanted may be anything: a range too long, aligned to more than the area. */
  @Test
  void anyRangeIsFoundOrNot() throws IOException, BadRecording {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int order = random.nextInt(5);
      int base = 114176 + random.nextInt(4) * 256;
      int count = 512 << random.nextInt(5);
      text.set(area, "CMAAREA base=" + base + " count=" + count + " order_per_bit=" + order + " :");
      int pages = random.nextInt(1 << random.nextInt(15));
      text.set(wanted, "ca " + pages + " " + random.nextInt(16));
      text.endWith(wanted + 1, List.of("cae 0", "END CMA ops=1", "EOF"));

      assertThat(differenceAt(wanted + 1).expected()).isEqualTo("0");
    }
  }
}
