package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.view.Addr;
import kmemsh.view.BuddyTree;
import kmemsh.view.Fragmentation;
import kmemsh.view.Frame;
import kmemsh.view.Gfp;
import kmemsh.view.GfpInfo;
import kmemsh.view.MachineInfo;
import kmemsh.view.MemMap;
import kmemsh.view.PageInfo;
import kmemsh.view.PcpInfo;
import kmemsh.view.WhatIs;
import org.junit.jupiter.api.Test;

class MachineQueriesTest {
  private final Machine i386 = machine("i386", 1, 1);
  private final MachineQueries queries = new MachineQueries(i386);

  private static Machine machine(String name, int cpus, int nodes) {
    return new Machine(Profiles.make(new MachineOptions(name, "", 0, cpus, nodes, "")));
  }

  @Test
  void everyFrameHasOneOwner() {
    int taken = i386.allocPages(Gfp.GFP_KERNEL, 3);
    assertThat(queries.frames().frame(taken + 5))
        .isEqualTo(new Frame(taken + 5, Frame.ALLOCATED, taken, 3, "Unmovable", -1));
    assertThat(queries.frames().frame(taken + 8).owner()).isEqualTo(Frame.PCP);
    assertThat(queries.frames().frame(taken + 8).cpu()).isZero();
    assertThat(queries.frames().frame(0x523))
        .isEqualTo(new Frame(0x523, Frame.FREE, 0x400, 10, "Movable", -1));
    assertThat(queries.frames().frame(0x1000).owner()).isEqualTo(Frame.RESERVED);
    assertThat(queries.frames().frame(0xa0).owner()).isEqualTo(Frame.HOLE);
    assertThat(queries.frames().frame(Integer.MAX_VALUE).owner()).isEqualTo(Frame.HOLE);
  }

  @Test
  void aFreeBlockIsMarkedAtItsHeadAlone() {
    PageInfo head = queries.frames().page(0x400);
    assertThat(head.pageType()).isEqualTo("0xffffff7f");
    assertThat(head.mapcount()).isEqualTo(-128);
    assertThat(head.privateValue()).isEqualTo(10);
    assertThat(head.lruPrev()).isEqualTo(-1);
    assertThat(head.lruNext()).isEqualTo(0x800);
    PageInfo tail = queries.frames().page(0x401);
    assertThat(tail.pageType()).isEqualTo("0xffffffff");
    assertThat(tail.privateValue()).isZero();
    assertThat(tail.lruPrev()).isEqualTo(PageInfo.NO_LIST);
  }

  @Test
  void eachTailOfACompoundPageCarriesTheTailMarkAndTheFirstOneTheOrder() {
    int pfn = i386.allocPages(Gfp.GFP_KERNEL | Gfp.__GFP_COMP, 2);
    assertThat(queries.page(pfn).mapping()).isEqualTo("NULL");
    assertThat(queries.page(pfn).compoundOrder()).isEqualTo(-1);
    assertThat(queries.page(pfn + 1).mapping()).isEqualTo("0x400");
    assertThat(queries.page(pfn + 1).compoundOrder()).isEqualTo(2);
    assertThat(queries.page(pfn + 2).mapping()).isEqualTo("0x400");
    assertThat(queries.page(pfn + 2).compoundOrder()).isEqualTo(-1);
    Machine wide = machine("x86_64", 1, 1);
    int tail = wide.allocPages(Gfp.GFP_KERNEL | Gfp.__GFP_COMP, 2) + 1;
    assertThat(new MachineQueries(wide).page(tail).mapping()).isEqualTo("0xdead000000000400");
  }

  @Test
  void theFirstPageOfASlabHasTheSlabFlag() {
    long small = i386.slab().kmalloc(64, Gfp.GFP_KERNEL);
    PageInfo page = queries.page((int) (small >>> 12));
    assertThat(page.flags()).isEqualTo("0x40000200(slab|zone=1)");
    assertThat(page.slab()).isEqualTo("kmalloc-64");
    long large = i386.slab().kmalloc(8192, Gfp.GFP_KERNEL);
    assertThat(queries.page((int) (large >>> 12)).flags())
        .isEqualTo("0x40010200(slab|head|zone=1)");
    assertThat(queries.page((int) (large >>> 12) + 1).flags()).isEqualTo("0x40000000(zone=1)");
    WhatIs what = queries.whatIsAddress(i386.pageOffset() + small);
    assertThat(what.page().slab()).isEqualTo("kmalloc-64");
  }

