package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.LessonChecked;
import kmemsh.view.Refusal;

/** Proves that a lesson fails unsolved and passes solved. */
public final class LessonCheck {
  private LessonCheck() {}

  public static LessonChecked check(Bench bench, Lesson lesson) {
    List<String> problems = new ArrayList<>();
    if (boots(bench, lesson, problems)) {
      for (String line : lesson.setup()) {
        run(bench, line, "setup", problems);
      }
      int n = 1;
      for (Lesson.Step step : lesson.steps()) {
        step(bench, step, "step " + n++, problems);
      }
    }
    return new LessonChecked(lesson.title(), lesson.steps().size(), problems);
  }

  private static boolean boots(Bench bench, Lesson lesson, List<String> problems) {
    try {
      bench.boot(lesson.machine());
      return true;
    } catch (IllegalArgumentException none) {
      problems.add("machine: " + lesson.machine() + " cannot be booted");
      return false;
    }
  }

  private static void step(Bench bench, Lesson.Step step, String name, List<String> problems) {
    if (!step.asks() && LessonRun.holds(bench, step)) {
      problems.add(name + " passes although nothing was done");
    }
    for (String line : step.solution()) {
      run(bench, line, name, problems);
    }
    if (step.asks()) {
      answer(bench, step, name, problems);
    } else if (!LessonRun.holds(bench, step)) {
      problems.add(name + " does not pass with its solution: " + failing(bench, step));
    }
  }

  private static void answer(Bench bench, Lesson.Step step, String name, List<String> problems) {
    try {
      bench.number(step.answer());
    } catch (IllegalStateException none) {
      problems.add(name + ": the answer has no value: " + none.getMessage());
    }
  }

  private static String failing(Bench bench, Lesson.Step step) {
    for (String check : step.checks()) {
      Object record = bench.run("assert " + check);
      if (bench.failed()) {
        return record instanceof Refusal refusal ? refusal.what() : check;
      }
    }
    return "";
  }

  private static void run(Bench bench, String line, String where, List<String> problems) {
    Object record = bench.run(line);
    if (bench.failed()) {
      String why = record instanceof Refusal refusal ? refusal.what() : "";
      problems.add(where + ": `" + line + "` is refused: " + why);
    }
  }
}
