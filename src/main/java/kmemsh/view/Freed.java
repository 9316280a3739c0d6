package kmemsh.view;

/**
 * Pages that went back.
 *
 * @param pfn the first frame
 * @param nrPages how many pages
 * @param nid their node, or -1 on a machine with one node
 * @param zone kernel name of their zone
 */
public record Freed(int pfn, int nrPages, int nid, String zone) implements CallAnswer {}
