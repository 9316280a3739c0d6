package kmemsh.mm.slab;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Test;

/** Each thing that is wrong is named for itself. */
class SlabProblemsTest {
  private static Machine booted(String machine, String kind) {
    return new Machine(Profiles.make(new MachineOptions(machine, "", 0, 0, 0, kind)));
  }

  private static KmemCache used(Machine machine, int size) {
    SlabAllocator allocator = machine.slab().common().allocator();
    return allocator.cacheOf(allocator.kmalloc(size, Gfp.GFP_KERNEL));
  }

  @Test
  void twoDamagedCachesOfSlubAreTwoProblems() {
    Machine machine = booted("x86_64", "slub");
    ((SlubCache) used(machine, 64)).nodes[0].nrSlabs++;
    ((SlubCache) used(machine, 1000)).nodes[0].nrPartial++;
    assertThat(machine.slab().problems())
        .hasSize(2)
        .anyMatch(problem -> problem.contains("kmalloc-1k") && problem.contains("nr_partial is 1"))
        .anyMatch(problem -> problem.contains("kmalloc-64") && problem.contains("nr_slabs"));
    assertThat(machine.verify().violations()).hasSize(2);
    assertThat(machine.slab().verify()).isEqualTo(machine.slab().problems().get(0));
  }

  @Test
  void aPartialListThatRunsInACircleIsOneProblemOfItsOwn() {
    Machine machine = booted("x86_64", "slub");
    SlubCache cache = (SlubCache) used(machine, 64);
    Slub slub = (Slub) machine.slab().common().allocator();
    slub.flushAll(cache);
    int slab = cache.nodes[0].partialHead;
    slub.slabs.setNext(slab, slab);
    assertThat(slub.problems()).anyMatch(problem -> problem.contains("is on two lists"));
  }

  @Test
  void twoDamagedCachesOfSlabAreTwoProblems() {
    Machine machine = booted("i386", "slab");
    ((SlabCache) used(machine, 64)).nodes[0].freeObjects++;
    ((SlabCache) used(machine, 1000)).arrays[0].avail = 1000;
    assertThat(machine.verify().violations()).hasSize(2);
  }
}
