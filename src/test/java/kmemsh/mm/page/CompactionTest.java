package kmemsh.mm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs of compaction of every kind and contiguous ranges, on machines and from states that no
 * recording has: nothing is lost, nothing is held twice, and every run comes to its end.
 */
@Tag("property")
class CompactionTest {
  private static final int NR_STEPS = 4000;
  private static final int NR_SEEDS = 4;
  private static final int ABSENT = -1;

  private static final String[] MACHINES = {
    "arch i386\nmem 48M\ncompaction",
    "arch i386\nmem 40M\npae\npageblock_order 9\ncma\ncompaction",
    "arch i386\nmem 1G\ncma\ncompaction",
    "arch x86_64\nmem 32M\ncompaction",
    "arch x86_64\nmem 64M\npageblock_order 9\ncma\ncompaction\nthp",
    "arch x86_64\nmem 128M\npageblock_order 9\ncma\ncompaction",
    "arch x86_64\nmem 128M\npageblock_order 10\ncma\ncompaction",
    "arch x86_64\nmem 200M\nnodes 2\ncpus 2\nsmp\ncma\ncompaction",
  };

  /** One that is held; those that can be moved change their pfn. */
  private static final class Held {
    int pfn;
    final int order;
    final int areaPages;

    Held(int pfn, int order, int areaPages) {
      this.pfn = pfn;
      this.order = order;
      this.areaPages = areaPages;
    }
  }

  private final List<Held> held = new ArrayList<>();
  private SplittableRandom random;
  private PageMachine machine;
  private PageAllocator pages;
  private Compaction compaction;
  private CmaArea area;
  private Held[] owners;
  private int isolated;
  private int moves;
  private int ranges;

  static Stream<Arguments> machines() {
    List<Arguments> all = new ArrayList<>();
    for (String text : MACHINES) {
      for (long seed = 1; seed <= NR_SEEDS; seed++) {
        all.add(Arguments.of(text.replace('\n', ' '), text, seed));
      }
    }
    return all.stream();
  }

  private final Compaction.Log log =
      new Compaction.Log() {
        @Override
        public void isolated(int pfn) {
          assertThat(owners[pfn]).isNotNull();
          isolated++;
        }

        @Override
        public void putBack(int pfn) {
          assertThat(owners[pfn]).isNotNull();
          isolated--;
        }

        @Override
        public void moved(int from, int to) {
          assertThat(owners[to]).isNull();
          Held moved = owners[from];
          owners[from] = null;
          owners[to] = moved;
          moved.pfn = to;
          isolated--;
          moves++;
        }
      };

  private void start(String text, long seed) {
    random = new SplittableRandom(seed);
    Profile profile =
        Profiles.make(new MachineOptions("odd.machine", text + "\n", 0, 0, 0, "slub"));
    UnusualStates states = new UnusualStates(random, profile);
    machine = states.machine(states.state(), random.nextInt(4) == 0);
    pages = machine.allocator();
    for (int pfn = 0; pfn < pages.config.nrFrames(); pfn++) {
      pages.frames.clearFlag(pfn, PageFrames.FLAG_LRU);
    }
    owners = new Held[pages.config.nrFrames()];
    compaction = new Compaction(machine, log);
    area = findArea();
  }

  /** The longest run of pageblocks of the CMA type, or null. */
  private CmaArea findArea() {
    int size = pages.buddy.blocks.pages();
    int base = 0;
    int nr = 0;
    for (Zone zone : pages.zones) {
      int from = ABSENT;
      for (int pfn = zone.zoneStartPfn & -size; pfn + size <= zone.endPfn; pfn += size) {
        boolean cma = zone.spans(pfn) && pages.buddy.blocks.type(zone, pfn) == 4;
        from = cma ? (from == ABSENT ? pfn : from) : ABSENT;
        if (cma && pfn + size - from > nr) {
          base = from;
          nr = pfn + size - from;
        }
      }
    }
    boolean fits = nr > 0 && CmaArea.fits(compaction, base, nr);
    return fits ? new CmaArea(compaction, base, nr, random.nextInt(3)) : null;
  }

