package kmemsh.command;

import java.time.Clock;
import java.util.List;
import kmemsh.lang.Suggest;
import kmemsh.lang.Words;
import kmemsh.learn.Drill;
import kmemsh.learn.DrillPlan;
import kmemsh.learn.Family;
import kmemsh.learn.Recorder;
import kmemsh.op.Refused;
import kmemsh.view.Refusal;

/** {@code drill [TOPIC]}: questions with computed answers. */
final class DrillCommand extends Command {
  private static final int COUNT = 10;
  private static final int MAX_COUNT = 1000;

  private final Clock clock;

  DrillCommand(Clock clock) {
    super(
        new Usage("drill", CommandTable.LEARNING, "Ask questions whose answers the model computes")
            .option("-n --count", "N", ArgKind.COUNT, "10", "how many questions")
            .option("-l --level", "LEVEL", ArgKind.COUNT, "rising", "1 to 3")
            .option(
                "-s --seed", "SEED", ArgKind.COUNT, "another each time", "the same questions again")
            .flag("-t --timed", "tell how long each answer took")
            .optional("TOPIC", ArgKind.WORD, "all of them", "a topic or a family of questions"));
    this.clock = clock;
  }

  @Override
  public Reply run(Arguments arguments) {
    String topic = arguments.has(0) ? arguments.word(0) : "";
    List<Family> families = DrillPlan.families(topic);
    if (families.isEmpty()) {
      List<String> topics = DrillPlan.topics();
      throw new Refused(
          new Refusal(
              Words.show(topic) + " is no topic: there are " + String.join(", ", topics),
              "",
              Suggest.nearest(topic, topics.toArray(new String[0]))));
    }
    int count = arguments.option("--count", COUNT, 1, MAX_COUNT);
    int level = arguments.option("--level", 0, 1, 3);
    boolean given = arguments.hasOption("--seed");
    int seed =
        given
            ? arguments.option("--seed", 0, 0, Integer.MAX_VALUE)
            : (int) (clock.millis() / 1000 % 1_000_000);
    Drill drill =
        new Drill(
            new PracticeBench(),
            DrillPlan.mixed(families, count, level, seed),
            new Drill.Options(
                topic, seed, arguments.hasOption("--timed"), arguments.typed(), false),
            Recorder.NONE,
            clock);
    return Reply.dialogue(new DrillDialogue(drill));
  }
}
