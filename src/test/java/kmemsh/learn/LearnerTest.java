package kmemsh.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import kmemsh.view.DrillStats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerTest {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir Path directory;

  private Learner after(Duration passed) {
    return new Learner(directory, Clock.fixed(START.plus(passed), ZoneOffset.UTC));
  }

  private static Schedule after(int... grades) {
    Schedule schedule = Schedule.NEW;
    for (int grade : grades) {
      schedule = schedule.after(new Review(START, "split", grade));
    }
    return schedule;
  }

  @Test
  void whatIsKnownComesAfterOneDayThenSixThenEverLater() {
    assertThat(after(5).intervalDays()).isEqualTo(1);
    assertThat(after(5, 5).intervalDays()).isEqualTo(6);
    assertThat(after(5, 5, 5).intervalDays()).isCloseTo(6 * 2.8, within(0.001));
    assertThat(after(3, 3, 3).intervalDays()).isLessThan(after(5, 5, 5).intervalDays());
    assertThat(after(5).due()).isEqualTo(START.plus(Duration.ofDays(1)));
  }

  @Test
  void whatIsNotKnownComesSoonAndBeginsAgain() {
    Schedule lapsed = after(5, 5, 1);
    assertThat(lapsed.repetitions()).isZero();
    assertThat(lapsed.lapses()).isEqualTo(1);
    assertThat(lapsed.due()).isEqualTo(START.plus(Duration.ofMinutes(10)));
    assertThat(after(0, 0, 0, 0, 0, 0, 0, 0).ease()).isEqualTo(1.3);
  }

  @Test
  void whatIsDueIsAskedFirst() {
    after(Duration.ZERO).answered("split", 5);
    after(Duration.ZERO).answered("merge", 5);
    after(Duration.ofHours(1)).answered("zone", 1);
    after(Duration.ofHours(1)).answered("zone", 5);

    Learner nextDay = after(Duration.ofHours(24));
    List<Drill.Item> plan = nextDay.plan(Families.all(), 2, 0, 7);
    assertThat(plan)
        .extracting(item -> item.family().name())
        .containsExactlyInAnyOrder("split", "merge");
    assertThat(nextDay.due(Families.all(), 7)).hasSize(2);
    assertThat(after(Duration.ofHours(2)).due(Families.all(), 7)).isEmpty();
    assertThat(after(Duration.ofHours(2)).nextDue()).contains("2026-11-29");
  }

  @Test
  void questionsGetHarderWithEachAnswerKnown() {
    for (int day = 0; day < 4; day++) {
      after(Duration.ofDays(day)).answered("split", 5);
    }
    assertThat(after(Duration.ofDays(90)).due(Families.all(), 1).get(0).level()).isEqualTo(3);
    assertThat(after(Duration.ofDays(90)).plan(Families.all(), 20, 0, 1))
        .anyMatch(item -> item.level() == 1);
  }

  @Test
  void cardsAndComputedQuestionsComeInTurn() {
    List<Drill.Item> plan = after(Duration.ZERO).plan(DrillPlan.families("", true), 10, 1, 3);
    assertThat(plan.stream().filter(item -> item.family() instanceof CardFamily)).hasSize(5);
  }

  @Test
  void statisticsCountByTopicAndDay() {
    after(Duration.ZERO).answered("split", 5);
    after(Duration.ZERO).answered("merge", 1);
    after(Duration.ofDays(1)).answered("zone", 5);

    DrillStats stats = after(Duration.ofDays(1)).statistics();
    assertThat(stats.answers()).isEqualTo(3);
    assertThat(stats.right()).isEqualTo(2);
    assertThat(stats.due()).isEqualTo(2);
    assertThat(stats.days()).hasSize(84);
    assertThat(stats.days().get(82)).isEqualTo(new DrillStats.Day("2026-11-28", 2, 1));
    assertThat(stats.days().get(83)).isEqualTo(new DrillStats.Day("2026-11-29", 1, 1));
    assertThat(stats.topics())
        .filteredOn(topic -> topic.topic().equals("buddy"))
        .allMatch(topic -> topic.answers() == 2 && topic.right() == 1 && topic.items() == 2);
  }

  @Test
  void scoresAndCardsAreExported() {
    after(Duration.ZERO).answered("split", 5);

    assertThat(after(Duration.ZERO).csv())
        .isEqualTo("time,item,grade,right\n2026-11-28T12:00:00Z,split,5,yes\n");
    String anki = after(Duration.ZERO).anki();
    assertThat(anki).startsWith("#separator:tab\n#html:true\n#tags column:3\n");
    assertThat(anki.lines().skip(3)).hasSize(Cards.all().size());
    assertThat(anki.lines().skip(3)).allMatch(line -> line.split("\t", -1).length == 3);
    assertThat(anki).contains("n * 2^order");
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsSaidAndTheDrillGoesOn() throws Exception {
    Path blocked = directory.resolve("file");
    Files.writeString(blocked, "no directory");
    Learner learner = new Learner(blocked.resolve("kmemsh"), Clock.systemUTC());

    learner.answered("split", 5);

    assertThat(learner.trouble()).contains("cannot be kept");
    assertThat(learner.scores().memory().reviews()).hasSize(1);
  }
}
