package kmemsh.view;

/**
 * A step of a lesson was reached.
 *
 * @param skipped whether the learner passed over it
 * @param why what it shows
 */
public record LessonPassed(boolean skipped, String why) {}
