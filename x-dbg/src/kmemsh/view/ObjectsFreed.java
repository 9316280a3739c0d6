package kmemsh.view;

/**
 * Several objects were given back in one call.
 *
 * @param cache the cache that was named, empty for kfree_bulk
 */
public record ObjectsFreed(long nrObjects, String cache) {}
