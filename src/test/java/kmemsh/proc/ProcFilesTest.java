package kmemsh.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    assertThat(ProcFiles.list("/", booted("i386").files())).containsExactly("proc/");
    assertThat(ProcFiles.list("/proc", booted("i386").files()))
        .containsExactly(
            "buddyinfo", "pagetypeinfo", "slabinfo", "sys/", "vmallocinfo", "zoneinfo");
    assertThat(ProcFiles.list("/proc/sys/vm/", booted("i386").files()))
        .contains("min_free_kbytes")
        .hasSize(5);
    assertThat(ProcFiles.list("/proc/nothing", booted("i386").files())).isEmpty();
  }

  @Test
  void aStarStandsForAnythingButASlash() {
    assertThat(ProcFiles.glob("/proc/*info", booted("i386").files()))
        .containsExactly(
            "/proc/buddyinfo",
            "/proc/pagetypeinfo",
            "/proc/slabinfo",
            "/proc/vmallocinfo",
            "/proc/zoneinfo");
    assertThat(ProcFiles.glob("/proc/sys/vm/watermark_*", booted("i386").files())).hasSize(2);
    assertThat(ProcFiles.glob("/proc*", booted("i386").files())).isEmpty();
  }
}
