package kmemsh.view;

/**
 * A hint.
 *
 * @param left how many more there are
 * @param points what a right answer is still worth
 */
public record DrillHint(String text, int left, int points) {}
