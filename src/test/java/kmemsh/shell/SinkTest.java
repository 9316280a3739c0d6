package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void textOfAnyLengthArrivesAsUtf8(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Sink sink = new Sink(bytes);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      StringBuilder part = new StringBuilder();
      int length = random.nextInt(random.nextInt(5) == 0 ? 90_000 : 100);
      int kind = random.nextInt(3);
      for (int at = 0; at < length; at++) {
        part.appendCodePoint(kind == 0 ? 'a' + at % 26 : kind == 1 ? 0x20ac : 0x1f600);
      }
      sink.append(part);
      all.append(part);
    }
    sink.flush();

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(all.toString());
    assertThat(sink.pending()).isFalse();
  }
}
