package kmemsh.view;

/**
 * Kernel addresses as a recording lists them, ascending.
 *
 * @param busy rows of start, end, size of the vm_struct (0 without one) and its flags
 * @param free rows of start, end, depth in the tree of free ranges and 1 when the node is red
 * @param lazy rows of start, end: what waits for a purge
 */
public record VmapState(
    long[][] busy, long[][] free, long[][] lazy, long lazyPages, long lazyMaxPages) {}
