package kmemsh.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.machine.BootOptions;
import kmemsh.machine.Checkpoint;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.machine.Slabs;
import kmemsh.mm.page.FrameBytes;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the allocators write to memory: links, indexes, headers, zeroes. */
class ContentsModelTest {
  private static final int NR_STEPS = 500;
  private static final int ZEROED = Gfp.GFP_KERNEL | Gfp.__GFP_ZERO;

  private record Held(int cache, long address, int bytes, int pattern) {}

  private final List<Held> held = new ArrayList<>();
  private final List<Integer> caches = new ArrayList<>();
  private SplittableRandom random;
  private Machine machine;

  private static Machine vivid(String name, String slab, int cpus, int nodes) {
    return vivid(name, slab, cpus, nodes, "");
  }

  private static Machine vivid(String name, String slab, int cpus, int nodes, String debug) {
    Profile profile =
        Profiles.make(
            new MachineOptions(name, "", 128 << 20, cpus, nodes, slab)
                .with(BootOptions.NONE.withSlubDebug(debug)));
    Machine machine = new Machine(profile);
    machine.setVivid(true);
    machine.boot(profile);
    return machine;
  }

  private long phys(long address) {
    return address - machine.pageOffset();
  }

  /** {@code verify} compares lists and memory; users fill their objects as they like. */
  @ParameterizedTest(name = "{0} {1} {2} CPUs, seed {4}, slub_debug {5}")
  @CsvSource({
    "i386,slab,1,1,1,-",
    "x86_64,slab,2,1,2,-",
    "x86_64,slab,4,2,3,-",
    "i386,slub,1,1,4,-",
    "x86_64,slub,1,1,5,-",
    "x86_64,slub,4,2,6,-",
    "i386,slob,1,1,7,-",
    "x86_64,slob,2,1,8,-",
    "i386,slub,1,1,9,FZPU",
    "x86_64,slub,4,2,10,FZPU",
    "x86_64,slub,2,1,11,ZU",
    "i386,slub,1,1,12,'FZ,c1*;P,kmalloc-*'"
  })
  void listsInMemoryAreThoseOfTheModelWhateverUsersWrite(
      String name, String slab, int cpus, int nodes, long seed, String debug) {
    machine = vivid(name, slab, cpus, nodes, debug.equals("-") ? "" : debug);
    random = new SplittableRandom(seed);
    Checkpoint middle = null;
    List<Held> then = List.of();
    long sum = 0;
    for (int step = 0; step < NR_STEPS; step++) {
      if (step == NR_STEPS / 2) {
        middle = machine.checkpoint();
        then = List.copyOf(held);
        sum = sum();
      }
      step(step, cpus);
      if (step % 10 == 0) {
        assertThat(machine.verify().violations()).as("step %d", step).isEmpty();
      }
    }
    check();
    assertThat(machine.printk().entries()).isEmpty();
    machine.restore(middle);
    held.clear();
    held.addAll(then);
    assertThat(sum()).isEqualTo(sum);
    check();
    assertThat(machine.verify().violations()).isEmpty();
  }

  private long sum() {
    long sum = 0;
    for (Held each : held) {
      for (int i = 0; i < each.bytes; i++) {
        sum = 31 * sum + machine.bytes().get8(phys(each.address) + i);
      }
    }
    return sum;
  }

  private void step(int step, int cpus) {
    int dice = random.nextInt(20);
    if (caches.isEmpty() || dice == 0) {
      caches.add(
          (int)
              new CreateCache("c" + step, 8 + random.nextInt(3000), 0, 0, step % 3 == 0)
                  .run(machine));
    } else if (dice == 1) {
      new ShrinkCache(caches.get(random.nextInt(caches.size()))).run(machine);
    } else if (dice == 2) {
      new SetCpu(random.nextInt(cpus)).run(machine);
    } else if (dice < 11 && !held.isEmpty()) {
      Held gone = held.remove(random.nextInt(held.size()));
      check(gone);
      new FreeObject(gone.cache, gone.address).run(machine);
    } else {
      take(dice % 2 == 0 ? Gfp.GFP_KERNEL : ZEROED, dice < 16);
    }
  }

