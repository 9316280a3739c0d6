package kmemsh.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DamagedRecordingTest {
  private static final String RECORDING = "/recordings/i386-slab-proc.rec.gz";
  private static byte[] zipped;
  private static byte[] plain;

  @BeforeAll
  static void readTheRecording() throws IOException {
    try (InputStream in = DamagedRecordingTest.class.getResourceAsStream(RECORDING)) {
      zipped = in.readAllBytes();
    }
    plain = new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
  }

  private static void read(byte[] bytes) throws BadRecording {
    try (RecordingReader reader = RecordingReader.open("t", new ByteArrayInputStream(bytes))) {
      RecordingReaderTest.readAll(reader);
    }
  }

  @Test
  void theUndamagedRecordingReads() throws BadRecording {
    read(zipped);
    read(plain);
  }

  @Test
  void aTextCutAnywhereIsCutShort() {
    for (int length = 0; length < plain.length; length += 331) {
      byte[] cut = Arrays.copyOf(plain, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut after " + length)
          .isInstanceOf(BadRecording.class);
    }
  }

  @Test
  void aGzipFileCutAnywhereIsCutShort() {
    for (int length = 0; length < zipped.length; length += 61) {
      byte[] cut = Arrays.copyOf(zipped, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut after " + length)
          .isInstanceOf(BadRecording.class);
    }
  }

  @Test
  void flippedBytesAreReadOrRefusedButNeverWorse() {
    int refused = 0;
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] flipped = (random.nextBoolean() ? plain : zipped).clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        read(flipped);
      } catch (BadRecording bad) {
        refused++;
        assertThat(bad.what()).as("seed " + seed).isNotBlank();
      }
    }
    assertThat(refused).isGreaterThan(100);
  }
}
