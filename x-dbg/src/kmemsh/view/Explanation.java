package kmemsh.view;

import java.util.List;

/**
 * The steps of one operation in sentences.
 *
 * @param n its number in the history
 * @param line what was typed
 * @param steps lines of at most 78 columns; indentation shows what happens inside of what
 */
public record Explanation(int n, String line, List<String> steps) {}
