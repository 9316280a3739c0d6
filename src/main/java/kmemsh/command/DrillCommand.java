package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Suggest;
import kmemsh.lang.Words;
import kmemsh.learn.Drill;
import kmemsh.learn.DrillPlan;
import kmemsh.learn.Family;
import kmemsh.learn.Learner;
import kmemsh.learn.Recorder;
import kmemsh.op.Refused;
import kmemsh.view.Refusal;

/** {@code drill [TOPIC]}: questions with computed answers, repeated when it is time. */
final class DrillCommand extends Command {
  private static final int COUNT = 10;
  private static final int MAX_COUNT = 1000;
  private static final long MILLIS = 1000;
  private static final long SEEDS = 1_000_000;

  private final Learner learner;

  DrillCommand(Learner learner) {
    super(
        new Usage("drill", CommandTable.LEARNING, "Ask questions whose answers the model computes")
            .option("-n --count", "N", ArgKind.COUNT, "10", "how many questions")
            .option("-l --level", "LEVEL", ArgKind.COUNT, "rising", "1 to 3")
            .option("-s --seed", "SEED", ArgKind.COUNT, "another each time", "asks the same again")
            .flag(LookCommand.PLAIN, LookCommand.PLAIN_HELP)
            .flag("-t --timed", "tell how long each answer took")
            .optional("TOPIC", ArgKind.WORD, "all", "a topic, a family, due, stats or export")
            .optional("FILE", ArgKind.FILE, "", "where export writes: .csv scores, .txt for Anki"));
    this.learner = learner;
  }

  @Override
  public Reply run(Arguments arguments) {
    String topic = arguments.has(0) ? arguments.word(0) : "";
    learner.refresh();
    switch (topic) {
      case "stats" -> {
        Reply reply = Reply.of(learner.statistics());
        if (arguments.plain()) {
          reply.setPlain();
        }
        return reply;
      }
      case "export" -> {
        return Reply.of(DrillExport.run(learner, arguments.has(1) ? arguments.word(1) : ""));
      }
      default -> {
        return drill(arguments, topic);
      }
    }
  }

  private Reply drill(Arguments arguments, String topic) {
    boolean due = topic.equals("due");
    List<Family> families = families(due ? "" : topic, arguments.typed() || due);
    int count = arguments.option("--count", COUNT, 1, MAX_COUNT);
    int level = arguments.option("--level", 0, 1, 3);
    boolean examination = arguments.hasOption("--seed");
    int seed =
        arguments.option(
            "--seed", (int) (learner.clock().millis() / MILLIS % SEEDS), 0, Integer.MAX_VALUE);
    List<Drill.Item> plan =
        examination
            ? DrillPlan.mixed(families, count, level, seed)
            : due ? learner.due(families, seed) : learner.plan(families, count, level, seed);
    if (plan.isEmpty()) {
      throw new Refused("nothing is due: " + learner.nextDue());
    }
    boolean kept = !examination && learner.scores().keeps();
    Drill.Options options =
        new Drill.Options(topic, seed, arguments.hasOption("--timed"), arguments.typed(), kept, 0);
    Recorder recorder = examination ? Recorder.NONE : learner;
    return Reply.dialogue(
        new DrillDialogue(
            "drill",
            new Drill(new PracticeBench(arguments), plan, options, recorder, learner.clock())));
  }

  /** What can be asked; cards only of a person, who judges the answer, or when asked for. */
  private static List<Family> families(String topic, boolean cards) {
    List<Family> families = new ArrayList<>(DrillPlan.families(topic, cards));
    if (families.isEmpty()) {
      List<String> topics = DrillPlan.topics();
      throw new Refused(
          new Refusal(
              Words.show(topic) + " is no topic: there are " + String.join(", ", topics),
              "",
              Suggest.nearest(topic, topics.toArray(new String[0]))));
    }
    return families;
  }
}
