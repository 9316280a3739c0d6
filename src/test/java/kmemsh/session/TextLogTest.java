package kmemsh.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextLogTest {
  private static final String[] LETTERS = {"a", "7", " ", "\u00e4", "\u20ac", "\ud83d\ude00"};

  @Test
  void keepsEveryTextThroughAdditionsAndCuts() {
    SplittableRandom random = new SplittableRandom(7);
    TextLog log = new TextLog();
    List<String> expected = new ArrayList<>();
    for (int step = 0; step < 3000; step++) {
      if (random.nextInt(20) == 0) {
        int kept = random.nextInt(expected.size() + 1);
        log.cut(kept);
        expected.subList(kept, expected.size()).clear();
      } else {
        String text = text(random, random.nextInt(100) == 0 ? 200_000 : random.nextInt(60));
        log.add("<<" + text + ">", 2, 2 + text.length());
        expected.add(text);
      }
    }

    for (int i = 0; i < expected.size(); i++) {
      assertThat(log.get(i)).isEqualTo(expected.get(i));
    }
    assertThat(expected).hasSizeGreaterThan(5);
  }

  private static String text(SplittableRandom random, int letters) {
    int kinds = random.nextBoolean() ? 3 : LETTERS.length;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      text.append(LETTERS[random.nextInt(kinds)]);
    }
    return text.toString();
  }
}
