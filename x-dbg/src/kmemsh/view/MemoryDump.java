package kmemsh.view;

import java.util.List;

/**
 * Memory as it was read.
 *
 * @param start virtual address of the first value
 * @param unitBytes bytes of a value: 1, 2, 4 or 8
 * @param wide whether addresses have 64 bits
 * @param values in the order of their addresses
 */
public record MemoryDump(Addr start, int unitBytes, boolean wide, List<Addr> values) {}
