package kmemsh.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import kmemsh.learn.Progress;
import kmemsh.learn.Review;
import kmemsh.learn.ScoreFile;

/** Writes everything that must not be lost, and says so after each of it. Other tests kill it. */
final class KilledChild {
  static final List<String> TYPED = List.of("alloc_pages 3", "free_pages $1 3");
  static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private KilledChild() {}

  static Review review(int n) {
    return new Review(NOON.plusSeconds(n), "split", n);
  }

  private static void said(String what) {
    System.out.println(what);
    System.out.flush();
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    ScoreFile scores = new ScoreFile(directory.resolve("scores"));
    said("damage:" + scores.trouble());
    for (int n = 0; n < 2; n++) {
      scores.append(review(n));
      said("score");
    }
    Progress progress = new Progress(directory.resolve("tour"));
    progress.begin(1);
    said("chapter");
    progress.add("alloc_page");
    said("line");
    progress.begin(2);
    said("chapter");
    Journal journal = Journal.create(directory, List.of("--mem=64M"));
    for (String line : TYPED) {
      journal.append(line);
      said("journal");
    }
    said("end");
    // The journal of a session that died stays.
    Runtime.getRuntime().halt(0);
  }
}
