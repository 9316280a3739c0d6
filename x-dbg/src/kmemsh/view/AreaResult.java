package kmemsh.view;

/**
 * An area that was taken.
 *
 * @param virt the address that the call gave
 * @param askedBytes what it was asked for
 * @param start first address of the area
 * @param sizeBytes of the area, with its guard page
 * @param guard whether it has one
 * @param kind vmalloc, vmap, ioremap, vm_map_ram
 * @param nrPages behind the addresses
 * @param nrRuns pieces of contiguous frames
 * @param zones where the frames are: {@code HighMem}, or several
 */
public record AreaResult(
    Addr virt,
    long askedBytes,
    Addr start,
    long sizeBytes,
    boolean guard,
    String kind,
    int nrPages,
    int nrRuns,
    String zones) {}
