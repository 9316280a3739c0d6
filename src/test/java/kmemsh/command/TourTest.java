package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kmemsh.learn.Lesson;
import kmemsh.learn.LessonCheck;
import kmemsh.learn.MythBook;
import kmemsh.learn.Progress;
import kmemsh.learn.Tour;
import kmemsh.view.LearnNote;
import kmemsh.view.LessonPassed;
import kmemsh.view.LessonStep;
import kmemsh.view.Myth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TourTest {
  @TempDir Path directory;

  static IntStream chapters() {
    return IntStream.rangeClosed(1, Tour.nrChapters());
  }

  @ParameterizedTest(name = "chapter {0}")
  @MethodSource("chapters")
  void aChapterFailsUnsolvedAndPassesSolved(int n) {
    assertThat(LessonCheck.check(new PracticeBench(), Tour.chapter(n)).problems()).isEmpty();
  }

  @ParameterizedTest(name = "chapter {0}")
  @MethodSource("chapters")
  void looksAndRefusalsDoNotPassAStepButItsSolutionDoes(int n) {
    Lesson lesson = Tour.chapter(n);
    LessonDialogue dialogue = LessonDialogue.of(lesson, new PracticeBench());
    assertThat(say(dialogue, null)).last().isInstanceOf(LessonStep.class);
    for (Lesson.Step step : lesson.steps()) {
      for (String line : List.of("buddyinfo", "no_such_command", "alloc_pages 99", "hint")) {
        assertThat(passed(say(dialogue, line))).as("%d: %s: %s", n, step.goal(), line).isZero();
      }
      long passes = 0;
      for (String line : step.solution()) {
        for (String command : line.split("; ")) {
          passes += passed(say(dialogue, command));
        }
      }
      if (!step.answer().isEmpty()) {
        assertThat(passed(say(dialogue, "123456789"))).isZero();
        LearnNote told = (LearnNote) say(dialogue, "solution").get(0);
        String answer = told.text().replaceAll(".*The answer is (\\d+)\\.$", "$1");
        passes += passed(say(dialogue, answer));
      }
      assertThat(passes).as("%d: %s", n, step.goal()).isEqualTo(1);
    }
    assertThat(dialogue.over()).isTrue();
  }

  private static long passed(List<Object> records) {
    return records.stream().filter(LessonPassed.class::isInstance).count();
  }

  private static List<Object> say(Dialogue dialogue, String line) {
    if (line != null) {
      dialogue.line(line);
    }
    List<Object> records = new ArrayList<>();
    for (Reply reply = dialogue.next(); reply != null; reply = dialogue.next()) {
      records.add(reply.record());
    }
    return records;
  }

  @Test
  void anExpressionThatHasTheRightValueIsAnAnswerAndAnotherOneALook() {
    LessonDialogue dialogue = LessonDialogue.of(Tour.chapter(1), new PracticeBench());
    say(dialogue, null);
    say(dialogue, "alloc_pages 3");
    assertThat(passed(say(dialogue, "P = alloc_page"))).isEqualTo(1);
    assertThat(passed(say(dialogue, "$1.pfn * 4096"))).isZero();
    assertThat(passed(say(dialogue, "$P.pfn"))).isZero();
    assertThat(passed(say(dialogue, "$P.pfn * 4096"))).isEqualTo(1);
  }

  @Test
  void aQuestionThatTheValuesOfTheLearnerCannotAnswerIsToldAndSkipped() {
    LessonDialogue dialogue = LessonDialogue.of(Tour.chapter(9), new PracticeBench());
    say(dialogue, null);
    say(dialogue, "repeat 2 kmalloc 100");
    assertThat(passed(say(dialogue, "skip"))).isEqualTo(1);
    for (String line : List.of("112", "$2.addr - $1.addr", "solution")) {
      assertThat(say(dialogue, line)).as(line).hasSize(1);
    }
    assertThat(say(dialogue, "112").toString()).contains("no answer to this");
    assertThat(passed(say(dialogue, "skip"))).isEqualTo(1);
  }

  private Progress progress() {
    return new Progress(directory.resolve("tour"));
  }

  @Test
  void theTourGoesOnWhereItWasLeft() {
    TourDialogue tour = new TourDialogue(progress(), 0, new PracticeBench());
    say(tour, null);
    assertThat(passed(say(tour, "alloc_page"))).isEqualTo(1);
    assertThat(passed(say(tour, "skip"))).isEqualTo(1);
    say(tour, "hint");
    say(tour, "quit");
    assertThat(tour.over()).isTrue();

    TourDialogue again = new TourDialogue(progress(), 0, new PracticeBench());
    LessonStep step = (LessonStep) say(again, null).get(1);
    assertThat(step.title()).isEqualTo("Pages and frames");
    assertThat(step.step()).isEqualTo(3);
    assertThat(passed(say(again, "alloc_pages 3"))).isEqualTo(1);
    assertThat(progress().lines()).containsExactly("alloc_page", "skip", "hint", "alloc_pages 3");
  }

  @Test
  void aChapterThatIsDoneLeadsToTheNextAndTheLastOneToTheEnd() {
    TourDialogue tour = new TourDialogue(progress(), Tour.nrChapters(), new PracticeBench());
    say(tour, null);
    for (int i = 0; i < Tour.chapter(Tour.nrChapters()).steps().size(); i++) {
      say(tour, "skip");
    }
    assertThat(tour.over()).isTrue();
    assertThat(progress().chapter()).isEqualTo(Tour.nrChapters() + 1);

    TourDialogue first = new TourDialogue(null, 1, new PracticeBench());
    say(first, null);
    List<Object> last = List.of();
    for (int i = 0; i < Tour.chapter(1).steps().size(); i++) {
      last = say(first, "skip");
    }
    assertThat(((LessonStep) last.get(last.size() - 1)).title()).isEqualTo("Zones");
  }

  @Test
  void killedAtAnyByteTheProgressIsThatOfTheWholeLines() throws Exception {
    Progress progress = progress();
    progress.begin(3);
    progress.add("buddyinfo");
    progress.add("alloc_pages 3");
    Path file = directory.resolve("tour");
    byte[] all = Files.readAllBytes(file);
    int head = "# kmemsh tour 1\n3\n".length();
    for (int length = head; length <= all.length; length++) {
      Files.write(file, Arrays.copyOf(all, length));
      Progress left = progress();
      assertThat(left.chapter()).isEqualTo(3);
      int whole = length < head + 10 ? 0 : length < all.length ? 1 : 2;
      assertThat(left.lines()).as("%d bytes", length).hasSize(whole);
      left.add("pcp");
      assertThat(progress().lines()).hasSize(whole + 1).endsWith("pcp");
    }
  }

  static Stream<Integer> myths() {
    return IntStream.rangeClosed(1, MythBook.size()).boxed();
  }

  @ParameterizedTest(name = "myth {0}")
  @MethodSource("myths")
  void aMythIsShownByLinesThatRun(int n) {
    PracticeBench bench = new PracticeBench();
    Myth myth = MythBook.show(bench, n);
    assertThat(myth.claim()).endsWith(".");
    assertThat(myth.truth()).endsWith(".");
    assertThat(myth.explanation()).contains("kmemsh> ").doesNotContain("refused: 1", "failed: ");
    assertThat(myth.claim() + myth.truth() + myth.explanation()).isASCII();
    bench.boot("--machine i386 --mem 64M");
    assertThat(myth.explanation().lines().filter(line -> line.startsWith("refused")).count())
        .isLessThanOrEqualTo(myth.explanation().lines().filter(l -> l.contains("> !")).count());
  }
}
