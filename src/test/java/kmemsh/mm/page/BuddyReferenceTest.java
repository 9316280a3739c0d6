package kmemsh.mm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.view.Migratetype;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast buddy lists against plain lists that follow the rules word by word. */
@Tag("property")
class BuddyReferenceTest {
  private static final int NR_STEPS = 3000;
  private static final int ZONE = 1;
  private static final int TYPE = Migratetype.MIGRATE_MOVABLE;

  /**
   * Lists of one zone and one migratetype; index 0 is the head. Spec: page-allocator.md 6.2, 7.4
   */
  private static final class PlainBuddy {
    final List<List<Integer>> lists = new ArrayList<>();
    final Map<Integer, Integer> orderOfFree = new TreeMap<>();
    final int start;
    final int end;

    PlainBuddy(int start, int end) {
      this.start = start;
      this.end = end;
      for (int order = 0; order <= 10; order++) {
        lists.add(new ArrayList<>());
      }
    }

    void put(int pfn, int order, boolean tail) {
      lists.get(order).add(tail ? lists.get(order).size() : 0, pfn);
      orderOfFree.put(pfn, order);
    }

    private void remove(int pfn, int order) {
      lists.get(order).remove((Integer) pfn);
      orderOfFree.remove(pfn);
    }

    int smallest(int order) {
      for (int found = order; found <= 10; found++) {
        if (!lists.get(found).isEmpty()) {
          int pfn = lists.get(found).get(0);
          remove(pfn, found);
          for (int half = found - 1; half >= order; half--) {
            put(pfn + (1 << half), half, false);
          }
          return pfn;
        }
      }
      return -1;
    }

    void free(int freed, int freedOrder, boolean forcedTail) {
      int pfn = freed;
      int order = freedOrder;
      while (order < 10 && isFree(pfn ^ (1 << order), order)) {
        int buddy = pfn ^ (1 << order);
        remove(buddy, order);
        pfn = Math.min(pfn, buddy);
        order++;
      }
      int parent = pfn & ~(1 << order);
      boolean uncle = order <= 8 && isFree(parent ^ (2 << order), order + 1);
      put(pfn, order, forcedTail || uncle);
    }

    private boolean isFree(int pfn, int order) {
      return pfn >= start && pfn < end && orderOfFree.getOrDefault(pfn, -1) == order;
    }
  }

  private static void assertSameLists(PageMachine machine, PlainBuddy plain, int step) {
    for (int order = 0; order <= 10; order++) {
      int[] expected = plain.lists.get(order).stream().mapToInt(Integer::intValue).toArray();
      assertThat(machine.freeList(ZONE, order, TYPE))
          .as("step %d, order %d", step, order)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void splitsAndMergesLeaveTheListsOfTheRules(long seed) {
    Machine machine =
        new Machine(Profiles.make(new MachineOptions("i386", "", 48 << 20, 0, 0, "")));
    PageAllocator pages = machine.pages().allocator();
    Buddy buddy = pages.buddy;
    Zone zone = pages.zones[ZONE];
    PlainBuddy plain = new PlainBuddy(zone.zoneStartPfn, zone.endPfn);
    for (int order = 0; order <= 10; order++) {
      for (int pfn : machine.pages().freeList(ZONE, order, TYPE)) {
        plain.put(pfn, order, true);
      }
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> held = new ArrayList<>();
    for (int step = 0; step < NR_STEPS; step++) {
      boolean filling = step / 500 % 2 == 0;
      if (held.isEmpty() || random.nextInt(100) < (filling ? 70 : 30)) {
        int order = random.nextInt(4) == 0 ? random.nextInt(11) : random.nextInt(3);
        int pfn = buddy.smallest(zone, order, TYPE);
        assertThat(pfn).as("step %d", step).isEqualTo(plain.smallest(order));
        if (pfn >= 0) {
          buddy.frames.setAllocated(pfn, order, TYPE);
          held.add(new int[] {pfn, order});
        }
      } else {
        int[] block = held.remove(random.nextInt(held.size()));
        boolean forced = random.nextInt(10) == 0;
        buddy.frames.setNothing(block[0]);
        buddy.freeOne(zone, 0, block[0], block[1], TYPE, forced);
        plain.free(block[0], block[1], forced);
      }
      assertSameLists(machine.pages(), plain, step);
    }
  }
}
