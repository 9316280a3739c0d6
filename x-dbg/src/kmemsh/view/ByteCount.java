package kmemsh.view;

/**
 * An answer in bytes.
 *
 * @param of what has so many bytes: an address or the name of a cache
 */
public record ByteCount(String of, long bytes) {}
