package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import kmemsh.view.LessonChecked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonCommandTest {
  private static final String GOOD =
      """
      title: A page
      machine: --machine i386 --mem 64M

      goal: Take a page.
      check: pages(Normal).free < pages(Normal).managed - 3
      solution: alloc_page
      """;

  @TempDir Path directory;
  private final TestLab lab = new TestLab();

  private String file(String text) throws Exception {
    Path file = directory.resolve("lesson.txt");
    Files.writeString(file, text);
    return file.toString();
  }

  private LessonChecked check(String text) throws Exception {
    return (LessonChecked) lab.one("lesson check " + file(text)).record();
  }

  @Test
  void aNewLessonIsAGoodOneAndIsNotWrittenOverAnother() {
    String file = directory.resolve("mine.txt").toString();
    assertThat(lab.one("lesson new " + file).ok()).isTrue();
    Reply checked = lab.one("lesson check " + file);
    assertThat(((LessonChecked) checked.record()).problems()).isEmpty();
    assertThat(checked.exitStatus()).isZero();
    assertThat(lab.one("lesson new " + file).refusal().what()).contains("is there already");
  }

  @Test
  void nothingThatAsksQuestionsOfItsOwnRunsInsideALesson() {
    PracticeBench bench = new PracticeBench();
    bench.boot("--machine i386 --mem 64M");
    for (String line : new String[] {"drill", "tour", "interview"}) {
      assertThat(bench.shown(line)).as(line).contains("asks questions of its own");
      assertThat(bench.failed()).isTrue();
      assertThat(bench.interpreter().dialogue()).isEmpty();
    }
    assertThat(bench.shown("alloc_page")).contains("page pfn");
  }

  @Test
  void aLessonThatPassesUnsolvedIsNone() throws Exception {
    assertThat(check(GOOD).problems()).isEmpty();
    assertThat(check(GOOD.replace("- 3", "+ 3")).problems())
        .containsExactly("step 1 passes although nothing was done");
    assertThat(lab.one("lesson check " + file(GOOD.replace("- 3", "+ 3"))).exitStatus())
        .isEqualTo(1);
  }

  @Test
  void aSolutionThatDoesNotSolveOrIsRefusedIsTold() throws Exception {
    assertThat(check(GOOD.replace("solution: alloc_page", "solution: buddyinfo")).problems().get(0))
        .startsWith("step 1 does not pass with its solution");
    assertThat(check(GOOD.replace("solution: alloc_page", "solution: alloc_pag")).problems().get(0))
        .contains("`alloc_pag` is refused");
    assertThat(check(GOOD.replace("64M", "1K")).problems().get(0)).contains("cannot be booted");
  }

  @Test
  void whatIsNoLessonIsRefusedWithTheReason() throws Exception {
    assertThat(lab.one("lesson " + file("")).refusal().what()).contains("nothing in it");
    assertThat(lab.one("lesson " + file("title: x\n")).refusal().what()).contains("no step");
    assertThat(lab.one("lesson " + file("title: x\n\ngoal: y\n")).refusal().what())
        .contains("either check: lines or an answer:");
    assertThat(lab.one("lesson " + file("title: x\nfoo: y\n\ngoal: y\n")).refusal().what())
        .contains("foo: is no field of the head");
    assertThat(lab.one("lesson " + directory.resolve("none")).refusal().what())
        .contains("cannot be read");
  }

  @Test
  void aLessonTakesTheLinesUntilItIsSolved() throws Exception {
    assertThat(lab.run("lesson " + file(GOOD))).hasSize(3);
    assertThat(lab.interpreter.dialogue()).isEqualTo("lesson");
    lab.run("buddyinfo");
    assertThat(lab.interpreter.dialogue()).isEqualTo("lesson");
    lab.run("alloc_page");
    assertThat(lab.interpreter.dialogue()).isEmpty();
    assertThat(lab.session.now()).isZero();
  }
}
