package kmemsh.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import kmemsh.machine.AddressSpace;
import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.machine.SpaceQueries;
import kmemsh.view.AreaInfo;
import kmemsh.view.AreaPage;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;
import kmemsh.view.VmallocInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of the address space that no recording shows. */
class VmallocRulesTest {
  private static final long I386 = 0xf7bfe000L;
  private static final long X86_64 = 0xffffc90000000000L;

  private static Machine machine(String name, int cpus, int nodes) {
    return new Machine(Profiles.make(new MachineOptions(name, "", 0, cpus, nodes, "slub")));
  }

  private static long vmalloc(Machine machine, long pages, int gfp) {
    return new VmallocArea(pages * 4096, 1, gfp, 0).run(machine);
  }

  private static long vmap(Machine machine, int nr) {
    return new MapPages(pfns(nr), false).run(machine);
  }

  private static long ram(Machine machine, int nr) {
    return new MapPages(pfns(nr), true).run(machine);
  }

  private static int[] pfns(int nr) {
    int[] pfns = new int[nr];
    Arrays.fill(pfns, 0x1000);
    return pfns;
  }

  private static void give(Machine machine, long address, int kind) {
    FreeArea op = new FreeArea(address, kind);
    op.check(machine);
    op.run(machine);
    assertThat(machine.verify().violations()).isEmpty();
  }

  /* Spec: mappings.md 5.9: fls(CPUs) * 8192 pages may wait; vunmap has no point (b). */
  @ParameterizedTest
  @CsvSource({"1,8192", "2,16384", "3,16384", "4,24576", "5,24576", "7,24576", "8,32768"})
  void theWorkerComesWhenMoreThanTheLimitOfThisManyCpusWaits(int cpus, int most) {
    Machine wide = machine("x86_64", cpus, 1);
    long first = vmap(wide, most - 1);
    long second = vmap(wide, 1);
    long third = vmap(wide, 1);
    give(wide, first, FreeArea.VUNMAP);
    assertThat(wide.space().lazyPages()).isEqualTo(most);
    assertThat(wide.space().lazyMaxPages()).isEqualTo(most);
    give(wide, second, FreeArea.VUNMAP);
    assertThat(wide.space().lazyPages()).as("above the limit").isEqualTo(most + 2);
    give(wide, third, FreeArea.VUNMAP);
    assertThat(wide.space().lazyPages()).as("the worker came before").isEqualTo(2);
    assertThat(vmap(wide, 1)).isEqualTo(X86_64);
  }

  /* Spec: mappings.md 5.9 (b): the array of 9,000 pointers is an area of 18 pages and a guard. */
  @Test
  void aVfreeAboveTheLimitPurgesItsOwnAreaButNotThatOfItsArray() {
    Machine wide = machine("x86_64", 1, 1);
    long area = vmalloc(wide, 9000, Gfp.GFP_KERNEL);
    give(wide, area, FreeArea.VFREE);
    assertThat(wide.space().lazyPages()).isEqualTo(19);
  }

  /* Spec: mappings.md 5.9 (a), 4.3: where no page table ever was, there is no such point. */
  @Test
  void anAreaWithoutPageTablesGivesTheWorkerNoChance() {
    Machine small = machine("i386", 1, 1);
    long device = new Ioremap(0xf0000000L, 4096).run(small);
    long big = vmap(small, 8192);
    give(small, big, FreeArea.VUNMAP);
    assertThat(small.space().lazyPages()).isEqualTo(8193);
    give(small, device, FreeArea.IOUNMAP);
    assertThat(small.space().lazyPages()).as("its table is there").isEqualTo(2);
  }

  /* Spec: mappings.md 9: V = 32, blocks of 1024 pages, 33 pages are an area of their own. */
  @Test
  void vmMapRamFillsBlocksInPowersOfTwoAndNeverUsesSpaceTwice() {
    Machine small = machine("i386", 1, 1);
    assertThat(ram(small, 1)).isEqualTo(0xf7c00000L);
    assertThat(ram(small, 2)).isEqualTo(0xf7c01000L);
    assertThat(ram(small, 31)).as("takes 32").isEqualTo(0xf7c03000L);
    assertThat(ram(small, 32)).isEqualTo(0xf7c23000L);
    assertThat(ram(small, 33)).as("no guard, from the gap below").isEqualTo(0xf8000000L);
    for (int i = 0; i < 29; i++) {
      ram(small, 32);
    }
    assertThat(ram(small, 32)).as("the second block").isEqualTo(0xf8400000L);
    assertThat(ram(small, 16)).as("the first has 29 left").isEqualTo(0xf7fe3000L);
    give(small, 0xf7c00000L, FreeArea.UNMAP_RAM);
    assertThat(ram(small, 1)).isEqualTo(0xf7ff3000L);
    assertThat(small.space().lazyPages()).isZero();
  }

