package kmemsh.view;

/**
 * The history stands at another moment.
 *
 * @param now how many entries led to the present state
 * @param size the number of entries, undone ones included
 * @param line the first line that was undone, or the last that was run
 * @param ran whether {@code line} is the last that was run
 */
public record Moved(int now, int size, String line, boolean ran) {}
