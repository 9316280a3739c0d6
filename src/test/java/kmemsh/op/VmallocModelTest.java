package kmemsh.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kmemsh.machine.AddressSpace;
import kmemsh.machine.Checkpoint;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.machine.SpaceQueries;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All calls of the address space in random order, with a check of everything after each. */
class VmallocModelTest {
  private record Held(long address, int kind, int pages) {}

  private static Machine machine(String name, int cpus, int nodes, String slab) {
    String text = name.equals("pae") ? "mem 256M\npae\n" : "";
    long bytes = name.equals("pae") ? 0 : 256L << 20;
    return new Machine(Profiles.make(new MachineOptions(name, text, bytes, cpus, nodes, slab)));
  }

  @ParameterizedTest
  @CsvSource({
    "i386,1,1,slab,1", "i386,2,1,slub,2", "i386,1,1,slob,3", "pae,1,1,slub,4",
    "x86_64,1,1,slub,5", "x86_64,4,2,slab,6", "x86_64,1,1,slob,7", "i386,1,1,slub,8"
  })
  void everythingHoldsAfterEachStepAndGoesBackExactly(
      String name, int cpus, int nodes, String slab, long seed) {
    Machine machine = machine(name, cpus, nodes, slab);
    Random random = new Random(seed);
    List<Held> held = new ArrayList<>();
    Checkpoint saved = null;
    String savedText = "";
    List<Held> savedHeld = List.of();
    for (int step = 0; step < 300; step++) {
      int what = random.nextInt(100);
      if (what < 50) {
        take(machine, random, held);
      } else if (what < 88 && !held.isEmpty()) {
        give(machine, held.remove(random.nextInt(held.size())));
      } else if (what < 91) {
        new UnmapAliases().run(machine);
      } else if (what < 94 && cpus > 1) {
        machine.setCpu(random.nextInt(cpus));
      } else if (what < 97 || saved == null) {
        saved = machine.checkpoint();
        savedText = text(machine);
        savedHeld = new ArrayList<>(held);
      } else {
        machine.restore(saved);
        held = new ArrayList<>(savedHeld);
        assertThat(text(machine)).isEqualTo(savedText);
      }
      assertThat(machine.verify().violations()).as("step " + step).isEmpty();
    }
    for (Held one : held) {
      give(machine, one);
    }
    // Blocks of vm_map_ram that were only used in part go with the purge.
    new UnmapAliases().run(machine);
    assertThat(machine.verify().violations()).isEmpty();
    assertThat(new SpaceQueries(machine).vmallocInfo().areas()).isEmpty();
  }

  private static String text(Machine machine) {
    SpaceQueries space = new SpaceQueries(machine);
    return space.kmemAreas()
        + " "
        + space.tables()
        + " "
        + machine.pages().fingerprints().freeListHash(0, 0, 0);
  }

  private static void take(Machine machine, Random random, List<Held> held) {
    int kind = random.nextInt(6);
    int pages = 1 + (random.nextInt(8) == 0 ? random.nextInt(2000) : random.nextInt(40));
    long address;
    switch (kind) {
      case 0, 1 -> {
        int flags = kind == 0 ? 0 : AddressSpace.VM_ALLOW_HUGE_VMAP;
        VmallocArea op = new VmallocArea(pages * 4096L, 1, Gfp.GFP_KERNEL, flags);
        op.check(machine);
        address = op.run(machine);
        kind = 0;
      }
      case 2, 3 -> {
        MapPages op = new MapPages(pfns(machine, random, 1 + pages % 90), kind == 3);
        op.check(machine);
        address = op.run(machine);
        kind = kind == 3 ? FreeArea.UNMAP_RAM : FreeArea.VUNMAP;
        pages = op.pfns().length;
      }
      default -> {
        Ioremap op = new Ioremap(0xe0000000L + random.nextInt(64) * 0x1000L, pages * 4096L);
        op.check(machine);
        address = op.run(machine);
        kind = FreeArea.IOUNMAP;
      }
    }
    if (address != 0) {
      held.add(new Held(address, kind, pages));
    }
  }

  /** Pages that somebody has; the kernel image stands in for those that nobody has. */
  private static int[] pfns(Machine machine, Random random, int nr) {
    int[] pfns = new int[nr];
    for (int i = 0; i < nr; i++) {
      int pfn = 256 + random.nextInt(30000);
      int head = machine.blockHead(pfn);
      boolean free = head >= 0 && machine.allocatedOrder(head) < 0;
      pfns[i] = free ? 0x1000 : pfn;
    }
    return pfns;
  }

  private static void give(Machine machine, Held held) {
    FreeArea op = new FreeArea(held.address, held.kind);
    op.check(machine);
    op.run(machine);
  }

  private final Machine machine = machine("i386", 1, 1, "slab");

  private long vmalloc(long bytes) {
    return new VmallocArea(bytes, 1, Gfp.GFP_KERNEL, 0).run(machine);
  }

  private void refused(Op op, String what) {
    String before = text(machine);
    assertThatThrownBy(() -> op.check(machine))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(what);
    assertThat(text(machine)).isEqualTo(before);
  }

