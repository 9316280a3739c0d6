package kmemsh.view;

import java.util.List;

/**
 * Whether a lesson works: each step fails unsolved and passes with its solution.
 *
 * @param problems sentences; empty when it does
 */
public record LessonChecked(String title, int steps, List<String> problems) {}
