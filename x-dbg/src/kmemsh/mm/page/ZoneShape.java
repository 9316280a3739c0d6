package kmemsh.mm.page;

/**
 * Where a zone lies, before any page is in it.
 *
 * @param index zone index within its node, as the kernel counts them
 * @param name as /proc prints it: DMA, DMA32, Normal, HighMem, Movable
 * @param highmem whether watermarks treat it as highmem (also an empty Movable zone of a machine
 *     with HighMem)
 * @param startPfn first pfn of the span; 0 when nothing is spanned
 * @param endPfn first pfn behind the span
 * @param presentPages RAM in the span, reserved or not
 */
public record ZoneShape(
    int nid, int index, String name, boolean highmem, int startPfn, int endPfn, int presentPages) {}
