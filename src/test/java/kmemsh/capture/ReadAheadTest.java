package kmemsh.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(61).nextBytes(bytes);
    return bytes;
  }

  private static InputStream failing() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new ZipException("broken");
      }

      @Override
      public int read(byte[] to, int start, int size) throws IOException {
        return read();
      }
    };
  }

  @Test
  void everyByteComesInOrderAndThenTheEndAgainAndAgain() throws IOException {
    byte[] bytes = bytes(1_000_001);
    try (ReadAhead in = new ReadAhead(new ByteArrayInputStream(bytes))) {
      assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
      assertThat(in.readNBytes(bytes.length)).hasSize(1_000_000).endsWith(bytes[1_000_000]);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
    }
    try (ReadAhead in = new ReadAhead(new ByteArrayInputStream(bytes))) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void aFailureComesBehindTheBytesBeforeIt() throws IOException {
    byte[] bytes = bytes(100_000);
    InputStream broken = new SequenceInputStream(new ByteArrayInputStream(bytes), failing());
    try (ReadAhead in = new ReadAhead(broken)) {
      assertThat(in.readNBytes(bytes.length)).isEqualTo(bytes);
      assertThatThrownBy(in::read).isInstanceOf(ZipException.class).hasMessage("broken");
      assertThatThrownBy(in::read).isInstanceOf(ZipException.class);
    }
  }

  @Test
  void anInterruptIsKeptForTheReader() throws IOException {
    try (ReadAhead in = new ReadAhead(new ByteArrayInputStream(bytes(1000)))) {
      Thread.currentThread().interrupt();
      byte[] got = in.readAllBytes();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(got).hasSize(1000);
    }
  }

  @Test
  void closingEndsTheThreadAndClosesWhatItReads() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 7;
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    try (ReadAhead in = new ReadAhead(endless)) {
      assertThat(in.read()).isEqualTo(7);
    }
    closed.await();
    assertThat(closed.getCount()).isZero();
  }
}
