package kmemsh.mm.highmem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both windows against slow and obvious ones, under random mixes with checkpoints. */
@Tag("property")
class HighmemReferenceTest {
  private static final int SLOTS = 32;
  private static final int PAGES = 60;
  private static final HighmemConfig SMALL =
      new HighmemConfig(0xff400000L, SLOTS, 0xfffff000L, 68, 16, 2, 1000, 1000 + PAGES);

  /** Slot to page and users; a slot without users stays until the search wraps. */
  private record Reference(Map<Integer, int[]> slots, int[] last) {
    int kmap(int pfn) {
      int slot = slotOf(pfn);
      if (slot < 0) {
        slot = search();
        if (slot < 0) {
          return -1;
        }
        slots.put(slot, new int[] {pfn, 0});
      }
      slots.get(slot)[1]++;
      return slot;
    }

    private int search() {
      for (int round = 0; round < 2; round++) {
        for (int slot = last[0] + 1; slot < SLOTS; slot++) {
          last[0] = slot;
          if (!slots.containsKey(slot)) {
            return slot;
          }
        }
        if (round == 0) {
          slots.values().removeIf(entry -> entry[1] == 0);
          last[0] = -1;
        }
      }
      return -1;
    }

    int slotOf(int pfn) {
      for (Map.Entry<Integer, int[]> entry : slots.entrySet()) {
        if (entry.getValue()[0] == pfn) {
          return entry.getKey();
        }
      }
      return -1;
    }

    Reference copy() {
      Map<Integer, int[]> all = new TreeMap<>();
      slots.forEach((slot, entry) -> all.put(slot, entry.clone()));
      return new Reference(all, last.clone());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theWindowIsThatOfTheReferenceAfterEachStep(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Pkmap pkmap = new Pkmap(SMALL);
    Reference reference = new Reference(new TreeMap<>(), new int[1]);
    Pkmap.State saved = pkmap.checkpoint();
    Reference savedReference = reference.copy();
    for (int step = 0; step < 4000; step++) {
      int pfn = 1000 + random.nextInt(PAGES);
      int kind = random.nextInt(1000);
      int slot = reference.slotOf(pfn);
      boolean used = slot >= 0 && reference.slots.get(slot)[1] > 0;
      if (kind < 480 + (step / 500 % 2) * 60) {
        boolean sleeps = pkmap.wouldSleep(pfn);
        int expected = reference.kmap(pfn);
        assertThat(pkmap.kmap(pfn)).as("step %d", step).isEqualTo(expected);
        assertThat(sleeps).isEqualTo(expected < 0);
      } else if (kind < 990 && used) {
        int users = --reference.slots.get(slot)[1];
        assertThat(pkmap.kunmap(pfn)).isEqualTo(users + 1);
      } else if (kind == 990) {
        saved = pkmap.checkpoint();
        savedReference = reference.copy();
      } else if (kind == 991) {
        pkmap.restore(saved);
        reference = savedReference.copy();
      } else if (kind == 992) {
        pkmap.flush();
        reference.slots.values().removeIf(entry -> entry[1] == 0);
      }
      assertSame(pkmap, reference, step);
    }
  }

  private static void assertSame(Pkmap pkmap, Reference reference, int step) {
    assertThat(pkmap.verify()).as("step %d", step).isEmpty();
    for (int slot = 0; slot < SLOTS; slot++) {
      int[] entry = reference.slots.get(slot);
      assertThat(pkmap.count(slot)).isEqualTo(entry == null ? 0 : entry[1] + 1);
      assertThat(pkmap.pfn(slot)).isEqualTo(entry == null ? -1 : entry[0]);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theLocalMapsAreStacksOfSlots(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LocalMaps maps = new LocalMaps(SMALL);
    List<Deque<Long>> stacks = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    LocalMaps.State saved = maps.checkpoint();
    List<List<Long>> savedStacks = List.of(List.of(), List.of());
    for (int step = 0; step < 3000; step++) {
      int cpu = random.nextInt(2);
      Deque<Long> stack = stacks.get(cpu);
      int kind = random.nextInt(100);
      if (kind < 50) {
        long virt = 0xfffff000L - (68 + stack.size() + 16L * cpu) * 4096;
        long expected = stack.size() == 15 ? LocalMaps.BUG : virt;
        assertThat(maps.map(cpu, 1000 + random.nextInt(PAGES), random.nextBoolean()))
            .isEqualTo(expected);
        if (expected != LocalMaps.BUG) {
          stack.push(virt);
        }
      } else if (kind < 96 && !stack.isEmpty()) {
        assertThat(maps.unmap(cpu, stack.pop() + random.nextInt(4096)))
            .isEqualTo(LocalMaps.IN_ORDER);
      } else if (kind == 96) {
        saved = maps.checkpoint();
        savedStacks = List.of(new ArrayList<>(stacks.get(0)), new ArrayList<>(stacks.get(1)));
      } else if (kind == 97) {
        maps.restore(saved);
        for (int i = 0; i < 2; i++) {
          stacks.get(i).clear();
          stacks.get(i).addAll(savedStacks.get(i));
        }
      }
      assertThat(maps.verify()).as("step %d", step).isEmpty();
      for (int i = 0; i < 2; i++) {
        assertThat(maps.top(i)).isEqualTo(stacks.get(i).isEmpty() ? 0 : stacks.get(i).peek());
      }
    }
  }
}
