package kmemsh.view;

/**
 * A cache as its creation gave it.
 *
 * @param name as asked for
 * @param sharedWith the cache it became another name of, or empty
 * @param objectSize bytes of an object
 * @param size bytes from one object to the next
 * @param align of objects, in bytes
 * @param objsPerSlab objects of a slab; 0 under SLOB, which has no slabs
 * @param pagesPerSlab pages of a slab; 0 under SLOB
 */
public record CacheHandle(
    String name,
    String sharedWith,
    int objectSize,
    int size,
    int align,
    int objsPerSlab,
    int pagesPerSlab) {}
