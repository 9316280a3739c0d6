package kmemsh.view;

/**
 * A range of physical addresses in /proc/iomem.
 *
 * @param level 0, or 1 for a range inside the one of level 0 before it
 * @param start first byte
 * @param last last byte
 */
public record IoResource(int level, long start, long last, String name) {}
