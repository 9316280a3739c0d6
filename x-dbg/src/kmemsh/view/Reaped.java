package kmemsh.view;

/**
 * The periodic work of the object allocator ran once on a CPU.
 *
 * @param slabs that were given back
 * @param slab the allocator's name; only SLAB has such work
 */
public record Reaped(int cpu, long slabs, String slab) {}
