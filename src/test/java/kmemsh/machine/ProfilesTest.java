package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.PageState;
import kmemsh.view.VmSysctls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {
  private static Profile make(String machine, long mem, int cpus, int nodes) {
    return Profiles.make(new MachineOptions(machine, "", mem, cpus, nodes, ""));
  }

  private static Profile fromFile(String text) {
    return Profiles.make(new MachineOptions("a.machine", text, 0, 0, 0, ""));
  }

  private static List<String> lists(PageState.Zone zone) {
    List<String> lists = new ArrayList<>();
    for (PageState.FreeList list : zone.freeLists()) {
      StringBuilder line = new StringBuilder();
      line.append(list.order()).append(' ').append(list.migratetype()).append(':');
      for (int pfn : list.pfns()) {
        line.append(' ').append(Integer.toHexString(pfn));
      }
      lists.add(line.toString());
    }
    return lists;
  }

  @ParameterizedTest
  @CsvSource({
    "x86_64, 32, 1",
    "x86_64, 64, 4",
    "x86_64, 128, 2",
    "x86_64, 5120, 3",
    "x86_64, 1048576, 4",
    "i386, 32, 1",
    "i386, 65536, 1"
  })
  void whatBootReservesIsNeverEmptyAndEachNodeHasRoomForItsStructPages(
      String machine, long mib, int nodes) {
    Profile profile = make(machine, mib << 20, nodes, nodes);
    long end = 0;
    for (long[] row : profile.reserved()) {
      assertThat(row[0]).isGreaterThanOrEqualTo(end).isLessThan(row[1]);
      end = row[1];
    }
    MachineQueries queries = new MachineQueries(new Machine(profile));
    assertThat(queries.machineInfo().reserved())
        .filteredOn(range -> range.use().startsWith("struct pages"))
        .hasSize(nodes);
  }

  @Test
  void firmwareLinesOfAMachineOfOneTerabyteDoNotOverlap() {
    long end = 0;
    for (long[] row : Firmware.of(make("x86_64", 1L << 40, 1, 1)).e820()) {
      assertThat(row[0]).isGreaterThanOrEqualTo(end);
      end = row[1];
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu 9 node 1 | a.machine:1: 'cpu 9 node 1' is not `cpu N node M`, N up to 7, M up to 3",
        "cpu 1 of 1 | a.machine:1: 'cpu 1 of 1' is not `cpu N node M`, N up to 7, M up to 3",
        "reserved 0x2000 0x1000 | a.machine:1: 'reserved 0x2000 0x1000' ends before it starts",
        "max_low_pfn 0x300000 | max_low_pfn is one of 0x4000..0x3e7fe with these addresses, not"
            + " 0x300000",
        "max_low_pfn 0x10 | max_low_pfn is one of 0x4000..0x3e7fe with these addresses, not 0x10"
      })
  void aSettingOutOfItsRangeIsRefused(String text, String says) {
    assertThatThrownBy(() -> fromFile(text)).isInstanceOf(BadProfile.class).hasMessage(says);
  }

  @Test
  void lowMemoryThatTakesFromVmallocStillBoots() {
    Machine machine = new Machine(fromFile("mem 1280M\nmax_low_pfn 0x3e7fe\n"));
    assertThat(machine.space().layout().vmallocEnd - machine.space().layout().vmallocStart)
        .isEqualTo(4 << 20);
  }

  /** Spec: page-allocator.md 15.1 */
  @Test
  void theWorkedExampleOf64MegabytesBootsToItsLists() {
    Profile profile =
        fromFile(
            """
            arch i386
            BIOS-e820: [mem 0x0000000000000000-0x000000000009efff] usable
            BIOS-e820: [mem 0x0000000000100000-0x0000000003fdffff] usable
            reserved 0 0x100000
            reserved 0x1000000 0x1a34000
            reserved 0x3e00000 0x3fb0000
            """);
    List<PageState.Zone> zones = Machine.atHandOver(profile).pages().pageState().zones();

    PageState.Zone dma = zones.get(0);
    assertThat(dma.spannedPages()).isEqualTo(4095);
    assertThat(dma.presentPages()).isEqualTo(3998);
    assertThat(dma.managedPages()).isEqualTo(3840);
    assertThat(lists(dma)).containsExactly("8 0: 100", "9 0: 200", "10 1: 400 800 c00");
    PageState.Zone normal = zones.get(1);
    assertThat(normal.presentPages()).isEqualTo(12256);
    assertThat(normal.managedPages()).isEqualTo(9212);
    assertThat(lists(normal))
        .containsExactly(
            "2 1: 1a34",
            "3 1: 1a38",
            "4 1: 3fb0",
            "5 1: 3fc0",
            "6 1: 1a40",
            "7 1: 1a80",
            "8 1: 1b00",
            "9 1: 3c00",
            "10 1: 1c00 2000 2400 2800 2c00 3000 3400 3800");
  }

  /** Spec: page-allocator.md 3.1; 3770 is what the recorded kernel i386-slab has. */
  @ParameterizedTest(name = "{0} MiB: {1} kB")
  @CsvSource({"64, 972", "1280, 3770"})
  void minFreeKbytesFollowsFromTheSizeOfLowMemory(long mebibytes, int kilobytes) {
    Machine machine = new Machine(make("i386", mebibytes << 20, 1, 1));

    int[] value = machine.procQueries().sysctls().values(VmSysctls.MIN_FREE_KBYTES);
    assertThat(value).containsExactly(kilobytes);
  }

  /** Spec: page-allocator.md 3.1; the recorded kernel x86_64-thp has 67584. */
  @Test
  void transparentHugePagesRaiseMinFreeKbytes() {
    Profile profile = fromFile("arch x86_64\nmem 5120M\ncpus 3\nthp\ncma\npageblock_order 9\n");
    Machine machine = new Machine(profile);
    assertThat(machine.procQueries().sysctls().values(VmSysctls.MIN_FREE_KBYTES))
        .containsExactly(67584);
  }

  /** Spec: page-allocator.md 5.1, four equal nodes. */
  @Test
  void fourNodesEachFallBackToTheNextOnes() {
    Profile profile = make("x86_64", 8L << 30, 4, 4);
    assertThat(Zones.config(profile, Zones.shapes(profile), 0).nodeOrder())
        .isDeepEqualTo(new int[][] {{0, 1, 2, 3}, {1, 2, 3, 0}, {2, 3, 0, 1}, {3, 0, 1, 2}});
  }

  @ParameterizedTest(name = "{0} {1} bytes")
  @CsvSource({"i386, 3072", "i386, 33554431", "i386, 68719476737", "x86_64, 1099511627777"})
  void aSizeThatNoMachineHasIsRefusedWithTheBounds(String machine, long bytes) {
    assertThatThrownBy(() -> make(machine, bytes, 1, 1))
        .isInstanceOf(BadProfile.class)
        .hasMessageContaining(" of memory is too ")
        .hasMessageContaining("32M to ");
  }

  @Test
  void aMachineFileSaysInWhichLineItIsWrong() {
    assertThatThrownBy(() -> fromFile("arch i386\nmem 64M\ncolour blue\n"))
        .isInstanceOf(BadProfile.class)
        .hasMessage("a.machine:3: 'colour blue' is no setting");
    assertThatThrownBy(() -> fromFile("arch sparc\n"))
        .hasMessage("a.machine:1: arch is one of i386, x86_64");
    assertThatThrownBy(() -> fromFile("mem 99999999999999999999T\n"))
        .hasMessageStartingWith("a.machine:1: '99999999999999999999T' is");
  }

  @Test
  void everySizeBootsWithAllPagesAccountedFor() {
    for (long mem = 32L << 20; mem <= 1L << 40; mem *= 2) {
      Profile profile = make("x86_64", mem, 1, 1);
      Machine machine = Machine.atHandOver(profile);
      long managed = 0;
      for (PageState.Zone zone : machine.pages().pageState().zones()) {
        managed += zone.managedPages();
      }
      long free = 0;
      int[] pairs = Ranges.freePfns(profile);
      for (int i = 0; i < pairs.length; i += 2) {
        free += pairs[i + 1] - pairs[i];
      }
      assertThat(managed).as("%d bytes", mem).isEqualTo(free);
      assertThat(free << 12).isBetween(mem / 4, mem);
    }
  }

  @Test
  void moreThanFourGibibytesMakeAnI386KernelWithPae() {
    assertThat(make("i386", 3L << 30, 1, 1).pae()).isFalse();
    assertThat(make("i386", 5L << 30, 1, 1).pae()).isTrue();
    assertThat(make("i386", 5L << 30, 1, 1).endOfLowmem()).isEqualTo(0x375fe);
  }

  @Test
  void theStandardMachineIsTheOneOfNoOptions() {
    assertThat(Profiles.standard())
        .usingRecursiveComparison()
        .isEqualTo(Profiles.make(MachineOptions.DEFAULT));
  }

  /** Spec: mappings.md 1.3, 1.4, 1.5 */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "mem 1280M, 373fe, 4ffe0",
    "mem 1280M;split 2G, 4ffe0, 4ffe0",
    "mem 3G;split 2G;cpus 8, 76ffe, bffe0",
    "mem 3G;split 1G;cpus 8, b6ffe, bffe0",
    "mem 1280M;split 3G_OPT;cpus 8, 46ffe, 4ffe0",
    "mem 1280M;pae, 375fe, 4ffe0",
    "mem 1280M;vmalloc 256M, 2ebfe, 4ffe0",
    "mem 512M;highmem 256M, ffe0, 1ffe0",
    "mem 512M;highmem 600M, 1ffe0, 1ffe0",
    "mem 512M;highmem 500M, 1ffe0, 1ffe0",
    "mem 1280M;highmem 100M, 373fe, 3d7fe",
    "mem 1280M;highmem 1G, 373fe, 4ffe0",
  })
  void lowMemoryEndsWhereTheOptionsPutIt(String text, String low, String end) {
    Profile profile = fromFile("arch i386\n" + text.replace(';', '\n') + "\n");

    assertThat(Integer.toHexString(profile.endOfLowmem())).isEqualTo(low);
    assertThat(Integer.toHexString(profile.maxPfn())).isEqualTo(end);
    assertThat(new Machine(profile).verify().ok()).isTrue();
  }

  @ParameterizedTest(name = "{0} {1} GiB, PAE {3}")
  @CsvSource({"i386, 1, slab, false", "i386, 2, slub, true", "x86_64, 4, slub, false"})
  void aMachineCanBeMadeAgainWithAllItsOptions(String arch, long gib, String slab, boolean pae) {
    AddressOptions address =
        arch.equals("i386") ? new AddressOptions("2G", 192L << 20, 0) : AddressOptions.OWN;
    BootOptions boot = new BootOptions(slab.equals("slub") ? "FZ" : "", true, true, true, address);
    Profile profile = Profiles.make(new MachineOptions(arch, "", gib << 30, 2, 1, slab, pae, boot));

    Profile again = Profiles.make(profile.again(""));

    assertThat(again).usingRecursiveComparison().isEqualTo(profile);
    Profile other = Profiles.make(profile.again("").withSlab("slob").withCpus(1, 1));
    assertThat(other.address()).isEqualTo(profile.address());
    assertThat(other.slubDebug()).isEmpty();
    assertThat(other.nrCpus()).isEqualTo(1);
  }

  @Test
  void optionsOfTheAddressSpaceMakeTheSameMachineAgain() {
    AddressOptions address = new AddressOptions("2G", 256L << 20, 128L << 20);
    Profile profile =
        Profiles.make(
            new MachineOptions(
                "i386", "", 1L << 30, 2, 1, "slub", true, BootOptions.NONE.withAddress(address)));

    assertThat(profile.options())
        .isEqualTo(
            "--machine i386 --mem 1G --cpus 2 --slab slub --pae --split 2G --vmalloc 256M"
                + " --highmem 128M");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arch x86_64;split 2G, split",
    "arch i386;pae;split 2G_OPT, 2G_OPT is offered only without PAE",
    "arch i386;vmalloc 1G, leaves no room for low memory",
    "arch i386;split 5G, split is one of",
  })
  void anImpossibleAddressSpaceIsNamed(String text, String message) {
    assertThatThrownBy(() -> fromFile(text.replace(';', '\n') + "\n"))
        .isInstanceOf(BadProfile.class)
        .hasMessageContaining(message);
  }

  @Test
  void aNodeThatBootLeavesNothingOfIsRefused() {
    assertThatThrownBy(() -> make("x86_64", 54L << 20, 2, 4))
        .isInstanceOf(BadProfile.class)
        .hasMessage("54M of memory is too little for 4 nodes: boot leaves 0 pages of node 1");
    Machine machine = new Machine(make("x86_64", 128L << 20, 8, 4));
    assertThat(machine.verify().violations()).isEmpty();
  }

  @Test
  void theFirstPageIsNoBlockOfSlob() {
    Machine machine = new Machine(Profiles.make(new MachineOptions("i386", "", 0, 0, 0, "slob")));
    assertThat(machine.slab().stateOf(0)).isNotEqualTo(Slabs.IN_USE);
  }
}
