package kmemsh.view;

/**
 * A cache was given up.
 *
 * @param name by which it was given up
 * @param sharedWith the cache that stays because others share it, or empty
 */
public record CacheGone(String name, String sharedWith) {}
