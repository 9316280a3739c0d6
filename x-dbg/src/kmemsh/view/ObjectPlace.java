package kmemsh.view;

/**
 * The object an address lies in.
 *
 * @param cache name of its cache; empty for a large block of kmalloc
 * @param slab its slab; null for a large block
 * @param object its number in the slab
 * @param start its first byte
 * @param offset of the address in the object, -1 when it lies before the first or behind the last
 * @param bytes of the object or block
 * @param state used, waiting or free
 * @param holder who holds it when it is waiting, such as {@code array of cpu 0}; else the list of
 *     its slab
 * @param place its position there, 0 is taken next; -1 when it is used
 * @param before state of the object before it, empty for the first
 * @param after state of the object after it, empty for the last
 */
public record ObjectPlace(
    String cache,
    SlabInfo slab,
    int object,
    Addr start,
    int offset,
    int bytes,
    String state,
    String holder,
    int place,
    String before,
    String after) {}
