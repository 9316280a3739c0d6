package kmemsh.view;

/**
 * The slabs that a cache of some size would have, and what is lost in each.
 *
 * @param allocator slab, slub or slob
 * @param cpus CPUs of the machine it was computed for
 * @param slabBytes bytes of a slab; 0 for SLOB
 * @param objects of a slab; 0 for SLOB
 * @param roundedBytes added to each object by rounding up
 * @param indexBytes of the index of free objects that lie in the slab beside the objects
 * @param wasteBytes of a slab that serve nothing, the room for colours included
 * @param kmalloc the cache that kmalloc of this size takes, or what serves it else
 * @param kmallocBytes what such a kmalloc gets
 * @param geometry every field the allocator has
 */
public record GeometryAnswer(
    String allocator,
    int cpus,
    int slabBytes,
    int objects,
    int roundedBytes,
    int indexBytes,
    int wasteBytes,
    String kmalloc,
    long kmallocBytes,
    CacheGeometry geometry) {}
