package kmemsh.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.op.AllocPages;
import kmemsh.op.AllocPagesBulk;
import kmemsh.op.AllocPagesExact;
import kmemsh.op.DrainPages;
import kmemsh.op.FreeArea;
import kmemsh.op.FreePages;
import kmemsh.op.ListOp;
import kmemsh.op.MapPages;
import kmemsh.op.Op;
import kmemsh.op.Repeat;
import kmemsh.op.VmallocArea;
import kmemsh.trace.Trace;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Gfp;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;
import org.junit.jupiter.api.Test;

/**
 * What is told of an operation. The texts stand in src/test/resources/explain; with {@code
 * -Dtranscript.update=true} they are written anew.
 */
class ExplainerTest {
  private static final Path TEXTS = Path.of("src/test/resources/explain");
  private static final int UNMOVABLE = Migratetype.MIGRATE_UNMOVABLE;
  private static final int MOVABLE = Migratetype.MIGRATE_MOVABLE;
  private static final int ZONE = 1;

  private static Machine machine(String name, long mib, int cpus, int nodes) {
    return new Machine(Profiles.make(new MachineOptions(name, "", mib << 20, cpus, nodes, "")));
  }

  private static void tells(String name, Machine machine, Op op) {
    tells(name, machine, op, false);
  }

