package kmemsh.mm.vmalloc;

/**
 * What the CPU meets on its way from the top page table to the page behind an address; filled by
 * {@link PageTables#walk} and used again.
 *
 * <pre>
 *   entryPhys  [nrLevels]  where the entry of each level lies
 *   entry      [nrLevels]  the entry
 * </pre>
 */
public final class Walk {
  public final long[] entryPhys = new long[4];
  public final long[] entry = new long[4];

  /** Levels that were read; the last one decided. */
  public int nrLevels;

  /** Whether there is a page behind the address. */
  public boolean present;

  /** Physical address behind the virtual one. */
  public long phys;

  /** Bytes that the last entry maps. */
  public long pageBytes;

  /** The frame behind the address, or -1. */
  public int pfn() {
    return present ? (int) (phys >>> 12) : -1;
  }
}
