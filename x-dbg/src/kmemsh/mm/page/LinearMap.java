package kmemsh.mm.page;

/**
 * The part of the kernel's address space where physical memory lies in one piece.
 *
 * @param pageOffset virtual address of frame 0
 * @param endOfLowmem frame behind the last one it reaches; frames from there on are HighMem
 */
public record LinearMap(long pageOffset, int endOfLowmem) {
  private static final int PAGE_SHIFT = 12;

  /** Virtual address of a frame, or 0 when it has none. */
  public long virtOf(int pfn) {
    return pfn >= 0 && pfn < endOfLowmem ? pageOffset + ((long) pfn << PAGE_SHIFT) : 0;
  }

  /** The frame behind a virtual address, or -1 when the address is not in the map. */
  public int pfnOf(long virt) {
    long pfn = (virt - pageOffset) >>> PAGE_SHIFT;
    return Long.compareUnsigned(virt, pageOffset) >= 0 && pfn < endOfLowmem ? (int) pfn : -1;
  }
}
