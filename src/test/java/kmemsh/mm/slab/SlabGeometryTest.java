package kmemsh.mm.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import kmemsh.view.CacheGeometry;
import kmemsh.view.SlabFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec: slab-allocators.md 2.2 to 2.6, 6.1 */
class SlabGeometryTest {
  private static CacheGeometry.Slab geometry(
      SlabConfig config, int bytes, int flags, boolean ctor) {
    int align = SlabSizes.calculateAlignment(config, flags, 0, bytes);
    return SlabGeometry.of(config, bytes, align, flags, ctor);
  }

  private static String mode(CacheGeometry.Slab geometry) {
    return geometry.freelist().name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({
    "8,16,on,0,240,0,0,120/60/8,360",
    "20,24,on,0,163,0,0,120/60/8,283",
    "40,40,on,0,99,0,1,120/60/8,219",
    "64,64,obj,0,64,0,0,120/60/8,184",
    "96,96,obj,0,42,1,2,120/60/8,162",
    "320,320,obj,0,12,4,8,54/27/8,66",
    "600,600,obj,0,6,7,15,54/27/8,60",
    "700,704,obj,1,11,7,14,54/27/8,65",
    "1088,1088,obj,1,7,9,18,24/12/8,31",
    "3312,3312,obj,1,2,24,49,24/12/8,26",
    "4096,4096,obj,0,1,0,0,24/12/8,25",
    "5000,5000,obj,1,1,49,99,8/4/0,9",
    "20000,20000,obj,3,1,199,399,8/4/0,9",
  })
  void theWorkedTableOfTheSpecComesOut(
      int bytes,
      int spacing,
      String mode,
      int order,
      int num,
      int colour64,
      int colour32,
      String tunables,
      int freeLimit) {
    CacheGeometry.Slab geometry = geometry(Configs.i386(64), bytes, 0, false);
    assertThat(geometry.size()).isEqualTo(spacing);
    assertThat(mode(geometry)).isEqualTo(mode);
    assertThat(geometry.order()).isEqualTo(order);
    assertThat(geometry.num()).isEqualTo(num);
    assertThat(geometry.colour()).isEqualTo(colour64);
    assertThat(geometry(Configs.i386(32), bytes, 0, false).colour()).isEqualTo(colour32);
    assertThat(geometry.freeLimit()).isEqualTo(freeLimit);
    CacheGeometry.Slab smp = geometry(Configs.x86(2), bytes, 0, false);
    assertThat(smp.limit() + "/" + smp.batchcount() + "/" + smp.shared()).isEqualTo(tunables);
  }

  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({
    "20,on,0,163,0", "64,on,0,63,0", "128,off,0,32,0", "192,on,0,21,0", "256,off,0,16,0",
    "600,on,0,6,7", "700,on,1,11,6", "1024,off,0,4,0", "1088,on,1,7,8", "4096,off,0,1,0",
    "8192,off,1,1,0", "20000,on,3,1,199",
  })
  void aConstructorKeepsTheFreelistOutOfTheObjects(
      int bytes, String mode, int order, int num, int colour) {
    CacheGeometry.Slab geometry = geometry(Configs.x86(1), bytes, 0, true);
    assertThat(mode(geometry)).isEqualTo(mode);
    assertThat(geometry.order()).isEqualTo(order);
    assertThat(geometry.num()).isEqualTo(num);
    assertThat(geometry.colour()).isEqualTo(colour);
  }

  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({"700,5,9", "1088,3,13", "2112,1,31", "3312,1,12"})
  void reclaimAccountStaysAtTheFirstOrder(int bytes, int num, int colour) {
    CacheGeometry.Slab geometry =
        geometry(Configs.x86(1), bytes, SlabFlags.SLAB_RECLAIM_ACCOUNT, false);
    assertThat(geometry.order()).isZero();
    assertThat(geometry.num()).isEqualTo(num);
    assertThat(geometry.colour()).isEqualTo(colour);
  }

  @Test
  void kmalloc96IsSpacedByTheCacheLine() {
    int flags = KmallocSpecs.flags(KmallocTable.NORMAL, SlabKind.SLAB);
    for (int line : new int[] {32, 64}) {
      SlabConfig config = Configs.i386(line);
      int align = KmallocSpecs.alignment(config, 96, flags);
      int spacing = SlabGeometry.of(config, 96, align, flags, false).size();
      assertThat(spacing).isEqualTo(line == 64 ? 128 : 96);
    }
  }

  @Test
  void noCacheHoldsMoreThanTheLargestPageBlock() {
    assertThat(geometry(Configs.x86(1), 4 << 20, 0, false).error()).isZero();
    assertThat(geometry(Configs.x86(1), (4 << 20) + 8, 0, false).error())
        .isEqualTo(SlabGeometry.E2BIG);
  }
}
