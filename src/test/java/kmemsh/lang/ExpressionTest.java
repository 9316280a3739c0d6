package kmemsh.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private final Values values = new Values();
  private final Expression expression = new Expression(values, Facts::new);

  /*
   *   $1  the block 0x100..0x107    $2  NULL    $3  address    $4  a list of 3 pages, one NULL
   */
  @BeforeEach
  void keepSomeValues() {
    values.add(Value.page(0x100, 3));
    values.name("p");
    values.add(Value.nothing());
    values.add(Value.address(0xffff888000000000L));
    values.add(Value.list(Value.PAGE, 0, new long[] {5, -1, 7}));
  }

  private Value value(String text) {
    return expression.evaluate(text, 0, text.length());
  }

  private long number(String text) {
    return value(text).number();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '\0',
      value = {
        "1+2*3 = 7",
        "(1+2)*3 = 9",
        "10-3-2 = 5",
        "-3 + 1 = -2",
        "17 % 5 = 2",
        "64K/4096 = 16",
        "!0 + !5 = 1",
        "1 < 2 && 2 < 1 || 3 > 2 = 1",
        "$1.order = 3",
        "$p.pfn % 8 = 0",
        "$p.pages = 8",
        "$_.count = 3",
        "count($4) = 2",
        "$4[2].pfn = 7",
        "$4[*].count = 3",
        "$1+1 - $1 = 1",
        "free(Normal,3) = 13",
        "free(normal) = 1000",
        "pages(Normal).low = 100",
        "pcp(DMA) = 5",
        "largest(DMA) = 9",
        "GFP_KERNEL = 3264",
      })
  void expressionsHaveTheValueOfArithmetic(String text, long result) {
    assertThat(number(text)).isEqualTo(result);
  }

  @Test
  void aPageMovesByFramesAndAnAddressByBytes() {
    Value page = value("$p+2");
    assertThat(page.kind()).isEqualTo(Value.PAGE);
    assertThat(page.number()).isEqualTo(0x102);
    assertThat(page.origin().label()).isEqualTo("$p");
    assertThat(page.origin().ordinalPage()).isEqualTo("third page");
    assertThat(value("$3+4096").show()).isEqualTo("0xffff888000001000");
    assertThat(value("$p.addr").show()).isEqualTo("0xc0100000");
    assertThat(value("$p.zone").text()).isEqualTo("Normal");
  }

  @Test
  void addressesAreComparedUnsigned() {
    assertThat(number("$3 > 0")).isEqualTo(1);
    assertThat(number("0xffff888000000000 > 0xc0000000")).isEqualTo(1);
    assertThat(number("$3 == 0xffff888000000000")).isEqualTo(1);
    assertThat(number("0 - 1 < 0")).isEqualTo(1);
  }

  @Test
  void nullIsEqualToNullOnly() {
    assertThat(number("$2 == NULL")).isEqualTo(1);
    assertThat(number("$1 == NULL")).isZero();
    assertThat(number("$4[1] == NULL")).isEqualTo(1);
    assertThat(number("$4[0] != NULL")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "1/0 ~ 1 / 0 has no value: division by zero",
        "$9 ~ $9 is no value: $1..$4",
        "$q ~ $q names no value: NAME = COMMAND makes one",
        "$2+1 ~ $2 is NULL: there is nothing behind it",
        "$2.pfn ~ $2 is NULL: it has no .pfn",
        "$4+1 ~ $4 is a list of 3 values, not a number",
        "$4[3] ~ $4[3] is not there: $4 has [0]..[2]",
        "$1[0] ~ $1 is a page, not a list",
        "$1 + $1 ~ $1 + $1 has no meaning: a page and a page",
        "1 = 1 ~ = compares nothing: write ==",
        "1 +  ~ the expression ends where a value is expected",
        "(1 ~ the end stands where ) is expected",
        "1 2 ~ 2 cannot be understood here",
        "free(High) ~ High is no zone of this machine: there are DMA, Normal",
        "free(Normal,11) ~ order 11 is not one of 0..10",
        "9223372036854775807 + 1 ~ 9223372036854775807 + 1 is too large for 64 bits",
        "0x7fffffffffffffff * 2 ~ 9223372036854775807 * 2 is too large for 64 bits",
        "$1 + 0x7fffffff ~ $1 + 2147483647 is no page: a pfn is one of 0..0x7fffffff",
        "$ ~ $ needs a number or a name behind it: $1, $p or $_",
      })
  void whatHasNoValueIsRefusedInOneSentence(String text, String message) {
    assertThatThrownBy(() -> value(text)).isInstanceOf(LineError.class).hasMessage(message);
  }

  @Test
  void unknownNamesSuggestTheNearest() {
    assertThatThrownBy(() -> value("fre(Normal)"))
        .isInstanceOfSatisfying(
            LineError.class, e -> assertThat(e.refusal().suggestion()).isEqualTo("free"));
    assertThatThrownBy(() -> value("p"))
        .isInstanceOfSatisfying(
            LineError.class, e -> assertThat(e.refusal().suggestion()).isEqualTo("$p"));
    assertThatThrownBy(() -> value("$p.odrer"))
        .isInstanceOfSatisfying(
            LineError.class, e -> assertThat(e.refusal().suggestion()).isEqualTo("order"));
  }

  @Test
  void aConditionThatFailsShowsBothSides() {
    String text = "free(Normal,3) == 12";
    assertThat(expression.check(text, 0, text.length()))
        .isEqualTo("free(Normal,3) == 12 does not hold: the left side is 13, the right side 12");
    assertThat(expression.check("1 < 2", 0, 5)).isEmpty();
    assertThat(expression.check("'1 < 2'", 0, 7)).isEmpty();
    assertThat(expression.check("'2 < 1'", 0, 7))
        .isEqualTo("2 < 1 does not hold: the left side is 2, the right side 1");
    assertThatThrownBy(() -> expression.check("''", 0, 2)).hasMessageContaining("is text");
    assertThat(expression.check("!1", 0, 2)).isEqualTo("!1 does not hold");
  }

  @Test
  void nestingBeyondASaneDepthIsRefused() {
    String deep = "(".repeat(40) + "1" + ")".repeat(40);
    assertThat(number(deep)).isEqualTo(1);
    assertThatThrownBy(() -> value("(".repeat(100_000) + "1")).hasMessageContaining("inside");
    assertThatThrownBy(() -> value("-".repeat(100_000) + "1")).hasMessageContaining("inside");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void randomArithmeticAgreesWithBigIntegers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      BigInteger expected = tree(random, 4, text);
      if (expected.bitLength() < 64) {
        assertThat(number(text.toString())).as(text.toString()).isEqualTo(expected.longValue());
      }
    }
  }

  private static BigInteger tree(SplittableRandom random, int depth, StringBuilder out) {
    if (depth == 0 || random.nextInt(4) == 0) {
      int leaf = random.nextInt(1000);
      out.append(leaf);
      return BigInteger.valueOf(leaf);
    }
    out.append('(');
    BigInteger left = tree(random, depth - 1, out);
    char operator = "+-*".charAt(random.nextInt(3));
    out.append(random.nextBoolean() ? " " : "").append(operator);
    BigInteger right = tree(random, depth - 1, out);
    out.append(')');
    return switch (operator) {
      case '+' -> left.add(right);
      case '-' -> left.subtract(right);
      default -> left.multiply(right);
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void anyTextHasAValueOrIsRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] parts = {
      "$1", "$2", "$4", "[", "]", "*", ".pfn", ".", "(", ")", "+", "-", "/", "%", "==", "<", "!",
      "&&", "||", "free(", "Normal", ",", "3", "0x", "count(", "pages(", " ", "'", "\u0000", "$p"
    };
    int valid = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(8); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      try {
        value(text.toString());
        valid++;
      } catch (LineError refused) {
        assertThat(refused.getMessage()).isNotEmpty().doesNotContain("\u0000");
      }
    }
    assertThat(valid).isPositive();
  }

  private static final class Facts implements MachineFacts {
    @Override
    public String[] cacheNames() {
      return new String[] {"task_struct", "kmalloc-64"};
    }

    @Override
    public long cacheNumber(String name, String field) {
      return field.length();
    }

    @Override
    public String cacheAt(long address) {
      return "task_struct";
    }

    @Override
    public long objectBytes(long address) {
      return 1088;
    }

    @Override
    public String[] zoneNames() {
      return new String[] {"DMA", "Normal"};
    }

    @Override
    public long freeBlocks(String zone, int order) {
      return 10L + order;
    }

    @Override
    public long zonePages(String zone, String field) {
      return field.equals("low") ? 100 : 1000;
    }

    @Override
    public long pcpPages(String zone) {
      return 5;
    }

    @Override
    public long largestFreeOrder(String zone) {
      return 9;
    }

    @Override
    public long addressOf(int pfn) {
      return 0xc0000000L + ((long) pfn << 12);
    }

    @Override
    public int pfnOf(long address) {
      return (int) ((address - 0xc0000000L) >>> 12);
    }

    @Override
    public String zoneOf(int pfn) {
      return "Normal";
    }

    @Override
    public long endPfn() {
      return 0x1000;
    }
  }
}