  private void take(int gfp, boolean fromCache) {
    int cache = fromCache ? caches.get(random.nextInt(caches.size())) : Slabs.NO_CACHE;
    int bytes = fromCache ? machine.slab().cache(cache).objectSize : 1 + random.nextInt(9000);
    long address =
        fromCache ? new AllocObject(cache, gfp).run(machine) : new Kmalloc(bytes, gfp).run(machine);
    if (gfp == ZEROED) {
      check(new Held(cache, address, bytes, 0));
    }
    Held taken = new Held(cache, address, bytes, 1 + random.nextInt(255));
    machine.bytes().fill(phys(address), bytes, taken.pattern);
    held.add(taken);
  }

  private void check() {
    held.forEach(this::check);
  }

  private void check(Held each) {
    for (int i = 0; i < each.bytes; i++) {
      assertThat(machine.bytes().get8(phys(each.address) + i)).isEqualTo(each.pattern);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"slab", "slub", "slob"})
  void withoutZeroesTheNextOwnerReadsWhatTheLastOneLeft(String slab) {
    machine = vivid("x86_64", slab, 1, 1);
    new Kmalloc(200, Gfp.GFP_KERNEL).run(machine);
    long secret = new Kmalloc(200, Gfp.GFP_KERNEL).run(machine);
    machine.bytes().fill(phys(secret), 200, 0x5e);
    new FreeObject(Slabs.NO_CACHE, secret).run(machine);
    long next = new Kmalloc(200, Gfp.GFP_KERNEL).run(machine);

    assertThat(next).isEqualTo(secret);
    assertThat(machine.bytes().get8(phys(next) + 199)).isEqualTo(0x5e);
    new FreeObject(Slabs.NO_CACHE, next).run(machine);
    assertThat(new Kmalloc(200, ZEROED).run(machine)).isEqualTo(secret);
    assertThat(machine.bytes().get8(phys(next) + 199)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slab", "slub", "slob"})
  void kreallocCopiesWhatWasThere(String slab) {
    machine = vivid("i386", slab, 1, 1);
    long small = new Kmalloc(24, Gfp.GFP_KERNEL).run(machine);
    machine.bytes().fill(phys(small), 24, 0x33);
    long large = new Krealloc(small, 5000, ZEROED).run(machine);

    FrameBytes bytes = machine.bytes();
    assertThat(large).isNotEqualTo(small);
    assertThat(bytes.get8(phys(large))).isEqualTo(0x33);
    assertThat(bytes.get8(phys(large) + 23)).isEqualTo(0x33);
    assertThat(bytes.get8(phys(large) + 4999)).isZero();
  }

  /** A chain of pages of one kind: zeroed on request, else as they were. */
  @Test
  void pagesAreClearedOnlyWhenAskedFor() {
    machine = vivid("x86_64", "slub", 1, 1);
    int pfn = machine.allocPages(Gfp.GFP_KERNEL, 2);
    machine.bytes().fill((long) pfn << 12, 4 << 12, 0x77);
    machine.freePages(pfn, 2);
    assertThat(machine.allocPages(Gfp.GFP_KERNEL, 2)).isEqualTo(pfn);
    assertThat(machine.bytes().get8(((long) pfn << 12) + 4096 * 3)).isEqualTo(0x77);
    machine.freePages(pfn, 2);
    assertThat(machine.allocPages(ZEROED, 2)).isEqualTo(pfn);
    assertThat(machine.bytes().get64(((long) pfn << 12) + 4096 * 3)).isZero();

    int[] out = new int[1];
    machine.bytes().fill((long) pfn << 12, 4 << 12, 0x77);
    machine.freePages(pfn, 2);
    for (int i = 0; i < 40; i++) {
      assertThat(machine.allocPagesBulk(ZEROED, 1, out)).isEqualTo(1);
      assertThat(machine.bytes().get64((long) out[0] << 12)).isZero();
    }
  }

  /*
   *   free object of 64 bytes, x86_64: the address of the next free one stands at byte 32
   */
  @Test
  void slubKeepsTheNextFreeObjectInTheMiddleOfAFreeOne() {
    machine = vivid("x86_64", "slub", 1, 1);
    long a = new Kmalloc(64, Gfp.GFP_KERNEL).run(machine);
    long b = new Kmalloc(64, Gfp.GFP_KERNEL).run(machine);
    new FreeObject(Slabs.NO_CACHE, b).run(machine);
    new FreeObject(Slabs.NO_CACHE, a).run(machine);

    assertThat(machine.bytes().get64(phys(a) + 32)).isEqualTo(b);
    assertThat(b).isEqualTo(a + 64);
    assertThat(machine.bytes().get64(phys(b) + 32)).isEqualTo(b + 64);
  }

  /** 99 objects of 40 bytes and their 99 index bytes at the end of the page. */
  @Test
  void slabKeepsItsIndexAtTheEndOfTheSlab() {
    machine = vivid("i386", "slab", 1, 1);
    int cache = (int) new CreateCache("forty", 40, 0, 0, true).run(machine);
    long object = new AllocObject(cache, Gfp.GFP_KERNEL).run(machine);
    long end = (phys(object) & -4096L) + 4096;

    assertThat(machine.bytes().get8(end - 99)).isZero();
    assertThat(machine.bytes().get8(end - 1)).isEqualTo(98);
  }

  /**
   * The size stands before a block; a free one has its units, here with 2 up to the next 8 bytes.
   */
  @Test
  void slobKeepsSizesAndChainsInUnits() {
    machine = vivid("x86_64", "slob", 1, 1);
    long first = new Kmalloc(100, Gfp.GFP_KERNEL).run(machine);
    new Kmalloc(100, Gfp.GFP_KERNEL).run(machine);
    assertThat(machine.bytes().get32(phys(first) - 8)).isEqualTo(100);

    new FreeObject(Slabs.NO_CACHE, first).run(machine);
    assertThat(machine.bytes().get16(phys(first) - 8)).isEqualTo(54 + 2);
  }

  @Test
  void theNameOfACacheIsCopied() {
    machine = vivid("i386", "slub", 1, 1);
    long before = new Kmalloc(8, Gfp.GFP_KERNEL).run(machine);
    new FreeObject(Slabs.NO_CACHE, before).run(machine);
    new CreateCache("kitten", 700, 0, 0, true).run(machine);
    byte[] text = new byte[7];
    machine.bytes().read(phys(before), text, 0, 7);
    assertThat(new String(text, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("kitten\0");
  }

  /** Two pages, the second first; the text lies on the border of both. */
  @Test
  void whatIsWrittenThroughVmapIsReadThroughTheLinearMap() {
    machine = vivid("i386", "slub", 1, 1);
    int first = machine.allocPages(Gfp.GFP_KERNEL, 0);
    int second = machine.allocPages(Gfp.GFP_KERNEL, 0);
    long area = machine.space().vmap(new int[] {second, first});
    WriteMemory write = new WriteMemory(area + 4094, new byte[] {'a', 'b', 'c', 'd'});
    write.check(machine);
    assertThat(write.run(machine)).isEqualTo(4);

    assertThat(machine.read(machine.addressOf(second) + 4094, 2)).isEqualTo('a' | 'b' << 8);
    assertThat(machine.read(machine.addressOf(first), 2)).isEqualTo('c' | 'd' << 8);
    assertThat(machine.read(area + 4094, 4)).isEqualTo(0x64636261L);
    assertThat(machine.translate(area + 8192)).isEqualTo(Machine.NO_PHYS);
    machine.space().vunmap(area);
    assertThat(machine.translate(area)).isEqualTo(Machine.NO_PHYS);
  }
}
