package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import kmemsh.learn.Learner;
import kmemsh.text.Text;
import kmemsh.view.DrillQuestion;
import kmemsh.view.DrillStart;
import kmemsh.view.DrillStats;
import kmemsh.view.DrillSummary;
import kmemsh.view.DrillVerdict;
import kmemsh.view.LearnNote;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillCommandTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir Path directory;
  private final TestLab lab = new TestLab();
  private final SetClock clock = new SetClock();

  /** A clock that stands until it is set. */
  private static final class SetClock extends Clock {
    private Instant now = NOON;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void learner() {
    lab.table.keep("drill", new DrillCommand(new Learner(directory, clock)));
    lab.table.keep("interview", new InterviewCommand(new Learner(directory, clock)));
  }

  private List<Object> say(String line) {
    List<Object> records = new ArrayList<>();
    lab.interpreter.begin(line);
    for (Reply reply = lab.interpreter.next(); reply != null; reply = lab.interpreter.next()) {
      records.add(reply.ok() ? reply.record() : reply.refusal());
    }
    return records;
  }

  @Test
  void anExaminationIsTheSameForEverybodyAndLeavesNoTrace() {
    List<Object> first = say("drill buddy --seed 5 --count 2");
    assertThat(first.get(1)).isInstanceOf(DrillStart.class);
    say("quit");
    assertThat(say("drill buddy --seed 5 --count 2")).isEqualTo(first);
    say("1 2 3");
    say("1 2 3");
    assertThat(directory.resolve("scores")).doesNotExist();
  }

  @Test
  void anAnswerIsOnTheDiskBeforeItsVerdictIsShown() throws Exception {
    say("drill split --count 2");
    lab.interpreter.begin("1 2 3 4 5 6 7");
    assertThat(((DrillVerdict) lab.interpreter.next().record()).verdict())
        .isEqualTo(DrillVerdict.WRONG);
    assertThat(Files.readString(directory.resolve("scores")))
        .isEqualTo("# kmemsh scores 1\n2026-11-28T12:00:00Z split 1\n");
    say("quit");
    assertThat(((DrillStats) say("drill stats").get(0)).answers()).isEqualTo(1);
  }

  @Test
  void answersMayFollowInTheSameLine() {
    List<Object> all = say("drill buddy --count 2 --seed 1; 1; skip; buddyinfo");
    assertThat(all.get(all.size() - 2)).isInstanceOf(DrillSummary.class);
    assertThat(lab.interpreter.dialogue()).isEmpty();
  }

  @Test
  void inAScriptEachLineIsOneAnswerAndAPersonMayTryAgain() {
    say("drill buddy --seed 2 --count 2 --level 1");
    assertThat(((DrillVerdict) say("what?").get(0)).verdict()).isEqualTo(DrillVerdict.WRONG);
    assertThat(((DrillVerdict) say("").get(0)).verdict()).isEqualTo(DrillVerdict.SKIPPED);

    lab.interpreter.typed();
    say("drill pcp --seed 2 --count 1 --level 1");
    assertThat(say("what")).singleElement().isInstanceOf(LearnNote.class);
    assertThat(say("")).singleElement().isInstanceOf(LearnNote.class);
    assertThat(lab.interpreter.dialogue()).isEqualTo("drill");
  }

  @Test
  void hintsCostPointsAndTheMachineOfThePromptIsLeftAlone() {
    long free = lab.freePages();
    DrillQuestion question = (DrillQuestion) say("drill buddy --seed 3 --level 1 --count 1").get(2);
    assertThat(question.points()).isEqualTo(3);
    say("hint");
    long pfn = Long.decode(question.prompt().replaceAll(".*(0x[0-9a-f]+).*", "$1"));
    long order = Long.parseLong(question.prompt().replaceAll(".*order (\\d+).*", "$1"));
    List<Object> end = say(Long.toString(pfn ^ 1L << order));
    assertThat(((DrillVerdict) end.get(0)).points()).isEqualTo(2);
    assertThat(((DrillSummary) end.get(1)).right()).isEqualTo(1);
    assertThat(lab.freePages()).isEqualTo(free);
    assertThat(lab.session.now()).isZero();
  }

  @Test
  void whyShowsTheLinesOfTheMachineAsTheyWereShownAndASkippedModelAnswerIsNotShownAgain() {
    say("drill exact --count 2");
    DrillVerdict verdict = (DrillVerdict) say("in part").get(0);
    assertThat(verdict.verdict()).isEqualTo(DrillVerdict.SHOWN);
    assertThat(say("hint")).singleElement().asString().contains("no hint here");
    assertThat(say("skip")).noneMatch(DrillVerdict.class::isInstance);
    Text out = new Text();
    lab.interpreter.begin("why");
    ReplyText.write(lab.interpreter.next(), out, 80);
    assertThat(out.plain()).contains(verdict.explanation().indent(2));
  }

  @Test
  void anUnknownTopicIsRefusedWithTheKnownOnes() {
    assertThat(lab.one("drill buddi").refusal().suggestion()).isEqualTo("buddy");
    assertThat(lab.one("drill due").refusal().what()).contains("nothing is due");
    assertThat(lab.one("drill export scores.doc").refusal().what()).contains("says no format");
    assertThat(lab.one("interview 30").refusal().what()).contains("20 or 45");
  }

  @Test
  void scoresAreExportedToAFile() throws Exception {
    say("drill split --count 1");
    say("skip");
    Path csv = directory.resolve("out.csv");
    lab.one("drill export " + csv);
    assertThat(csv).hasContent("time,item,grade,right\n2026-11-28T12:00:00Z,split,0,no");
    Path anki = directory.resolve("cards.txt");
    lab.one("drill export " + anki);
    assertThat(Files.readString(anki)).startsWith("#separator:tab");
  }

  @Test
  void anInterviewHasOpenAndComputedQuestionsAndEndsWithWhatToLearn() {
    say("interview 20 --seed 4");
    int open = 0;
    int computed = 0;
    DrillSummary summary = null;
    for (int i = 0; i < 40 && summary == null; i++) {
      for (Object record : say("n")) {
        if (record instanceof DrillVerdict verdict) {
          open += verdict.verdict().equals(DrillVerdict.SHOWN) ? 1 : 0;
          computed += verdict.verdict().equals(DrillVerdict.SHOWN) ? 0 : 1;
        } else if (record instanceof DrillSummary end) {
          summary = end;
        }
      }
    }
    assertThat(open).isGreaterThan(computed);
    assertThat(computed).isPositive();
    assertThat(summary).isNotNull();
    assertThat(summary.weak()).isNotEmpty();
  }

  @Test
  void anInterviewStopsWhenItsTimeIsUp() {
    say("interview 20 --seed 4");
    clock.now = NOON.plus(Duration.ofMinutes(21));
    List<Object> end = say("skip");
    assertThat(end.get(end.size() - 1)).isInstanceOf(DrillSummary.class);
    assertThat(((DrillSummary) end.get(end.size() - 1)).asked()).isEqualTo(1);
  }
}
