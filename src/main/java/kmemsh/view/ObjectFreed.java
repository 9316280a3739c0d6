package kmemsh.view;

/**
 * An object was given back.
 *
 * @param virt its address; 0 to 16 are nothing to free
 * @param cache the cache whose slab it lies in, empty when its pages went back or under SLOB
 * @param pfn the first page of the slab, -1 when its pages went back
 */
public record ObjectFreed(Addr virt, String cache, int pfn) implements CallAnswer {}
