package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kmemsh.learn.CardFamily;
import kmemsh.learn.Cards;
import kmemsh.learn.Drill;
import kmemsh.learn.Families;
import kmemsh.learn.Question;
import kmemsh.learn.Recorder;
import kmemsh.view.DrillQuestion;
import kmemsh.view.DrillSummary;
import kmemsh.view.DrillVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CardsTest {
  private static final PracticeBench BENCH = new PracticeBench();

  static List<CardFamily> cards() {
    return Cards.all();
  }

  @Test
  void thereAreSixtyCardsOrMoreEachWithAnAnswerAndAPicture() {
    Set<String> names = new HashSet<>();
    Families.all().forEach(family -> names.add(family.name()));
    for (CardFamily card : Cards.all()) {
      Question question = card.ask(BENCH, 1, 0);
      assertThat(names.add(card.name())).as(card.name()).isTrue();
      assertThat(card.topic()).as(card.name()).isNotEmpty();
      assertThat(question.prompt()).as(card.name()).endsWith("?");
      assertThat(question.answer()).as(card.name()).endsWith(".");
      assertThat(question.shows()).as(card.name()).isNotEmpty();
      assertThat(question.prompt() + question.answer()).isASCII();
    }
    assertThat(names).hasSizeGreaterThanOrEqualTo(60 + Families.all().size());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cards")
  void theLinesOfACardRun(CardFamily card) {
    Question question = card.ask(BENCH, 1, 0);
    BENCH.boot(question.machine());
    for (String line : question.shows()) {
      String shown = BENCH.shown(line);
      assertThat(BENCH.failed()).as("%s: %s: %s", card.name(), line, shown).isFalse();
      assertThat(shown.isEmpty()).as(line).isEqualTo(line.matches("(assert|echo) .*"));
    }
  }

  @Test
  void aCardShowsItsModelAnswerAndTheLearnerJudges() {
    Drill drill = drill(2);
    List<Object> start = drill.begin();
    assertThat(start.get(1)).isInstanceOf(DrillQuestion.class);

    DrillVerdict shown = (DrillVerdict) drill.line("no idea").get(0);
    assertThat(shown.verdict()).isEqualTo(DrillVerdict.SHOWN);
    assertThat(shown.answer()).contains("Internal");
    assertThat(shown.explanation()).contains("kmemsh> kmalloc 300");
    assertThat(drill.line("perhaps")).hasSize(1);
    assertThat(drill.line("y")).hasSize(1);

    drill.line("");
    DrillSummary summary = (DrillSummary) drill.line("n").get(0);
    assertThat(summary.right()).isEqualTo(1);
    assertThat(summary.wrong()).isEqualTo(1);
    assertThat(summary.weak()).containsExactly("eleven-lists");
    assertThat(drill.exitStatus()).isEqualTo(1);
  }

  private static Drill drill(int cards) {
    List<Drill.Item> plan = new ArrayList<>();
    for (CardFamily card : Cards.all().subList(0, cards)) {
      plan.add(new Drill.Item(card, 1, 0));
    }
    return new Drill(
        BENCH,
        plan,
        new Drill.Options("cards", 0, false, true, false, 0),
        Recorder.NONE,
        Clock.systemUTC());
  }
}
