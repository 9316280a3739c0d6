package kmemsh.view;

/**
 * An object or a block that was handed out.
 *
 * @param virt its address; 16 is ZERO_SIZE_PTR
 * @param cache the cache it is from, empty for a large block and under SLOB
 * @param askedBytes what kmalloc was asked for, -1 for an object of a cache
 * @param usableBytes what its user may touch
 * @param pfn the first page of its slab, or its page
 * @param object its number in the slab, -1 where there is no slab
 * @param nrPages pages of a large block, otherwise 0
 */
public record ObjectResult(
    Addr virt, String cache, long askedBytes, long usableBytes, int pfn, int object, int nrPages)
    implements CallAnswer {}
