package kmemsh.mm.page;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.view.Gfp;
import kmemsh.view.Migratetype;
import kmemsh.view.VerifyReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every rule is broken on purpose once. */
class PageVerifyTest {
  private static final int NORMAL = 1;

  private final Machine machine =
      new Machine(Profiles.make(new MachineOptions("i386", "", 64 << 20, 0, 0, "")));
  private final PageAllocator pages = machine.pages().allocator();
  private final Zone normal = pages.zones[NORMAL];
  private int block;
  private int page;

  @BeforeEach
  void someUse() {
    block = pages.allocPages(Gfp.GFP_KERNEL, 4);
    page = pages.allocPages(Gfp.GFP_KERNEL, 0);
    assertThat(PageVerify.check(machine.pages()).violations()).isEmpty();
  }

  private void broken(String rule) {
    VerifyReport report = PageVerify.check(machine.pages());
    assertThat(report.ok()).isFalse();
    assertThat(report.violations()).extracting("rule").contains(rule);
  }

  private int freeBlock(int order) {
    for (int mt = 0; mt < 3; mt++) {
      int head = pages.frames.listHead(NORMAL, order, mt);
      if (!pages.frames.isEmpty(head)) {
        return pages.frames.pfnOf(pages.frames.next(head));
      }
    }
    throw new IllegalStateException("no block of order " + order);
  }

  @Test
  void aWrongNrFreeIsSeen() {
    normal.nrFree[3]++;
    broken(PageVerify.NR_FREE);
  }

  @Test
  void aWrongSummaryOfListsIsSeen() {
    normal.filled[0] = 0;
    broken(PageVerify.NON_EMPTY);
  }

  @Test
  void aWrongFreeCounterIsSeen() {
    normal.nrFreePages--;
    broken(PageVerify.FREE_PAGES);
    broken(PageVerify.MANAGED);
  }

  @Test
  void aWrongCmaCounterIsSeen() {
    normal.nrFreeCmaPages++;
    broken(PageVerify.FREE_CMA);
  }

  @Test
  void aBrokenLinkIsSeen() {
    int head = pages.frames.listHead(NORMAL, 10, Migratetype.MIGRATE_MOVABLE);
    pages.frames.insertHead(head, freeBlock(10), 10, Migratetype.MIGRATE_MOVABLE);
    broken(PageVerify.LIST_LINKS);
  }

  @Test
  void aCrookedBlockIsSeen() {
    int crooked = block + 2;
    pages.buddy.addTail(pages.zones[NORMAL], crooked, 3, Migratetype.MIGRATE_MOVABLE);
    broken(PageVerify.BLOCK_ALIGNED);
  }

  @Test
  void aBlockOfAnotherZoneIsSeen() {
    pages.buddy.addTail(pages.zones[0], block, 4, Migratetype.MIGRATE_MOVABLE);
    broken(PageVerify.BLOCK_IN_ZONE);
  }

  @Test
  void aBlockWithTheWrongMarkIsSeen() {
    pages.frames.setNothing(freeBlock(5));
    broken(PageVerify.BLOCK_MARKED);
  }

  @Test
  void anAllocationInsideAFreeBlockIsSeen() {
    pages.frames.setAllocated(freeBlock(5) + 3, 0, 0);
    broken(PageVerify.NO_OVERLAP);
  }

  @Test
  void aLostAllocationIsSeen() {
    pages.frames.setNothing(block);
    broken(PageVerify.MANAGED);
  }

  @Test
  void twoFreeBuddiesAreSeen() {
    pages.buddy.addTail(pages.zones[NORMAL], block, 3, 0);
    pages.buddy.addTail(pages.zones[NORMAL], block + 8, 3, 0);
    broken(PageVerify.BUDDIES);
  }

  @Test
  void aLimitOfAPageSetThatSinksUnnoticedIsSeen() {
    pages.freePages(page, 0);
    normal.pcps[0].lookPages = 1;
    broken(PageVerify.PCP_ROOM);
  }

  @Test
  void aPageSetPageWithoutItsMarkIsSeen() {
    pages.freePages(page, 0);
    pages.frames.setAllocated(page, 0, 0);
    broken(PageVerify.PCP_MARKED);
  }

  @Test
  void aFreeFactorOutOfRangeIsSeen() {
    normal.pcps[0].freeFactor = 6;
    broken(PageVerify.FREE_FACTOR);
  }

  @Test
  void aCrookedHighatomicReserveIsSeen() {
    normal.nrReservedHighatomic = 100;
    broken(PageVerify.HIGHATOMIC);
  }

  @Test
  void anIsolatedBlockInAnotherPageblockIsSeen() {
    Machine cma =
        new Machine(
            Profiles.make(
                new MachineOptions("cma.txt", "arch x86_64\nmem 64M\ncma\n", 0, 0, 0, "")));
    Buddy buddy = cma.pages().allocator().buddy;
    int head = buddy.frames.listHead(1, 10, Migratetype.MIGRATE_MOVABLE);
    buddy.move(1, buddy.frames.pfnOf(buddy.frames.next(head)), 10, Migratetype.MIGRATE_ISOLATE);
    assertThat(PageVerify.check(cma.pages()).violations())
        .extracting("rule")
        .contains(PageVerify.LIST_TYPE, PageVerify.FREE_PAGES);
  }

  @Test
  void anUntouchedTebibyteIsCheckedByItsLists() {
    Machine large =
        new Machine(Profiles.make(new MachineOptions("x86_64", "", 1L << 40, 0, 0, "")));
    VerifyReport report = PageVerify.check(large.pages());
    assertThat(report.violations()).isEmpty();
    assertThat(report.nrBlocks()).isGreaterThan(250_000);
    assertThat(report.nrPages()).isEqualTo(67);
  }
}
