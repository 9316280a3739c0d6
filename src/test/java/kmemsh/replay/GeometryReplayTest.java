package kmemsh.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import kmemsh.capture.BadRecording;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GEOM and KMALLOC sections of real kernels. */
class GeometryReplayTest {
  private static final ReplayOptions TABLES = new ReplayOptions(Set.of("GEOM", "KMALLOC"));

  @TempDir private Path dir;

  private static String text(String name) throws IOException {
    String path = "/recordings/" + name + "-part.rec.gz";
    try (InputStream in = GeometryReplayTest.class.getResourceAsStream(path);
        GZIPInputStream bytes = new GZIPInputStream(in)) {
      return new String(bytes.readAllBytes(), UTF_8);
    }
  }

  private ReplayReport replay(String text) throws IOException, BadRecording {
    Path file = Files.writeString(dir.resolve("t.rec"), text);
    return Replayer.run(file, TABLES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i386-slab-geom",
        "x86_64-slab-numa-geom",
        "i386-slub-geom",
        "x86_64-smp-geom",
        "x86_64-slob-geom"
      })
  void everyRowOfARecordedTableFollows(String name) throws IOException, BadRecording {
    ReplayReport report = replay(text(name));
    assertThat(report.sections()).extracting(s -> s.kind()).containsExactly("KMALLOC", "GEOM");
    assertThat(report.sections()).extracting(s -> s.status()).containsOnly(Status.IDENTICAL);
    assertThat(report.sections().get(1).operations()).isGreaterThan(2000);
  }

  @Test
  void theTablesFollowFromTheFlagsOfSlubDebug() throws IOException, BadRecording {
    assertThat(replay(text("i386-slub-geomdebug")).count(Status.IDENTICAL)).isEqualTo(2);
    String without = text("i386-slub-geomdebug").replace("slub_debug=10d00", "slub_debug=0");
    assertThat(replay(without).count(Status.DIFFERENT)).isPositive();
  }

  @Test
  void aValueThatDoesNotFollowIsShownWithItsRow() throws IOException, BadRecording {
    String row = "G,16,0,0,0,0,16,16,8,0\n";
    String text = text("x86_64-slob-geom");
    assertThat(text.contains(row)).isTrue();
    ReplayReport report = replay(text.replace(row, "G,16,0,0,0,0,16,18,8,0\n"));
    ReplayReport.Difference found = report.sections().get(1).differences().get(0);
    assertThat(found.what()).isEqualTo("size");
    assertThat(found.expected()).isEqualTo("18");
    assertThat(found.got()).isEqualTo("16");
    assertThat(found.text()).isEqualTo("G,16,0,0,0,0,16,18,8,0");
  }

  @Test
  void bothEndsOfAKmallocLineAreAsked() throws IOException, BadRecording {
    String text = text("i386-slab-geom");
    assertThat(text.contains("KM cc0 65 ksize=96 kmalloc-96\n")).isTrue();
    ReplayReport report = replay(text.replace("KM cc0 65 ksize=96", "KM cc0 66 ksize=96"));
    assertThat(report.sections().get(0).differences().get(0).what()).isEqualTo("kmalloc of 65");
  }

  @Test
  void aTableWithoutItsColumnsIsABadRecording() throws IOException {
    String text = text("i386-slab-geom").replace("GH,req_size", "GH,size");
    assertThat(assertBad(text)).contains("req_size");
  }

  private String assertBad(String text) throws IOException {
    try {
      replay(text);
    } catch (BadRecording bad) {
      return bad.getMessage();
    }
    throw new AssertionError("the recording was read");
  }
}
