package kmemsh.view;

/**
 * A range of physical addresses in /proc/iomem.
 *
 * @param level how many of the ranges before it contain it
 * @param start first byte
 * @param last last byte
 */
public record IoResource(int level, long start, long last, String name) {}
