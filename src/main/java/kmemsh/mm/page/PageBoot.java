package kmemsh.mm.page;

import static kmemsh.view.Migratetype.MIGRATE_MOVABLE;

import kmemsh.view.Gfp;

/**
 * The hand-over of memory at boot: from the ranges memblock knows to the first free lists.
 *
 * <p>Low memory enters as the largest aligned blocks, ascending, each at the tail of its list;
 * HighMem enters page by page through the ordinary free, so that its largest blocks come out
 * descending. Both are computed a block or a run of blocks at a time, with the same outcome.
 *
 * <p>Spec: page-allocator.md 2
 */
public final class PageBoot {
  private static final int BIG = 1 << PageFrames.BIG_ORDER;
  private static final int SECTION_PAGES = 0x8000;

  private final PageAllocator pages;
  private final int[] ram;
  private final int[] free;

  /**
   * @param ram pairs of first pfn and end pfn of RAM, ascending, cut at node boundaries
   * @param free the same for RAM that nothing reserved
   */
  public PageBoot(PageAllocator pages, int[] ram, int[] free) {
    this.pages = pages;
    this.ram = ram;
    this.free = free;
  }

  /** Sets the pageblock types and frees all memory to the buddy lists. */
  public void handOver() {
    for (Zone zone : pages.zones) {
      zone.managedPages = 0;
      if (zone.isPopulated()) {
        initPageblocks(zone);
      }
    }
    for (int i = 0; i < free.length; i += 2) {
      eachPiece(free[i], free[i + 1], true);
    }
    for (int i = 0; i < free.length; i += 2) {
      eachPiece(free[i], free[i + 1], false);
    }
  }

  private void eachPiece(int start, int end, boolean highmem) {
    for (Zone zone : pages.zones) {
      int from = Math.max(start, zone.zoneStartPfn);
      int to = Math.min(end, zone.endPfn);
      if (zone.highmem != highmem || from >= to || !zone.isPopulated()) {
        continue;
      }
      zone.managedPages += to - from;
      if (highmem) {
        freePageByPage(zone.id, from, to);
      } else {
        freeLargestFirst(zone.id, from, to);
      }
    }
  }

  /** A pageblock is Movable when its first pfn is RAM of this zone. Spec: page-allocator.md 2.2 */
  private void initPageblocks(Zone zone) {
    if (pages.config.sparse()) {
      markAbsentSections(zone);
    }
    for (int i = 0; i < ram.length; i += 2) {
      int start = Math.max(ram[i], zone.zoneStartPfn);
      int end = Math.min(ram[i + 1], zone.endPfn);
      if (start < end) {
        pages.buddy.blocks.fill(zone.id, start, end, MIGRATE_MOVABLE);
      }
    }
  }

  private void markAbsentSections(Zone zone) {
    int covered = zone.zoneStartPfn & -SECTION_PAGES;
    for (int i = 0; i < ram.length; i += 2) {
      int start = ram[i] & -SECTION_PAGES;
      if (start > covered) {
        absent(zone, covered, start);
      }
      covered = Math.max(covered, (ram[i + 1] + SECTION_PAGES - 1) & -SECTION_PAGES);
    }
    absent(zone, covered, zone.endPfn);
  }

  private void absent(Zone zone, int start, int end) {
    int from = Math.max(start, zone.zoneStartPfn);
    int to = Math.min(end, zone.endPfn);
    if (from < to) {
      pages.buddy.blocks.fill(zone.id, from, to, Pageblocks.ABSENT);
    }
  }

  private void freeLargestFirst(int z, int start, int end) {
    int pfn = start;
    while (pfn < end) {
      int order = largestOrder(pfn, end);
      if (order == PageFrames.BIG_ORDER) {
        int nr = bigRun(z, pfn, end);
        pages.buddy.appendRun(z, pfn, nr, pages.buddy.blocks.type(z, pfn));
        pfn += nr << PageFrames.BIG_ORDER;
      } else {
        pages.buddy.freeOne(pages.zones[z], 0, pfn, order, pages.buddy.blocks.type(z, pfn), true);
        pfn += 1 << order;
      }
    }
  }

  /** Order-10 blocks from {@code pfn} on whose first pageblocks have one type. */
  private int bigRun(int z, int pfn, int end) {
    return pages.buddy.blocks.type(z, pfn) == MIGRATE_MOVABLE ? (end - pfn) / BIG : 1;
  }

  /**
   * Frees page by page, computed a block or a run of blocks at a time: pages of one pageblock that
   * fill an aligned block merge to it, whatever lies around them, so that only the last one's list
   * matters.
   */
  private void freePageByPage(int z, int start, int end) {
    int pfn = start;
    while (pfn < end) {
      if ((pfn & (BIG - 1)) == 0 && end - pfn >= BIG) {
        int type = pages.buddy.blocks.type(z, pfn + BIG - 1);
        int nr = type == MIGRATE_MOVABLE ? (end - pfn) / BIG : 1;
        pages.buddy.prependRun(z, pfn, nr, type);
        pfn += nr << PageFrames.BIG_ORDER;
      } else {
        int order = Math.min(pages.config.pageblockOrder(), largestOrder(pfn, end));
        pages.buddy.freeOne(pages.zones[z], 0, pfn, order, pages.buddy.blocks.type(z, pfn), false);
        pfn += 1 << order;
      }
    }
  }

  /** The order of the largest aligned block that begins at {@code pfn} and ends by {@code end}. */
  private static int largestOrder(int pfn, int end) {
    int order = Math.min(PageFrames.BIG_ORDER, Integer.numberOfTrailingZeros(pfn));
    while (pfn + (1 << order) > end) {
      order--;
    }
    return order;
  }

  /**
   * The page-table pages of the vmalloc area that x86_64 takes at once: one a 512 GiB. They stay
   * the kernel's own. Spec: page-allocator.md 2.3
   */
  public int[] takeVmallocTables(int nr) {
    int[] taken = new int[nr];
    pages.allowedGfp = Gfp.VALID & ~(Gfp.__GFP_RECLAIM | Gfp.__GFP_IO | Gfp.__GFP_FS);
    for (int i = 0; i < nr; i++) {
      int pfn = pages.allocPages(Gfp.GFP_KERNEL | Gfp.__GFP_ZERO, 0);
      if (pfn != PageAllocator.NO_PFN) {
        pages.frames.setFlag(pfn, PageFrames.FLAG_KERNEL);
      }
      taken[i] = pfn;
    }
    pages.allowedGfp = Gfp.VALID;
    return taken;
  }

  /** Gives page sets their size and zones their watermarks. Spec: page-allocator.md 2.5 */
  public void setUpWatermarks() {
    pages.watermarks.updatePageSets();
    pages.watermarks.refreshThresholds();
    int[] local = pages.zonelists.zones(0, pages.config.maxNrZones() - 1, false);
    pages.watermarks.initPerZoneWmarkMin(local);
    if (pages.config.thp()) {
      pages.watermarks.raiseForHugePages(local);
    }
  }
}
