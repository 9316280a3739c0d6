package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kmemsh.view.LearnNote;
import kmemsh.view.LessonPassed;
import kmemsh.view.LessonStep;

/**
 * A lesson being taken. The learner's commands run on the bench; after each of them {@link #check}
 * looks whether the machine is where the step wants it.
 */
public final class LessonRun {
  /** What can be typed besides commands. */
  public static final String WORDS =
      "Besides commands: hint, again, solution, skip, quit; the state is what counts.";

  private static final String NO_ANSWER = "Your values have no answer to this; skip goes on.";

  private final Bench bench;
  private final Lesson lesson;
  private int at;
  private int hints;

  /** Boots the machine of the lesson and runs its set-up. */
  public LessonRun(Bench bench, Lesson lesson) {
    this.bench = bench;
    this.lesson = lesson;
    bench.boot(lesson.machine());
    for (String line : lesson.setup()) {
      bench.run(line);
    }
  }

  public boolean over() {
    return at == lesson.steps().size();
  }

  /** What is wanted now. */
  public LessonStep step() {
    return new LessonStep(
        lesson.title(), at + 1, lesson.steps().size(), now().goal(), now().asks());
  }

  private Lesson.Step now() {
    return lesson.steps().get(at);
  }

  /**
   * Takes a line that is for the lesson and not for the machine.
   *
   * @return null when it is a command
   */
  public List<Object> word(String line) {
    String text = line.trim().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "hint" -> List.of(hint());
      case "again" -> List.of(step());
      case "solution" -> List.of(solution());
      case "skip" -> skip();
      default -> now().asks() ? answer(line.trim()) : null;
    };
  }

  private LearnNote hint() {
    List<String> all = now().hints();
    return hints < all.size()
        ? new LearnNote("", "hint: " + all.get(hints++))
        : new LearnNote("", "There are no more hints; solution shows a way.");
  }

  private LearnNote solution() {
    if (!now().asks()) {
      return new LearnNote("", "One way: " + String.join("; ", now().solution()));
    }
    Long right = right();
    return new LearnNote(
        "", looks() + (right == null ? NO_ANSWER : "The answer is " + right + "."));
  }

  /** What is asked for; null where the values of the learner have no such number. */
  private Long right() {
    try {
      return bench.number(now().answer());
    } catch (IllegalStateException none) {
      return null;
    }
  }

  private String looks() {
    return now().solution().isEmpty()
        ? ""
        : "Look with: " + String.join("; ", now().solution()) + ". ";
  }

  private List<Object> skip() {
    for (String line : now().asks() ? List.<String>of() : now().solution()) {
      bench.run(line);
    }
    return passed(true);
  }

  /** A number, when one is asked for; null when the line is none. */
  private List<Object> answer(String text) {
    String given =
        text.startsWith("$") ? computed(text) : Answers.read(AnswerKind.NUMBER, List.of(), text);
    if (given == null) {
      return null;
    }
    Long right = right();
    if (right == null) {
      return List.of(new LearnNote("", NO_ANSWER));
    }
    boolean hex = text.matches("[0-9a-fA-F]{1,15}") && Long.parseLong(text, 16) == right;
    if (hex || given.equals(Long.toString(right))) {
      return passed(false);
    }
    return List.of(new LearnNote("", text + " is not it; hint helps, again shows the question."));
  }

  /** An expression such as $_.pfn * 4096 is an answer when it has the right value, or a look. */
  private String computed(String text) {
    try {
      long value = bench.number(text);
      Long right = right();
      return right != null && right == value ? Long.toString(value) : null;
    } catch (IllegalStateException none) {
      return null;
    }
  }

  /** Looks at the machine after a command; empty as long as the step is not reached. */
  public List<Object> check() {
    return !over() && !now().asks() && holds(bench, now()) ? passed(false) : List.of();
  }

  static boolean holds(Bench bench, Lesson.Step step) {
    for (String check : step.checks()) {
      bench.run("assert " + check);
      if (bench.failed()) {
        return false;
      }
    }
    return true;
  }

  private List<Object> passed(boolean skipped) {
    List<Object> out = new ArrayList<>();
    out.add(new LessonPassed(skipped, now().why()));
    at++;
    hints = 0;
    if (!over()) {
      out.add(step());
    }
    return out;
  }
}