  @ParameterizedTest(name = "{0} seed {2}")
  @MethodSource("machines")
  void nothingIsLostAndNothingIsHeldTwice(String name, String text, long seed) {
    start(text, seed);
    for (int step = 0; step < NR_STEPS; step++) {
      step();
      assertThat(isolated).isZero();
      if (step % 500 == 499) {
        check();
      }
    }
    assertThat(moves > 0 || pages.config.mobilityDisabled()).as(name).isTrue();
    assertThat(ranges > 0 || area == null).as(name).isTrue();
    while (!held.isEmpty()) {
      giveBack(held.size() - 1);
    }
    check();
    for (Zone zone : pages.zones) {
      assertThat(zone.exactFreeCmaPages() + inPageSets(zone)).isGreaterThanOrEqualTo(zone.cmaPages);
    }
  }

  private static int inPageSets(Zone zone) {
    int nr = 0;
    for (PerCpuPages pcp : zone.pcps) {
      nr += pcp.countPages();
    }
    return nr;
  }

  private void check() {
    assertThat(PageVerify.check(machine).violations()).isEmpty();
    for (Held each : held) {
      assertThat(owners[each.pfn]).isSameAs(each);
    }
  }

  private void step() {
    int kind = random.nextInt(100);
    if (kind < 8) {
      run();
    } else if (kind < 12 && area != null) {
      range();
    } else if (kind < 45 && !held.isEmpty()) {
      int some = 1 + random.nextInt(12);
      for (int i = 0; i < some && !held.isEmpty(); i++) {
        giveBack(random.nextInt(held.size()));
      }
    } else {
      int some = 1 + random.nextInt(24);
      for (int i = 0; i < some; i++) {
        request();
      }
    }
  }

  private void request() {
    boolean pinned = random.nextInt(12) == 0;
    boolean movable = random.nextInt(8) > 0;
    int order = movable && !pinned ? 0 : random.nextInt(4);
    int pfn =
        pages.allocPages(Gfp.GFP_NOWAIT | (movable ? Gfp.__GFP_MOVABLE : Gfp.__GFP_NOWARN), order);
    if (pfn == PageAllocator.NO_PFN) {
      return;
    }
    hold(pfn, order, 0);
    if (movable && !pinned && random.nextInt(3) == 0) {
      pages.frames.setFlag(pfn, PageFrames.FLAG_LRU);
    } else if (movable && !pinned) {
      compaction.setMovable(pfn, true);
    }
  }

  private void hold(int pfn, int order, int areaPages) {
    Held mine = new Held(pfn, order, areaPages);
    int last = pfn + (areaPages > 0 ? areaPages : 1 << order);
    for (int page = pfn; page < last; page++) {
      assertThat(owners[page]).isNull();
      owners[page] = mine;
    }
    held.add(mine);
  }

  private void giveBack(int index) {
    Held mine = held.get(index);
    held.set(index, held.get(held.size() - 1));
    held.remove(held.size() - 1);
    int last = mine.pfn + (mine.areaPages > 0 ? mine.areaPages : 1 << mine.order);
    for (int page = mine.pfn; page < last; page++) {
      owners[page] = null;
    }
    if (mine.areaPages > 0) {
      assertThat(area.release(mine.pfn, mine.areaPages)).isTrue();
    } else {
      compaction.setMovable(mine.pfn, false);
      pages.freePages(mine.pfn, mine.order);
    }
  }

  private void run() {
    int z = random.nextInt(pages.zones.length);
    int order = random.nextInt(12) - 1;
    int gfp = Gfp.GFP_KERNEL | (random.nextInt(3) == 0 ? 0 : Gfp.__GFP_MOVABLE);
    int result = compaction.run(z, order, gfp, random.nextInt(3), pages.zones[z].index);
    assertThat(result).isIn(1, 5, 6, 7, 8);
    if (compaction.captured() >= 0) {
      hold(compaction.captured(), order, 0);
    }
    if (random.nextInt(3) == 0) {
      compaction.setSkips(z, new int[0]);
    }
  }

  private void range() {
    int count = 1 + random.nextInt(1 << random.nextInt(12));
    int pfn = area.alloc(count, random.nextInt(10));
    if (pfn >= 0) {
      hold(pfn, 0, count);
      ranges++;
    }
  }
}
