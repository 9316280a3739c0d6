package kmemsh.view;

/**
 * A cache gave its free slabs back.
 *
 * @param slabs that are left
 */
public record Shrunk(String name, long slabs) {}
