package kmemsh.mm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.view.Gfp;
import kmemsh.view.PageState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The allocator with all its fast lanes against {@link PlainPages}, on machines and from states
 * that no recording has: few pages, large pageblocks, several nodes, CMA, boosted zones.
 */
@Tag("property")
class PageReferenceTest {
  private static final int NR_STEPS = 1500;
  private static final int NR_SEEDS = 5;

  private static final String[] MACHINES = {
    "arch i386\nmem 32M\nsmp\ncpus 4",
    "arch i386\nmem 48M",
    "arch i386\nmem 40M\npae\npageblock_order 9\nsmp\ncpus 2",
    "arch i386\nmem 1G",
    "arch x86_64\nmem 32M\nsmp\ncpus 2",
    "arch x86_64\nmem 64M\npageblock_order 9\ncma\nthp\nsmp\ncpus 3",
    "arch x86_64\nmem 96M\npageblock_order 9\nthp",
    "arch x86_64\nmem 80M\npageblock_order 9\ncma",
    "arch x86_64\nmem 80M\npageblock_order 9\nsmp\ncpus 2",
    "arch x86_64\nmem 128M",
    "arch x86_64\nmem 48M\npageblock_order 10\ncma\nsmp\ncpus 2",
    "arch x86_64\nmem 200M\nnodes 3\ncpus 3\nsmp",
    "arch x86_64\nmem 256M\nnodes 4\ncpus 2\nsmp\npageblock_order 9",
    "arch x86_64\nmem 4400M",
    "arch x86_64\nmem 4500M\nnodes 2\ncpus 4\nsmp",
  };

  private static final int[] MASKS = {
    Gfp.GFP_NOWAIT,
    Gfp.GFP_ATOMIC,
    Gfp.GFP_NOWAIT | Gfp.__GFP_MOVABLE,
    Gfp.GFP_NOWAIT | Gfp.__GFP_MOVABLE | Gfp.__GFP_HIGHMEM,
    Gfp.GFP_ATOMIC | Gfp.__GFP_RECLAIMABLE,
    Gfp.GFP_NOWAIT | Gfp.__GFP_HIGH,
    Gfp.GFP_NOWAIT | Gfp.__GFP_DMA,
    Gfp.GFP_ATOMIC | Gfp.__GFP_DMA32 | Gfp.__GFP_MOVABLE,
    Gfp.__GFP_RECLAIMABLE,
    Gfp.GFP_NOWAIT | Gfp.__GFP_THISNODE,
    Gfp.GFP_ATOMIC | Gfp.__GFP_NOMEMALLOC,
    Gfp.__GFP_HIGHMEM | Gfp.__GFP_COMP,
    Gfp.GFP_ATOMIC | Gfp.__GFP_MOVABLE | Gfp.__GFP_HIGHMEM,
  };

  private SplittableRandom random;
  private PageMachine machine;
  private PageAllocator pages;
  private PlainPages plain;
  private List<int[]> held;

  /** Whether only large blocks are asked for, which never see a page set. */
  private boolean largeOnes;

