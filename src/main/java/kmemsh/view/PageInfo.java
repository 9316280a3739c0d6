package kmemsh.view;

import java.util.List;

/**
 * What {@code struct page} of one frame says, in the fields of Linux 6.1.
 *
 * @param frame who has the page
 * @param nid its node, or -1 on a machine with one node
 * @param zone kernel name of its zone; empty when no zone spans it
 * @param phys physical address
 * @param virt address in the linear map, or for HighMem in the kmap window; null when it has none
 * @param pageblock first frame of its pageblock
 * @param pageblockType name of the pageblock's migratetype; empty when no zone spans it
 * @param flags as the kernel prints them with {@code %pGp}
 * @param refcount {@code _refcount}
 * @param mapcount the number shown: the field {@code _mapcount} and 1
 * @param pageType {@code page_type}, the same word, as hex
 * @param privateValue {@code private}: the order at the head of a free block
 * @param index {@code index}: the cached migratetype of a page on a per-CPU list
 * @param lruPrev frame before it on its list; -1 is the list head, {@link #NO_LIST} no list
 * @param lruNext frame behind it on its list; -1 is the list head, {@link #NO_LIST} no list
 * @param compoundHead first frame of its compound page, -1 when it is no tail of one
 * @param mapping {@code mapping}: NULL, or the mark of a compound page's tail
 * @param compoundOrder in the first tail of a compound page its order, else -1
 * @param slab whose slab the page is part of: a cache's, SLOB's heap, or empty
 * @param hasStruct false in a hole without a memory map: then there is no struct page
 * @param mappedAt for HighMem: each address it has in the kmap window and the fixmap, and its slot
 */
public record PageInfo(
    Frame frame,
    int nid,
    String zone,
    Addr phys,
    Addr virt,
    int pageblock,
    String pageblockType,
    String flags,
    int refcount,
    int mapcount,
    String pageType,
    int privateValue,
    int index,
    int lruPrev,
    int lruNext,
    int compoundHead,
    String mapping,
    int compoundOrder,
    String slab,
    boolean hasStruct,
    List<String> mappedAt) {
  /** The page is on no list. */
  public static final int NO_LIST = -2;

  /** The same page, known to be mapped. */
  public PageInfo mappedAt(Addr address, List<String> places) {
    return new PageInfo(
        frame,
        nid,
        zone,
        phys,
        address,
        pageblock,
        pageblockType,
        flags,
        refcount,
        mapcount,
        pageType,
        privateValue,
        index,
        lruPrev,
        lruNext,
        compoundHead,
        mapping,
        compoundOrder,
        slab,
        hasStruct,
        places);
  }

  /** The same page, its frame with another owner. */
  public PageInfo of(Frame other) {
    return new PageInfo(
        other,
        nid,
        zone,
        phys,
        virt,
        pageblock,
        pageblockType,
        flags,
        refcount,
        mapcount,
        pageType,
        privateValue,
        index,
        lruPrev,
        lruNext,
        compoundHead,
        mapping,
        compoundOrder,
        slab,
        hasStruct,
        mappedAt);
  }
}
