package kmemsh.view;

/**
 * Text for another program.
 *
 * @param file where it was written, or empty when it is only shown
 * @param rows without the head
 * @param text all of it; empty when it went to a file
 */
public record Exported(String file, int rows, String text) {}
