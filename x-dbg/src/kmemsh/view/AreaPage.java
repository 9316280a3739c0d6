package kmemsh.view;

/**
 * A page of an area and what is behind it.
 *
 * @param pfn the frame, -1 where nothing is mapped
 * @param zone of the frame, empty for none
 */
public record AreaPage(Addr virt, int pfn, String zone) {}
