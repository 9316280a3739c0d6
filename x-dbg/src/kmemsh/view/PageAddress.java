package kmemsh.view;

/**
 * The kernel address of a page.
 *
 * @param virt in the linear map, or null when the page is HighMem and not mapped
 */
public record PageAddress(int pfn, Addr virt, String zone) {}
