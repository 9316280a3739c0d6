package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.vmalloc.PageTables;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Areas taken and freed in one pass are those of a machine that is listened to, step by step. */
class PlainAreasTest {
  private static final int NR_STEPS = 1200;
  private static final int[] MASKS = {
    Gfp.GFP_KERNEL, Gfp.GFP_KERNEL | Gfp.__GFP_ZERO, Gfp.GFP_KERNEL | Gfp.__GFP_DMA32
  };

  /** Areas go the long way as long as few words of memory were used. */
  @BeforeAll
  static void useManyWords() {
    FrameBytes bytes = new FrameBytes();
    while (FrameBytes.isBytewise()) {
      bytes.set32(0, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "i386,1,slub,1",
    "i386,2,slub,2",
    "i386,1,slab,3",
    "x86_64,1,slub,4",
    "x86_64,3,slub,5",
    "x86_64,1,slob,6",
    "x86_64,2,slub,7",
    "i386,1,slub,8"
  })
  void aMachineWithFactsOnEndsInTheSameState(String name, int cpus, String slab, long seed) {
    Profile profile = Profiles.make(new MachineOptions(name, "", 48L << 20, cpus, 0, slab));
    Machine quiet = new Machine(profile);
    Machine heard = new Machine(profile);
    heard.setTrace(new TraceBuffer());

    assertThat(run(quiet, seed)).isEqualTo(run(heard, seed));
    assertThat(new SpaceQueries(quiet).kmemAreas()).isEqualTo(new SpaceQueries(heard).kmemAreas());
    assertThat(new SpaceQueries(quiet).tables()).isEqualTo(new SpaceQueries(heard).tables());
    assertThat(quiet.pages().pageState())
        .usingRecursiveComparison()
        .isEqualTo(heard.pages().pageState());
    assertThat(quiet.slab().saveState())
        .usingRecursiveComparison()
        .isEqualTo(heard.slab().saveState());
  }

  private static List<Long> run(Machine machine, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AddressSpace space = machine.space();
    List<Long> live = new ArrayList<>();
    List<Long> results = new ArrayList<>();
    for (int step = 0; step < NR_STEPS; step++) {
      int what = random.nextInt(100);
      if (what < 55) {
        int nrPages = 1 + random.nextInt(random.nextInt(12) == 0 ? 700 : 20);
        long bytes = nrPages * 4096L;
        long address = space.vmalloc(bytes, 1, MASKS[random.nextInt(MASKS.length)], 0);
        results.add(address);
        if (address != 0) {
          note(machine, address, nrPages, results);
          live.add(address);
        }
      } else if (what < 94 && !live.isEmpty()) {
        int which = random.nextBoolean() ? live.size() - 1 : random.nextInt(live.size());
        space.vfree(live.remove(which));
      } else if (what < 96) {
        machine.setCpu(random.nextInt(machine.profile().nrCpus()));
      } else if (what == 96) {
        machine.restore(machine.checkpoint());
      } else if (what == 97) {
        results.add(machine.slab().kmalloc(1 + random.nextInt(64), Gfp.GFP_KERNEL));
      }
      results.add(space.lazyPages());
      if (step % 50 == 0) {
        assertThat(machine.verify().violations()).as("step " + step).isEmpty();
      }
    }
    return results;
  }

  private static void note(Machine machine, long address, int nrPages, List<Long> results) {
    PageTables tables = machine.space().tables();
    for (int i = 0; i < nrPages; i++) {
      int pfn = tables.pfn(address + i * 4096L);
      results.add((long) pfn);
      results.add(machine.space().areaOfFrame(pfn));
    }
  }
}
