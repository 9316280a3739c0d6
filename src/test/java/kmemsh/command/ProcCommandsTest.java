package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.lang.Values;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.render.Renderers;
import kmemsh.session.Session;
import kmemsh.text.Text;
import kmemsh.view.FileTexts;
import org.junit.jupiter.api.Test;

class ProcCommandsTest {
  private final Session session = new Session(new Machine(Profiles.make(MachineOptions.DEFAULT)));
  private final Lab lab = new Lab(session, new Values(), null, null);
  private final Interpreter interpreter = new Interpreter(lab, new CommandTable(lab));

  private String run(String line) {
    interpreter.begin(line);
    Text out = new Text();
    for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
      if (!reply.ok()) {
        out.add("refused: ").add(reply.refusal().what()).line();
      } else if (reply.record() != null) {
        Renderers.render(reply.record(), out, 80);
      }
    }
    return out.plain();
  }

  @Test
  void writingASettingCanBeTakenBack() {
    assertThat(run("cat /proc/sys/vm/min_free_kbytes")).isEqualTo("3770\n");
    assertThat(run("echo 0x2000 > /proc/sys/vm/min_free_kbytes")).isEmpty();
    assertThat(run("cat proc/sys/vm/min_free_kbytes")).isEqualTo("8192\n");
    run("undo");
    assertThat(run("cat /proc/sys/vm/min_free_kbytes")).isEqualTo("3770\n");
  }

  @Test
  void aPatternPrintsWhatCanBeReadAndNamesTheRest() {
    interpreter.begin("cat /proc/sys/vm/d*");
    Reply reply = interpreter.next();
    assertThat(reply.note())
        .isEqualTo("not shown, because they cannot be read: /proc/sys/vm/drop_caches");
    assertThat(((FileTexts) reply.record()).files()).hasSize(7);
    assertThat(run("cat /proc/k*"))
        .isEqualTo("refused: none of these can be read: /proc/kpagecount /proc/kpageflags\n");
    assertThat(run("cat /proc/sys/vm/drop_c*"))
        .isEqualTo("refused: /proc/sys/vm/drop_caches can only be written\n");
  }

  @Test
  void aVectorIsWrittenFromItsFirstValueOn() {
    run("echo 128 16 > /proc/sys/vm/lowmem_reserve_ratio");
    assertThat(run("cat /proc/sys/vm/lowmem_reserve_ratio")).isEqualTo("128\t16\t0\t0\n");
  }

  @Test
  void nonsenseIsRefusedAndChangesNothing() {
    assertThat(run("echo abc > /proc/sys/vm/min_free_kbytes"))
        .isEqualTo("refused: abc is no 32-bit number, which is what min_free_kbytes takes\n");
    assertThat(run("echo > /proc/sys/vm/min_free_kbytes"))
        .isEqualTo("refused: 0 values for min_free_kbytes: it takes one\n");
    assertThat(run("echo 1 2 > /proc/sys/vm/watermark_scale_factor"))
        .isEqualTo("refused: 2 values for watermark_scale_factor: it takes one\n");
    assertThat(run("echo 5000 > /proc/sys/vm/watermark_scale_factor"))
        .isEqualTo("refused: 5000 is not one of 1..3000, the values of watermark_scale_factor\n");
    assertThat(run("echo 1 > /proc/buddyinfo"))
        .isEqualTo("refused: /proc/buddyinfo can only be read\n");
    assertThat(run("echo 1 > /proc/nothing"))
        .isEqualTo("refused: /proc/nothing is no file or directory that is modelled\n");
    assertThat(session.size()).isZero();
  }

  @Test
  void aSettingThatNothingReadsSaysSo() {
    assertThat(run("echo 100 > /proc/sys/vm/swappiness"))
        .isEqualTo("swappiness = 100; nothing in this model reads it\n");
    assertThat(run("cat /proc/sys/vm/swappiness")).isEqualTo("100\n");
    assertThat(run("echo 201 > /proc/sys/vm/swappiness"))
        .isEqualTo("refused: 201 is not one of 0..200, the values of swappiness\n");
    assertThat(run("echo 7 > /proc/sys/vm/mmap_rnd_bits"))
        .isEqualTo("refused: 7 is not one of 8..16, the values of mmap_rnd_bits\n");
    assertThat(run("echo 1 > /proc/sys/vm/laptop_mode"))
        .isEqualTo("refused: /proc/sys/vm/laptop_mode can only be read\n");
    run("undo");
    assertThat(run("cat /proc/sys/vm/swappiness")).isEqualTo("60\n");
    run("redo");
    assertThat(run("cat /proc/sys/vm/swappiness")).isEqualTo("100\n");
  }

  @Test
  void overcommitRatioAndKilobytesTakeEachOthersPlace() {
    run("echo 4096 > /proc/sys/vm/overcommit_kbytes");
    assertThat(run("cat /proc/sys/vm/overcommit_*")).isEqualTo("4096\n0\n0\n");
    assertThat(run("cat /proc/meminfo")).contains("CommitLimit:        4096 kB\n");
    run("echo 100 > /proc/sys/vm/overcommit_ratio");
    assertThat(run("cat /proc/sys/vm/overcommit_*")).isEqualTo("0\n0\n100\n");
    assertThat(run("cat /proc/meminfo")).contains("CommitLimit:     1293856 kB\n");
  }

  @Test
  void droppingCachesIsCountedAndLogged() {
    run("echo 3 > /proc/sys/vm/drop_caches");
    run("echo 2 > /proc/sys/vm/drop_caches");
    assertThat(run("cat /proc/vmstat")).contains("drop_pagecache 1\ndrop_slab 2\n");
    assertThat(run("dmesg")).endsWith("kmemsh (1): drop_caches: 3\nkmemsh (1): drop_caches: 2\n");
    assertThat(run("echo 5 > /proc/sys/vm/drop_caches"))
        .isEqualTo("refused: 5 is not one of 1..4, the values of drop_caches\n");
    assertThat(run("cat /proc/sys/vm/drop_caches"))
        .isEqualTo("refused: /proc/sys/vm/drop_caches can only be written\n");
  }

  @Test
  void statRefreshFoldsWhatCpusHavePending() {
    run("reboot --machine x86_64 --cpus 2");
    run("alloc_pages 4");
    String before = run("cat /proc/vmstat");
    run("echo 1 > /proc/sys/vm/stat_refresh");
    assertThat(run("cat /proc/vmstat")).isNotEqualTo(before);
    assertThat(run("verify")).startsWith("ok");
  }

  @Test
  void dirtyThresholdsFollowTheirRatios() {
    run("echo 40 > /proc/sys/vm/dirty_ratio");
    String forty = run("cat /proc/vmstat");
    run("echo 20 > /proc/sys/vm/dirty_ratio");
    long twice = value(forty, "nr_dirty_threshold");
    long once = value(run("cat /proc/vmstat"), "nr_dirty_threshold");
    assertThat(twice).isBetween(2 * once - 100, 2 * once + 100);
  }

  private static long value(String vmstat, String name) {
    String line = vmstat.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElseThrow();
    return Long.parseLong(line.substring(name.length() + 1));
  }

  @Test
  void vmstatCountsPagesTakenAndGivenBack() {
    String before = run("cat /proc/vmstat");
    run("p = alloc_pages 3");
    run("free_pages $p");
    String after = run("cat /proc/vmstat");
    assertThat(value(after, "pgalloc_normal")).isEqualTo(value(before, "pgalloc_normal") + 8);
    assertThat(value(after, "pgfree")).isEqualTo(value(before, "pgfree") + 8);
    assertThat(value(after, "allocstall_normal")).isZero();
    run("repeat 300 alloc_pages 10");
    assertThat(value(run("cat /proc/vmstat"), "allocstall_normal")).isPositive();
  }

  @Test
  void filesThatAreNoTextAreNotPrinted() {
    assertThat(run("cat /proc/kpageflags"))
        .isEqualTo("refused: /proc/kpageflags holds eight bytes a page, which are no text\n");
    assertThat(run("page-types")).contains("buddy").contains("slab");
  }

  @Test
  void aTreeShowsEachDirectoryBeforeWhatIsInIt() {
    assertThat(run("tree /sys")).startsWith("/sys\n`-- kernel/\n    `-- debug/\n");
    assertThat(run("tree /proc"))
        .contains(
            """
            |-- sys/
            |   |-- kernel/
            |   |   `-- kptr_restrict
            |   `-- vm/
            |       |-- admin_\
            """);
    assertThat(run("tree /proc/vmstat"))
        .isEqualTo("refused: /proc/vmstat is a file, not a directory\n");
  }

  @Test
  void severalFilesAndStarsAreReadOneAfterTheOther() {
    assertThat(run("cat /proc/sys/vm/watermark_* /proc/sys/vm/percpu_pagelist_high_fraction"))
        .isEqualTo("15000\n10\n0\n");
    assertThat(run("cat /proc/q*"))
        .isEqualTo("refused: /proc/q* is no file or directory that is modelled\n");
    assertThat(run("cat /proc")).isEqualTo("refused: /proc is a directory\n");
  }

  @Test
  void aDirectoryListsItsFilesAndAFileItself() {
    assertThat(run("ls")).startsWith("buddyinfo\n").contains("slabinfo\nsys/\nversion\n");
    assertThat(run("ls /proc/sys/")).isEqualTo("kernel/\nvm/\n");
    assertThat(run("ls /proc/buddyinfo")).isEqualTo("/proc/buddyinfo\n");
    assertThat(run("ls /sys")).isEqualTo("kernel/\n");
    assertThat(run("ls /sis"))
        .isEqualTo("refused: /sis is no file or directory that is modelled\n");
    assertThat(run("ls /proc/v*[nt] /sys/k*"))
        .isEqualTo("/proc/version\n/proc/vmstat\n/sys/kernel/\n");
  }

  @Test
  void anyOperationOfTheHistoryIsExplained() {
    assertThat(run("explain")).isEqualTo("refused: nothing was done yet that could be explained\n");
    run("alloc_pages 4");
    run("free_pages $1");
    assertThat(run("explain 1"))
        .startsWith("1  alloc_pages 4\n  __alloc_pages: order 4, GFP_KERNEL");
    assertThat(run("explain"))
        .startsWith("2  free_pages $1\n  __free_pages: order 4, pfn 0x1410\n");
    assertThat(run("explain 3")).isEqualTo("refused: 3 is not one of 1..2\n");
    assertThat(session.now()).isEqualTo(2);
  }

  @Test
  void anOperationBeforeARebootIsExplainedWithItsOwnZones() {
    run("alloc_pages 4");
    run("reboot --machine x86_64");
    assertThat(run("explain 1")).contains("HighMem is not allowed by GFP_KERNEL", "Normal: ");
    assertThat(run("explain"))
        .isEqualTo(
            "2  reboot --machine x86_64\n  The machine was booted: memory is as boot leaves it.\n");
  }

  @Test
  void aFailureStandsInTheLogUntilItIsUndone() {
    String boot = run("dmesg");
    run("repeat 3000 alloc_pages 10 GFP_ATOMIC");
    assertThat(run("dmesg"))
        .startsWith(boot)
        .contains("kmemsh: page allocation failure: order:10, mode:0xa20(GFP_ATOMIC)");
    run("undo");
    assertThat(run("dmesg")).isEqualTo(boot);
  }

  @Test
  void verifyFindsNothingWrong() {
    run("repeat 500 alloc_pages 2");
    run("repeat 10 alloc_pages 6 GFP_ATOMIC");
    assertThat(run("verify")).startsWith("ok: 16 rules hold for ");
  }
}
