package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Sink out = new Sink(written);

  /** Gives at most {@code most} bytes a read, as a pipe does. */
  private static InputStream slow(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, most));
      }
    };
  }

  private List<String> read(byte[] bytes, int most) throws IOException {
    Lines lines = new Lines(slow(bytes, most), out);
    List<String> all = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
    }
    assertThat(lines.number()).isEqualTo(all.size());
    return all;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void linesDoNotDependOnHowTheBytesArrive(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String line = "x\u00e9\u20ac".repeat(random.nextInt(random.nextInt(10) == 0 ? 9000 : 20));
      expected.add(line);
      text.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

    assertThat(read(bytes, 1 + random.nextInt(70_000))).isEqualTo(expected);
    assertThat(read(bytes, Integer.MAX_VALUE)).isEqualTo(expected);
  }

  @Test
  void anInputIsShortWhenAllOfItHasArrivedAndThatIsLittle() throws IOException {
    byte[] little = "alloc_page\nbuddyinfo\n".getBytes(StandardCharsets.UTF_8);
    Lines all = new Lines(slow(little, Integer.MAX_VALUE), out);
    Lines part = new Lines(slow(little, 3), out);
    Lines much = new Lines(slow(new byte[5000], Integer.MAX_VALUE), out);

    assertThat(List.of(all.startsBinary(), part.startsBinary(), much.startsBinary()))
        .containsExactly(false, false, true);
    assertThat(all.shortText()).isEqualTo("alloc_page\nbuddyinfo\n");
    assertThat(all.next()).isEqualTo("alloc_page");
    assertThat(part.shortText()).isNull();
    assertThat(much.shortText()).isNull();
  }

  @Test
  void aByteOrderMarkBeforeTheFirstLineIsSkipped() throws IOException {
    byte[] marked = "\ufeffalloc_page\n\ufeffb\n".getBytes(StandardCharsets.UTF_8);

    assertThat(read(marked, 1)).containsExactly("alloc_page", "\ufeffb");
    assertThat(read(marked, 100)).containsExactly("alloc_page", "\ufeffb");
  }

  @Test
  void bytesThatAreNoUtf8AreReplaced() throws IOException {
    assertThat(read(new byte[] {'a', (byte) 0xff, '\n'}, 9)).containsExactly("a\ufffd");
  }

  @Test
  void aLineThatIsTooLongIsLeftOutAndTheNextOneIsNot() throws IOException {
    byte[] bytes = new byte[Lines.MAX_LINE_BYTES + 100_000];
    java.util.Arrays.fill(bytes, (byte) 'x');
    bytes[bytes.length - 3] = '\n';
    bytes[bytes.length - 2] = 'b';
    bytes[bytes.length - 1] = '\n';
    Lines lines = new Lines(new ByteArrayInputStream(bytes), out);

    assertThat(lines.next()).isEmpty();
    assertThat(lines.tooLong()).isTrue();
    assertThat(lines.next()).isEqualTo("b");
    assertThat(lines.tooLong()).isFalse();
    assertThat(lines.next()).isNull();
  }

  @Test
  void whatWasAnsweredIsWrittenBeforeAReadThatMayWait() throws IOException {
    InputStream pipe =
        new InputStream() {
          private int reads;

          @Override
          public int read() {
            throw new AssertionError();
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            target[offset] = '\n';
            return reads++ == 2 ? -1 : 1;
          }
        };
    Lines lines = new Lines(pipe, out);
    lines.next();
    out.append(new StringBuilder("answer"));
    assertThat(written.size()).isZero();

    lines.next();

    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("answer");
  }
}
