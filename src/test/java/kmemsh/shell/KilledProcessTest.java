package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import kmemsh.learn.Progress;
import kmemsh.learn.ScoreFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies at every single step of what it writes loses nothing it had confirmed. */
@Timeout(120)
class KilledProcessTest {
  private static final int MOST_STEPS = 60;

  @TempDir Path directory;

  private static List<String> child(Path directory, int step) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dkmemsh.haltAtStep=" + step,
                "-cp",
                System.getProperty("java.class.path"),
                KilledChild.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = child.waitFor();
    List<String> said = out.lines().toList();
    assertThat(status).as(out).isEqualTo(said.contains("end") ? 0 : 137);
    return said;
  }

  @Test
  void whateverWasConfirmedIsReadBackWhereverTheProcessDies() throws Exception {
    int step = 0;
    List<String> said = List.of();
    while (!said.contains("end")) {
      assertThat(++step).isLessThan(MOST_STEPS);
      Path place = Files.createDirectory(directory.resolve("step-" + step));
      said = child(place, step);
      check(place, said, "step " + step + " after " + said);
    }
    assertThat(step).isGreaterThan(15);
  }

  private static void check(Path place, List<String> said, String what) throws IOException {
    ScoreFile scores = new ScoreFile(place.resolve("scores"));
    assertThat(scores.trouble()).as(what).isEmpty();
    int confirmed = Collections.frequency(said, "score");
    assertThat(scores.memory().reviews()).as(what).hasSizeBetween(confirmed, confirmed + 1);
    for (int n = 0; n < confirmed; n++) {
      assertThat(scores.memory().reviews().get(n)).isEqualTo(KilledChild.review(n));
    }
    Progress progress = new Progress(place.resolve("tour"));
    int chapters = Collections.frequency(said, "chapter");
    assertThat(progress.chapter()).as(what).isBetween(chapters, chapters + 1);
    if (said.contains("line") && progress.chapter() == 1) {
      assertThat(progress.lines()).as(what).containsExactly("alloc_page");
    }
    int lines = Collections.frequency(said, "journal");
    List<Path> dead = Journal.dead(place);
    if (lines > 0) {
      Journal.Dead journal = Journal.read(dead.get(0));
      assertThat(journal.options).as(what).containsExactly("--mem=64M");
      assertThat(journal.lines.subList(0, lines))
          .as(what)
          .isEqualTo(KilledChild.TYPED.subList(0, lines));
    }
  }

  /** The good lines of a damaged file are written anew; the file itself is never gone. */
  @Test
  void aDamagedFileIsKeptAsideWhereverTheProcessDies() throws Exception {
    String damaged = "# kmemsh scores 1\n2026-11-28T11:00:00Z merge 4\nnonsense\n";
    for (int step = 1; step <= 5; step++) {
      Path place = Files.createDirectory(directory.resolve("damaged-" + step));
      Files.writeString(place.resolve("scores"), damaged);
      child(place, step);

      ScoreFile scores = new ScoreFile(place.resolve("scores"));
      assertThat(scores.memory().reviews()).as("step %d", step).isNotEmpty();
      assertThat(scores.memory().reviews().get(0).item()).isEqualTo("merge");
      assertThat(Files.readString(place.resolve("scores.damaged"))).isEqualTo(damaged);
    }
  }
}
