package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import kmemsh.capture.BadRecording;
import kmemsh.view.ReplayReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged recording is a difference or refused; nothing else may come of it. */
class DamagedReplayTest {
  private static final String RECORDING = "/recordings/i386-slab-proc.rec.gz";
  private static final String DIGITS = "0123456789-+*: \n";

  @TempDir private Path dir;

  private static byte[] text() throws IOException {
    try (InputStream in = DamagedReplayTest.class.getResourceAsStream(RECORDING)) {
      return new GZIPInputStream(new ByteArrayInputStream(in.readAllBytes())).readAllBytes();
    }
  }

  /** Puts other digits and signs where digits were, so that most lines stay well formed. */
  private static void damage(byte[] text, Random random) {
    int nr = 1 + random.nextInt(3);
    while (nr > 0) {
      int at = random.nextInt(text.length);
      if (text[at] >= '0' && text[at] <= '9') {
        text[at] = (byte) DIGITS.charAt(random.nextInt(DIGITS.length()));
        nr--;
      }
    }
  }

  @Test
  void aDamagedRecordingDiffersOrIsRefused() throws IOException {
    byte[] text = text();
    int identical = 0;
    int refused = 0;
    for (int seed = 0; seed < 200; seed++) {
      byte[] damaged = text.clone();
      damage(damaged, new Random(seed));
      Path file = Files.write(dir.resolve("damaged-" + seed + ".rec"), damaged);
      try {
        ReplayReport report = Replayer.run(file, ReplayOptions.ALL);
        identical += report.count(ReplayReport.Status.DIFFERENT) == 0 ? 1 : 0;
      } catch (BadRecording bad) {
        refused++;
        assertThat(bad.getMessage()).as("seed " + seed).hasSizeLessThan(400);
      }
    }
    assertThat(refused).isGreaterThan(50);
    assertThat(identical).isLessThan(150);
  }
}
