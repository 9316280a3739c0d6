package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.lang.Values;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.render.Renderers;
import kmemsh.session.Session;
import kmemsh.text.Text;
import org.junit.jupiter.api.Test;

class ProcCommandsTest {
  private final Session session = new Session(new Machine(Profiles.make(MachineOptions.DEFAULT)));
  private final Lab lab = new Lab(session, new Values(), new SessionFacts(session), null, null);
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
  void severalFilesAndStarsAreReadOneAfterTheOther() {
    assertThat(run("cat /proc/sys/vm/watermark_* /proc/sys/vm/percpu_pagelist_high_fraction"))
        .isEqualTo("15000\n10\n0\n");
    assertThat(run("cat /proc/q*"))
        .isEqualTo("refused: /proc/q* is no file or directory that is modelled\n");
    assertThat(run("cat /proc")).isEqualTo("refused: /proc is a directory\n");
  }

  @Test
  void aDirectoryListsItsFilesAndAFileItself() {
    assertThat(run("ls"))
        .isEqualTo("buddyinfo\npagetypeinfo\nslabinfo\nsys/\nvmallocinfo\nzoneinfo\n");
    assertThat(run("ls /proc/sys/")).isEqualTo("vm/\n");
    assertThat(run("ls /proc/buddyinfo")).isEqualTo("/proc/buddyinfo\n");
    assertThat(run("ls /sys"))
        .isEqualTo("refused: /sys is no file or directory that is modelled\n");
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
