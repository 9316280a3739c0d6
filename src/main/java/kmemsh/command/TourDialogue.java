package kmemsh.command;

import java.io.IOException;
import java.util.List;
import kmemsh.learn.LessonRun;
import kmemsh.learn.Progress;
import kmemsh.learn.Tour;
import kmemsh.view.LearnNote;

/** The tour: one chapter after the other, to be left and resumed at any line. */
final class TourDialogue extends LessonDialogue {
  /** Null where nothing is remembered. */
  private final Progress progress;

  private int chapter;

  /**
   * Begins at a chapter, or where the learner was.
   *
   * @param progress null where nothing is to be remembered
   * @param from a chapter from 1 on, or 0 for where the learner was
   * @param bench its machine
   */
  TourDialogue(Progress progress, int from, PracticeBench bench) {
    super("tour", bench);
    this.progress = progress;
    say(new LearnNote("", LessonRun.WORDS));
    if (progress != null && !progress.trouble().isEmpty()) {
      say(new LearnNote("", progress.trouble()));
    }
    boolean resumes = from == 0 && progress != null && progress.chapter() > 0;
    if (!resumes || progress.chapter() > Tour.nrChapters()) {
      chapter(Math.max(1, from));
      return;
    }
    chapter = progress.chapter();
    take(Tour.chapter(chapter));
    for (String line : List.copyOf(progress.lines())) {
      replay(line);
    }
    hush();
    say(new LearnNote("", "Welcome back to chapter " + chapter + " of the tour."));
    put("again");
  }

  private void replay(String line) {
    put(line);
    Reply reply = next();
    while (reply != null) {
      reply = next();
    }
  }

  private void chapter(int n) {
    chapter = n;
    keep(n, null);
    take(Tour.chapter(n));
  }

  private void keep(int n, String line) {
    if (progress == null) {
      return;
    }
    try {
      if (line == null) {
        progress.begin(n);
      } else {
        progress.add(line);
      }
    } catch (IOException unwritable) {
      say(new LearnNote("", "Your progress cannot be kept: " + unwritable.getMessage()));
    }
  }

  @Override
  void took(String line) {
    keep(chapter, line);
  }

  @Override
  void finished() {
    if (chapter < Tour.nrChapters()) {
      chapter(chapter + 1);
      return;
    }
    keep(chapter + 1, null);
    super.finished();
  }

  @Override
  String ending() {
    return "You have seen everything. drill asks what is left of it.";
  }

  /** A tour may be left anywhere. */
  @Override
  int exitStatus(boolean solved) {
    return 0;
  }

  @Override
  String farewell() {
    return "Left the tour in chapter " + chapter + "; tour goes on there.";
  }
}
