package kmemsh.view;

import java.util.List;

/**
 * A cache with its slabs and each of their objects, for the crash utility's {@code kmem -S}.
 *
 * @param slabs every slab, in the order of {@code cache NAME}
 */
public record KmemSlabs(CacheInfo cache, List<SlabObjects> slabs) {}
