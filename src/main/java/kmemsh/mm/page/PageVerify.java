package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.Migratetype;
import kmemsh.view.VerifyReport;
import kmemsh.view.Violation;

/**
 * Checks every rule that holds between two operations. It looks at what is listed or was touched,
 * so an untouched machine of terabytes is as quick as a small one.
 *
 * <p>Not checked here, since it holds right after certain calls only: that a free leaves a page set
 * below its high mark, that splitting and freeing gives the block back, and that a pfn is aligned
 * and from a permitted zone.
 *
 * <p>Spec: page-allocator.md 14
 */
public final class PageVerify {
  static final String LIST_LINKS = "a free list's links lead there and back";
  static final String BLOCK_ALIGNED = "a free block begins at a multiple of its size";
  static final String BLOCK_IN_ZONE = "a free block lies in one zone";
  static final String BLOCK_MARKED = "a free block's head says its order and list";
  static final String NR_FREE = "nr_free of an order equals the blocks on its lists";
  static final String NON_EMPTY = "the summary of non-empty lists equals the lists";
  static final String NO_OVERLAP = "a page is in one place";
  static final String FREE_PAGES = "NR_FREE_PAGES equals the pages of the lists";
  static final String FREE_CMA = "NR_FREE_CMA_PAGES equals the pages of the CMA lists";
  static final String MANAGED = "free, per-CPU and allocated pages are the managed ones";
  static final String BUDDIES = "two free buddies are merged";
  static final String PCP_ROOM = "a page set's lists have room up to its limit";
  static final String PCP_MARKED = "a page of a page set says so";
  static final String FREE_FACTOR = "free_factor is one of 0..5";
  static final String HIGHATOMIC = "the HighAtomic reserve is whole pageblocks within its limit";
  static final String LIST_TYPE = "a block on the CMA or Isolate list is in such a pageblock";
  static final int NR_RULES = 16;

  private static final int MOST_VIOLATIONS = 10;
  private static final int MAX_FREE_FACTOR = 5;

  private final PageAllocator pages;
  private final PageFrames frames;
  private final ProcQueries queries;
  private final List<Violation> violations = new ArrayList<>();
  private long nrBlocks;
  private long nrPages;

  private final long[] pcpPages;
  private final long[] pcpPagesFound;
  private final long[] allocated;

  private PageVerify(PageMachine machine) {
    pages = machine.allocator();
    frames = pages.frames;
    queries = new ProcQueries(machine);
    pcpPages = new long[pages.zones.length];
    pcpPagesFound = new long[pages.zones.length];
    allocated = new long[pages.zones.length];
  }

  /** Checks all rules; stops collecting at {@value #MOST_VIOLATIONS} violations. */
  public static VerifyReport check(PageMachine machine) {
    return new PageVerify(machine).check();
  }

  private VerifyReport check() {
    for (Zone zone : pages.zones) {
      if (zone.isPopulated()) {
        lists(zone);
        pageSets(zone);
        reserve(zone);
      }
    }
    frames();
    for (Zone zone : pages.zones) {
      if (zone.isPopulated()) {
        sums(zone);
      }
    }
    return new VerifyReport(NR_RULES, nrBlocks, nrPages, List.copyOf(violations));
  }

  private void expect(String rule, Zone zone, long where, long found, long expected) {
    if (found != expected && violations.size() < MOST_VIOLATIONS) {
      String name = queries.machineNames().zone(zone.id);
      violations.add(new Violation(rule, name, where, found, expected));
    }
  }

  private void lists(Zone zone) {
    long free = 0;
    long freeCma = 0;
    for (int order = 0; order < PageFrames.NR_ORDERS; order++) {
      long all = 0;
      for (int mt = 0; mt < pages.config.nrTypes(); mt++) {
        long nr = list(zone, order, mt);
        all += nr;
        free += mt == Migratetype.MIGRATE_ISOLATE ? 0 : nr << order;
        freeCma += mt == Migratetype.MIGRATE_CMA ? nr << order : 0;
        if (nr > 0) {
          expect(NON_EMPTY, zone, order, zone.filled[mt] >>> order & 1, 1);
        }
      }
      expect(NR_FREE, zone, order, zone.nrFree()[order], all);
    }
    expect(FREE_PAGES, zone, -1, zone.exactFreePages(), free);
    expect(FREE_CMA, zone, -1, zone.exactFreeCmaPages(), freeCma);
  }

  /** Walks one list and returns its length; a broken one is left where it breaks. */
  private long list(Zone zone, int order, int migratetype) {
    int head = frames.listHead(zone.id, order, migratetype);
    int before = head;
    long most = (zone.spannedPages() >>> order) + 1L;
    long nr = 0;
    int node = frames.next(head);
    while (node != head) {
      if (frames.prev(node) != before || nr > most || !frames.isBlockNode(node, order)) {
        expect(LIST_LINKS, zone, frames.pfnOf(node), frames.prev(node), before);
        expect(LIST_LINKS, zone, frames.pfnOf(node), nr, Math.min(nr, most));
        return nr;
      }
      block(zone, frames.pfnOf(node), order, migratetype);
      nr++;
      before = node;
      node = frames.next(node);
    }
    expect(LIST_LINKS, zone, -1, frames.prev(head), before);
    nrBlocks += nr;
    return nr;
  }