  static Stream<Arguments> machines() {
    List<Arguments> all = new ArrayList<>();
    for (String text : MACHINES) {
      for (long seed = 1; seed <= NR_SEEDS; seed++) {
        all.add(Arguments.of(text.replace('\n', ' '), text, seed));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, seed {2}")
  @MethodSource("machines")
  void everyRequestAndEveryFreeGoesByTheRules(String name, String text, long seed) {
    random = new SplittableRandom(seed);
    held = new ArrayList<>();
    largeOnes = seed % 5 == 4;
    Profile profile = Profiles.make(new MachineOptions("test.machine", text, 0, 0, 0, ""));
    UnusualStates states = new UnusualStates(random, profile);
    PageState start = states.state();
    machine = states.machine(start, seed % 3 == 0);
    pages = machine.allocator();
    plain = new PlainPages(pages.config, start);
    if (profile.numa() && random.nextBoolean()) {
      machine.setInterleave(1, true, 0);
      plain.setInterleave(1, 0);
    }
    assertSameStates("at the start");
    if (profile.memBytes() > 512L << 20) {
      fill();
    }
    for (int step = 0; step < NR_STEPS; step++) {
      step(step);
      if (step % 100 == 99) {
        assertSameStates("step " + step);
      }
    }
  }

  // Steps.

  /** Takes large blocks until the machine has few. */
  private void fill() {
    int[] masks = {Gfp.GFP_NOWAIT, MASKS[3], Gfp.GFP_NOWAIT | Gfp.__GFP_RECLAIMABLE};
    int failed = 0;
    while (failed < 20) {
      int gfp = masks[random.nextInt(3)];
      int order = 10 - failed / 4;
      int got = pages.allocPages(gfp, order);
      assertThat(got).as("order %d while filling", order).isEqualTo(plain.alloc(gfp, order));
      failed += got < 0 ? 1 : 0;
      if (got >= 0) {
        held.add(new int[] {got, order});
      }
    }
  }

  private void step(int step) {
    int phase = step / 400 % 3;
    int roll = random.nextInt(1000);
    if (roll < 6) {
      int cpu = random.nextInt(pages.config.nrCpus());
      machine.setCpu(cpu);
      plain.cpu = cpu;
    } else if (roll < 8) {
      pages.drainAllPages();
      plain.drainAll();
    } else if (roll < 12) {
      machine.checkpoint();
    } else if (roll < 20) {
      freeMany();
    } else if (held.isEmpty() || roll < (phase == 0 ? 800 : phase == 1 ? 520 : 250)) {
      alloc(step, phase);
    } else {
      free();
    }
  }

  private int mask() {
    int mask = MASKS[random.nextInt(MASKS.length)];
    return random.nextInt(40) == 0 ? mask | Gfp.__GFP_MEMALLOC : mask;
  }

  private void alloc(int step, int phase) {
    int gfp = mask();
    int kind = random.nextInt(20);
    if (kind == 0) {
      long bytes = 1 + random.nextInt(200_000);
      int got = pages.allocPagesExact(bytes, gfp);
      assertThat(got).as("exact, step %d", step).isEqualTo(plain.allocExact(bytes, gfp));
      boolean back = got >= 0 && random.nextInt(3) == 0;
      if (back) {
        pages.freePagesExact(got, bytes);
      }
      for (int i = 0; i < PageAllocator.pagesOf(bytes) && got >= 0; i++) {
        if (back) {
          plain.free(got + i, 0);
        } else {
          held.add(new int[] {got + i, 0});
        }
      }
    } else if (kind == 1) {
      bulk(step, gfp, 1 + random.nextInt(90));
    } else {
      int order = phase == 0 ? random.nextInt(12) : Math.min(random.nextInt(11), random.nextInt(6));
      order = largeOnes ? 7 + random.nextInt(4) : order;
      int got = pages.allocPages(gfp, order);
      assertThat(got).as("order %d, step %d", order, step).isEqualTo(plain.alloc(gfp, order));
      hold(got, order);
    }
  }

  private void hold(int pfn, int order) {
    if (pfn >= 0 && order > 0 && random.nextInt(12) == 0 && !machine.isCompound(pfn)) {
      pages.splitPage(pfn, order);
      for (int i = 0; i < 1 << order; i++) {
        held.add(new int[] {pfn + i, 0});
      }
    } else if (pfn >= 0) {
      held.add(new int[] {pfn, order});
    }
  }

  private void bulk(int step, int gfp, int wanted) {
    int[] got = new int[wanted];
    int[] expected = new int[wanted];
    int nr = pages.allocPagesBulk(gfp, wanted, got);
    assertThat(nr).as("bulk, step %d", step).isEqualTo(plain.allocBulk(gfp, wanted, expected));
    for (int i = 0; i < nr; i++) {
      assertThat(got[i]).as("page %d of a bulk, step %d", i, step).isEqualTo(expected[i]);
      held.add(new int[] {got[i], 0});
    }
  }

  private void free() {
    int at = random.nextInt(4) == 0 ? held.size() - 1 : random.nextInt(held.size());
    int[] block = held.get(at);
    held.set(at, held.get(held.size() - 1));
    held.remove(held.size() - 1);
    pages.freePages(block[0], block[1]);
    plain.free(block[0], block[1]);
  }

  /** Up to thirty single pages at once. */
  private void freeMany() {
    int[] pfns = new int[30];
    int nr = 0;
    for (int i = held.size() - 1; i >= 0 && nr < pfns.length; i--) {
      if (held.get(i)[1] == 0) {
        pfns[nr++] = held.remove(i)[0];
      }
    }
    if (random.nextBoolean()) {
      pages.freeUnrefPageList(pfns, nr);
    } else {
      pages.freeSingles(pfns, 0, nr);
    }
    for (int i = 0; i < nr; i++) {
      plain.free(pfns[i], 0);
    }
  }

  // Comparing.

  private void assertSameStates(String when) {
    for (PageState.Zone got : machine.pageState().zones()) {
      PlainZone want =
          plain.zones.stream().filter(zone -> zone.id == got.id()).findFirst().orElseThrow();
      String of = "zone " + got.id() + " " + when;
      assertThat(lists(got.freeLists())).as(of).isEqualTo(lists(want));
      long[] counters = {want.free, want.freeCma, want.boost, want.highatomic, want.flags};
      assertThat(
              new long[] {
                got.nrFreePages(),
                got.nrFreeCmaPages(),
                got.watermarkBoost(),
                got.nrReservedHighatomic(),
                got.flags()
              })
          .as(of)
          .isEqualTo(counters);
      assertThat(got.pageblocks()).as(of).isEqualTo(want.blocks);
      for (PageState.Pcp set : got.pcps()) {
        assertSameSets(of + " cpu " + set.cpu(), set, want.sets.get(set.cpu()));
      }
    }
  }

  private static void assertSameSets(String of, PageState.Pcp got, PlainZone.Set want) {
    List<String> lists = new ArrayList<>();
    for (int index = 0; index < want.lists.size(); index++) {
      int order = index < 12 ? index / 3 : 9;
      int type = index < 12 ? index % 3 : index - 12;
      if (!want.lists.get(index).isEmpty()) {
        lists.add(order + " " + type + " " + want.lists.get(index));
      }
    }
    assertThat(lists(got.lists())).as(of).isEqualTo(lists);
    assertThat(new int[] {got.count(), got.freeFactor(), got.vdiff(), got.cmaDiff()})
        .as(of)
        .isEqualTo(new int[] {want.count, want.freeFactor, want.vdiff, want.cmaDiff});
  }

  static List<String> lists(List<PageState.FreeList> lists) {
    return lists.stream()
        .map(list -> list.order() + " " + list.migratetype() + " " + Arrays.toString(list.pfns()))
        .toList();
  }

  static List<String> lists(PlainZone zone) {
    List<String> lists = new ArrayList<>();
    for (int order = 0; order <= 10; order++) {
      for (int mt = 0; mt < 6; mt++) {
        if (!zone.list(order, mt).isEmpty()) {
          lists.add(order + " " + mt + " " + zone.list(order, mt));
        }
      }
    }
    return lists;
  }
}
