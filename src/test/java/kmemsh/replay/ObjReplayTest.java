package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import kmemsh.capture.BadRecording;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed OBJ section is a difference at the line that was changed, or is refused. */
class ObjReplayTest {
  private static final ReplayOptions OBJ = new ReplayOptions(Set.of("OBJ"));

  @TempDir private Path dir;

  private RecordingText text;
  private int start;

  @BeforeEach
  void read() throws IOException {
    text = RecordingText.of("x86_64-smp-obj-part");
    start = text.find(text.find(0, "SLABSTATE start"), "ENDSLABSTATE");
  }

  private ReplayReport.Section replay() throws IOException, BadRecording {
    return Replayer.run(text.write(dir), OBJ).sections().get(0);
  }

  private void assertDiffersAt(int index, String what) throws IOException, BadRecording {
    ReplayReport.Section section = replay();
    assertThat(section.status()).isEqualTo(Status.DIFFERENT);
    assertThat(section.differences()).hasSize(1);
    assertThat(section.differences().get(0).line()).isEqualTo(index + 1L);
    assertThat(section.differences().get(0).what()).contains(what);
  }

  private void change(int index, String from, String to) {
    String line = text.get(index);
    assertThat(line).containsPattern(from);
    text.set(index, line.replaceFirst(from, to));
  }

  @Test
  void theRecordingAsItIsIsIdentical() throws IOException, BadRecording {
    ReplayReport.Section section = replay();

    assertThat(section.status()).isEqualTo(Status.IDENTICAL);
    assertThat(section.operations()).isEqualTo(3000);
    assertThat(section.compared()).isGreaterThan(6000);
  }

  @Test
  void anotherAddressIsADifferenceThatShowsBothSides() throws IOException, BadRecording {
    int index = text.find(start, "oa 67");
    text.set(index, "oa 67 2a20 1048982:608");

    assertDiffersAt(index, "result");
    ReplayReport.Difference found = replay().differences().get(0);
    assertThat(found.expected()).isEqualTo("1048982:608");
    assertThat(found.got()).isEqualTo("1048982:0");
    assertThat(found.text()).isEqualTo("oa 67 2a20 1048982:608");
  }

  @Test
  void anotherFreelistIsADifference() throws IOException, BadRecording {
    int mid = text.find(start, "SLABSTATE mid");
    int index = text.find(mid, line -> line.startsWith("SU ") && line.contains("cfl: 6"));
    change(index, "cfl: 6", "cfl: 5 6");

    assertDiffersAt(mid, "slab on a list");
    assertThat(replay().differences().get(0).expected()).contains("cfl [5, 6");
  }

  @Test
  void anotherCounterIsADifference() throws IOException, BadRecording {
    int mid = text.find(start, "SLABSTATE mid");
    int index = text.find(mid, "SN 2 ");
    change(index, "total_objects=\\d+", "total_objects=1");

    assertDiffersAt(mid, "counters");
  }

  @Test
  void anotherGeometryOfANewCacheIsADifference() throws IOException, BadRecording {
    int index = text.find(0, "CACHE 69 ");
    change(index, "offset=\\d+", "offset=8");

    ReplayReport.Section section = replay();
    assertThat(section.status()).isEqualTo(Status.DIFFERENT);
    assertThat(section.differences().get(0).what()).startsWith("offset of cache ko_");
  }

  @Test
  void givingBackWhatIsNotHeldIsRefused() {
    int index = text.find(start, "of 67");
    text.set(index, "of 67 1048982:1");

    assertThatThrownBy(this::replay)
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("gives back what the scenario does not hold");
  }

  @Test
  void aCacheThatDoesNotExistIsRefused() {
    text.set(text.find(start, "oa "), "oa 900 2800 1048982:0");

    assertThatThrownBy(this::replay)
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("there is no cache 900");
  }

  @Test
  void anObjectThatIsFreeTwiceIsRefused() {
    int index = text.find(0, "SU 0 cpu0 ");
    change(index, "cfl: 6\\+1\\*10", "cfl: 6 6");

    assertThatThrownBy(this::replay)
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("object 6 is free twice");
  }

  @Test
  void aListThatNoAllocatorHasIsRefused() {
    int index = text.find(0, "SU 0 cpu0 ");
    change(index, "cpu0", "heap0");

    assertThatThrownBy(this::replay)
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("'heap' is not a list of the allocator");
  }

  @Test
  void damagedDigitsAreADifferenceOrRefused() throws IOException {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      RecordingText damaged = RecordingText.of("i386-slub-obj-part");
      int index = damaged.find(0, "BEGIN OBJ") + random.nextInt(4500);
      char[] line = damaged.get(index).toCharArray();
      for (int at = random.nextInt(line.length); at < line.length; at++) {
        if (line[at] >= '0' && line[at] <= '9') {
          line[at] = "0123456789-+:".charAt(random.nextInt(13));
          break;
        }
      }
      damaged.set(index, new String(line));
      Path file = damaged.write(dir);
      try {
        assertThat(Replayer.run(file, OBJ).sections()).isNotEmpty();
      } catch (BadRecording bad) {
        refused++;
        assertThat(bad.getMessage()).hasSizeLessThan(400);
      }
    }
    assertThat(refused).isBetween(5, 55);
  }
}
