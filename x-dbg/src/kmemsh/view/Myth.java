package kmemsh.view;

/**
 * A claim that is wrong, or was true once.
 *
 * @param since from when on the truth holds, or empty
 * @param explanation lines and what the machine answers
 */
public record Myth(int n, String claim, String truth, String since, String explanation) {}
