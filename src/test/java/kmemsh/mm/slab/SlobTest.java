package kmemsh.mm.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kmemsh.mm.page.PageMachine;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec: slab-allocators.md 4, 6.4 */
class SlobTest {
  private static final int GFP = Gfp.GFP_KERNEL;

  private PageMachine pages;
  private Slob slob;
  private final Map<Long, Integer> pageNumbers = new HashMap<>();

  @BeforeEach
  void boot() {
    pages = TestMachines.pages();
    slob = new Slob(Configs.x86(1), pages);
  }

  /** The page, counted by first use, and the byte in it. */
  private String place(long address) {
    int number = pageNumbers.computeIfAbsent(address >>> 12, pfn -> pageNumbers.size());
    return number + ":" + (address & 4095);
  }

  private String kmalloc(long bytes) {
    return place(slob.kmalloc(bytes, GFP));
  }

  private List<SlabState.SlobPage> lists() {
    return slob.saveState().pages();
  }

  private String free(int page) {
    SlabState.SlobPage found = lists().get(page);
    StringBuilder text = new StringBuilder().append(found.list());
    for (int i = 0; i < found.offsets().length; i++) {
      text.append(' ').append(found.offsets()[i]).append('+').append(found.lengths()[i]);
    }
    return text.toString();
  }

  @ParameterizedTest(name = "kmalloc({0})")
  @CsvSource({
    "1,8,s 5+2043",
    "8,8,s 8+2040",
    "20,8,s 14+2034",
    "32,32,s 0+12 32+2016",
    "96,8,s 52+1996",
    "192,8,s 100+1948",
    "256,256,m 0+124 256+1792",
    "600,8,m 304+1744",
    "1024,1024,l 0+508 1024+1024",
    "2048,2048,l 0+1020",
    "3312,8,l 1660+388",
  })
  void theFirstBlockOfAPageIsWhereTheSpecSaysItIs(int bytes, int offset, String rest) {
    assertThat(kmalloc(bytes)).isEqualTo("0:" + offset);
    assertThat(free(0)).isEqualTo(rest);
  }

  @Test
  void theSequenceOfTheSpecComesOut() {
    assertThat(kmalloc(2048)).isEqualTo("0:2048");
    assertThat(kmalloc(1024)).isEqualTo("1:1024");
    assertThat(kmalloc(1024)).isEqualTo("1:3072");
    assertThat(kmalloc(1024)).isEqualTo("2:1024");
    assertThat(kmalloc(100)).isEqualTo("3:8");
    assertThat(kmalloc(20)).isEqualTo("3:120");
    assertThat(kmalloc(64)).isEqualTo("3:192");
    assertThat(kmalloc(64)).isEqualTo("3:320");
  }

  @Test
  void aBlockOf4087BytesFillsAPageAndOneOf4088TakesAPageOfItsOwn() {
    assertThat(kmalloc(4087)).isEqualTo("0:8");
    assertThat(lists()).isEmpty();
    long page = slob.kmalloc(4088, GFP);
    assertThat(page & 4095).isZero();
    assertThat(slob.isHeapPage(page)).isFalse();
    assertThat(slob.ksize(page)).isEqualTo(4096);
    assertThat(slob.ksize(slob.kmalloc(5000, GFP))).isEqualTo(8192);
  }

