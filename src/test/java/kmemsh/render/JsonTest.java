package kmemsh.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.view.Addr;
import kmemsh.view.FreeListInfo;
import kmemsh.view.PageBlock;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void componentsAreTheKeysAndAddressesAreHex() {
    assertThat(Json.line(new PageBlock(5, 0, -1, "Normal", "Movable", new Addr(-4096))))
        .isEqualTo(
            "{\"pfn\":5,\"order\":0,\"nid\":-1,\"zone\":\"Normal\",\"migratetype\":\"Movable\","
                + "\"virt\":\"0xfffffffffffff000\"}");
  }

  @Test
  void whatIsNotThereIsNull() {
    assertThat(Json.line(new PageBlock(5, 0, -1, "HighMem", "Movable", null)))
        .endsWith("\"virt\":null}");
    assertThat(Json.tree(null).isJsonNull()).isTrue();
  }

  @Test
  void recordsNest() {
    FreeListInfo.FreeList list =
        new FreeListInfo.FreeList(0, "DMA", 1, "Movable", new int[] {2, 4});
    assertThat(Json.line(new FreeListInfo(true, List.of(list))))
        .isEqualTo(
            "{\"all\":true,\"lists\":[{\"nid\":0,\"zone\":\"DMA\",\"order\":1,"
                + "\"migratetype\":\"Movable\",\"pfns\":[2,4]}]}");
  }
}
