package kmemsh.mm.page;

import java.util.BitSet;

/**
 * An area of contiguous memory: frames that movable pages may use until a range of them is wanted.
 *
 * <pre>
 *   bits  [count >> orderPerBit]  handed out
 * </pre>
 *
 * <p>Spec: page-allocator.md 9.3
 */
public final class CmaArea {
  private final ContigRange ranges;
  private final int base;
  private final int nrPages;
  private final int orderPerBit;
  private final int nrBits;
  private final BitSet bits = new BitSet();

  /** An area that no page of is handed out. */
  public CmaArea(Compaction compaction, int base, int nrPages, int orderPerBit) {
    ranges = new ContigRange(compaction);
    this.base = base;
    this.nrPages = nrPages;
    this.orderPerBit = orderPerBit;
    nrBits = nrPages >> orderPerBit;
  }

  /** Whether an area lies in one zone, with the pageblocks it begins and ends in. */
  public static boolean fits(Compaction compaction, int base, int nrPages) {
    PageAllocator pages = compaction.pages;
    int z = pages.zoneMap.zoneOf(base);
    if (z < 0) {
      return false;
    }
    Pageblocks blocks = pages.buddy.blocks;
    int last = blocks.startOf(base + nrPages - 1);
    return compaction.isWhole(pages.zones[z], blocks.startOf(base), last + blocks.pages());
  }

  /** {@code cma_alloc}: the first of {@code count} frames, aligned to an order, or -1. */
  public int alloc(int count, int align) {
    if (count == 0) {
      return PageAllocator.NO_PFN;
    }
    int mask = align <= orderPerBit ? 0 : (1 << (align - orderPerBit)) - 1;
    int offset = (base & ((1 << align) - 1)) >> orderPerBit;
    int wanted = bitsOf(count);
    int found = find(0, wanted, mask, offset);
    while (found >= 0) {
      int pfn = base + (found << orderPerBit);
      bits.set(found, found + wanted);
      if (ranges.alloc(pfn, pfn + count)) {
        return pfn;
      }
      bits.clear(found, found + wanted);
      if (ranges.lackedMemory()) {
        return PageAllocator.NO_PFN;
      }
      found = find(found + mask + 1, wanted, mask, offset);
    }
    return PageAllocator.NO_PFN;
  }

  private int bitsOf(int count) {
    return (int) ((count + (1L << orderPerBit) - 1) >> orderPerBit);
  }

  private int find(int from, int wanted, int mask, int offset) {
    int start = from;
    while (true) {
      int bit = ((bits.nextClearBit(start) + offset + mask) & ~mask) - offset;
      if (wanted > nrBits - bit) {
        return -1;
      }
      int used = bits.nextSetBit(bit);
      if (used < 0 || used >= bit + wanted) {
        return bit;
      }
      start = used + 1;
    }
  }

  /** {@code cma_release}: false if the range is not in the area. */
  public boolean release(int pfn, int count) {
    if (pfn < base || count > base + nrPages - pfn) {
      return false;
    }
    ranges.free(pfn, pfn + count);
    int bit = (pfn - base) >> orderPerBit;
    bits.clear(bit, bit + bitsOf(count));
    return true;
  }

  /** The bits that are set. */
  public int[] bits() {
    return bits.stream().toArray();
  }

  public void setBits(int[] set) {
    bits.clear();
    for (int bit : set) {
      bits.set(bit);
    }
  }
}
