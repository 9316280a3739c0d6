package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kmemsh.learn.AnswerKind;
import kmemsh.learn.Drill;
import kmemsh.learn.Families;
import kmemsh.learn.Family;
import kmemsh.learn.Question;
import kmemsh.learn.Recorder;
import kmemsh.view.DrillQuestion;
import kmemsh.view.DrillVerdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every family over many seeds: {@code -Ddrill.seeds=1000} for the full run. The answer of each
 * question is found once more in another way, see {@link FamilyChecks}.
 */
class FamiliesTest {
  private static final int SEEDS = Integer.getInteger("drill.seeds", 45);
  private static final int LEVELS = 3;
  private static final int TRIVIAL_PERCENT = 60;

  private static PracticeBench bench;

  @BeforeAll
  static void bench() {
    bench = new PracticeBench();
  }

  static List<Family> families() {
    return Families.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("families")
  void doingItShowsTheComputedAnswer(Family family) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Question question = family.ask(bench, 1 + seed % LEVELS, seed);
      for (String line : stand(question)) {
        assertThat(line).as("%s %d", family.name(), seed).isEmpty();
      }
      String found = FamilyChecks.answer(bench, question);
      assertThat(found)
          .as("%s seed %d: %s", family.name(), seed, question.prompt())
          .isEqualTo(question.answer());
    }
  }

  private static List<String> stand(Question question) {
    bench.boot(question.machine());
    for (String line : question.setup()) {
      bench.run(line);
    }
    return List.of();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("families")
  void noAnswerOfALevelIsRightForMostSeeds(Family family) {
    for (int level = 1; level <= LEVELS; level++) {
      Map<String, Integer> seen = new HashMap<>();
      int nr = Math.max(40, SEEDS / LEVELS);
      for (int seed = 0; seed < nr; seed++) {
        Question question = family.ask(bench, level, 5000 + seed);
        seen.merge(question.answer(), 1, Integer::sum);
      }
      for (Map.Entry<String, Integer> answer : seen.entrySet()) {
        assertThat(answer.getValue() * 100 / nr)
            .as("%s level %d: %s", family.name(), level, answer.getKey())
            .isLessThanOrEqualTo(TRIVIAL_PERCENT);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("families")
  void aQuestionIsTheSameForTheSameSeedAndIsComplete(Family family) {
    for (int seed = 0; seed < 6; seed++) {
      Question question = family.ask(bench, 1 + seed % LEVELS, seed);
      assertThat(family.ask(new PracticeBench(), 1 + seed % LEVELS, seed)).isEqualTo(question);
      assertThat(question.prompt()).isNotEmpty();
      assertThat(question.hints()).as(family.name()).isNotEmpty();
      assertThat(question.shows()).as(family.name()).isNotEmpty();
      if (question.kind() == AnswerKind.CHOICE) {
        assertThat(question.choices())
            .extracting(Question.Choice::word)
            .contains(question.answer());
        assertThat(question.choices()).hasSizeGreaterThan(1);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("families")
  void theShownAnswerIsRightAndAWrongOneIsExplained(Family family) {
    for (int seed = 0; seed < 9; seed++) {
      Question question = family.ask(bench, 1 + seed % LEVELS, seed);
      Drill drill = drill(family, 1 + seed % LEVELS, seed);
      drill.begin();
      DrillVerdict right = (DrillVerdict) drill.line(typed(question)).get(0);
      assertThat(right.verdict()).as("%s %d", family.name(), seed).isEqualTo(DrillVerdict.RIGHT);
      assertThat(drill.exitStatus()).isZero();

      Drill again = drill(family, 1 + seed % LEVELS, seed);
      again.begin();
      DrillVerdict wrong = (DrillVerdict) again.line(wrong(question)).get(0);
      assertThat(wrong.verdict()).as(question.prompt()).isEqualTo(DrillVerdict.WRONG);
      assertThat(wrong.explanation()).as(question.prompt()).isNotEmpty().doesNotContain("null");
      for (String shown : question.shows()) {
        assertThat(wrong.explanation()).contains("kmemsh> " + shown);
      }
      assertThat(wrong.explanation().lines()).allMatch(line -> line.length() <= 120);
      assertThat(again.exitStatus()).isEqualTo(1);
    }
  }

  private static Drill drill(Family family, int level, long seed) {
    return new Drill(
        bench,
        List.of(new Drill.Item(family, level, seed)),
        new Drill.Options("", seed, false, false, false, 0),
        Recorder.NONE,
        java.time.Clock.systemUTC());
  }

  private static String typed(Question question) {
    return question.kind() == AnswerKind.CHOICE ? question.answer() : question.shownAnswer();
  }

  private static String wrong(Question question) {
    for (Question.Choice choice : question.choices()) {
      if (!choice.word().equals(question.answer())) {
        return choice.word();
      }
    }
    return question.kind() == AnswerKind.WORD ? "DMA99" : "3 1 4 1 5 9 2";
  }

  @Test
  void aDrillAsksFamiliesInTurnAndNeverOneTwiceInARow() {
    List<Drill.Item> plan =
        kmemsh.learn.DrillPlan.mixed(Families.all(), 3 * Families.all().size(), 0, 7);
    for (int i = 1; i < plan.size(); i++) {
      assertThat(plan.get(i).family()).isNotSameAs(plan.get(i - 1).family());
    }
    assertThat(plan).extracting(Drill.Item::family).containsAll(Families.all());
    assertThat(plan).extracting(Drill.Item::level).isSorted().contains(1, 2, 3);
  }

  @Test
  void aQuestionShownToTheLearnerDoesNotHoldItsAnswer() {
    for (var component : DrillQuestion.class.getRecordComponents()) {
      assertThat(component.getName()).isNotIn("answer", "hints", "shows");
    }
  }
}
