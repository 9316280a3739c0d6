package kmemsh.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;

/**
 * Any bytes are read or refused. A plain test run tries the seeds in the resources; {@code
 * JAZZER_FUZZ=1 mvn test -Dtest=RecordingReaderFuzzTest} searches for more.
 */
class RecordingReaderFuzzTest {
  @FuzzTest(maxDuration = "30m")
  void anyBytesAreReadOrRefused(byte[] bytes) {
    try (RecordingReader reader = RecordingReader.open("fuzz", new ByteArrayInputStream(bytes))) {
      RecordingReaderTest.readAll(reader);
    } catch (BadRecording bad) {
      assertThat(bad.what()).isNotBlank();
    }
  }
}
