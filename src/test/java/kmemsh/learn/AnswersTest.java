package kmemsh.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
  private static final List<Question.Choice> YES_NO =
      List.of(
          new Question.Choice("yes", "it may", ""), new Question.Choice("no", "it must not", ""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4096|4096",
        "4K|4096",
        "4 KiB|4096",
        "4kb|4096",
        "0x1000|4096",
        "0X1000|4096",
        "4,096|4096",
        "4096 bytes|4096",
        "2M|2097152",
        "12 pages|12",
        "order 3|3",
        "pfn 0x10|16",
        "0|0",
        "-1|-1",
      })
  void aNumberMayBeWrittenInManyWays(String typed, String canonical) {
    assertThat(Answers.read(AnswerKind.NUMBER, List.of(), typed)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 2 2|3 2 2",
        "3,2,2|3 2 2",
        "3, 2, 2|3 2 2",
        "[3; 2; 2]|3 2 2",
        "0x10 and 17|16 17",
        "0x10 -> 0x20|16 32",
        "none|''",
        "1 -1|1 -1",
      })
  void aListMayHaveCommasOrNot(String typed, String canonical) {
    assertThat(Answers.read(AnswerKind.NUMBERS, List.of(), typed)).isEqualTo(canonical);
  }

  @Test
  void whatIsNoAnswerIsNotTakenForOne() {
    assertThat(Answers.read(AnswerKind.NUMBER, List.of(), "many")).isNull();
    assertThat(Answers.read(AnswerKind.NUMBER, List.of(), "99999999999999999999")).isNull();
    assertThat(Answers.read(AnswerKind.NUMBER, List.of(), "9000000000G")).isNull();
    assertThat(Answers.read(AnswerKind.NUMBERS, List.of(), "3 many")).isNull();
    assertThat(Answers.read(AnswerKind.NUMBERS, List.of(), "")).isNull();
    assertThat(Answers.read(AnswerKind.CHOICE, YES_NO, "c")).isNull();
    assertThat(Answers.read(AnswerKind.WORD, List.of(), " ")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"a,yes", "A),yes", "(b),no", "yes,yes", "Y,yes", "n,no", "it must not,no"})
  void aChoiceIsALetterOrAWord(String typed, String word) {
    assertThat(Answers.read(AnswerKind.CHOICE, YES_NO, typed)).isEqualTo(word);
  }

  @Test
  void namesAreTheSameWithoutTheirUsualPrefixes() {
    Question zone = question(AnswerKind.WORD, "Normal");
    Question cache = question(AnswerKind.WORD, "kmalloc-1k");

    assertThat(Answers.same(zone, "ZONE_NORMAL", "ZONE_NORMAL")).isTrue();
    assertThat(Answers.same(zone, "normal", "normal")).isTrue();
    assertThat(Answers.same(zone, "DMA", "DMA")).isFalse();
    assertThat(Answers.same(cache, "1024", "1024")).isTrue();
    assertThat(Answers.same(cache, "size-1024", "size-1024")).isTrue();
    assertThat(Answers.same(cache, "kmalloc-1k", "kmalloc-1k")).isTrue();
    assertThat(Answers.same(cache, "kmalloc-2k", "kmalloc-2k")).isFalse();
  }

  @Test
  void digitsOfAFrameMayBeMeantAsHexadecimalOnes() {
    Question frame = question(AnswerKind.HEX, "5128");

    assertThat(Answers.same(frame, "1408", "1408")).isTrue();
    assertThat(Answers.same(frame, "5128", "0x1408")).isTrue();
    assertThat(Answers.same(question(AnswerKind.NUMBER, "5128"), "1408", "1408")).isFalse();
  }

  private static Question question(AnswerKind kind, String answer) {
    return new Question(
        "f", "t", 1, 0, "", List.of(), "", "", kind, List.of(), answer, answer, List.of(),
        List.of(), "");
  }
}
