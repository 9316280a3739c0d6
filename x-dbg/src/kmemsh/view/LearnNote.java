package kmemsh.view;

/**
 * Words of a drill or a lesson to the learner.
 *
 * @param heading a title above them, or empty
 * @param text paragraphs
 */
public record LearnNote(String heading, String text) {}
