package kmemsh.mm.slab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import kmemsh.view.CacheGeometry;
import kmemsh.view.SlabFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec: slab-allocators.md 3.2, 3.3, 6.2, 6.3 */
class SlubGeometryTest {
  private static CacheGeometry.Slub plain(SlabConfig config, int bytes) {
    int align = SlabSizes.calculateAlignment(config, 0, 0, bytes);
    return SlubGeometry.of(config, bytes, align, 0, false, false);
  }

  private static String slab(SlabConfig config, int bytes) {
    CacheGeometry.Slub geometry = plain(config, bytes);
    return geometry.order() + "/" + geometry.objects();
  }

  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({
    "8,8,4,0,0/512,0/512,0/512,0/512,0/512,5,120/1",
    "20,24,8,8,0/170,0/170,0/170,0/170,0/170,5,120/2",
    "40,40,20,16,0/102,0/102,0/102,0/102,0/102,5,120/3",
    "256,256,128,128,0/16,0/16,0/16,1/32,0/16,5,52/7",
    "320,320,160,160,0/12,0/12,1/25,1/25,0/12,5,52/5",
    "600,600,300,296,1/13,1/13,2/27,2/27,0/6,5,52/4",
    "700,704,348,344,1/11,2/23,2/23,2/23,0/5,5,52/5",
    "1024,1024,512,512,1/8,2/16,2/16,3/32,0/4,5,24/3",
    "1088,1088,544,544,2/15,2/15,3/30,3/30,0/3,5,24/2",
    "2112,2112,1056,1056,3/15,3/15,3/15,3/15,0/1,5,24/4",
    "4096,4096,2048,2048,3/8,3/8,3/8,3/8,0/1,6,6/2",
    "5000,5000,2500,2496,3/6,3/6,3/6,3/6,1/1,6,6/2",
    "20000,20000,10000,10000,3/1,3/1,3/1,3/1,3/1,7,6/12",
  })
  void theWorkedTableOfTheSpecComesOut(
      int bytes,
      int spacing,
      int offset32,
      int offset64,
      String up,
      String two,
      String four,
      String eight,
      String min,
      int minPartial,
      String cpuPartial) {
    CacheGeometry.Slub geometry = plain(Configs.x86(4), bytes);
    assertThat(geometry.size()).isEqualTo(spacing);
    assertThat(plain(Configs.i386(64), bytes).offset()).isEqualTo(offset32);
    assertThat(geometry.offset()).isEqualTo(offset64);
    assertThat(slab(Configs.x86(1), bytes)).isEqualTo(up);
    assertThat(slab(Configs.x86(2), bytes)).isEqualTo(two);
    assertThat(slab(Configs.x86(4), bytes)).isEqualTo(four);
    assertThat(slab(Configs.x86(8), bytes)).isEqualTo(eight);
    assertThat(geometry.minOrder() + "/" + geometry.minObjects()).isEqualTo(min);
    assertThat(geometry.minPartial()).isEqualTo(minPartial);
    assertThat(geometry.cpuPartial() + "/" + geometry.cpuPartialSlabs()).isEqualTo(cpuPartial);
  }

  @ParameterizedTest(name = "{0} bytes, word of {1}")
  @CsvSource({
    "20,4,8,8,24,24,80,0/51",
    "20,8,8,8,24,24,112,0/36",
    "64,4,8,8,68,68,128,0/32",
    "64,8,8,8,72,72,160,0/25",
  })
  void slubDebugMovesTheFreePointerBehindTheObjectAndAddsTracks(
      int bytes, int word, int align, int pad, int inuse, int offset, int spacing, String slab) {
    SlabConfig config = Configs.of(word, 64, 1, false, SlabFlags.DEBUG_FLAGS);
    int flags = SlabFlags.DEBUG_FLAGS & ~SlabFlags.SLAB_TRACE;
    CacheGeometry.Slub geometry = SlubGeometry.of(config, bytes, align, flags, false, true);
    assertThat(geometry.redLeftPad()).isEqualTo(pad);
    assertThat(geometry.inuse()).isEqualTo(inuse);
    assertThat(geometry.offset()).isEqualTo(offset);
    assertThat(geometry.size()).isEqualTo(spacing);
    assertThat(geometry.order() + "/" + geometry.objects()).isEqualTo(slab);
    assertThat(geometry.cpuPartial()).isZero();
  }

  @Test
  void anObjectThatNoPageBlockHoldsIsRefused() {
    assertThat(plain(Configs.x86(1), 4 << 20).error()).isZero();
    assertThat(plain(Configs.x86(1), (4 << 20) + 1).error()).isEqualTo(SlubGeometry.EINVAL);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 256})
  void aSlabNeverHoldsLessThanItsObjectsNeed(int nrCpus) {
    SlabConfig config = Configs.x86(nrCpus);
    for (int bytes = 1; bytes <= 40000; bytes += 7) {
      CacheGeometry.Slub geometry = plain(config, bytes);
      long slabBytes = 4096L << geometry.order();
      assertThat((long) geometry.objects() * geometry.size()).isLessThanOrEqualTo(slabBytes);
      assertThat((geometry.objects() + 1L) * geometry.size()).isGreaterThan(slabBytes);
      assertThat(geometry.minOrder()).isLessThanOrEqualTo(geometry.order());
    }
  }

  @Test
  void theSlabinfoOfRealMachinesFollowsFromTheirNumberOfCpus() throws IOException {
    int rows = 0;
    SlabConfig config = null;
    String machine = "";
    try (InputStream in = SlubGeometryTest.class.getResourceAsStream("/slab/slabinfo-slub.txt");
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("machine")) {
          machine = words[1];
          config = Configs.x86(Integer.parseInt(words[3]));
        } else if (!words[0].equals("#")) {
          int size = Integer.parseInt(words[0]);
          int order = SlubGeometry.calculateOrder(config, size);
          String found = size + " " + (4096 << order) / size + " " + (1 << order);
          assertThat(found).as(machine).isEqualTo(line);
          rows++;
        }
      }
    }
    assertThat(rows).isGreaterThan(800);
  }
}