  @Test
  void aPageOfTheSlobHeapIsASlabPageAndALargeBlockIsNot() {
    Machine slob = new Machine(Profiles.make(new MachineOptions("i386", "", 0, 1, 1, "slob")));
    int heap = (int) (slob.slab().kmalloc(64, Gfp.GFP_KERNEL) >>> 12);
    int large = (int) (slob.slab().kmalloc(8192, Gfp.GFP_KERNEL) >>> 12);
    MachineQueries of = new MachineQueries(slob);
    assertThat(of.page(heap).flags()).isEqualTo("0x40000200(slab|zone=1)");
    assertThat(of.page(heap).slab()).isEqualTo("the SLOB heap");
    assertThat(of.page(large).flags()).isEqualTo("0x40010000(head|zone=1)");
  }

  @Test
  void aFrameWithoutRamHasAStructPageWhereItsSectionHasRam() {
    assertThat(queries.page(0).hasStruct()).isTrue();
    assertThat(queries.page(0).zone()).isEqualTo("DMA");
    assertThat(queries.page(0).flags()).isEqualTo("0x1000(reserved|zone=0)");
    MachineQueries wide = new MachineQueries(machine("x86_64", 1, 1));
    assertThat(wide.page(0).hasStruct()).isTrue();
    assertThat(wide.page(0xbffe0).hasStruct()).isTrue();
    assertThat(wide.page(0xc0000).hasStruct()).isFalse();
    assertThat(wide.page(0xfffff).hasStruct()).isFalse();
    assertThat(wide.frames().hasStruct(0x180000)).isFalse();
  }

  @Test
  void aCompoundPageHasAHeadFlagAndTailsThatPointAtIt() {
    int pfn = i386.allocPages(Gfp.GFP_KERNEL | Gfp.__GFP_COMP, 1);
    assertThat(queries.frames().page(pfn).flags()).isEqualTo("0x40010000(head|zone=1)");
    assertThat(queries.frames().page(pfn).refcount()).isEqualTo(1);
    assertThat(queries.frames().page(pfn).compoundHead()).isEqualTo(-1);
    assertThat(queries.frames().page(pfn + 1).compoundHead()).isEqualTo(pfn);
    assertThat(queries.frames().page(pfn + 1).refcount()).isZero();
  }

  // The masks are those of recorded page dumps.
  @Test
  void flagsHaveTheFieldsOfTheArchitecture() {
    assertThat(queries.frames().page(0x1673).flags()).isEqualTo("0x40000000(zone=1)");
    assertThat(new MachineQueries(machine("x86_64", 1, 1)).frames().page(0x2673).flags())
        .isEqualTo("0x80000000000(section=0|zone=1)");
    assertThat(new MachineQueries(machine("x86_64", 2, 2)).frames().page(0x232d).flags())
        .isEqualTo("0x20000000000(section=0|node=0|zone=1)");
  }

  @Test
  void highMemHasNoAddress() {
    int high = i386.allocPages(Gfp.GFP_HIGHUSER, 0);
    assertThat(queries.frames().page(high).virt()).isNull();
    assertThat(queries.frames().block(high, 0).virt()).isNull();
    assertThat(queries.frames().linearMap().virtOf(high)).isZero();
  }

