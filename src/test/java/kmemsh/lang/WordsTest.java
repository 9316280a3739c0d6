package kmemsh.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  private static List<String> all(String line) {
    List<String> found = new ArrayList<>();
    Words words = new Words();
    int at = 0;
    while (at < line.length()) {
      at = words.scan(line, at);
      for (int i = 0; i < words.count(); i++) {
        found.add(words.word(i));
      }
      found.add("|");
    }
    return found;
  }

  @Test
  void blanksPartWordsAndSemicolonsPartCommands() {
    assertThat(all(" a\tbb ;c\nd")).containsExactly("a", "bb", "|", "c", "|", "d", "|");
  }

  @Test
  void quotesAreAsInSh() {
    assertThat(all("'a b' c\"d e\"f g\\ h '' \"\\\"\" 'x\\y'"))
        .containsExactly("a b", "cd ef", "g h", "", "\"", "x\\y", "|");
    assertThat(all("'a;b' \"c#d\"")).containsExactly("a;b", "c#d", "|");
  }

  @Test
  void aCommentBeginsAtAWordOnly() {
    assertThat(all("a#b # c ; d\ne")).containsExactly("a#b", "|", "e", "|");
  }

  @Test
  void aBackslashAtTheEndJoinsLines() {
    assertThat(all("a \\\n b")).containsExactly("a", "b", "|");
    assertThat(all("a \\")).containsExactly("a", "|");
  }

  @Test
  void anOpenQuoteIsRefusedWithItsColumn() {
    assertThatThrownBy(() -> all("echo 'abc"))
        .isInstanceOf(LineError.class)
        .hasMessage("' at column 6 opens a quote that is not closed");
    assertThatThrownBy(() -> all("\"a\\\"")).isInstanceOf(LineError.class);
  }

  @Test
  void aMessageShowsSixtyPrintableCharacters() {
    assertThat(Words.show("a\u0000\u001bb")).isEqualTo("a??b");
    assertThat(Words.show("x".repeat(1000))).isEqualTo("x".repeat(60) + "...");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyTextIsReadToItsEndOrRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String alphabet = "ab1 $'\"\\;#\n\r\t=|>.[]()\u0000\u00e9\ud83d";
    for (int round = 0; round < 5000; round++) {
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        line.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      checkRanges(line.toString());
    }
  }

  private static void checkRanges(String line) {
    Words words = new Words();
    int at = 0;
    try {
      while (at < line.length()) {
        int next = words.scan(line, at);
        assertThat(next).isGreaterThan(at);
        int end = at;
        for (int i = 0; i < words.count(); i++) {
          assertThat(words.start(i)).isGreaterThanOrEqualTo(end);
          assertThat(words.end(i)).isGreaterThan(words.start(i)).isLessThanOrEqualTo(next);
          assertThat(words.word(i).length()).isLessThanOrEqualTo(words.typed(i).length());
          end = words.end(i);
        }
        at = next;
      }
    } catch (LineError open) {
      assertThat(open).hasMessageContaining("quote");
    }
  }
}
