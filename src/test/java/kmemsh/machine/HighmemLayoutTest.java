package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.mm.highmem.HighmemConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses of mappings.md 1.3 and 19. */
class HighmemLayoutTest {
  private static HighmemConfig windows(String machine, int cpus, String lines) {
    return HighmemLayout.of(
        Profiles.make(
            new MachineOptions("m.txt", "arch " + machine + "\n" + lines, 0, cpus, 0, "")));
  }

  @ParameterizedTest
  @CsvSource({
    "1, mem 1280M, ff400000, 1024, ffffc000",
    "4, mem 1280M, ff400000, 1024, fffbb000",
    "8, mem 1280M, ff000000, 1024, fffba000",
    "1, pae, ff600000, 512, ffffc000",
    "8, pae, ff600000, 512, fffba000",
  })
  void theWindowsAreWhereTheSpecHasThem(
      int cpus, String option, String base, int slots, String level0) {
    HighmemConfig config = windows("i386", cpus, option + "\n");
    assertThat(Long.toHexString(config.pkmapBase())).isEqualTo(base);
    assertThat(config.lastPkmap()).isEqualTo(slots);
    assertThat(Long.toHexString(config.localAddress(0))).isEqualTo(level0);
  }

  @Test
  void theSecondCpuHasTheNextSixteenSlots() {
    HighmemConfig config = windows("i386", 8, "");
    assertThat(Long.toHexString(config.localAddress(16))).isEqualTo("fffaa000");
  }

  @Test
  void aKernelForSeveralCpusOnOneHasTheSlotsOfSeveral() {
    assertThat(windows("i386", 1, "smp\n").kmapBegin()).isEqualTo(68);
  }

  @Test
  void x8664HasNoWindows() {
    HighmemConfig config = windows("x86_64", 2, "");
    assertThat(config.pkmapSlot(0xff401000L)).isEqualTo(-1);
    assertThat(config.localIndex(0xffffffffffffc000L)).isEqualTo(-1);
    assertThat(config.pkmapSlot(0)).isEqualTo(-1);
  }

  @Test
  void withoutHighMemTheWindowsAreThereAndNothingIsHigh() {
    HighmemConfig config = windows("i386", 1, "mem 512M\n");
    assertThat(config.lastPkmap()).isEqualTo(1024);
    assertThat(config.startPfn()).isEqualTo(config.endPfn());
  }
}
