package kmemsh.view;

/**
 * What a lesson wants next.
 *
 * @param title of the lesson
 * @param step its number, from 1 on
 * @param asks whether a number is to be typed, otherwise the machine is to be changed
 */
public record LessonStep(String title, int step, int of, String goal, boolean asks) {}
