package kmemsh.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kmemsh.machine.AddressOptions;
import kmemsh.machine.BootOptions;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.view.BootReport;
import kmemsh.view.FragmentationIndexes;
import kmemsh.view.Gfp;
import kmemsh.view.KpageFlags;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.VmCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcFilesTest {
  private static Machine booted(String machine) {
    return new Machine(Profiles.make(new MachineOptions(machine, "", 0, 0, 0, "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i386-slab",
        "i386-slab-smp",
        "x86_64-smp",
        "x86_64-numa",
        "x86_64-compact",
        "x86_64-thp"
      })
  void theNumbersOfARealKernelGiveItsBytes(String kernel) {
    assertThat(ZoneinfoFile.text(RecordedText.zoneinfo(kernel)))
        .isEqualTo(RecordedText.read(kernel, "zoneinfo"));
    assertThat(BuddyinfoFile.text(RecordedText.zoneinfo(kernel)))
        .isEqualTo(RecordedText.read(kernel, "buddyinfo"));
    assertThat(PagetypeinfoFile.text(RecordedText.pagetypes(kernel)))
        .isEqualTo(RecordedText.read(kernel, "pagetypeinfo"));
  }

  /** The counters of the moment when the file was read, and what is computed from them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "i386-slab",
        "i386-slab-smp",
        "x86_64-smp",
        "x86_64-numa",
        "x86_64-compact",
        "x86_64-thp",
        "x86_64-slub-after"
      })
  void countersOfARealKernelGiveTheBytesOfVmstatAndMeminfo(String kernel) {
    VmCounters counters = RecordedText.counters(kernel);
    assertThat(VmstatFile.text(RecordedMoment.ofVmstat(kernel), counters))
        .isEqualTo(RecordedText.read(kernel, "vmstat"));
    assertThat(MeminfoFile.text(RecordedMoment.ofMeminfo(kernel), counters))
        .isEqualTo(RecordedText.read(kernel, "meminfo"));
  }

  @Test
  void theBuiltInMachinesHaveTheIomemOfTheirRecordedKernels() {
    assertThat(new IomemFile().text(booted("i386").files()))
        .isEqualTo(RecordedText.read("i386-slab", "iomem"));
    assertThat(new IomemFile().text(booted("x86_64").files()))
        .isEqualTo(RecordedText.read("x86_64-slub", "iomem"));
  }

  /** dmesg's lines of a machine, given as a machine file, tell all that its iomem shows. */
  @ParameterizedTest
  @CsvSource({"i386, i386-slab", "x86_64, x86_64-slub"})
  void aMachineOfFirmwareLinesHasTheIomemOfTheKernelThatPrintedThem(String arch, String kernel) {
    StringBuilder file = new StringBuilder("arch " + arch + "\n");
    for (long[] row : booted(arch).bootReport().firmware().e820()) {
      file.append(String.format("BIOS-e820: [mem 0x%x-0x%x] ", row[0], row[1] - 1));
      file.append(BootReport.E820_TYPES.get((int) row[2] - 1)).append('\n');
    }
    MachineOptions options = new MachineOptions("a.machine", file.toString(), 0, 0, 0, "");
    assertThat(new IomemFile().text(new Machine(Profiles.make(options)).files()))
        .isEqualTo(RecordedText.read(kernel, "iomem"));
  }

  @Test
  void iomemNamesWhatFirmwareKeepsForAcpiAndNestsRanges() {
    String file =
        """
        arch x86_64
        BIOS-e820: [mem 0x0000000000000000-0x000000000009efff] usable
        BIOS-e820: [mem 0x000000000009f000-0x00000000000fffff] reserved
        BIOS-e820: [mem 0x0000000000100000-0x0000000007ffffff] usable
        BIOS-e820: [mem 0x0000000008000000-0x0000000008000fff] ACPI NVS
        BIOS-e820: [mem 0x0000000008001000-0x000000000801ffff] ACPI data
        BIOS-e820: [mem 0x0000000008020000-0x000000000802ffff] reserved
        """;
    MachineOptions options = new MachineOptions("a.machine", file, 0, 0, 0, "");
    assertThat(new IomemFile().text(new Machine(Profiles.make(options)).files()))
        .startsWith(
            """
            00000000-00000fff : Reserved
            00001000-0009efff : System RAM
            0009f000-000fffff : Reserved
              000c0000-000c05ff : Video ROM
              000f0000-000fffff : System ROM
            00100000-07ffffff : System RAM
              01000000-014000ff : Kernel code
            """)
        .endsWith(
            """
            08000000-08000fff : ACPI Non-volatile Storage
            08001000-0801ffff : ACPI Tables
            fee00000-fee00fff : Local APIC
            """);
  }

  @Test
  void meminfoOfTheBuiltInI386HasTheAreasOfTheRecordedKernel() {
    String meminfo = new MeminfoFile().text(booted("i386").files());
    for (String line : RecordedText.read("i386-slab", "meminfo").split("\n", -1)) {
      if (line.matches("(HighTotal|VmallocTotal|Percpu|DirectMap).*")) {
        assertThat(meminfo).contains(line);
      }
    }
  }

  @Test
  void cmdlineShowsWhatTheKernelWasBootedWith() {
    AddressOptions address = new AddressOptions("", 256 << 20, 100 << 20);
    MachineOptions options =
        new MachineOptions("i386", "", 0, 1, 1, "slub")
            .with(BootOptions.NONE.withSlubDebug("FZP").withSlabNomerge(true).withAddress(address));
    assertThat(IdentityFile.cmdline().text(new Machine(Profiles.make(options)).files()))
        .isEqualTo("console=ttyS0 slub_debug=FZP slab_nomerge vmalloc=256M highmem=100M\n");
    assertThat(IdentityFile.cmdline().text(booted("x86_64").files())).isEqualTo("console=ttyS0\n");
  }

  /** What follows from how much memory was free when the setting was made differs a little. */
  @Test
  void everySettingOfTheRecordedI386IsThereWithItsValue() {
    ProcSnapshots files = booted("i386").files();
    Map<String, String> recorded = RecordedText.sysctls("i386-slab");
    List<String> readable = new ArrayList<>(ProcFiles.list("/proc/sys/vm", files));
    readable.remove("drop_caches");
    assertThat(readable).containsExactlyElementsOf(recorded.keySet());
    recorded.remove("user_reserve_kbytes");
    recorded.forEach(
        (name, value) ->
            assertThat(ProcFiles.find("/proc/sys/vm/" + name, files).text(files))
                .as(name)
                .isEqualTo(value));
  }

  @Test
  void theSettingsOfAMachineWithNodesAreThoseOfTheRecordedKernel() {
    Machine machine = new Machine(Profiles.make(new MachineOptions("x86_64", "", 0, 4, 2, "")));
    List<String> readable = new ArrayList<>(ProcFiles.list("/proc/sys/vm", machine.files()));
    readable.removeAll(List.of("drop_caches", "stat_refresh"));
    assertThat(readable).containsExactlyElementsOf(RecordedText.sysctls("x86_64-numa").keySet());
  }

  @Test
  void minusFiveHundredThousandthsKeepsItsSignInTheRest() {
    FragmentationIndexes.Zone zone =
        new FragmentationIndexes.Zone(
            0, "Normal", new int[] {62, 1000}, new int[] {-1000, -500, -5, 903});
    assertThat(ExtfragFolder.text(new FragmentationIndexes(List.of(zone)), true))
        .isEqualTo("Node 0, zone   Normal -1.000  0.-500  0.-05  0.903 \n");
    assertThat(ExtfragFolder.text(new FragmentationIndexes(List.of(zone)), false))
        .isEqualTo("Node 0, zone   Normal 0.062 1.000 \n");
  }

  @Test
  void kpageflagsHasEightBytesForEveryFrame() throws IOException {
    Machine machine = booted("i386");
    int pfn = machine.allocPages(Gfp.GFP_KERNEL | Gfp.__GFP_COMP, 2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KpageFile("kpageflags", true).copy(machine.files(), out);
    ByteBuffer flags = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(out.size()).isEqualTo(8 * machine.nrFrames());
    assertThat(flags.getLong(0)).isEqualTo(KpageFlags.RESERVED);
    assertThat(flags.getLong(8 * pfn)).isEqualTo(KpageFlags.COMPOUND_HEAD);
    assertThat(flags.getLong(8 * (pfn + 3))).isEqualTo(KpageFlags.COMPOUND_TAIL);
    assertThat(flags.getLong(8 * (machine.nrFrames() - 1))).isEqualTo(KpageFlags.BUDDY);
  }

  @Test
  void holesWithoutAnyMemoryInTheirSectionHaveNoDescriptor() throws IOException {
    Machine machine = booted("x86_64");
    List<long[]> runs = new ArrayList<>();
    machine.files().pages((frames, flags) -> runs.add(new long[] {frames, flags}));
    long holes = runs.stream().filter(r -> r[1] == KpageFlags.NOPAGE).mapToLong(r -> r[0]).sum();
    long all = runs.stream().mapToLong(r -> r[0]).sum();
    assertThat(holes).isEqualTo((0x100000000L - 0xc0000000L) >> 12);
    assertThat(all).isEqualTo(machine.files().nrPageEntries()).isEqualTo(0x180000);
  }

  /** What boot decides once. The rest depends on what ran until the file was read. */
  private static List<String> fixedLines(String zoneinfo) {
    List<String> lines = new ArrayList<>();
    for (String line : zoneinfo.split("\n", -1)) {
      String word = line.trim().split(" ", 2)[0];
      switch (word) {
        case "Node",
            "min",
            "low",
            "high",
            "high:",
            "batch:",
            "spanned",
            "present",
            "protection:",
            "start_pfn:",
            "boost",
            "cma" ->
            lines.add(line);
        default -> {
          // Depends on the load.
        }
      }
    }
    return lines;
  }

  @Test
  void theBuiltInI386HasTheWatermarksAndReservesOfTheRecordedKernel() {
    Machine machine = booted("i386");
    assertThat(fixedLines(new ZoneinfoFile().text(machine.files())))
        .isEqualTo(fixedLines(RecordedText.read("i386-slab", "zoneinfo")));
    assertThat(ProcFiles.find("/proc/sys/vm/min_free_kbytes").text(machine.files()))
        .isEqualTo(RecordedText.read("i386-slab", "sys_vm_min_free_kbytes"));
    assertThat(ProcFiles.find("/proc/sys/vm/lowmem_reserve_ratio").text(machine.files()))
        .isEqualTo(RecordedText.read("i386-slab", "sys_vm_lowmem_reserve_ratio"));
  }

  @Test
  void theReserveRatiosOfX8664AreTheRecordedOnes() {
    assertThat(ProcFiles.find("/proc/sys/vm/lowmem_reserve_ratio").text(booted("x86_64").files()))
        .isEqualTo(RecordedText.read("x86_64-smp", "sys_vm_lowmem_reserve_ratio"));
  }

  @Test
  void pagetypeinfoCountsWhatBuddyinfoCounts() {
    Machine machine = booted("x86_64");
    String types = new PagetypeinfoFile().text(machine.files());
    assertThat(types)
        .startsWith("Page block order: 10\nPages per block:  1024\n\nFree pages count");
    assertThat(types)
        .contains(
            "Node    0, zone   Normal, type    Unmovable      1      0      1      1      1      1 "
                + "     0      1      1      1      0 \n");
  }

  @Test
  void directoriesListTheirFilesInOrder() {
    ProcSnapshots files = booted("i386").files();
    assertThat(ProcFiles.list("/", files)).containsExactly("proc/", "sys/");
    assertThat(ProcFiles.list("/proc", files)).contains("buddyinfo", "sys/", "zoneinfo").isSorted();
    assertThat(ProcFiles.list("/proc/sys/vm/", files)).contains("min_free_kbytes").isSorted();
    assertThat(ProcFiles.list("/sys/kernel", files)).containsExactly("debug/");
    assertThat(ProcFiles.list("/proc/nothing", files)).isEmpty();
    assertThat(ProcFiles.list("/sys/kernel", booted("x86_64").files()))
        .containsExactly("debug/", "slab/");
  }

  @Test
  void everyListedFileIsFoundAndHasItsPath() {
    for (String machine : List.of("i386", "x86_64")) {
      ProcSnapshots files = new OneMoment(booted(machine).files());
      for (ProcFile file : ProcFiles.all(files)) {
        assertThat(ProcFiles.find(file.path(), files).path()).isEqualTo(file.path());
        assertThat(file.text(files)).isNotNull();
      }
    }
  }

  @Test
  void patternsFitNamesAsInTheShell() {
    ProcSnapshots files = booted("x86_64").files();
    assertThat(ProcFiles.glob("/proc/*info", files))
        .containsExactly(
            "/proc/buddyinfo",
            "/proc/cpuinfo",
            "/proc/meminfo",
            "/proc/pagetypeinfo",
            "/proc/slabinfo",
            "/proc/vmallocinfo",
            "/proc/zoneinfo");
    assertThat(ProcFiles.glob("/proc/sys/vm/watermark_*", files)).hasSize(2);
    assertThat(ProcFiles.glob("/proc*", files)).containsExactly("/proc/");
    assertThat(ProcFiles.glob("/proc/[b-m]*info", files)).hasSize(3);
    assertThat(ProcFiles.glob("/proc/vms???", files)).containsExactly("/proc/vmstat");
    assertThat(ProcFiles.glob("/sys/kernel/slab/kmalloc-8*/order", files))
        .containsExactly("/sys/kernel/slab/kmalloc-8/order", "/sys/kernel/slab/kmalloc-8k/order");
    assertThat(ProcFiles.glob("/proc/buddyinfo/*", files)).isEmpty();
  }

  @Test
  void aPatternOfManyStarsTakesNoTimeToSpeakOf() {
    assertThat(Glob.fits("a".repeat(60), "*a".repeat(30) + "b")).isFalse();
    assertThat(Glob.fits("abc", "[!x-z]?[c]")).isTrue();
    assertThat(Glob.fits("abc", "[a")).isFalse();
    assertThat(Glob.fits("[a", "[a")).isTrue();
    assertThat(Glob.fits("", "*")).isTrue();
  }
}
