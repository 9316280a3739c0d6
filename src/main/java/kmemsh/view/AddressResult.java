package kmemsh.view;

/**
 * The address of pages that a call handed out.
 *
 * @param virt the address in the linear map
 * @param pfn the first frame behind it
 * @param nrPages how many pages the caller has
 * @param nid node of the frames, or -1 on a machine with one node
 * @param zone kernel name of their zone
 */
public record AddressResult(Addr virt, int pfn, int nrPages, int nid, String zone)
    implements CallAnswer {}
