package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.view.Gfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SleepingSlabsTest {
  private static Profile profile(long megabytes) {
    return Profiles.make(new MachineOptions("i386", "", megabytes << 20, 1, 0, "slab"));
  }

  private static Slabs booted(Profile profile, Machine machine) {
    long managed = machine.pages().managedPages();
    Slabs slab = Slabs.of(profile, SlabOptions.of(profile, managed), machine.pages());
    slab.boot();
    return slab;
  }

  @ParameterizedTest(name = "{0} MiB")
  @ValueSource(longs = {32, 64, 1280, 4096, 8192})
  void theSleeperTakesThePagesThatTheBootTakes(long megabytes) {
    Profile profile = profile(megabytes);
    Machine real = Machine.atHandOver(profile);
    booted(profile, real);
    Machine early = Machine.atHandOver(profile);

    SleepingSlabs sleeping = SleepingSlabs.of(profile, early.pages());

    assertThat(early.pages().pageState())
        .usingRecursiveComparison()
        .isEqualTo(real.pages().pageState());
    for (int pfn = 0; pfn < real.nrFrames(); pfn++) {
      assertThat(sleeping.holds(pfn)).isEqualTo(real.allocatedOrder(pfn) >= 0);
    }
  }

  @Test
  void whoWakesLateFindsWhatTheBootMade() {
    Profile profile = profile(64);
    Slabs real = booted(profile, Machine.atHandOver(profile));
    Machine machine = new Machine(profile);
    for (int order = 0; order < 10; order++) {
      machine.allocPages(Gfp.GFP_KERNEL, order);
    }

    assertThat(machine.slab().saveState()).usingRecursiveComparison().isEqualTo(real.saveState());
    assertThat(machine.slab().names()).isEqualTo(real.names());
    assertThat(machine.verify().violations()).isEmpty();
  }

  @Test
  void aCheckpointOfASleeperSleepsAgain() {
    Machine machine = new Machine(Profiles.standard());
    Checkpoint before = machine.checkpoint();
    long first = machine.slab().kmalloc(100, Gfp.GFP_KERNEL);

    machine.restore(before);

    assertThat(machine.checkpoint().slab()).isNull();
    assertThat(machine.slab().kmalloc(100, Gfp.GFP_KERNEL)).isEqualTo(first);
  }

  @Test
  void manyCpusAndOtherAllocatorsDoNotSleep() {
    for (String slab : new String[] {"slub", "slob"}) {
      Profile profile = Profiles.make(new MachineOptions("i386", "", 64 << 20, 1, 0, slab));
      assertThat(SleepingSlabs.of(profile, Machine.atHandOver(profile).pages())).isNull();
    }
    Profile two = Profiles.make(new MachineOptions("i386", "", 64 << 20, 2, 0, "slab"));
    assertThat(SleepingSlabs.of(two, Machine.atHandOver(two).pages())).isNull();
  }
}
