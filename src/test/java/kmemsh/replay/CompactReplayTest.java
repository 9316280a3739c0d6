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

/** A changed COMPACT section is a difference at the line that was changed, or is refused. */
class CompactReplayTest {
  private static final ReplayOptions COMPACT = new ReplayOptions(Set.of("COMPACT"));

  @TempDir private Path dir;

  private RecordingText text;
  private int run;

  @BeforeEach
  void read() throws IOException {
    text = RecordingText.of("x86_64-compact-compactstep-part");
    run = text.find(0, "mi : ");
  }

  private ReplayReport.Difference differenceAt(int index) throws IOException, BadRecording {
    ReplayReport.Section section = Replayer.run(text.write(dir), COMPACT).sections().get(0);
    assertThat(section.status()).isEqualTo(Status.DIFFERENT);
    assertThat(section.differences().get(0).line()).isEqualTo(index + 1L);
    return section.differences().get(0);
  }

  private void replace(int index, String from, String to) {
    String line = text.get(index);
    assertThat(line).contains(from);
    text.set(index, line.replaceFirst(from, to));
  }

  @Test
  void anotherPageThatIsIsolatedIsADifference() throws IOException, BadRecording {
    String first = text.get(run).split(" ")[2].split("[+-]")[0];
    int pfn = Integer.parseInt(first);
    replace(run, " " + first, " " + (pfn + 1));

    ReplayReport.Difference found = differenceAt(run);
    assertThat(found.expected()).isEqualTo("pfn " + (pfn + 1) + " isolated");
    assertThat(found.got()).isEqualTo("pfn " + pfn + " isolated");
  }

  @Test
  void anotherTargetIsADifference() throws IOException, BadRecording {
    int moved = text.find(run, "mg : ");
    String target = text.get(moved).split("; *")[1].split("[ +-]")[0];
    replace(moved, ";  " + target, ";  " + (Integer.parseInt(target) + 1));

    assertThat(differenceAt(moved).got()).endsWith(" moved to " + target);
  }

  @Test
  void aStepThatTheRecordingLacksIsADifferenceAtTheResult() throws IOException, BadRecording {
    int end = text.find(run, "coe ");
    text.set(end - 1, "# nothing");

    assertThat(differenceAt(end).what()).isEqualTo("steps of the run");
  }

  @Test
  void aStepTooManyIsADifference() throws IOException, BadRecording {
    int end = text.find(run, "coe ");
    text.add(end, "mu : 5000");

    assertThat(differenceAt(end).got()).startsWith("the end of the run with result ");
  }

  @Test
  void anotherResultIsADifference() throws IOException, BadRecording {
    int end = text.find(run, "coe ");
    text.set(end, "coe 7");

    assertThat(differenceAt(end).expected()).isEqualTo("7");
  }

  @Test
  void anotherPositionAfterARunIsADifference() throws IOException, BadRecording {
    int kept = text.find(run, "CZC 1");
    replace(kept, "init_free=", "init_free=1");

    assertThat(differenceAt(kept).what()).isEqualTo("positions of zone 1");
  }

  @Test
  void anotherSkipBitAfterARunIsADifference() throws IOException, BadRecording {
    int kept = text.find(run, "CZS 1");
    text.set(kept, "CZS 1 : 4096");

    assertThat(differenceAt(kept).what()).isEqualTo("skip bits of zone 1");
  }

  @Test
  void aZoneThatIsNotThereAndUnevenMovesAreRefused() throws IOException {
    int end = text.find(run, "coe ");
    String line = text.get(end);
    text.set(end, "CZC 100 migrate0=1");
    assertThatThrownBy(() -> Replayer.run(text.write(dir), COMPACT))
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("no zone");
    text.set(end, "mg : 5000 5001 ;  5002");
    assertThatThrownBy(() -> Replayer.run(text.write(dir), COMPACT))
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("2 pages were moved to 1 others");
    text.set(end, line + " catch=5");
    assertThatThrownBy(() -> Replayer.run(text.write(dir), COMPACT))
        .isInstanceOf(BadRecording.class);
  }

  /** What a run is asked for and what it finds at its start may be anything. */
  @Test
  void otherRunsFromOtherPositionsComeToAnEnd() throws IOException, BadRecording {
    int first = text.find(0, "CZC 0");
    int asked = text.find(0, "co ");
    int end = text.find(asked, "coe ");
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      text.set(first, positions(0, random));
      text.set(text.find(first, "CZC 1"), positions(1, random));
      String order = " order=" + (random.nextInt(12) - 1) + " gfp=" + (random.nextInt(4) * 8 + 3);
      int zone = random.nextInt(8);
      text.set(asked, "co " + zone + order + " prio=" + random.nextInt(3) + " hz=1");
      text.endWith(end, List.of("coe 0", "END COMPACT ops=19435", "EOF"));
      Path file = text.write(dir);
      try {
        Replayer.run(file, COMPACT);
      } catch (BadRecording refused) {
        assertThat(zone).as(refused.getMessage()).isGreaterThan(3);
      }
    }
  }

  private static String positions(int zone, Random random) {
    StringBuilder line = new StringBuilder("CZC ").append(zone);
    for (String key : List.of("migrate0", "migrate1", "free", "init_migrate", "init_free")) {
      line.append(' ').append(key).append('=').append(random.nextInt(70000) - 200);
    }
    return line.append(" flush=").append(random.nextInt(2)).toString();
  }
}
