package kmemsh.view;

/**
 * A block of pages that a call handed out.
 *
 * @param pfn its first frame
 * @param order base-2 logarithm of the number of pages
 * @param nid its node, or -1 on a machine with one node
 * @param zone kernel name of its zone
 * @param migratetype name of the type of its pageblock
 * @param virt its address in the linear map, or null when it is HighMem and has none
 */
public record PageBlock(int pfn, int order, int nid, String zone, String migratetype, Addr virt)
    implements CallAnswer {}
