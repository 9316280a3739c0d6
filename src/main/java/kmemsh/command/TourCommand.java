package kmemsh.command;

import kmemsh.lang.Words;
import kmemsh.learn.Learner;
import kmemsh.learn.Progress;
import kmemsh.learn.Tour;
import kmemsh.op.Refused;
import kmemsh.view.Chapters;

/** {@code tour [CHAPTER]}: a guided walk. */
final class TourCommand extends Command {
  private final Learner learner;

  TourCommand(Learner learner) {
    super(
        new Usage("tour", CommandTable.LEARNING, "Walk through memory management step by step")
            .flag(LookCommand.PLAIN, LookCommand.PLAIN_HELP)
            .optional("CHAPTER", ArgKind.WORD, "where you were", "1 to 14, or list"));
    this.learner = learner;
  }

  @Override
  public Reply run(Arguments arguments) {
    Progress progress =
        arguments.typed() ? new Progress(learner.directory().resolve("tour")) : null;
    String word = arguments.has(0) ? arguments.word(0) : "";
    if (word.equals("list")) {
      return Reply.of(new Chapters(Tour.titles(), progress == null ? 0 : progress.chapter()));
    }
    int chapter = 0;
    if (!word.isEmpty()) {
      if (!word.matches("[0-9]{1,3}")
          || Integer.parseInt(word) < 1
          || Integer.parseInt(word) > Tour.nrChapters()) {
        throw new Refused(
            Words.show(word)
                + " is no chapter: there are 1.."
                + Tour.nrChapters()
                + ", see tour list");
      }
      chapter = Integer.parseInt(word);
    }
    return Reply.dialogue(new TourDialogue(progress, chapter, new PracticeBench(arguments)));
  }
}