  private static void tells(String name, Machine machine, Op op, boolean all) {
    TraceBuffer facts = new TraceBuffer();
    machine.setTrace(facts);
    if (op instanceof ListOp list) {
      list.runAll(machine);
    } else {
      op.run(machine);
    }
    machine.setTrace(Trace.OFF);
    List<String> lines = Explainer.explain(facts, machine.procQueries().machineNames(), all);
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
    String text = String.join("\n", lines) + "\n";
    Path file = TEXTS.resolve(name + ".txt");
    try {
      if (Boolean.getBoolean("transcript.update")) {
        Files.createDirectories(TEXTS);
        Files.writeString(file, text);
      }
      assertThat(text).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anAreaIsToldFromItsAddressesToItsPages() {
    Machine machine = machine("i386", 1280, 1, 1);
    VmallocArea three = new VmallocArea(10000, 1, Gfp.GFP_KERNEL, 0);
    tells("vmalloc-first", machine, three);
    tells("vmalloc", machine, three);
    tells("vfree", machine, new FreeArea(0xf7bfe000L, FreeArea.VFREE));
  }

  @Test
  void aSearchForAddressesThatFailsPurgesFirst() {
    Machine machine = machine("i386", 1280, 1, 1);
    long area = new VmallocArea(100 << 20, 1, Gfp.GFP_KERNEL, 0).run(machine);
    new VmallocArea(4096, 1, Gfp.GFP_KERNEL, 0).run(machine);
    new FreeArea(area, FreeArea.VFREE).run(machine);
    new VmallocArea(16 << 20, 1, Gfp.GFP_KERNEL, 0).run(machine);
    tells("vmalloc-no-addresses", machine, new VmallocArea(90 << 20, 1, Gfp.GFP_KERNEL, 0));
    tells("vm-map-ram", machine, new MapPages(new int[] {0x1000, 0x1000}, true));
  }

  private static AllocPages alloc(int gfpMask, int order) {
    return new AllocPages(gfpMask, order);
  }

  @Test
  void theFirstPageOfAFreshMachine() {
    tells("first-page", machine("i386", 0, 0, 0), alloc(Gfp.GFP_KERNEL, 0));
  }

  @Test
  void aPageOfAListThatIsNotEmpty() {
    Machine machine = machine("i386", 0, 0, 0);
    machine.allocPages(Gfp.GFP_KERNEL, 0);
    tells("page-from-list", machine, alloc(Gfp.GFP_KERNEL, 0));
  }

  @Test
  void aRefillOfABiggerOrder() {
    Machine machine = machine("i386", 0, 0, 0);
    machine.allocPages(Gfp.GFP_KERNEL, 0);
    tells("refill", machine, alloc(Gfp.GFP_KERNEL, 3));
  }

  @Test
  void aRefillWithEveryStep() {
    tells("refill-all", machine("i386", 48, 0, 0), alloc(Gfp.GFP_KERNEL, 3), true);
  }

  @Test
  void aBlockThatMergesWhenItIsFreed() {
    Machine machine = machine("i386", 0, 0, 0);
    int pfn = machine.allocPages(Gfp.GFP_KERNEL, 4);
    tells("merge", machine, new FreePages(pfn, 4));
  }

  @Test
  void aBlockWhoseBuddyIsBusy() {
    Machine machine = machine("i386", 0, 0, 0);
    int first = machine.allocPages(Gfp.GFP_KERNEL, 4);
    machine.allocPages(Gfp.GFP_KERNEL, 4);
    tells("no-merge", machine, new FreePages(first, 4));
  }

  @Test
  void onANumaMachineZonesHaveTheirNode() {
    tells("numa", machine("x86_64", 256, 2, 2), alloc(Gfp.GFP_KERNEL, 1));
  }

  @Test
  void anAtomicRequestBelowTheMinWatermark() {
    tells("atomic-reserve", full(Gfp.GFP_NOWAIT), alloc(Gfp.GFP_ATOMIC, 0));
  }

  @Test
  void aPageblockIsReservedForHighAtomicRequests() {
    tells("highatomic", full(Gfp.GFP_NOWAIT), alloc(Gfp.GFP_ATOMIC, 3));
  }

  @Test
  void anAtomicRequestThatFailsWalksThreeTimes() {
    tells("atomic-fails", full(Gfp.GFP_ATOMIC), alloc(Gfp.GFP_ATOMIC, 0));
  }

  @Test
  void aCostlyRequestThatFails() {
    tells("order-5-fails", full(Gfp.GFP_ATOMIC), alloc(Gfp.GFP_KERNEL, 5));
  }

  @Test
  void aRequestThatWouldWakeTheOomKiller() {
    tells("out-of-memory", full(Gfp.GFP_ATOMIC), alloc(Gfp.GFP_KERNEL, 0));
  }

  @Test
  void anOrderThatDoesNotExist() {
    tells("order-11", machine("i386", 48, 0, 0), alloc(Gfp.GFP_KERNEL, 11));
  }

  @Test
  void aBulkAllocation() {
    tells("bulk", machine("i386", 0, 0, 0), new AllocPagesBulk(100, Gfp.GFP_KERNEL));
  }

  @Test
  void anExactAllocationGivesItsRestBack() {
    tells("exact", machine("i386", 0, 0, 0), new AllocPagesExact(5 * 4096, Gfp.GFP_KERNEL));
  }

  @Test
  void ofARepeatedOperationSumsAndTheLastRound() {
    tells("repeat", machine("i386", 0, 0, 0), new Repeat(alloc(Gfp.GFP_KERNEL, 0), 1000));
  }

  @Test
  void aPageSetIsEmptied() {
    Machine machine = machine("i386", 0, 0, 0);
    machine.allocPages(Gfp.GFP_KERNEL, 0);
    tells("drain-all", machine, new DrainPages(DrainPages.ALL));
  }

  /* Spec 15.6: batch 7, high 28; the 26th of forty frees drains 7 pages from the tail. */
  @Test
  void aFreeThatDrains() {
    Machine machine = drainMachine();
    tells("drain", machine, new FreePages(0x1019, 0));
  }

  @Test
  void aFreeThatDrainsWithEveryStep() {
    Machine machine = drainMachine();
    tells("drain-every-step", machine, new FreePages(0x1019, 0), true);
  }

  private static Machine drainMachine() {
    Machine machine = example(7, 28, List.of(list(10, MOVABLE, bigBlocks())));
    int gfp = Gfp.GFP_KERNEL | Gfp.__GFP_MOVABLE;
    int[] pfns = new int[43];
    for (int i = 0; i < 3; i++) {
      pfns[i] = machine.allocPages(gfp, 0);
    }
    for (int i = 0; i < 3; i++) {
      machine.freePages(pfns[i], 0);
    }
    for (int i = 0; i < 40; i++) {
      pfns[i] = machine.allocPages(gfp, 0);
    }
    assertThat(pfns[39]).isEqualTo(0x1027);
    for (int i = 0; i < 25; i++) {
      machine.freePages(pfns[i], 0);
    }
    assertThat(pfns[25]).isEqualTo(0x1019);
    return machine;
  }

  /* Spec 15.5 (a) */
  @Test
  void aStolenPageblock() {
    Machine machine = example(1, 4096, List.of(list(10, MOVABLE, bigBlocks())));
    tells("steal-a", machine, alloc(Gfp.GFP_KERNEL, 0));
  }

  /* Spec 15.5 (b) */
  @Test
  void aStealThatDoesNotClaimThePageblock() {
    List<PageState.FreeList> lists =
        List.of(
            list(0, MOVABLE, 0x1403),
            list(3, MOVABLE, 0x1408),
            list(4, MOVABLE, 0x1c40),
            list(5, MOVABLE, 0x1420));
    int[] lru = new int[0x300];
    for (int i = 0; i < lru.length; i++) {
      lru[i] = 0x1500 + i;
    }
    tells("steal-b", example(1, 4096, lists, lru), alloc(Gfp.GFP_KERNEL, 0));
  }

  /* Spec 15.5 (c) */
  @Test
  void aMovableRequestThatTakesTheSmallestBlock() {
    List<PageState.FreeList> lists =
        List.of(
            list(0, UNMOVABLE, 0x1841),
            list(2, UNMOVABLE, 0x1844),
            list(3, UNMOVABLE, 0x1408),
            list(4, UNMOVABLE, 0x1430));
    Machine machine = example(1, 4096, lists);
    tells("steal-c", machine, alloc(Gfp.GFP_KERNEL | Gfp.__GFP_MOVABLE, 1));
  }

  /** An i386 of 48 MiB from which requests of {@code gfpMask} get nothing any more. */
  private static Machine full(int gfpMask) {
    Machine machine = machine("i386", 48, 0, 0);
    int pfn;
    do {
      pfn = machine.allocPages(gfpMask, 0);
    } while (pfn >= 0);
    return machine;
  }

  private static int[] bigBlocks() {
    return new int[] {0x1000, 0x1400, 0x1800, 0x1c00, 0x2000, 0x2400, 0x2800, 0x2c00};
  }

  private static PageState.FreeList list(int order, int migratetype, int... pfns) {
    return new PageState.FreeList(order, migratetype, pfns);
  }

  private static Machine example(int batch, int high, List<PageState.FreeList> lists) {
    return example(batch, high, lists, new int[0]);
  }

  /** The zone of the spec's examples: Normal, 0x1000 to 0x3000, all pageblocks Movable. */
  private static Machine example(int batch, int high, List<PageState.FreeList> lists, int[] lru) {
    Profile profile = Profiles.make(new MachineOptions("i386", "", 49 << 20, 0, 0, ""));
    long free = 0;
    for (PageState.FreeList list : lists) {
      free += (long) list.pfns().length << list.order();
    }
    boolean movable = lists.get(0).migratetype() == MOVABLE;
    int other = movable ? MOVABLE : UNMOVABLE;
    PageState.Pcp pcp = new PageState.Pcp(0, 0, high, batch, 0, 0, 0, 0, 0, List.of(), new int[0]);
    PageState.Zone zone =
        new PageState.Zone(
            ZONE,
            0,
            "Normal",
            0x1000,
            0x2000,
            0x2000,
            0x2000,
            new long[] {10, 15, 150, 155},
            0,
            0,
            free,
            0,
            0,
            0,
            0,
            new long[4],
            lists,
            List.of(pcp),
            new int[] {MOVABLE, other, other, MOVABLE, MOVABLE, MOVABLE, MOVABLE, MOVABLE},
            lru);
    List<PageState.Zone> zones = new ArrayList<>();
    zones.add(zone);
    return Machine.loaded(profile, new PageState(zones));
  }
}
