package kmemsh.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreFileTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("kmemsh/scores");
  }

  private static Review review(int n) {
    return new Review(NOON.plusSeconds(n), n % 2 == 0 ? "split" : "merge", n % 6);
  }

  private byte[] written(int answers) throws IOException {
    ScoreFile scores = new ScoreFile(file());
    for (int i = 0; i < answers; i++) {
      scores.append(review(i));
    }
    return Files.readAllBytes(file());
  }

  @Test
  void whatWasAnsweredIsThereAgain() throws IOException {
    written(5);

    ScoreFile again = new ScoreFile(file());
    assertThat(again.trouble()).isEmpty();
    assertThat(again.memory().reviews())
        .containsExactly(review(0), review(1), review(2), review(3), review(4));
  }

  @Test
  void killedAtAnyByteNoAnswerThatWasWholeIsLostAndTheNextOneIsKept() throws IOException {
    byte[] all = written(4);
    for (int length = 0; length <= all.length; length++) {
      Files.write(file(), Arrays.copyOf(all, length));
      String whole = new String(all, 0, length, StandardCharsets.UTF_8);
      int lines = Math.max(0, whole.split("\n", -1).length - 2);

      ScoreFile scores = new ScoreFile(file());
      assertThat(scores.trouble()).as("%d bytes", length).isEmpty();
      assertThat(scores.memory().reviews()).as("%d bytes", length).hasSize(lines);
      scores.append(review(9));

      List<Review> kept = new ScoreFile(file()).memory().reviews();
      assertThat(kept).as("%d bytes", length).hasSize(lines + 1).endsWith(review(9));
    }
  }

  @Test
  void twoSessionsAddToTheSameFile() throws IOException {
    ScoreFile one = new ScoreFile(file());
    ScoreFile other = new ScoreFile(file());
    one.append(review(1));
    other.append(review(2));
    one.append(review(3));

    assertThat(new ScoreFile(file()).memory().reviews())
        .containsExactly(review(1), review(2), review(3));
  }

  @Test
  void aDamagedFileIsKeptAsideAndSaid() throws IOException {
    byte[] all = written(3);
    String damaged = new String(all, StandardCharsets.UTF_8).replaceFirst("merge 1", "mer\0ge");
    Files.writeString(file(), damaged);

    ScoreFile scores = new ScoreFile(file());
    assertThat(scores.trouble()).contains("damaged (1 line)", "scores.damaged", "2 answers");
    assertThat(scores.memory().reviews()).containsExactly(review(0), review(2));
    assertThat(file().resolveSibling("scores.damaged")).hasContent(damaged);
    assertThat(new ScoreFile(file()).trouble()).isEmpty();

    Files.writeString(file(), "something else\nentirely\n");
    assertThat(new ScoreFile(file()).trouble()).contains("scores.damaged-2");
    assertThat(file().resolveSibling("scores.damaged")).hasContent(damaged);
  }

  @Test
  void aFileOfALaterVersionIsLeftAlone() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "# kmemsh scores 2\nsomething new\n");

    ScoreFile scores = new ScoreFile(file());
    assertThat(scores.keeps()).isFalse();
    assertThat(scores.trouble()).contains("another version");
    scores.append(review(1));
    assertThat(file()).hasContent("# kmemsh scores 2\nsomething new\n");
  }
}
