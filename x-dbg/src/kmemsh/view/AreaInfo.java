package kmemsh.view;

import java.util.List;

/**
 * An area of kernel addresses with the frames behind its pages.
 *
 * @param start its first address
 * @param sizeBytes with the guard page
 * @param guard whether its last page is a guard page
 * @param kind vmalloc, vmap, ioremap, vm_map_ram
 * @param nrPages that the area owns
 * @param array where its page pointers are: an address; null where it has none
 * @param arrayIsArea whether that is an area of its own
 * @param phys what ioremap mapped, or null
 * @param pages without the guard page
 * @param nrRuns pieces of contiguous frames
 */
public record AreaInfo(
    Addr start,
    long sizeBytes,
    boolean guard,
    String kind,
    int nrPages,
    Addr array,
    boolean arrayIsArea,
    Addr phys,
    List<AreaPage> pages,
    int nrRuns) {}
