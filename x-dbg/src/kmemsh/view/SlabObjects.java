package kmemsh.view;

/**
 * One slab with each of its objects.
 *
 * @param cache name of the cache
 * @param size bytes from one object to the next
 * @param objectSize bytes as asked for
 * @param index where the index of free objects is, in words
 * @param indexBytes of that index that lie in the slab's pages behind the objects
 * @param wasteBytes behind the last object that serve nothing
 * @param redBytes of red zones of each object
 * @param freelist free objects, the next to be taken first
 * @param waiting free objects that wait in arrays or on the CPU's freelist, next first
 */
public record SlabObjects(
    String allocator,
    String cache,
    SlabInfo slab,
    int size,
    int objectSize,
    String index,
    int indexBytes,
    int wasteBytes,
    int redBytes,
    int[] freelist,
    int[] waiting) {}
