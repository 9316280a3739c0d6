package kmemsh.command;

import java.util.List;
import kmemsh.learn.Drill;
import kmemsh.learn.DrillPlan;
import kmemsh.learn.Learner;
import kmemsh.learn.Recorder;
import kmemsh.op.Refused;

/** {@code interview [MINUTES]}: open and computed questions under a clock. */
final class InterviewCommand extends Command {
  private static final int SHORT = 20;
  private static final int LONG = 45;
  private static final int MINUTES_PER_QUESTION = 2;
  private static final long MILLIS = 1000;
  private static final long SEEDS = 1_000_000;

  private final Learner learner;

  InterviewCommand(Learner learner) {
    super(
        new Usage("interview", CommandTable.LEARNING, "Hold a mock interview of 20 or 45 minutes")
            .option("-l --level", "LEVEL", ArgKind.COUNT, "rising", "1 to 3")
            .option("-s --seed", "SEED", ArgKind.COUNT, "another each time", "asks the same again")
            .flag(LookCommand.PLAIN, LookCommand.PLAIN_HELP)
            .optional("MINUTES", ArgKind.COUNT, "20", "20 or 45"));
    this.learner = learner;
  }

  @Override
  public Reply run(Arguments arguments) {
    int minutes = (int) arguments.number(0, SHORT);
    if (minutes != SHORT && minutes != LONG) {
      throw new Refused(minutes + " minutes: an interview has 20 or 45");
    }
    boolean given = arguments.hasOption("--seed");
    int seed =
        arguments.option(
            "--seed", (int) (learner.clock().millis() / MILLIS % SEEDS), 0, Integer.MAX_VALUE);
    int level = arguments.option("--level", 0, 1, 3);
    List<Drill.Item> plan = DrillPlan.interview(minutes / MINUTES_PER_QUESTION, level, seed);
    learner.refresh();
    Drill.Options options =
        new Drill.Options(
            "interview",
            seed,
            true,
            arguments.typed(),
            !given && learner.scores().keeps(),
            minutes);
    Recorder recorder = given ? Recorder.NONE : learner;
    return Reply.dialogue(
        new DrillDialogue(
            "interview",
            new Drill(new PracticeBench(arguments), plan, options, recorder, learner.clock())));
  }
}
