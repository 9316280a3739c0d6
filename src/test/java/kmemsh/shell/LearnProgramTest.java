package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills and lessons from the command line, as a class is graded. */
class LearnProgramTest {
  private static final String[] ONE = {"drill", "buddy", "--count", "1", "--seed", "3", "-l", "1"};

  private static String rightAnswer() {
    String asked = Run.of("", ONE).out;
    long pfn = Long.decode(asked.replaceAll("(?s).*at pfn (0x[0-9a-f]+).*", "$1"));
    int order = Integer.parseInt(asked.replaceAll("(?s).*of order (\\d+).*", "$1"));
    return Long.toHexString(pfn ^ 1L << order);
  }

  @Test
  void theExitStatusTellsWhetherAllAnswersWereRight() {
    Run right = Run.of("0x" + rightAnswer() + "\n", ONE);
    assertThat(right.status).isZero();
    assertThat(right.err).isEmpty();
    assertThat(right.out).contains("right, 3 points", "3 of 3 points");

    assertThat(Run.of("0\n", ONE).status).isEqualTo(1);
    assertThat(Run.of("", ONE).status).isEqualTo(1);
    assertThat(Run.of("", ONE).out).contains("1 without an answer");
  }

  @Test
  void aTourMayBeLeftAnywhere() {
    for (String leave : new String[] {"quit", "q", "exit"}) {
      Run run = Run.of("alloc_page\n" + leave + "\nbuddyinfo\n", "tour", "1");
      assertThat(run.status).isZero();
      assertThat(run.out).contains("step 2 of 4", "Left the tour in chapter 1");
    }
  }

  @Test
  void everythingIsInWordsWhenThatIsAsked() {
    assertThat(Run.of("buddyinfo\n", "--output", "plain").out)
        .isEqualTo(Run.of("buddyinfo --plain\n").out)
        .contains("pages free; free blocks of order 0: 0");
    String asked = Run.of("", "drill", "--output=plain", "split", "-n", "1", "-s", "3").out;
    assertThat(asked).isEqualTo(Run.of("", "drill", "split", "-n", "1", "-s", "3", "--plain").out);
    assertThat(asked).contains("free blocks of order").doesNotContain("#");
  }

  @Test
  void aScriptHoldsItsAnswersBehindDrill() {
    String script = "drill buddy --count 1 --seed 3 -l 1\n" + rightAnswer() + "\nalloc_page\n";
    Run run = Run.of(script);
    assertThat(run.status).isZero();
    assertThat(run.out).contains("right, 3 points", "$1 = page pfn");
  }

  @Test
  void withJsonEachQuestionAndVerdictIsAnObject() {
    Run run =
        Run.of(rightAnswer() + "\n", "drill", "--output", "json", "buddy", "-n", "1", "-s", "3");
    List<JsonObject> objects =
        run.out.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(objects).allMatch(object -> object.get("command").getAsString().equals("drill"));
    JsonObject question = objects.get(2).getAsJsonObject("result");
    assertThat(question.get("family").getAsString()).isEqualTo("buddy");
    assertThat(question.has("answer")).isFalse();
    JsonObject summary = objects.get(objects.size() - 1).getAsJsonObject("result");
    assertThat(summary.get("of").getAsInt()).isEqualTo(3);
  }

  @Test
  void aLessonIsCheckedFromTheCommandLine(@TempDir Path directory) throws Exception {
    String file = directory.resolve("lesson.txt").toString();
    assertThat(Run.of("", "lesson", "new", file).status).isZero();
    assertThat(Run.of("", "lesson", "check", file).status).isZero();
    assertThat(Run.of("alloc_page GFP_DMA\n", "lesson", file).status).isZero();
    assertThat(Run.of("buddyinfo\n", "lesson", file).status).isEqualTo(1);

    String broken = Files.readString(Path.of(file)).replace("== DMA", "== Normal");
    Files.writeString(Path.of(file), broken);
    Run run = Run.of("", "lesson", "check", file);
    assertThat(run.status).isEqualTo(1);
    assertThat(run.out).contains("step 1 does not pass with its solution");
  }

  @Test
  void nothingOfThisIsLoadedByAnOrdinaryScript() throws Exception {
    String options = Files.readString(Path.of("src/main/java/kmemsh/command/Interpreter.java"));
    assertThat(options).doesNotContain("kmemsh.learn");
  }
}
