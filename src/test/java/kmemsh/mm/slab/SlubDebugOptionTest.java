package kmemsh.mm.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kmemsh.machine.BadProfile;
import kmemsh.machine.BootOptions;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.view.SlabFlags;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SlubDebugOptionTest {
  private static final int F = SlabFlags.SLAB_CONSISTENCY_CHECKS;
  private static final int Z = SlabFlags.SLAB_RED_ZONE;
  private static final int P = SlabFlags.SLAB_POISON;
  private static final int U = SlabFlags.SLAB_STORE_USER;

  private static int flags(String option, String cache) {
    return SlubDebugOption.parse(option).apply(cache, 0);
  }

  @Test
  void lettersStandForFlagsOfAllCachesAndNothingForAllOfThem() {
    assertEquals(F | Z, flags("fz", "any"));
    assertEquals(F | Z | P | U, flags("", "any"));
    assertEquals(P, flags("FZ-P", "any"));
    assertFalse(SlubDebugOption.parse("-").isOn());
  }

  @Test
  void theFirstBlockThatNamesACacheDecides() {
    assertEquals(Z, flags("Z,task*;P,task_struct", "task_struct"));
    assertEquals(0, flags("Z,task*;P,inode", "inode_cache"));
    assertEquals(F | Z | P | U, flags(",inode", "inode"));
    assertEquals(U, flags("Z,task;U", "taskx"));
  }

  @Test
  void cachesWithoutUserFlagsOrTracesAreLeftAlone() {
    SlubDebugOption all = SlubDebugOption.parse("FZPU");
    int noUser = SlabFlags.SLAB_NO_USER_FLAGS;
    int noTrace = SlabFlags.SLAB_NOLEAKTRACE;
    assertEquals(noUser, all.apply("any", noUser));
    assertEquals(noTrace | F | Z | P, all.apply("any", noTrace));
  }

  @Test
  void anUnknownLetterIsNamed() {
    assertTrue(SlubDebugOption.problem("FX").startsWith("'X'"));
    assertEquals("", SlubDebugOption.problem("fzputao-,x;-"));
  }

  private static Profile profile(String slab, String debug, boolean nomerge) {
    return Profiles.make(
        new MachineOptions("x86_64", "", 64L << 20, 1, 1, slab)
            .with(BootOptions.NONE.withSlubDebug(debug).withSlabNomerge(nomerge)));
  }

  @Test
  void machinesBootWithItAndTellIt() {
    Profile profile = profile("slub", "ZP,big*", true);
    assertTrue(profile.options().endsWith(" --slab slub --slub_debug 'ZP,big*' --slab_nomerge"));
    Machine machine = new Machine(profile);
    int big = machine.slab().createCache("bigone", 100, 0, 0, false);
    int small = machine.slab().createCache("small", 100, 0, 0, false);
    assertTrue(machine.slab().cache(big).has(Z));
    assertFalse(machine.slab().cache(small).has(Z));
  }

  /** Without O the slabs of kmalloc-4k become larger; with it the cache is not debugged. */
  @Test
  void largeCachesKeepTheirOrderWithO() {
    SlabConfig config = Configs.of(8, 64, 1, false, 0);
    Machine machine = new Machine(profile("slub", "FZPUO", false));
    int cache = machine.slab().cacheNamed("kmalloc-4k");
    assertFalse(machine.slab().cache(cache).has(Z | P | U));
    assertTrue(machine.slab().cache(machine.slab().cacheNamed("kmalloc-64")).has(Z | P | U));
    assertEquals(null, config.slubDebug());
  }

  @Test
  void withNomergeEquallyLargeCachesStayApart() {
    Machine machine = new Machine(profile("slab", "", true));
    int one = machine.slab().createCache("one", 200, 0, 0, false);
    assertTrue(one != machine.slab().createCache("two", 200, 0, 0, false));
    Machine merging = new Machine(profile("slab", "", false));
    int first = merging.slab().createCache("one", 200, 0, 0, false);
    assertEquals(first, merging.slab().createCache("two", 200, 0, 0, false));
  }

  @Test
  void otherAllocatorsHaveNoSuchOption() {
    BadProfile bad =
        Assertions.assertThrows(BadProfile.class, () -> profile("slab", "FZPU", false));
    assertTrue(bad.getMessage().endsWith("add --slab slub"));
  }
}