  private void block(Zone zone, int pfn, int order, int migratetype) {
    expect(BLOCK_ALIGNED, zone, pfn, pfn & ((1 << order) - 1), 0);
    expect(BLOCK_IN_ZONE, zone, pfn, zoneOf(pfn), zone.id);
    expect(BLOCK_IN_ZONE, zone, pfn, zoneOf(pfn + (1 << order) - 1), zone.id);
    expect(BLOCK_MARKED, zone, pfn, frames.freeOrder(pfn), order);
    expect(BLOCK_MARKED, zone, pfn, frames.listType(pfn, order), migratetype);
    int buddy = pfn ^ (1 << order);
    // Blocks of a pageblock or more may stay apart because of their types.
    if (order < Math.min(pages.config.pageblockOrder(), PageFrames.BIG_ORDER)
        && zoneOf(buddy) == zone.id) {
      expect(BUDDIES, zone, pfn, frames.isFreeHead(buddy, order) ? 1 : 0, 0);
    }
    if (migratetype > Migratetype.MIGRATE_HIGHATOMIC) {
      expect(LIST_TYPE, zone, pfn, pages.buddy.blocks.type(zone.id, pfn), migratetype);
    }
  }

  private int zoneOf(int pfn) {
    boolean inside = pfn >= 0 && pfn < frames.nrFrames();
    return inside ? pages.zoneMap.zoneOf(pfn) : ZoneMap.NONE;
  }

  private void pageSets(Zone zone) {
    for (int cpu = 0; cpu < zone.pcps.length; cpu++) {
      PerCpuPages pcp = zone.pcps[cpu];
      long sum = 0;
      for (int index = 0; index < pcp.lists.length; index++) {
        PcpList list = pcp.lists[index];
        int nr = list == null ? 0 : list.size();
        int order = pages.orderOfPcpIndex(index);
        sum += (long) nr << order;
        for (int i = 0; i < nr; i++) {
          int pfn = list.get(i);
          expect(PCP_MARKED, zone, pfn, frames.pcpOrder(pfn, pages.config.pageblockOrder()), order);
          expect(PCP_MARKED, zone, pfn, zoneOf(pfn), zone.id);
        }
      }
      pcpPages[zone.id] += sum;
      expect(PCP_ROOM, zone, cpu, pcp.isRoomRight() ? 0 : 1, 0);
      int factor = Math.max(0, Math.min(MAX_FREE_FACTOR, pcp.freeFactor));
      expect(FREE_FACTOR, zone, cpu, pcp.freeFactor, factor);
    }
  }

  private void reserve(Zone zone) {
    long block = pages.config.pageblockPages();
    long reserved = zone.nrReservedHighatomic;
    long most = zone.managedPages / 100 + 2 * block;
    expect(HIGHATOMIC, zone, -1, reserved, Math.min(most, reserved) / block * block);
  }

  /** Looks at every frame that was ever the head of something: no two things overlap. */
  private void frames() {
    int end = 0;
    int big = 1 << PageFrames.BIG_ORDER;
    for (int pfn = frames.nextTouched(0); pfn < frames.nrFrames(); pfn = nextFrame(pfn)) {
      if ((pfn & (big - 1)) == 0 && frames.isFreeHead(pfn, PageFrames.BIG_ORDER)) {
        end = Math.max(end, pfn + big);
        overlap(pfn, frames.isHead(pfn) ? 1 : 0);
        continue;
      }
      int order = headOrder(pfn);
      if (order >= 0) {
        overlap(pfn, pfn < end ? 1 : 0);
        end = Math.max(end, pfn + (1 << order));
      }
    }
  }

  private int nextFrame(int pfn) {
    return frames.nextTouched(pfn + 1);
  }

  private void overlap(int pfn, int found) {
    int z = zoneOf(pfn);
    expect(NO_OVERLAP, pages.zones[Math.max(0, z)], pfn, found, 0);
  }

  /**
   * The order of whatever begins at {@code pfn}, counted where it belongs; -1 when nothing does.
   */
  private int headOrder(int pfn) {
    if (!frames.isHead(pfn)) {
      return -1;
    }
    int z = zoneOf(pfn);
    int order = frames.freeOrder(pfn);
    if (order >= 0 || z < 0) {
      return order;
    }
    order = frames.pcpOrder(pfn, pages.config.pageblockOrder());
    if (order >= 0) {
      pcpPagesFound[z] += 1L << order;
    } else {
      order = frames.allocatedOrder(pfn);
      allocated[z] += 1L << order;
    }
    nrPages += 1L << order;
    return order;
  }

  private void sums(Zone zone) {
    expect(NO_OVERLAP, zone, -1, pcpPagesFound[zone.id], pcpPages[zone.id]);
    long isolated = 0;
    if (pages.config.nrTypes() > Migratetype.MIGRATE_ISOLATE) {
      for (int order = 0; order < PageFrames.NR_ORDERS; order++) {
        for (int pfn : new PageStates(pages).freeList(zone, order, Migratetype.MIGRATE_ISOLATE)) {
          isolated += frames.freeOrder(pfn) < 0 ? 0 : 1L << order;
        }
      }
    }
    long sum = zone.exactFreePages() + isolated + pcpPages[zone.id] + allocated[zone.id];
    expect(MANAGED, zone, -1, sum + zone.foreignPages, zone.managedPages);
  }
}
