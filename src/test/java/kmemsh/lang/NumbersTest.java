package kmemsh.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @Test
  void numbersAreDecimalHexOrOctal() {
    assertThat(Numbers.parse("10")).isEqualTo(10);
    assertThat(Numbers.parse("0x1f")).isEqualTo(31);
    assertThat(Numbers.parse("0XAb")).isEqualTo(0xab);
    assertThat(Numbers.parse("017")).isEqualTo(15);
    assertThat(Numbers.parse("0")).isZero();
  }

  @Test
  void sizesArePowersOf1024() {
    assertThat(Numbers.parse("64K")).isEqualTo(65536);
    assertThat(Numbers.parse("1m")).isEqualTo(1 << 20);
    assertThat(Numbers.parse("2G")).isEqualTo(2L << 30);
    assertThat(Numbers.parse("1T")).isEqualTo(1L << 40);
    assertThat(Numbers.parse("0K")).isZero();
  }

  @Test
  void theLimitsAreExact() {
    assertThat(Numbers.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(Numbers.parse("0xffffffffffffffff")).isEqualTo(-1);
    assertThatThrownBy(() -> Numbers.parse("9223372036854775808"))
        .hasMessageStartingWith("9223372036854775808 is too large");
    assertThatThrownBy(() -> Numbers.parse("0x10000000000000000"))
        .hasMessageContaining("too large");
    assertThatThrownBy(() -> Numbers.parse("8388608T")).hasMessageContaining("too large");
    assertThat(Numbers.parse("8388607T")).isEqualTo(8388607L << 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1x", "0x", "0xg", "K", "1KK", "1.5", "-1", "1_000"})
  void whatIsNoNumberIsRefused(String word) {
    assertThatThrownBy(() -> Numbers.parse(word))
        .isInstanceOf(LineError.class)
        .hasMessageContaining("is not a number");
  }

  @Test
  void anEightInAnOctalNumberIsNamed() {
    assertThatThrownBy(() -> Numbers.parse("018")).hasMessageContaining("is not octal");
  }

  @Test
  void everyLongReadsBackFromDecimalAndHex() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >>> random.nextInt(64);
      assertThat(Numbers.parse("0x" + Long.toHexString(value))).isEqualTo(value);
      if (value >= 0) {
        assertThat(Numbers.parse(Long.toString(value))).isEqualTo(value);
      }
    }
  }
}