  /* 64 pages at most, blocks of 1024 whatever the CPUs. */
  @ParameterizedTest
  @CsvSource({"1", "4", "8"})
  void blocksOfX8664HaveFourMebibytesAndGoWhenAllIsUnmapped(int cpus) {
    Machine wide = machine("x86_64", cpus, 1);
    long[] held = new long[16];
    for (int i = 0; i < 16; i++) {
      held[i] = ram(wide, 64 - i % 2);
      assertThat(held[i]).isEqualTo(X86_64 + i * 64L * 4096);
    }
    assertThat(ram(wide, 65)).isEqualTo(X86_64 + 1024 * 4096);
    for (long one : held) {
      assertThat(wide.space().lazyPages()).isZero();
      give(wide, one, FreeArea.UNMAP_RAM);
    }
    assertThat(wide.space().lazyPages()).isEqualTo(1024);
  }

  @Test
  void aPurgeTakesBlocksThatAreEmptyThoughOnlyUsedInPart() {
    Machine small = machine("i386", 2, 1);
    long one = ram(small, 3);
    long kept = ram(small, 1);
    give(small, one, FreeArea.UNMAP_RAM);
    new UnmapAliases().run(small);
    assertThat(new SpaceQueries(small).vmallocInfo().areas()).as("one is in use").hasSize(1);
    give(small, kept, FreeArea.UNMAP_RAM);
    new UnmapAliases().run(small);
    assertThat(new SpaceQueries(small).vmallocInfo().areas()).isEmpty();
    assertThat(ram(small, 1)).as("a new block").isEqualTo(one);
  }

  /* Spec: proc-and-user.md 17: a block that has room needs no memory. */
  @Test
  void vmMapRamMaySleepOnlyWhereItNeedsAddresses() {
    Machine small = machine("i386", 1, 1);
    ram(small, 1);
    small.setContext(ContextRules.ATOMIC);
    long second = ram(small, 1);
    assertThat(small.printk().entries()).isEmpty();
    ram(small, 33);
    give(small, second, FreeArea.UNMAP_RAM);
    new UnmapAliases().run(small);
    assertThat(small.printk().entries())
        .extracting(entry -> ((LogEntry.SleepingCall) entry).place())
        .containsExactly("include/linux/sched/mm.h:274", "mm/vmalloc.c:2280", "mm/vmalloc.c:2214");
  }

  /* Spec: mappings.md 10: 2 pages from an offset, 4 pages, one page; 5.3: at most 4 MiB. */
  @Test
  void ioremapAlignsToItsSizeAndKeepsTheOffset() {
    Machine small = machine("i386", 1, 1);
    assertThat(new Ioremap(0xfebf1234L, 0x1000).run(small)).isEqualTo(0xf7bfe234L);
    assertThat(new Ioremap(0xfebf1000L, 0x4000).run(small)).isEqualTo(0xf7c04000L);
    assertThat(new Ioremap(0xfebf1000L, 0x400).run(small)).isEqualTo(0xf7c01000L);
    assertThat(new Ioremap(0xf0000000L, 16 << 20).run(small)).isEqualTo(0xf8000000L);
    assertThat(new Ioremap(0xf0000ff0L, 0x20).run(small)).as("two pages").isEqualTo(0xf7c0aff0L);
  }

  @Test
  void ioremapUsesLargeEntriesWhereBothAddressesAreAligned() {
    Machine wide = machine("x86_64", 1, 1);
    long area = new Ioremap(0x4000000000L, (1L << 30) + (2 << 20) + 4096).run(wide);
    assertThat(area & ((1L << 30) - 1)).isZero();
    assertThat(wide.space().walk(area).pageBytes).isEqualTo(1L << 30);
    assertThat(wide.space().walk(area + (1L << 30)).pageBytes).isEqualTo(2 << 20);
    assertThat(wide.space().walk(area + (1L << 30) + (2 << 20)).pageBytes).isEqualTo(4096);
    assertThat(wide.space().walk(area + (1L << 30) + (2 << 20) + 4096).present).isFalse();
    give(wide, area, FreeArea.IOUNMAP);
    assertThat(wide.space().walk(area).present).isFalse();
  }

  /* Spec: mappings.md 12: nothing is left of an earlier failure of vmalloc. */
  @Test
  void kvmallocOfTwoGibibytesTriesNoVmallocAndWarnsOnce() {
    Machine wide = machine("x86_64", 1, 1);
    assertThat(new Kvmalloc(1L << 31, Gfp.GFP_KERNEL | Gfp.__GFP_NOWARN).run(wide)).isZero();
    assertThat(wide.printk().entries()).isEmpty();
    assertThat(new Kvmalloc(1L << 31, Gfp.GFP_KERNEL).run(wide)).isZero();
    assertThat(new Kvmalloc(1L << 31, Gfp.GFP_KERNEL).run(wide)).isZero();
    assertThat(wide.printk().entries())
        .containsExactly(new LogEntry.Warning(0, LogEntry.Warning.HUGE_KVMALLOC));
    assertThat(new Kvmalloc((1L << 31) - 1, Gfp.GFP_KERNEL).run(wide)).isNegative();
  }

