package kmemsh.view;

/**
 * Memory was written.
 *
 * @param virt where, as the writer sees it
 * @param phys the same place, as the memory sees it
 * @param sizeBytes how much
 */
public record MemoryWritten(Addr virt, Addr phys, long sizeBytes) {}
