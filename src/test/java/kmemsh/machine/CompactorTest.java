package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What no recording shows of compaction, from the words of page-allocator.md 10.2 to 10.4: runs of
 * an asynchronous request, hints that pass over pageblocks, zones that are left alone.
 */
class CompactorTest {
  private static final String MACHINE = "arch x86_64\nmem 64M\npageblock_order 9\ncompaction\n";
  private static final int ZONE = 1;
  private static final int SIZE = 512;
  private static final int GFP = Gfp.GFP_KERNEL | Gfp.__GFP_MOVABLE;
  private static final int SYNC_LIGHT = 1;
  private static final int ASYNC = 2;
  private static final int SKIPPED = 1;
  private static final int SUCCESS = 8;

  private Machine machine;
  private Compactor compactor;
  private int first;
  private int last;

  /** All of the zone is in use, then every frame with an even number is free again. */
  @BeforeEach
  void everyOtherFrameIsFree() {
    machine = new Machine(Profiles.make(new MachineOptions("a.machine", MACHINE, 0, 1, 1, "slub")));
    compactor = Compactor.of(machine);
    List<Integer> all = new ArrayList<>();
    int gfp = Gfp.__GFP_MEMALLOC | Gfp.__GFP_MOVABLE;
    for (int pfn = machine.allocPages(gfp, 0); pfn >= 0; pfn = machine.allocPages(gfp, 0)) {
      all.add(pfn);
    }
    for (int pfn : all) {
      if (pfn >= 4096 && (pfn & 1) == 0) {
        machine.freePages(pfn, 0);
      } else if (pfn >= 4096) {
        compactor.own(pfn);
      }
    }
    machine.drainPages(0);
    first = 12288;
    last = 15872;
    compactor.setPositions(ZONE, new int[] {first, first, last, 0, last + SIZE, 0});
  }

  private int[] events(int from, int to) {
    int[] pfns = new int[to - from];
    for (int i = from; i < to; i++) {
      pfns[i - from] = compactor.pfn(i);
    }
    return pfns;
  }

  private int[] whats(int from, int to) {
    int[] what = new int[to - from];
    for (int i = from; i < to; i++) {
      what[i - from] = Math.min(compactor.what(i), 0);
    }
    return what;
  }

  @Test
  void anAsynchronousRunGivesUpASubBlockWithAPinnedPage() {
    compactor.disown(first + 5);

    compactor.run(ZONE, 4, GFP, ASYNC, 1);

    int isolated = Compactor.ISOLATED;
    int put = Compactor.PUT_BACK;
    assertThat(events(0, 4)).containsExactly(first + 1, first + 3, first + 3, first + 1);
    assertThat(whats(0, 4)).containsExactly(isolated, isolated, put, put);
    for (int sub = 1; sub < 7; sub++) {
      int at = 4 + (sub - 1) * 16;
      for (int i = 0; i < 8; i++) {
        assertThat(compactor.pfn(at + i)).isEqualTo(first + 16 * sub + 2 * i + 1);
        assertThat(compactor.what(at + i)).isEqualTo(isolated);
        assertThat(compactor.pfn(at + 8 + i)).isEqualTo(first + 16 * sub + 15 - 2 * i);
        assertThat(compactor.what(at + 8 + i)).isGreaterThanOrEqualTo(first + SIZE);
      }
    }
  }

  @Test
  void aSynchronousRunLeavesOnlyThePinnedPage() {
    compactor.disown(first + 5);

    compactor.run(ZONE, 4, GFP, SYNC_LIGHT, 1);

    assertThat(events(0, 4)).containsExactly(first + 1, first + 3, first + 7, first + 9);
    assertThat(whats(0, 32)).containsOnly(Compactor.ISOLATED);
    assertThat(compactor.pfn(32)).isEqualTo(compactor.pfn(31));
  }

  @Test
  void aPageblockWithItsSkipBitIsPassedOver() {
    compactor.setSkips(ZONE, new int[] {first, first + SIZE});

    compactor.run(ZONE, 4, GFP, SYNC_LIGHT, 1);

    assertThat(compactor.pfn(0)).isEqualTo(first + 2 * SIZE + 1);
  }

  @Test
  void skipBitsDoNotCountForARunThatIsToDoEverything() {
    compactor.setSkips(ZONE, new int[] {first, first + SIZE});

    compactor.run(ZONE, 4, GFP, 0, 1);

    assertThat(compactor.pfn(0)).isLessThan(first);
  }

  @Test
  void anAsynchronousRunForUnmovablePagesFindsNoPageblock() {
    assertThat(compactor.run(ZONE, 4, Gfp.GFP_KERNEL, ASYNC, 1)).isEqualTo(6);

    assertThat(compactor.nrEvents()).isZero();
    assertThat(compactor.positions(ZONE)[5]).isEqualTo(1);
  }

  @Test
  void aPageblockUnderACompoundPageIsPassedOver() {
    compactor.addCompounds(9, new int[] {first});

    compactor.run(ZONE, 4, GFP, SYNC_LIGHT, 1);

    assertThat(compactor.pfn(0)).isEqualTo(first + SIZE + 1);
  }

  @Test
  void positionsOutsideTheZoneBecomeItsEnds() {
    compactor.setPositions(ZONE, new int[] {1, 1, 5, 0, 0, 0});

    compactor.run(ZONE, 4, GFP, SYNC_LIGHT, 1);

    assertThat(compactor.pfn(0)).isBetween(4096, first - 1);
    assertThat(compactor.positions(ZONE)[0]).isGreaterThanOrEqualTo(4096);
  }

  @Test
  void aZoneWithoutPagesAndOneThatHasTheBlockAreLeftAlone() {
    assertThat(compactor.run(2, -1, GFP, 0, 2)).isEqualTo(SKIPPED);
    machine.freePages(first + 1, 0);
    machine.drainPages(0);
    assertThat(compactor.run(ZONE, 1, GFP, ASYNC, 1)).isEqualTo(SUCCESS);
    assertThat(compactor.nrEvents()).isZero();
  }
}
