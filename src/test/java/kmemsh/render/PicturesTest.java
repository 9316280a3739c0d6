package kmemsh.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.text.Text;
import kmemsh.view.Addr;
import kmemsh.view.AddressResult;
import kmemsh.view.BuddyInfo;
import kmemsh.view.FreeListInfo;
import kmemsh.view.MemMap;
import kmemsh.view.NullResult;
import kmemsh.view.PageBlock;
import kmemsh.view.PcpInfo;
import kmemsh.view.ZoneInfo;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static String at(int columns, Object record) {
    Text out = new Text();
    Renderers.render(record, out, columns);
    return out.plain();
  }

  @Test
  void aBlockLosesFirstWhatFollowsFromTheRest() {
    PageBlock block = new PageBlock(0x2f5b8, 3, -1, "Normal", "Unmovable", new Addr(0xef5b8000L));
    assertThat(at(100, block))
        .isEqualTo(
            "page pfn 0x2f5b8..0x2f5bf  order 3, 32 KiB  zone Normal  Unmovable"
                + "  virt 0xef5b8000\n");
    assertThat(at(80, block))
        .isEqualTo("page pfn 0x2f5b8..0x2f5bf  order 3  zone Normal  Unmovable  virt 0xef5b8000\n");
    assertThat(at(70, block))
        .isEqualTo("page pfn 0x2f5b8  order 3  zone Normal  Unmovable  virt 0xef5b8000\n");
    assertThat(at(40, block))
        .isEqualTo("page pfn 0x2f5b8  order 3  Normal\n  Unmovable  virt 0xef5b8000\n");
  }

  @Test
  void theLabelInFrontCountsAsWell() {
    PageBlock block = new PageBlock(0x2f5b8, 3, -1, "Normal", "Unmovable", new Addr(0xef5b8000L));
    Text out = new Text().add("earlier line\n$1234567 = ");
    Renderers.render(block, out, 80);
    assertThat(out.plain().lines()).allMatch(line -> line.length() <= 80);
    assertThat(out.plain())
        .endsWith("page pfn 0x2f5b8  order 3  zone Normal  Unmovable  virt 0xef5b8000\n");
  }

  @Test
  void aHighMemBlockSaysThatItHasNoAddress() {
    assertThat(at(80, new PageBlock(0x40000, 0, -1, "HighMem", "Movable", null)))
        .isEqualTo("page pfn 0x40000  order 0, 4 KiB  zone HighMem  Movable  no address\n");
  }

  @Test
  void anAddressNamesItsFrames() {
    assertThat(at(80, new AddressResult(new Addr(0xffff888000100000L), 0x100, 3, 1, "DMA")))
        .isEqualTo(
            "virt 0xffff888000100000  3 pages, 12 KiB  pfn 0x100..0x102  node 1  zone DMA\n");
  }

  @Test
  void nullGivesItsReason() {
    assertThat(at(80, new NullResult(11, "GFP_KERNEL", "the largest block is order 10")))
        .isEqualTo("NULL: order 11, GFP_KERNEL: the largest block is order 10\n");
  }

  @Test
  void freeBlocksAreDrawnInProportion() {
    BuddyInfo info =
        new BuddyInfo(
            List.of(
                new BuddyInfo.Zone(-1, "DMA", 8, 16, new int[] {4, 2, 0}),
                new BuddyInfo.Zone(-1, "Normal", 0, 16, new int[] {0, 0, 0})));
    assertThat(at(60, info))
        .isEqualTo(
            """
                   DMA                        Normal
            free   8 of 16 pages, 32 KiB      0 of 16 pages, 0 B
            order  blocks pages               blocks pages
                0       4     4 ######             0     0
                1       2     4 ######             0     0
                2       0     0                    0     0
            """);
  }

  @Test
  void runsOfAListAreDrawnTogetherAndLongListsCut() {
    int[] pfns = new int[100];
    for (int i = 0; i < pfns.length; i++) {
      pfns[i] = i < 4 ? 0x40 - 8 * i : 0x1000 + i * i;
    }
    FreeListInfo.FreeList list = new FreeListInfo.FreeList(-1, "Normal", 3, "Movable", pfns);
    assertThat(at(80, new FreeListInfo(false, List.of(list))))
        .isEqualTo(
            """
            Normal, head of each list first
            order type         blocks  pfn
                3 Movable         100  0x40..0x28(4, -0x8) 0x1010 0x1019 0x1024 0x1031
                                      0x1040 0x1051 0x1064 0x1079 0x1090 0x10a9 0x10c4
                                      ... 85 more not shown; --all shows them
            """);
    assertThat(at(80, new FreeListInfo(true, List.of(list)))).endsWith(" 0x3649\n");
    assertThat(at(80, new FreeListInfo(false, List.of()))).isEqualTo("no free block there\n");
  }

  @Test
  void pageSetsSayWhenTheyDrain() {
    PcpInfo.PcpList list = new PcpInfo.PcpList(0, "Unmovable", new int[] {7, 3});
    PcpInfo.PageSet set = new PcpInfo.PageSet(-1, "DMA", 0, 2, 20, 1, 2, List.of(list));
    assertThat(at(80, new PcpInfo(false, List.of(set))))
        .isEqualTo(
            """
            DMA, cpu 0: 2 pages, drains at 20, refills 1, free factor 2
            order type         blocks  pfn
                0 Unmovable         2  0x7 0x3
            """);
  }

  @Test
  void freePagesAreDrawnAgainstTheWatermarks() {
    ZoneInfo.Zone zone =
        new ZoneInfo.Zone(
            -1,
            "Normal",
            0x1000,
            0x2000,
            4096,
            4000,
            45,
            7,
            30,
            40,
            60,
            10,
            0,
            0,
            List.of(new ZoneInfo.Reserve("HighMem", 5), new ZoneInfo.Reserve("Movable", 5)));
    assertThat(at(44, new ZoneInfo(List.of(zone))))
        .isEqualTo(
            """
            Normal 45 of 4,000 pages free, 180 KiB of
              15.6 MiB
              |###############m####l#........h.........|
              m min 30  l low 40  h high 60
              boosted by 10
              state: below high: kswapd goes on if it
                runs
              span pfn 0x1000..0x1fff: spanned 4,096,
                present 4,096, managed 4,000
              per-CPU lists 7
              lowmem_reserve 5 against HighMem and
                Movable requests
            """);
  }

  @Test
  void aMapOfSingleFramesMarksTheFrameAskedFor() {
    MemMap map =
        new MemMap(
            List.of(new MemMap.Span(-1, "DMA", 2, 24)),
            2,
            24,
            9,
            new int[] {2, 4, 8, 9, 12, 16},
            "R2#=p.");
    assertThat(at(40, map))
        .isEqualTo(
            """
            1 character = 1 page, 4 KiB
            DMA  0x2..0x17  88 KiB
             0x0   RR2222#===pppp........
                          ^
            0-9 . free, by order (. is 10)
            p per-CPU list
            # allocated, = its further pages
            R reserved
            """);
  }

  @Test
  void aCoarseMapTellsWholeFromMixed() {
    MemMap map =
        new MemMap(
            List.of(new MemMap.Span(-1, "Normal", 0, 4096)),
            0,
            4096,
            -1,
            new int[] {0, 16, 31, 48, 56, 64, 1024},
            "#3#4p.-");
    String picture = at(80, map);
    assertThat(picture).startsWith("1 character = 4 pages, 16 KiB\n");
    assertThat(picture.lines().toList().get(2))
        .isEqualTo("  0x0 ####333+####44pp................................................   83%");
    assertThat(picture).contains("+ mostly free").contains("- hole").doesNotContain("mostly used");
  }
}