  /* Spec: mappings.md 6: DMA32 means Normal on i386. */
  @ParameterizedTest
  @CsvSource({"i386,Normal", "x86_64,DMA32"})
  void vmalloc32TakesNoPageAboveItsZone(String name, String zone) {
    Machine machine = machine(name, 1, 1);
    long area = vmalloc(machine, 500, Gfp.GFP_KERNEL | Gfp.__GFP_DMA32);
    assertThat(new SpaceQueries(machine).area(area).pages())
        .extracting(AreaPage::zone)
        .containsOnly(zone);
    long plain = vmalloc(machine, 500, Gfp.GFP_KERNEL);
    assertThat(new SpaceQueries(machine).area(plain).pages().get(0).zone())
        .isEqualTo(name.equals("i386") ? "HighMem" : "Normal");
  }

  /* Spec: mappings.md 6.3: size a node must be 2 MiB. */
  @ParameterizedTest
  @CsvSource({"1,512,true", "1,511,false", "2,1023,false", "2,1024,true", "4,1536,false"})
  void hugeEntriesNeedTwoMebibytesForEachNode(int nodes, int pages, boolean huge) {
    Machine wide = machine("x86_64", nodes, nodes);
    int flags = AddressSpace.VM_ALLOW_HUGE_VMAP;
    long area = new VmallocArea(pages * 4096L, 1, Gfp.GFP_KERNEL, flags).run(wide);
    assertThat(wide.space().walk(area).pageBytes).isEqualTo(huge ? 2 << 20 : 4096);
    AreaInfo info = new SpaceQueries(wide).area(area);
    assertThat(info.nrPages()).isEqualTo(huge ? (pages + 511) / 512 * 512 : pages);
    assertThat(wide.verify().violations()).isEmpty();
    give(wide, area, FreeArea.VFREE);
  }

  @Test
  void vmallocinfoCountsThePagesOfEachNode() {
    Machine numa = machine("x86_64", 2, 2);
    vmalloc(numa, 7, Gfp.GFP_KERNEL);
    numa.setCpu(1);
    vmalloc(numa, 5, Gfp.GFP_KERNEL);
    List<VmallocInfo.Area> areas = new SpaceQueries(numa).vmallocInfo().areas();
    assertThat(areas.get(0).nodes()).containsExactly(7, 0);
    assertThat(areas.get(1).nodes()).containsExactly(0, 5);
  }

  /* A bulk request that gets fewer pages goes on singly, and gives all back in the end. */
  @Test
  void pagesThatRunOutAmongBulkRequestsAreAllGivenBack() {
    Machine small =
        new Machine(
            Profiles.make(new MachineOptions("a", "mem 64M\nvmalloc 400M\n", 0, 0, 0, "slab")));
    vmalloc(small, 1, Gfp.GFP_KERNEL);
    int pages = (int) small.pages().managedPages();
    while (vmalloc(small, pages, Gfp.GFP_KERNEL) == 0) {
      pages -= 50;
      assertThat(small.space().outOfPages()).isTrue();
      assertThat(small.verify().violations()).isEmpty();
    }
    assertThat(small.printk().entries()).noneMatch(LogEntry.VmallocFailure.class::isInstance);
    assertThat(pages).isGreaterThan((int) small.pages().managedPages() - 2000);
  }

  /* Spec: mappings.md 19: 16 slots a CPU from slot 68 down, kernel for 4 CPUs. */
  @Test
  void eachCpuHasLocalMapSlotsOfItsOwn() {
    Machine smp = machine("i386", 4, 1);
    int pfn = smp.allocPages(Gfp.GFP_HIGHUSER, 0);
    for (int cpu = 3; cpu >= 0; cpu--) {
      smp.setCpu(cpu);
      for (int level = 0; level < 15; level++) {
        long expected = 0xfffff000L - 4096L * (68 + 16 * cpu + level);
        assertThat(new KmapLocal(pfn, level % 2 == 0).run(smp)).isEqualTo(expected);
      }
      assertThat(smp.cpus().preemptCount(cpu)).isEqualTo(8);
    }
    assertThat(smp.cpus().highmem().config().localAddress(0)).isEqualTo(0xfffbb000L);
    assertThat(smp.cpus().highmem().config().localAddress(16)).isEqualTo(0xfffab000L);
    assertThat(smp.verify().violations()).isEmpty();
  }

  /* 30,720 pages: 2, then 30,686 and a guard, then 30 of their array and a guard. */
  @Test
  void areasAndTheirArraysFillTheWindowOfI386FromItsStart() {
    Machine small = machine("i386", 1, 1);
    assertThat(vmalloc(small, 1, Gfp.GFP_KERNEL)).isEqualTo(I386);
    assertThat(vmalloc(small, 30687, Gfp.GFP_KERNEL)).as("no room for the array").isZero();
    assertThat(small.space().outOfAddresses()).isTrue();
    assertThat(small.space().failedBytes()).isEqualTo(31 * 4096);
    new UnmapAliases().run(small);
    assertThat(vmalloc(small, 30686, Gfp.GFP_KERNEL)).isEqualTo(I386 + 0x2000);
    assertThat(vmalloc(small, 1, Gfp.GFP_KERNEL)).as("the window is full").isZero();
    assertThat(small.verify().violations()).isEmpty();
  }
}
