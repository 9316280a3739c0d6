package kmemsh.mm.vmalloc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of mappings.md 1.3 and 1.5. */
class AddressLayoutTest {
  private static final long RESERVE = AddressLayout.VMALLOC_RESERVE;

  @ParameterizedTest
  @CsvSource({
    // split, pae, highmem, cpus, apic, defconfig: fixaddr start, entry, ldt, pkmap, end, maxmem
    "c0000000,false,true,1,false,false,fffec000,ffc00000,ff800000,ff400000,ff3fe000,373fe",
    "c0000000,false,true,4,true,false,fff7b000,ffc00000,ff800000,ff400000,ff3fe000,373fe",
    "c0000000,false,true,8,true,true,fff39000,ff800000,ff400000,ff000000,feffe000,36ffe",
    "c0000000,false,true,32,true,true,ffdb9000,ff400000,ff000000,fec00000,febfe000,36bfe",
    "c0000000,true,true,1,false,false,fffec000,ffa00000,ff800000,ff600000,ff5fe000,375fe",
    "c0000000,true,true,8,true,true,fff39000,ffa00000,ff800000,ff600000,ff5fe000,375fe",
    "c0000000,true,true,32,true,true,ffdb9000,ff400000,ff200000,ff000000,feffe000,36ffe",
    "c0000000,false,false,8,true,true,fff39000,ff800000,ff400000,0,ff3fe000,373fe",
    "80000000,false,true,8,true,true,fff39000,ff800000,ff400000,ff000000,feffe000,76ffe",
    "40000000,false,true,8,true,true,fff39000,ff800000,ff400000,ff000000,feffe000,b6ffe",
    "b0000000,false,true,8,true,true,fff39000,ff800000,ff400000,ff000000,feffe000,46ffe",
    "80000000,true,true,8,true,true,fff39000,ffa00000,ff800000,ff600000,ff5fe000,775fe",
  })
  void followsFromTheOptionsOfTheKernel(
      String split,
      boolean pae,
      boolean highmem,
      int cpus,
      boolean apic,
      boolean defconfig,
      String fixaddr,
      String entry,
      String ldt,
      String pkmap,
      String end,
      String maxmem) {
    AddressLayout layout =
        AddressLayout.i386(
            new AddressLayout.Build(hex(split), pae, highmem, cpus, apic, defconfig, RESERVE), 0);

    assertThat(Long.toHexString(layout.fixaddrStart)).isEqualTo(fixaddr);
    assertThat(Long.toHexString(layout.cpuEntryBase)).isEqualTo(entry);
    assertThat(Long.toHexString(layout.ldtBase)).isEqualTo(ldt);
    assertThat(Long.toHexString(layout.pkmapBase)).isEqualTo(pkmap);
    assertThat(Long.toHexString(layout.vmallocEnd)).isEqualTo(end);
    assertThat(Long.toHexString(layout.maxmemPfn)).isEqualTo(maxmem);
  }

  private static long hex(String digits) {
    return Long.parseLong(digits, 16);
  }

  @ParameterizedTest
  @CsvSource({
    // end of low memory: high_memory, VMALLOC_START, KiB
    "0xffe0,cffe0000,d07e0000,766072",
    "0x373fe,f73fe000,f7bfe000,122880",
  })
  void theVmallocRangeFillsWhatLowMemoryLeaves(
      int endOfLowmem, String highMemory, String start, long kib) {
    AddressLayout layout =
        AddressLayout.i386(
            new AddressLayout.Build(0xc0000000L, false, true, 1, false, false, RESERVE),
            endOfLowmem);

    assertThat(Long.toHexString(layout.highMemory)).isEqualTo(highMemory);
    assertThat(Long.toHexString(layout.vmallocStart)).isEqualTo(start);
    assertThat(layout.vmallocBytes() >> 10).isEqualTo(kib);
  }

  @Test
  void vmallocOptionMovesTheEndOfLowMemory() {
    long reserve = (256L << 20) + AddressLayout.VMALLOC_OFFSET;
    AddressLayout.Build build =
        new AddressLayout.Build(0xc0000000L, false, true, 1, false, false, reserve);
    long maxmem = AddressLayout.i386(build, 0).maxmemPfn;
    AddressLayout layout = AddressLayout.i386(build, maxmem);

    assertThat(maxmem << 12).isEqualTo(0x2ebfe000L);
    assertThat(layout.highMemory).isEqualTo(0xeebfe000L);
    assertThat(layout.vmallocStart).isEqualTo(0xef3fe000L);
    assertThat(layout.vmallocBytes()).isEqualTo(256L << 20);
  }

  @Test
  void theFirstLocalKmapSlotFollowsTheApicSlots() {
    assertThat(begin(1, false, false)).isEqualTo(3);
    assertThat(begin(4, true, false)).isEqualTo(68);
    assertThat(begin(8, true, true)).isEqualTo(69);
  }

  private static int begin(int cpus, boolean apic, boolean defconfig) {
    return AddressLayout.i386(
            new AddressLayout.Build(0xc0000000L, false, true, cpus, apic, defconfig, RESERVE), 0)
        .fixKmapBegin;
  }

  @Test
  void x8664HasThirtyTwoTebibytesForVmallocWhateverTheMemory() {
    AddressLayout layout = AddressLayout.x8664(0x180000);

    assertThat(layout.vmallocBytes() / 1024).isEqualTo(34359738368L);
    assertThat((layout.vmallocEnd - layout.vmallocStart) / 1024).isEqualTo(34359738367L);
    assertThat(layout.highMemory).isEqualTo(0xffff888180000000L);
    assertThat(layout.isCanonical(0xffff7fffffffffffL)).isFalse();
    assertThat(layout.isCanonical(0x7fffffffffffL)).isTrue();
  }
}
