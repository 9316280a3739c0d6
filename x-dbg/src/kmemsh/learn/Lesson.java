package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * A lesson: a machine and steps that a learner takes on it. It is written as a text of {@link
 * Blocks}: the first one is the head, each other one a step.
 *
 * <pre>
 *   title: The first page
 *   machine: --machine i386 --mem 64M
 *   setup: a line that runs before
 *
 *   goal: Take one page.
 *   hint: alloc_page
 *   check: pages(Normal).free &lt; 10949
 *   solution: alloc_page
 *   why: What it shows.
 * </pre>
 *
 * A step has conditions as {@code assert} takes them, all of which must hold, or an {@code
 * answer:}, an expression whose value the learner types.
 */
public record Lesson(String title, String machine, List<String> setup, List<Step> steps) {
  private static final List<String> HEAD = List.of("title", "machine", "setup");
  private static final List<String> STEP =
      List.of("goal", "hint", "check", "answer", "solution", "why");

  /** One step. */
  public record Step(
      String goal,
      List<String> hints,
      List<String> checks,
      String answer,
      List<String> solution,
      String why) {
    boolean asks() {
      return !answer.isEmpty();
    }
  }

  /**
   * Reads a lesson.
   *
   * @throws BadLesson when something is missing or unknown
   */
  public static Lesson parse(String text) throws BadLesson {
    return of(Blocks.of(text));
  }

  static Lesson of(List<List<Blocks.Field>> blocks) throws BadLesson {
    if (blocks.isEmpty()) {
      throw new BadLesson("there is nothing in it");
    }
    List<Blocks.Field> head = blocks.get(0);
    check(head, HEAD, "the head");
    String title = Blocks.text(head, "title", "");
    if (title.isEmpty()) {
      throw new BadLesson("the first block has no title:");
    }
    List<Step> steps = new ArrayList<>();
    for (List<Blocks.Field> block : blocks.subList(1, blocks.size())) {
      steps.add(step(block, steps.size() + 1));
    }
    if (steps.isEmpty()) {
      throw new BadLesson("there is no step: leave a blank line and begin one with goal:");
    }
    return new Lesson(title, Blocks.text(head, "machine", ""), all(head, "setup"), steps);
  }

  private static Step step(List<Blocks.Field> block, int n) throws BadLesson {
    check(block, STEP, "step " + n);
    Step step =
        new Step(
            Blocks.text(block, "goal", ""),
            all(block, "hint"),
            all(block, "check"),
            Blocks.text(block, "answer", ""),
            all(block, "solution"),
            Blocks.text(block, "why", ""));
    if (step.goal().isEmpty()) {
      throw new BadLesson("step " + n + " has no goal:");
    }
    if (step.checks().isEmpty() == step.answer().isEmpty()) {
      throw new BadLesson("step " + n + " needs either check: lines or an answer:");
    }
    return step;
  }

  private static void check(List<Blocks.Field> block, List<String> known, String where)
      throws BadLesson {
    for (Blocks.Field field : block) {
      if (!known.contains(field.name())) {
        throw new BadLesson(
            field.name() + ": is no field of " + where + ": there are " + String.join(", ", known));
      }
    }
  }

  private static List<String> all(List<Blocks.Field> block, String name) {
    List<String> found = new ArrayList<>();
    for (Blocks.Field field : block) {
      if (field.name().equals(name)) {
        found.add(field.text().toString());
      }
    }
    return List.copyOf(found);
  }
}