  @Test
  void whatIsNotTheStartOfAnAreaOfTheRightKindIsNotGivenBack() {
    long area = vmalloc(3 * 4096);
    long phys = new Ioremap(0xfe000000L, 4096).run(machine);
    int pfn = machine.allocPages(Gfp.GFP_KERNEL, 0);
    long map = new MapPages(new int[] {pfn}, false).run(machine);
    long ram = new MapPages(new int[] {pfn, pfn}, true).run(machine);

    refused(new FreeArea(area + 4096, FreeArea.VFREE), "lies inside the area that starts at");
    refused(new FreeArea(area + 1, FreeArea.VFREE), "is not the start of a page");
    refused(new FreeArea(area + (24 << 20), FreeArea.VFREE), "is in no area");
    refused(new FreeArea(area, FreeArea.VUNMAP), "is an area of vmalloc");
    refused(new FreeArea(phys, FreeArea.VFREE), "is an area of ioremap");
    refused(new FreeArea(map, FreeArea.VFREE), "is an area of vmap");
    refused(new FreeArea(ram, FreeArea.VFREE), "is an area of vm_map_ram");
    refused(new FreeArea(ram + 4096, FreeArea.UNMAP_RAM), "is not the start of anything");
    refused(new FreeArea(0xc0100000L, FreeArea.VFREE), "is an address of the linear map");
    new FreeArea(area, FreeArea.VFREE).run(machine);
    refused(new FreeArea(area, FreeArea.VFREE), "was freed already");
  }

  @Test
  void whatVmallocAndThePageTablesHoldCannotBeFreedOtherwise() {
    long area = vmalloc(4096);
    int pfn = machine.space().pfnOf(area);
    refused(new FreePages(pfn, 0), "belongs to the vmalloc area");
    int table = (int) (machine.space().walk(area).entryPhys[1] >>> 12);
    refused(new FreePages(table, 0), "holds a page table");
    long object = new SpaceQueries(machine).kmemAreas().areas().get(0).vmStruct().value();
    refused(new FreeObject(-1, object), "is a descriptor of vmalloc");
  }

  @Test
  void theArrayOfPagesOfALargeAreaIsAnAreaThatGoesWithIt() {
    long area = vmalloc(1025 * 4096L);
    var lines = new SpaceQueries(machine).vmallocInfo().areas();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).vpages()).isTrue();
    long array = lines.get(1).start();
    assertThat(array).isEqualTo(area + 1026 * 4096L);
    refused(new FreeArea(array, FreeArea.VFREE), "holds the page pointers of another area");
    new FreeArea(area, FreeArea.VFREE).run(machine);
    assertThat(new SpaceQueries(machine).vmallocInfo().areas()).isEmpty();
  }

  @Test
  void aVmallocThatRunsOutOfPagesGivesEverythingBack() {
    Machine small =
        new Machine(
            Profiles.make(new MachineOptions("a", "mem 64M\nvmalloc 400M\n", 0, 0, 0, "slab")));
    long first = new VmallocArea(4096, 1, Gfp.GFP_KERNEL, 0).run(small);
    long most = (small.pages().managedPages() - 10) * 4096;
    long second = new VmallocArea(most, 1, Gfp.GFP_KERNEL, 0).run(small);
    assertThat(first).isPositive();
    assertThat(second).isZero();
    assertThat(small.space().outOfPages()).isTrue();
    assertThat(small.verify().violations()).isEmpty();
    assertThat(new SpaceQueries(small).vmallocInfo().areas()).hasSize(1);
  }

  /* Spec: mappings.md 9: blocks of a kernel for 4 CPUs. */
  @Test
  void vmMapRamCutsSmallRequestsFromBlocksOfTheCpu() {
    Machine smp = new Machine(Profiles.make(new MachineOptions("i386", "", 0, 2, 1, "slab")));
    assertThat(ram(smp, 1)).isEqualTo(0xf7c00000L);
    assertThat(ram(smp, 3)).isEqualTo(0xf7c01000L);
    assertThat(ram(smp, 32)).isEqualTo(0xf7c05000L);
    assertThat(ram(smp, 33)).isEqualTo(0xf7e00000L);
    new FreeArea(0xf7c01000L, FreeArea.UNMAP_RAM).run(smp);
    assertThat(ram(smp, 4)).isEqualTo(0xf7c25000L);
    smp.setCpu(1);
    assertThat(ram(smp, 1)).isEqualTo(0xf8000000L);
  }

  private static long ram(Machine machine, int nr) {
    int[] pfns = new int[nr];
    Arrays.fill(pfns, 0x1000);
    return new MapPages(pfns, true).run(machine);
  }

  @Test
  void hugePagesServeKvmallocOnX8664() {
    Machine wide = new Machine(Profiles.make(new MachineOptions("x86_64", "", 0, 1, 1, "slub")));
    long area = new Kvmalloc(5 << 20, Gfp.GFP_KERNEL).run(wide);
    assertThat(area).isEqualTo(0xffffc90000000000L);
    assertThat(wide.space().walk(area + 0x1234).pageBytes).isEqualTo(2 << 20);
    assertThat(wide.verify().violations()).isEmpty();
    new Kvfree(area).run(wide);
    assertThat(wide.verify().violations()).isEmpty();
  }
}
