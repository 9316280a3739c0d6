package kmemsh.mm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.view.PageState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hand-over of memory in one go against one page or block after the other, on memory maps with
 * holes and reservations anywhere. Spec: page-allocator.md 1.4, 2
 */
@Tag("property")
class BootReferenceTest {
  private static final int NR_SEEDS = 8;
  private static final int MOVABLE = 1;

  /** GFP_KERNEL before there are interrupts, with __GFP_ZERO. */
  private static final int EARLY_MASK = 0x100;

  private static final String[] MACHINES = {
    "arch i386\nhighmem 48M",
    "arch i386\nhighmem 40M\npae\npageblock_order 9",
    "arch i386",
    "arch x86_64",
    "arch x86_64\npageblock_order 9\ncma",
  };

  static Stream<Arguments> machines() {
    List<Arguments> all = new ArrayList<>();
    for (String text : MACHINES) {
      for (long seed = 1; seed <= NR_SEEDS; seed++) {
        all.add(Arguments.of(text.replace('\n', ' '), text, seed));
      }
    }
    return all.stream();
  }

  /** Three to six ranges of RAM up to some 200 MiB, with reservations that begin anywhere. */
  private static String map(SplittableRandom random) {
    StringBuilder text = new StringBuilder("\n[mem 0x1000-0x9efff] usable\n");
    StringBuilder taken = new StringBuilder("reserved 0x0 0x100000\n");
    long at = 0x100000;
    int nr = 3 + random.nextInt(4);
    for (int i = 0; i < nr; i++) {
      long pages = i == 0 ? 24000 + random.nextInt(9000) : 1 + random.nextInt(9000);
      long end = at + (pages << 12);
      text.append("[mem 0x").append(Long.toHexString(at)).append("-0x");
      text.append(Long.toHexString(end - 1)).append("] usable\n");
      for (long from = at + random.nextInt(1 << 24); from < end; ) {
        long to = Math.min(end, from + 1 + random.nextInt(1 << (4 + random.nextInt(20))));
        taken.append("reserved 0x").append(Long.toHexString(from)).append(" 0x");
        taken.append(Long.toHexString(to)).append('\n');
        from = to + 1 + random.nextInt(1 << 25);
      }
      at = end + ((long) random.nextInt(3) * random.nextInt(5000) << 12);
    }
    return text.append(taken).toString();
  }

  private Profile profile;
  private PlainPages plain;

  @ParameterizedTest(name = "{0}, seed {2}")
  @MethodSource("machines")
  void memoryComesToTheListsInTheOrderOfTheRules(String name, String text, long seed) {
    String file = text + map(new SplittableRandom(seed));
    profile = Profiles.make(new MachineOptions("test.machine", file, 0, 0, 0, ""));
    Machine machine = Machine.empty(profile);
    PageState empty = machine.pages().pageState();
    plain = new PlainPages(machine.pages().allocator().config, empty);

    initPageblocks();
    handOver();
    machine.handOver();

    for (PageState.Zone got : machine.pages().pageState().zones()) {
      PlainZone want =
          plain.zones.stream().filter(zone -> zone.id == got.id()).findFirst().orElseThrow();
      String of = "zone " + got.name() + " of\n" + file;
      assertThat(PageReferenceTest.lists(got.freeLists()))
          .as(of)
          .isEqualTo(PageReferenceTest.lists(want));
      assertThat(got.nrFreePages()).as(of).isEqualTo(want.free);
      assertThat(got.managedPages()).as(of).isEqualTo(freePagesOf(want));
      assertThat(withoutAbsent(got.pageblocks())).as(of).isEqualTo(want.blocks);
    }
  }

  private static int[] withoutAbsent(int[] types) {
    return Arrays.stream(types).map(type -> Math.max(0, type)).toArray();
  }

  private boolean isRam(int pfn) {
    return Arrays.stream(profile.ram())
        .anyMatch(range -> pfn >= range[0] >>> 12 && pfn < range[1] >>> 12);
  }

  private boolean isFree(int pfn) {
    long start = (long) pfn << 12;
    return isRam(pfn)
        && Arrays.stream(profile.reserved())
            .noneMatch(range -> range[0] < start + 4096 && range[1] > start);
  }

  private int freePagesOf(PlainZone zone) {
    int nr = 0;
    for (int pfn = zone.start; pfn < zone.end; pfn++) {
      nr += isFree(pfn) ? 1 : 0;
    }
    return nr;
  }

  /** Spec: 2.2 */
  private void initPageblocks() {
    int size = 1 << profile.pageblockOrder();
    for (PlainZone zone : plain.zones) {
      Arrays.fill(zone.blocks, 0);
      int first = zone.start & -size;
      for (int i = 0; i < zone.blocks.length; i++) {
        int pfn = first + i * size;
        zone.blocks[i] = zone.spans(pfn) && isRam(pfn) ? MOVABLE : 0;
      }
    }
  }

  /** Spec: 2.3 */
  private void handOver() {
    int end = profile.maxPfn();
    for (int pfn = profile.endOfLowmem(); pfn < end; pfn++) {
      if (isFree(pfn)) {
        plain.free(pfn, 0);
      }
    }
    int lowEnd = Math.min(end, profile.endOfLowmem());
    int pfn = 0;
    while (pfn < lowEnd) {
      if (!isFree(pfn)) {
        pfn++;
        continue;
      }
      int stop = pfn;
      while (stop < lowEnd && isFree(stop) && sameRange(pfn, stop)) {
        stop++;
      }
      while (pfn < stop) {
        int order = Math.min(10, Integer.numberOfTrailingZeros(pfn));
        while (pfn + (1 << order) > stop) {
          order--;
        }
        plain.handOver(pfn, order);
        pfn += 1 << order;
      }
    }
    for (int i = 0; i < 64 && !profile.i386(); i++) {
      plain.alloc(EARLY_MASK, 0);
    }
  }

  private boolean sameRange(int from, int pfn) {
    return Arrays.stream(profile.ram())
        .anyMatch(
            range ->
                from >= range[0] >>> 12
                    && pfn >= range[0] >>> 12
                    && from < range[1] >>> 12
                    && pfn < range[1] >>> 12);
  }
}
