package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import kmemsh.capture.BadRecording;
import kmemsh.view.ReplayReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches and slabs that cannot be are refused or differ; the model never goes astray on them. */
class DamagedSlabStateTest {
  private static final String RECORDING = "/recordings/i386-slab-smp-objreap-part.rec.gz";
  private static final String DIGITS = "0123456789-+*: ";

  @TempDir private Path dir;

  private static byte[] text() throws IOException {
    try (InputStream in = DamagedSlabStateTest.class.getResourceAsStream(RECORDING)) {
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  /** Changes a digit of the caches or of the first dump of the slabs. */
  private static void damage(byte[] text, int start, int end, Random random) {
    int at = start + random.nextInt(end - start);
    while (text[at] < '0' || text[at] > '9') {
      at = start + random.nextInt(end - start);
    }
    text[at] = (byte) DIGITS.charAt(random.nextInt(DIGITS.length()));
  }

  @Test
  void damagedCachesAndSlabsAreRefusedOrDiffer() throws IOException {
    byte[] text = text();
    String lines = new String(text, StandardCharsets.US_ASCII);
    int caches = lines.indexOf("\nCACHE ");
    int cachesEnd = lines.indexOf("\nSTATE start");
    int slabs = lines.indexOf("SLABSTATE start");
    int slabsEnd = lines.indexOf("ENDSLABSTATE");
    int refused = 0;
    for (int seed = 0; seed < 150; seed++) {
      byte[] damaged = text.clone();
      Random random = new Random(seed);
      boolean ofCaches = seed % 2 == 0;
      damage(damaged, ofCaches ? caches : slabs, ofCaches ? cachesEnd : slabsEnd, random);
      Path file = Files.write(dir.resolve("damaged-" + seed + ".rec"), damaged);
      try {
        assertThat(Replayer.run(file, ReplayOptions.ALL).sections())
            .extracting(ReplayReport.Section::kind)
            .contains("OBJ");
      } catch (BadRecording bad) {
        refused++;
        assertThat(bad.getMessage()).as("seed " + seed).hasSizeLessThan(400);
      }
    }
    assertThat(refused).isGreaterThan(60);
  }
}