  @Test
  void aFullPageComesBackToTheListOfTheBlockThatIsFreed() {
    KmemCache small = cache(64, 0);
    long[] objects = new long[64];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = slob.alloc(small, GFP, SlabAllocator.NO_NODE);
    }
    assertThat(lists()).isEmpty();
    KmemCache large = cache(1088, 0);
    slob.free(large, objects[10]);
    assertThat(free(0)).isEqualTo("l 320+544");
  }

  @Test
  void neighboursAreMergedAndAnEmptyPageIsGivenBackAtOnce() {
    long before = freePages();
    KmemCache cache = cache(1024, 0);
    long[] objects = new long[3];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = slob.alloc(cache, GFP, SlabAllocator.NO_NODE);
    }
    slob.free(cache, objects[0]);
    assertThat(free(0)).isEqualTo("l 0+512 1536+512");
    slob.free(cache, objects[2]);
    assertThat(free(0)).isEqualTo("l 0+512 1024+1024");
    assertThat(freePages()).isEqualTo(before - 1);
    slob.free(cache, objects[1]);
    assertThat(lists()).isEmpty();
    assertThat(freePages()).isEqualTo(before);
  }

  @Test
  void aPageThatServesBecomesTheFirstOfItsListAndTheOrderStaysCyclic() {
    KmemCache big = cache(3000, 0);
    for (int i = 0; i < 3; i++) {
      slob.alloc(big, GFP, SlabAllocator.NO_NODE);
    }
    List<Integer> order = lists().stream().map(SlabState.SlobPage::pfn).toList();
    KmemCache half = cache(1090, 0);
    long taken = slob.alloc(half, GFP, SlabAllocator.NO_NODE);
    assertThat((int) (taken >>> 12)).isEqualTo(order.get(0));
    long next = slob.alloc(half, GFP, SlabAllocator.NO_NODE);
    assertThat((int) (next >>> 12)).isEqualTo(order.get(1));
    assertThat(lists().stream().map(SlabState.SlobPage::pfn))
        .containsExactly(order.get(1), order.get(2), order.get(0));
  }

  @Test
  void objectsOfRcuCachesAreFreeAfterAGracePeriod() {
    KmemCache cache = cache(100, SlabFlags.SLAB_TYPESAFE_BY_RCU);
    assertThat(cache.size).isEqualTo(124);
    long object = slob.alloc(cache, GFP, SlabAllocator.NO_NODE);
    slob.free(cache, object);
    assertThat(free(0)).isEqualTo("s 62+1986");
    slob.endGracePeriod();
    assertThat(lists()).isEmpty();
  }

  @Test
  void kreallocMovesOnAlmostAnyGrowth() {
    long block = slob.kmalloc(21, GFP);
    assertThat(slob.ksize(block)).isEqualTo(22);
    assertThat(slob.krealloc(block, 22, GFP)).isEqualTo(block);
    assertThat(slob.krealloc(block, 23, GFP)).isNotEqualTo(block);
  }

  private KmemCache cache(int bytes, int flags) {
    KmemCache cache =
        slob.newCache(
            0, new CacheSpec("c" + bytes, bytes, 0, flags, false), SlabConfig.MIN_ALIGN, flags);
    assertThat(slob.sizes(cache)).isZero();
    return cache;
  }

  private long freePages() {
    return TestMachines.freePages(pages);
  }

  @Test
  void aLoadedStateComesOutAgainAndGoesOnTheSame() {
    long[] blocks = new long[201];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = slob.kmalloc(1 + i * 17 % 900, GFP);
    }
    for (int i = 0; i < blocks.length; i += 3) {
      slob.kfree(blocks[i]);
    }
    SlabState saved = slob.saveState();
    slob.loadState(saved, true);
    assertThat(slob.verify()).isEmpty();
    assertThat(text(slob.saveState())).isEqualTo(text(saved));
    for (int i = 1; i < blocks.length; i += 3) {
      slob.kfree(blocks[i]);
      slob.kfree(blocks[i + 1]);
      assertThat(slob.verify()).isEmpty();
    }
    assertThat(lists()).isEmpty();
  }

  private static String text(SlabState state) {
    StringBuilder text = new StringBuilder();
    for (SlabState.SlobPage page : state.pages()) {
      text.append(page.list()).append(page.pfn()).append(' ').append(page.units());
      text.append(Arrays.toString(page.offsets())).append(Arrays.toString(page.lengths()));
    }
    return text.toString();
  }

  @Test
  void whatWaitedForAGracePeriodIsForgottenWhenARecordedStateIsLoaded() {
    CacheSpec spec = new CacheSpec("rcu", 100, 8, SlabFlags.SLAB_TYPESAFE_BY_RCU, false);
    KmemCache cache = slob.newCache(7, spec, 8, SlabFlags.SLAB_TYPESAFE_BY_RCU);
    slob.sizes(cache);
    long kept = slob.alloc(cache, GFP, SlabAllocator.NO_NODE);
    slob.free(cache, slob.alloc(cache, GFP, SlabAllocator.NO_NODE));
    SlabState recorded = slob.saveState();

    slob.loadState(recorded, true);
    slob.endGracePeriod();

    assertThat(free(0)).isEqualTo("s 62+2 126+1922");
    assertThat(place(kept)).isEqualTo("0:0");
  }
}
