package kmemsh.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.view.VmSysctls;
import kmemsh.view.ZoneinfoSnapshot;
import org.junit.jupiter.api.Test;

class WriteSysctlTest {
  private final Machine machine = new Machine(Profiles.make(MachineOptions.DEFAULT));

  private ZoneinfoSnapshot.Zone zone(String name) {
    for (ZoneinfoSnapshot.Zone zone : machine.procQueries().zoneinfo().zones()) {
      if (zone.name().equals(name)) {
        return zone;
      }
    }
    throw new IllegalStateException(name);
  }

  private void write(int setting, int... values) {
    WriteSysctl op = new WriteSysctl(setting, values);
    op.check(machine);
    assertThat(op.run(machine)).isZero();
  }

  private void refused(String what, int setting, int... values) {
    VmSysctls before = machine.procQueries().sysctls();
    assertThatThrownBy(() -> new WriteSysctl(setting, values).check(machine))
        .isInstanceOf(Refused.class)
        .hasMessage(what);
    assertThat(machine.procQueries().sysctls()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void aLargerMinFreeKbytesRaisesWatermarksAndPageSets() {
    write(VmSysctls.MIN_FREE_KBYTES, 37700);
    ZoneinfoSnapshot.Zone normal = zone("Normal");
    assertThat(normal.min()).isEqualTo(9262);
    assertThat(normal.low()).isEqualTo(9262 + 9262 / 4);
    assertThat(normal.pagesets().get(0).high()).isEqualTo(normal.low());
    assertThat(zone("HighMem").min()).isEqualTo(98);
  }

  @Test
  void theScaleFactorWidensTheStepsBetweenWatermarks() {
    write(VmSysctls.WATERMARK_SCALE_FACTOR, 100);
    ZoneinfoSnapshot.Zone normal = zone("Normal");
    assertThat(normal.low() - normal.min()).isEqualTo(normal.managed() / 100);
    assertThat(normal.high() - normal.low()).isEqualTo(normal.managed() / 100);
  }

  @Test
  void reserveRatiosDecideWhatLowZonesKeep() {
    write(VmSysctls.LOWMEM_RESERVE_RATIO, 100, 0);
    long normal = zone("Normal").managed();
    long highmem = zone("HighMem").managed();
    assertThat(zone("DMA").protection())
        .containsExactly(0, normal / 100, (normal + highmem) / 100, (normal + highmem) / 100);
    assertThat(zone("Normal").protection()).containsExactly(0, 0, 0, 0);
    assertThat(machine.procQueries().sysctls().lowmemReserveRatio()).containsExactly(100, 0, 0, 0);
  }

  @Test
  void theHighFractionSizesPageSets() {
    write(VmSysctls.PERCPU_PAGELIST_HIGH_FRACTION, 8);
    assertThat(zone("Normal").pagesets().get(0).high()).isEqualTo(zone("Normal").managed() / 8);
    write(VmSysctls.PERCPU_PAGELIST_HIGH_FRACTION, 0);
    assertThat(zone("Normal").pagesets().get(0).high()).isEqualTo(zone("Normal").low());
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    refused(
        "0 is not one of 1..3000, the values of watermark_scale_factor",
        VmSysctls.WATERMARK_SCALE_FACTOR,
        0);
    refused(
        "3001 is not one of 1..3000, the values of watermark_scale_factor",
        VmSysctls.WATERMARK_SCALE_FACTOR,
        3001);
    refused(
        "7 is neither 0 nor 8 or more, the values of percpu_pagelist_high_fraction",
        VmSysctls.PERCPU_PAGELIST_HIGH_FRACTION,
        7);
    refused("-1 is less than 0, the least value of min_free_kbytes", VmSysctls.MIN_FREE_KBYTES, -1);
    refused(
        "5 values for lowmem_reserve_ratio: it takes 1 to 4",
        VmSysctls.LOWMEM_RESERVE_RATIO,
        1,
        2,
        3,
        4,
        5);
  }
}
