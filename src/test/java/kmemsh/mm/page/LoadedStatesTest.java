package kmemsh.mm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.view.Gfp;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;
import org.junit.jupiter.api.Test;

/** Machines that go on from states which a boot does not lead to. */
class LoadedStatesTest {
  private static final String CMA =
      """
      arch x86_64
      mem 128M
      pageblock_order 9
      cma
      """;

  private static PageAllocator booted(MachineOptions options) {
    return new Machine(Profiles.make(options)).pages().allocator();
  }

  private static PageState.Zone zoneOf(PageState state, int id) {
    return state.zones().stream().filter(zone -> zone.id() == id).findFirst().orElseThrow();
  }

  private static int pagesOf(PageState.Zone zone, int migratetype) {
    return zone.freeLists().stream()
        .filter(list -> list.migratetype() == migratetype)
        .mapToInt(list -> list.pfns().length << list.order())
        .sum();
  }

  @Test
  void pagesOfAnIsolatedPageblockDoNotCountWhenAPageSetIsEmptied() {
    Profile profile = Profiles.make(new MachineOptions("cma.machine", CMA, 0, 1, 1, "slub"));
    Machine booted = new Machine(profile);
    PageAllocator pages = booted.pages().allocator();
    int pfn = pages.allocPages(Gfp.GFP_KERNEL, 0);
    pages.freePages(pfn, 0);
    PageState state = booted.pages().pageState();
    PageState.Zone zone = zoneOf(state, 1);
    int isolated = zone.pcps().get(0).lists().get(0).pfns()[0];
    zone.pageblocks()[(isolated >>> 9) - (zone.zoneStartPfn() >>> 9)] = Migratetype.MIGRATE_ISOLATE;

    Machine loaded = Machine.loaded(profile, state);
    long elsewhere =
        zone.pcps().get(0).lists().stream()
            .mapToLong(
                list ->
                    IntStream.of(list.pfns()).filter(each -> each >>> 9 != isolated >>> 9).count()
                        << list.order())
            .sum();
    loaded.pages().drainPages(0);

    PageState.Zone after = zoneOf(loaded.pages().pageState(), 1);
    assertThat(pagesOf(after, Migratetype.MIGRATE_ISOLATE)).isPositive();
    assertThat(elsewhere).isLessThan(zone.pcps().get(0).count());
    assertThat(after.nrFreePages()).isEqualTo(zone.nrFreePages() + elsewhere);
  }

  @Test
  void blocksOfTwoZonesDoNotMergeNorAreTheyUncles() {
    PageAllocator pages = booted(new MachineOptions("i386", "", 1280L << 20, 1, 1, "slub"));
    Zone normal = pages.zones[1];
    Zone highmem = pages.zones[2];
    int boundary = highmem.zoneStartPfn;
    assertThat(boundary & 3).isEqualTo(2);
    assertThat(pages.frames.isFreeHead(boundary, 1)).isTrue();

    pages.buddy.freeOne(normal, 0, boundary - 2, 1, Migratetype.MIGRATE_UNMOVABLE, false);

    assertThat(pages.frames.isFreeHead(boundary - 2, 1)).isTrue();
    assertThat(pages.frames.isFreeHead(boundary, 1)).isTrue();

    pages.buddy.addHead(normal, boundary - 16, 0, Migratetype.MIGRATE_UNMOVABLE);
    pages.buddy.remove(normal.id, boundary - 2, 1);
    pages.buddy.addHead(normal, boundary - 32, 0, Migratetype.MIGRATE_UNMOVABLE);
    pages.buddy.freeOne(normal, 0, boundary - 1, 0, Migratetype.MIGRATE_UNMOVABLE, false);
    int head = pages.frames.listHead(normal.id, 0, Migratetype.MIGRATE_UNMOVABLE);
    assertThat(pages.frames.first(head)).isEqualTo(boundary - 1);
  }

  @Test
  void everyCpuCountsForEveryNodeInTheLimitsOfPageSets() {
    PageAllocator pages = booted(new MachineOptions("x86_64", "", 5L << 30, 4, 2, "slub"));
    for (Zone zone : pages.zones) {
      if (zone.isPopulated()) {
        long share = zone.watermark[AllocFlags.WMARK_LOW] / 4;
        for (PerCpuPages pcp : zone.pcps) {
          assertThat(pcp.highPages)
              .as("zone %d", zone.id)
              .isEqualTo((int) Math.max(share, 4L * pcp.batch));
        }
      }
    }
  }

  @Test
  void nodesThatWereCutFromOneAreTakenInTurnAndThoseWithoutCpusFirst() {
    String text = "arch x86_64\nmem 1G\nnodes 4\ncpus 2\nsmp";
    Machine machine =
        new Machine(Profiles.make(new MachineOptions("nodes.machine", text, 0, 0, 0, "")));

    int[][] order = machine.pages().allocator().config.nodeOrder();

    assertThat(order[0]).containsExactly(0, 2, 3, 1);
    assertThat(order[1]).containsExactly(1, 2, 3, 0);
    assertThat(order[2]).containsExactly(2, 3, 0, 1);
    assertThat(order[3]).containsExactly(3, 2, 0, 1);
  }

  @Test
  void aBulkRequestForOnePageTakesNoTurnOfTheInterleavePolicy() {
    Machine machine =
        new Machine(Profiles.make(new MachineOptions("x86_64", "", 5L << 30, 4, 2, "slub")));
    PageAllocator pages = machine.pages().allocator();
    machine.pages().setInterleave(0, true, 0);
    int[] out = new int[1];

    assertThat(nodeOf(machine, pages.allocPages(Gfp.GFP_KERNEL, 0))).isEqualTo(1);
    assertThat(pages.allocPagesBulk(Gfp.GFP_KERNEL, 1, out)).isEqualTo(1);
    assertThat(nodeOf(machine, out[0])).isZero();
    assertThat(pages.allocPagesBulk(Gfp.GFP_KERNEL, 1, out)).isEqualTo(1);
    assertThat(nodeOf(machine, out[0])).isZero();
    assertThat(nodeOf(machine, pages.allocPages(Gfp.GFP_KERNEL, 0))).isZero();
    assertThat(nodeOf(machine, pages.allocPages(Gfp.GFP_KERNEL, 0))).isEqualTo(1);
  }

  private static int nodeOf(Machine machine, int pfn) {
    return machine.pages().nodeOf(pfn);
  }
}
