package kmemsh.mm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBytesTest {
  private static final long FAR = 0x3f_ffff_f000L;

  private final FrameBytes bytes = new FrameBytes();

  @Test
  void memoryThatNobodyWroteIsZeroAndTakesNothing() {
    assertThat(bytes.get64(FAR)).isZero();
    bytes.zeroFrame(7);
    bytes.fill(0x5000, 3 * 4096, 0);

    assertThat(bytes.nrTouched()).isZero();
    assertThat(bytes.isTouched(7)).isFalse();
  }

  @Test
  void wordsAreLittleEndian() {
    bytes.set64(FAR + 8, 0x1122334455667788L);

    assertThat(bytes.get8(FAR + 8)).isEqualTo(0x88);
    assertThat(bytes.get16(FAR + 10)).isEqualTo(0x5566);
    assertThat(bytes.get32(FAR + 12)).isEqualTo(0x11223344);
    assertThat(bytes.nrTouched()).isEqualTo(1);
  }

  @Test
  void rangesMayCrossFrames() {
    bytes.fill(0x1ffe, 4, 0x6b);
    bytes.copy(0x1ffd, 0x8fff, 6);
    byte[] out = new byte[6];
    bytes.read(0x8fff, out, 0, 6);

    assertThat(out).containsExactly(0, 0x6b, 0x6b, 0x6b, 0x6b, 0);
  }

  @Test
  void aFrameOfZeroesGivesNoStaleByte() {
    bytes.set32(0x3ffc, -1);
    bytes.zeroFrame(3);

    assertThat(bytes.get32(0x3ffc)).isZero();
  }

  /** Random writes, checkpoints and ways back, beside a map of bytes. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void goingBackGivesTheBytesOfThatMoment(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Long, Integer> model = new HashMap<>();
    List<FrameBytes.State> states = new ArrayList<>();
    List<Map<Long, Integer>> models = new ArrayList<>();
    for (int step = 0; step < 3000; step++) {
      int what = random.nextInt(100);
      if (what < 90) {
        long phys = ((long) random.nextInt(40) * 52_001 << 12) + random.nextInt(4096);
        int value = random.nextInt(256);
        bytes.set8(phys, value);
        model.put(phys, value);
      } else if (what < 95) {
        states.add(bytes.checkpoint());
        models.add(new HashMap<>(model));
      } else if (!states.isEmpty()) {
        int back = random.nextInt(states.size());
        bytes.restore(states.get(back));
        model = new HashMap<>(models.get(back));
      }
      Map<Long, Integer> now = model;
      if (step % 50 == 0) {
        now.forEach((phys, value) -> assertThat(bytes.get8(phys)).isEqualTo(value));
        long frames = now.keySet().stream().map(phys -> phys >>> 12).distinct().count();
        assertThat(bytes.nrTouched()).isEqualTo((int) frames);
      }
    }
  }

  /** Long enough to go from reading byte by byte to reading words. */
  @Test
  void wordsAreLittleEndianHoweverManyAreReadAndWritten() {
    FrameBytes bytes = new FrameBytes();
    ByteBuffer plain = ByteBuffer.allocate(2 * 4096).order(ByteOrder.LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(5);
    for (int step = 0; step < 200_000; step++) {
      int at = random.nextInt(2 * 4096);
      long value = random.nextLong();
      switch (random.nextInt(6)) {
        case 0 -> {
          bytes.set16(at & ~1, (int) value & 0xffff);
          plain.putShort(at & ~1, (short) value);
        }
        case 1 -> {
          bytes.set32(at & ~3, (int) value);
          plain.putInt(at & ~3, (int) value);
        }
        case 2 -> {
          bytes.set64(at & ~7, value);
          plain.putLong(at & ~7, value);
        }
        case 3 -> assertThat(bytes.get16(at & ~1)).isEqualTo(plain.getShort(at & ~1) & 0xffff);
        case 4 -> assertThat(bytes.get32(at & ~3)).isEqualTo(plain.getInt(at & ~3));
        default -> assertThat(bytes.get64(at & ~7)).isEqualTo(plain.getLong(at & ~7));
      }
    }
  }
}