  @Test
  void aMapIsMadeOfRunsThatCoverItWhole() {
    int pfn = i386.allocPages(Gfp.GFP_DMA, 2);
    MemMap map = queries.memMap("DMA");
    assertThat(map.start()).isEqualTo(1);
    assertThat(map.end()).isEqualTo(0x1000);
    assertThat(map.states()).startsWith("R-#=");
    assertThat(map.starts()).startsWith(1, 0x9f, pfn, pfn + 1).hasSize(map.states().length());
    assertThat(map.starts()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void theTreeForetellsWhatAFreeMerges() {
    int pfn = i386.allocPages(Gfp.GFP_KERNEL | Gfp.GFP_DMA, 6);
    BuddyTree tree = queries.buddyTrees().around(pfn + 3);
    assertThat(tree.mergedOrder()).isEqualTo(8);
    assertThat(tree.levels().get(6).why()).isEqualTo("merges");
    i386.freePages(pfn, 6);
    assertThat(queries.frames().frame(pfn).order()).isEqualTo(8);
  }

  @Test
  void theTreeForetellsWhereMergingStops() {
    int first = i386.allocPages(Gfp.GFP_KERNEL | Gfp.GFP_DMA, 5);
    int second = i386.allocPages(Gfp.GFP_KERNEL | Gfp.GFP_DMA, 5);
    assertThat(second).isEqualTo(first ^ 32);
    BuddyTree tree = queries.buddyTrees().around(first);
    assertThat(tree.mergedOrder()).isEqualTo(5);
    assertThat(tree.levels().get(5).why()).isEqualTo("stops: its buddy is allocated");
  }

  @Test
  void whatIsKnowsFramesAddressesAndNeither() {
    WhatIs address = queries.whatIsAddress(0xc0400010L);
    assertThat(address.page().frame().pfn()).isEqualTo(0x400);
    assertThat(address.offset()).isEqualTo(0x10);
    assertThat(address.place()).isZero();
    assertThat(address.before().pfn()).isEqualTo(0x3ff);
    assertThat(address.after().pfn()).isEqualTo(0x800);
    assertThat(queries.whatIsAddress(0x1234).region()).isEqualTo("user space");
    assertThat(queries.whatIsAddress(0xffffffffL).region()).isEqualTo("last page");
    assertThat(queries.whatIsPfn(1L << 40).page()).isNull();
  }

  @Test
  void aMaskIsDecodedForThisMachine() {
    GfpInfo user = queries.gfp().decode(Gfp.GFP_HIGHUSER_MOVABLE);
    assertThat(user.zones()).containsExactly("HighMem", "Normal", "DMA");
    assertThat(user.migratetype()).isEqualTo("Movable");
    assertThat(user.contradictions()).isEmpty();
    assertThat(queries.gfp().decode(Gfp.__GFP_DMA | Gfp.__GFP_HIGHMEM).contradictions()).hasSize(1);
    assertThat(queries.gfp().decode(Gfp.GFP_ATOMIC).maySleep()).isFalse();
    MachineQueries numa = new MachineQueries(machine("x86_64", 2, 2));
    assertThat(numa.gfp().decode(Gfp.GFP_KERNEL | Gfp.__GFP_THISNODE).zones())
        .allMatch(zone -> zone.startsWith("node 0 "));
  }

  @Test
  void numbersOfUnknownZonesAreNone() {
    assertThat(queries.pages().freeBlocks("DMA32", 0)).isEqualTo(-1);
    assertThat(queries.pages().freeBlocks("DMA", 10)).isEqualTo(3);
    assertThat(queries.pages().zonePages("DMA", "managed")).isEqualTo(3840);
    assertThat(queries.pages().largestFreeOrder("DMA")).isEqualTo(10);
  }

  @Test
  void pageSetsShowTheirListsHeadFirst() {
    int pfn = i386.allocPages(Gfp.GFP_KERNEL, 0);
    PcpInfo.PageSet set = queries.pages().pcp("Normal", 0, false).sets().get(0);
    assertThat(set.count()).isEqualTo(62);
    assertThat(set.lists().get(0).pfns()).startsWith(pfn + 1, pfn + 2);
  }

  @Test
  void roundingWasteIsWhatTheHalfOrderDoesNotCover() {
    i386.allocPages(Gfp.GFP_DMA, 3);
    Fragmentation.Zone dma = queries.frames().fragmentation("DMA").zones().get(0);
    assertThat(dma.allocated()[3]).isEqualTo(1);
    assertThat(dma.wastePages()).isEqualTo(3);
  }

  @Test
  void theMachineNamesWhatTheKernelReserved() {
    MachineInfo machine = queries.machineInfo();
    assertThat(machine.pageOffset()).isEqualTo(new Addr(0xc0000000L));
    assertThat(machine.reserved())
        .extracting(MachineInfo.Range::use)
        .containsExactly(
            "first MiB: BIOS, firmware tables",
            "kernel image",
            "boot allocations",
            "struct pages and boot tables");
    assertThat(machine.zones())
        .extracting(MemMap.Span::zone)
        .containsExactly("DMA", "Normal", "HighMem");
  }
}
