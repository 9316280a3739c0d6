package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.mm.vmalloc.PageTables;
import kmemsh.mm.vmalloc.Pte;
import kmemsh.mm.vmalloc.Walk;
import kmemsh.view.LayoutInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSpaceTest {
  private static final String PAE = "mem 1280M\npae\n";

  private static Machine machine(String name) {
    String text = name.equals("pae") ? PAE : "";
    return new Machine(Profiles.make(new MachineOptions(name, text, 0, 0, 0, "")));
  }

  private static long nrFree(Machine machine) {
    long nr = 0;
    for (int zone = 0; zone < machine.pages().nrZones(); zone++) {
      nr += machine.pages().nrFreePages(zone);
      nr +=
          machine.pages().isPopulated(zone)
              ? machine.pages().fingerprints().pcpFields(zone, 0)[0]
              : 0;
    }
    return nr;
  }

  private static int[] indexes(Machine machine, long virt) {
    PageTables tables = machine.space().tables();
    int[] indexes = new int[tables.nrLevels()];
    for (int level = 0; level < indexes.length; level++) {
      indexes[level] = tables.index(virt, level);
    }
    return indexes;
  }

  /* Spec: mappings.md 4.1 */
  @Test
  void anAddressIsSplitIntoTheIndexesOfItsLevels() {
    assertThat(indexes(machine("i386"), 0xf7bfe123L)).containsExactly(990, 1022);
    assertThat(indexes(machine("pae"), 0xf7bfe123L)).containsExactly(3, 445, 510);
    Machine x8664 = machine("x86_64");
    assertThat(indexes(x8664, 0xffffc90000012345L)).containsExactly(402, 0, 0, 18);
    assertThat(indexes(x8664, 0xffff888001234000L)).containsExactly(273, 0, 9, 52);
  }

  @Test
  void holesOfMemoryAreNotMappedAndNotCounted() {
    String file =
        """
        BIOS-e820: [mem 0x0000000000000000-0x000000000009efff] usable
        BIOS-e820: [mem 0x0000000000100000-0x0000000007ffffff] usable
        BIOS-e820: [mem 0x0000000010000000-0x0000000017ffefff] usable
        """;
    for (String arch : new String[] {"arch i386\n", "arch i386\npae\n", "arch x86_64\n"}) {
      Machine machine =
          new Machine(Profiles.make(new MachineOptions("a.machine", arch + file, 0, 0, 0, "")));
      long base = machine.pageOffset();
      assertThat(machine.translate(base + 0x7fff123)).isEqualTo(0x7fff123);
      assertThat(machine.translate(base + 0x8000000)).isEqualTo(Machine.NO_PHYS);
      assertThat(machine.translate(base + 0x10000000)).isEqualTo(0x10000000);
      assertThat(machine.space().pfnOf(base + 0x7fff000)).isEqualTo(0x7fff);
      assertThat(machine.space().pfnOf(base + 0x8000000)).isEqualTo(Machine.NO_PFN);
      assertThat(machine.space().pfnOf(base + 0xffff000)).isEqualTo(Machine.NO_PFN);
      assertThat(machine.space().pfnOf(base + 0x17ffe000)).isEqualTo(0x17ffe);
      long used = 0;
      for (LayoutInfo.Region region : new LayoutQueries(machine).layout().regions()) {
        used += region.name().equals("linear map") ? region.usedBytes() : 0;
      }
      assertThat(used).isEqualTo(0xffff000);
    }
  }

  @Test
  void aFirmwareMapOfHundredsOfPiecesHasTablesForEachOfThem() {
    StringBuilder file = new StringBuilder("arch x86_64\n");
    file.append("BIOS-e820: [mem 0x100000-0x7ffffff] usable\n");
    for (int i = 1; i < 300; i++) {
      long start = 0x8003000L + i * 0x900000L;
      file.append(String.format("BIOS-e820: [mem 0x%x-0x%x] usable%n", start, start + 0x7fdfff));
    }
    MachineOptions options = new MachineOptions("a.machine", file.toString(), 0, 0, 0, "");
    Machine machine = new Machine(Profiles.make(options));
    for (long[] range : machine.profile().ram()) {
      long last = range[1] - 4096;
      assertThat(machine.space().physOf(machine.pageOffset() + last)).isEqualTo(last);
      assertThat(machine.space().physOf(machine.pageOffset() + range[1])).isEqualTo(-1);
    }
  }

  @Test
  void theKernelImageOfX8664IsMappedAtItsOwnAddressesToo() {
    Machine machine = machine("x86_64");
    long image = 0xffffffff81000000L;
    assertThat(machine.translate(image + 0x234567)).isEqualTo(0x1234567);
    assertThat(new MachineQueries(machine).imagePfn(image)).isEqualTo(0x1000);
    assertThat(machine.space().pfnOf(image + 0x234567)).isEqualTo(0x1234);
    assertThat(machine.translate(image - 1)).isEqualTo(Machine.NO_PHYS);
    assertThat(machine.space().pfnOf(image - 1)).isEqualTo(Machine.NO_PFN);
    assertThat(machine.translate(image + 0xe00000)).isEqualTo(Machine.NO_PHYS);
    assertThat(machine.space().pfnOf(image + 0xe00000)).isEqualTo(Machine.NO_PFN);
    assertThat(machine("i386").translate(image)).isEqualTo(Machine.NO_PHYS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i386", "pae", "x86_64"})
  void theLinearMapReachesEveryFrameOfLowMemoryAndNoMore(String name) {
    Machine machine = machine(name);
    AddressSpace space = machine.space();
    int end = machine.profile().endOfLowmem();
    for (int pfn = 1; pfn < end; pfn += 97) {
      long virt = machine.addressOf(pfn);
      boolean hole = name.equals("x86_64") && pfn >= 256 && !machine.isRam(pfn);
      assertThat(space.pfnOf(virt)).isEqualTo(hole ? -1 : pfn);
    }
    assertThat(space.pfnOf(machine.addressOf(end - 1))).isEqualTo(end - 1);
    assertThat(space.pfnOf(machine.pageOffset() + ((long) end << 12))).isEqualTo(-1);
  }

  /* Recorded: DirectMap4k and DirectMap4M or DirectMap2M of i386-slab and x86_64-slub. */
  @Test
  void asMuchIsMappedBySmallPagesAsOnTheRecordedKernels() {
    assertThat(directMapKib(machine("i386"))).containsExactly(12280, 892928);
    assertThat(directMapKib(machine("x86_64"))).containsExactly(18304, 5224448);
  }

  private static long[] directMapKib(Machine machine) {
    Walk walk = new Walk();
    long[] kib = new long[2];
    long virt = machine.pageOffset();
    long end = machine.space().layout().highMemory;
    while (virt != end) {
      machine.space().tables().walk(virt, walk);
      long step = 4096;
      if (walk.present) {
        step = walk.pageBytes;
        kib[step == 4096 ? 0 : 1] += step / 1024;
      }
      virt += step;
    }
    return kib;
  }

  @ParameterizedTest
  @ValueSource(strings = {"i386", "pae", "x86_64"})
  void aMissingTableIsTakenFromThePageAllocatorOnceAndKept(String name) {
    Machine machine = machine(name);
    PageTables tables = machine.space().tables();
    long virt = machine.space().layout().vmallocStart + 0x400000;
    long free = nrFree(machine);
    int missing = name.equals("x86_64") ? 2 : 1;
    assertThat(tables.set(virt, 0x12345000L | Pte.PAGE_KERNEL)).isTrue();
    assertThat(nrFree(machine)).isEqualTo(free - missing);
    assertThat(tables.pfn(virt + 0xfff)).isEqualTo(0x12345);

    Walk walk = machine.space().walk(virt);
    int table = (int) (walk.entryPhys[walk.nrLevels - 1] >>> 12);
    assertThat(machine.space().isTable(table)).isTrue();
    assertThat(machine.bytes().get32(walk.entryPhys[walk.nrLevels - 1])).isEqualTo(0x12345163);

    assertThat(Pte.phys(tables.clear(virt))).isEqualTo(0x12345000L);
    assertThat(tables.pfn(virt)).isEqualTo(-1);
    assertThat(tables.clear(virt)).isZero();
    assertThat(tables.set(virt + 4096, 0x1000L | Pte.PAGE_KERNEL)).isTrue();
    assertThat(nrFree(machine)).isEqualTo(free - missing);
  }

  @Test
  void goingBackForgetsTheTablesThatWereMadeSince() {
    Machine machine = machine("i386");
    Checkpoint before = machine.checkpoint();
    long virt = machine.space().layout().vmallocStart;
    machine.space().tables().set(virt, 0x5000L | Pte.PAGE_KERNEL);
    Checkpoint mapped = machine.checkpoint();
    machine.space().tables().clear(virt);
    machine.restore(mapped);
    assertThat(machine.space().pfnOf(virt)).isEqualTo(5);
    machine.restore(before);
    assertThat(machine.space().pfnOf(virt)).isEqualTo(-1);
    assertThat(machine.verify().ok()).isTrue();
  }
}
