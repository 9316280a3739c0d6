package kmemsh.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.text.Text;
import kmemsh.view.BuddyInfo;
import kmemsh.view.MemMap;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  private static String plain(Object record, int columns) {
    Text text = new Text();
    PlainText.render(record, text, columns);
    return text.plain();
  }

  @Test
  void aRecordIsToldInLinesOfWordsAndNumbers() {
    BuddyInfo info =
        new BuddyInfo(List.of(new BuddyInfo.Zone(-1, "DMA", 3840, 3841, new int[] {0, 2})));

    assertThat(plain(info, 80))
        .isEqualTo("DMA: 3840 of 3841 pages free; free blocks of order 0: 0, 1: 2\n");
  }

  @Test
  void noLineIsLongerThanTheScreen() {
    BuddyInfo info = new BuddyInfo(List.of(new BuddyInfo.Zone(0, "Normal", 1, 2, new int[50])));

    assertThat(plain(info, 40).lines()).allMatch(line -> line.length() <= 40);
    assertThat(plain(info, 40)).contains("node 0");
  }

  @Test
  void aMapIsToldRangeByRange() {
    MemMap map = new MemMap(List.of(), 16, 32, -1, new int[] {16, 17, 20}, "#.R");

    assertThat(plain(map, 80))
        .isEqualTo(
            """
            0x10..0x10: allocated, 1 page
            0x11..0x13: free in blocks of order 10, 3 pages
            0x14..0x1f: reserved at boot, 12 pages
            """);
  }
}
