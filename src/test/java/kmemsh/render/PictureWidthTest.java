package kmemsh.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kmemsh.machine.ContextRules;
import kmemsh.machine.HighmemQueries;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Profiles;
import kmemsh.text.Text;
import kmemsh.view.Freed;
import kmemsh.view.Gfp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureWidthTest {
  private static final int[] MASKS = {
    Gfp.GFP_KERNEL,
    Gfp.GFP_HIGHUSER_MOVABLE,
    Gfp.GFP_KERNEL | Gfp.__GFP_RECLAIMABLE | Gfp.__GFP_COMP
  };

  @ParameterizedTest
  @CsvSource({
    "i386,1,1,40", "i386,1,1,80", "i386,4,1,200",
    "x86_64,1,1,40", "x86_64,8,1,80", "x86_64,1,1,200",
    "x86_64,8,4,40", "x86_64,8,4,80", "x86_64,2,2,120"
  })
  void everyPictureIsAsciiWithinTheWidthAndHasNoBlanksAtLineEnds(
      String name, int cpus, int nodes, int columns) {
    for (Object record : records(name, cpus, nodes)) {
      Text text = new Text();
      Renderers.render(record, text, columns);
      assertThat(text.plain()).as(record.toString()).endsWith("\n").doesNotContain("\n\n\n");
      for (String line : text.plain().split("\n", -1)) {
        assertThat(line.length()).as(line).isLessThanOrEqualTo(columns);
        assertThat(line).isEqualTo(line.stripTrailing());
        assertThat(line.chars()).as(line).allMatch(c -> c >= ' ' && c <= '~');
      }
    }
  }

  /** Pictures of a machine that is well mixed up. */
  private static List<Object> records(String name, int cpus, int nodes) {
    Machine machine = new Machine(Profiles.make(new MachineOptions(name, "", 0, cpus, nodes, "")));
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      int order = random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 0;
      int pfn = machine.allocPages(MASKS[random.nextInt(MASKS.length)], order);
      if (random.nextInt(3) == 0) {
        machine.freePages(pfn, order);
      }
    }
    int block = machine.allocPages(Gfp.GFP_KERNEL | Gfp.__GFP_COMP, 3);
    int high = machine.allocPages(Gfp.GFP_HIGHUSER, 0);
    MachineQueries queries = new MachineQueries(machine);
    List<Object> records = new ArrayList<>();
    records.add(queries.frames().block(block, 3));
    records.add(queries.frames().block(high, 0));
    records.add(new Freed(block, 8, nodes > 1 ? 0 : -1, "Normal"));
    records.add(queries.gfp().nothing(Gfp.GFP_KERNEL | Gfp.__GFP_NORETRY, 10));
    records.add(queries.pages().buddyInfo(""));
    records.add(queries.pages().freeLists("", -1, -1, true));
    records.add(queries.pages().freeLists("Normal", -1, -1, false));
    records.add(queries.pages().pcp("", -1, true));
    records.add(queries.pages().zoneInfo(""));
    records.add(queries.frames().fragmentation(""));
    records.add(queries.memMap(""));
    records.add(queries.frames().memMap("", block & -1024, (block & -1024) + 1024, block));
    records.add(queries.gfp().decode(Gfp.VALID));
    records.add(queries.gfp().decode(0));
    records.add(queries.machineInfo());
    addSlabs(machine, queries, records);
    addWindows(machine, records);
    for (int pfn : new int[] {0, 0xa0, 0x100, 0x500, 0x1000, block, block + 1, block + 9, high}) {
      records.add(queries.frames().page(pfn));
      records.add(queries.buddyTrees().around(pfn));
      records.add(queries.whatIsPfn(pfn));
      records.add(queries.whatIsAddress(queries.frames().linearMap().virtOf(pfn) + 17));
    }
    return records;
  }

  private static void addWindows(Machine machine, List<Object> records) {
    HighmemQueries windows = new HighmemQueries(machine);
    records.add(windows.fixmap());
    records.add(windows.pkmap(false));
    int last = 0;
    for (int i = 0; i < 70; i++) {
      last = machine.allocPages(Gfp.GFP_HIGHUSER, 0);
      long virt = machine.cpus().highmem().kmap(last);
      if (i % 4 > 0) {
        machine.cpus().highmem().kunmap(last);
      } else {
        records.add(windows.mapped("kmap", virt, last));
      }
    }
    machine.setContext(ContextRules.HARDIRQ);
    long local = machine.mapLocal(last, true);
    HighmemQueries now = new HighmemQueries(machine);
    records.add(now.mapped("kmap_atomic", local, last));
    records.add(now.context());
    records.add(now.pkmap(false));
    records.add(now.pkmap(true));
    records.add(now.fixmap());
    MachineQueries queries = new MachineQueries(machine);
    records.add(queries.page(last));
    records.add(queries.whatIsAddress(local + 5));
    records.add(queries.machineInfo());
  }

  private static void addSlabs(Machine machine, MachineQueries queries, List<Object> records) {
    int cache = machine.slab().createCache("task_struct", 1088, 0, 0, false);
    long object = 0;
    for (int i = 0; i < 100; i++) {
      object = machine.slab().alloc(cache, Gfp.GFP_KERNEL);
      machine.slab().kmalloc(1 + 37 * i, Gfp.GFP_KERNEL);
      if (i % 3 == 0) {
        machine.slab().free(cache, object);
      }
    }
    for (String layout : new String[] {"slabinfo", "slabtop", "kmem", "cache_chain", "waste"}) {
      records.add(queries.slab().table(layout));
    }
    records.add(queries.slab().picture("task_struct"));
    records.add(queries.slab().picture("kmalloc-128"));
    records.add(queries.slab().objects("task_struct", 0));
    records.add(queries.slab().objects("kmalloc-64", 0));
    records.add(queries.slab().kmem("task_struct"));
    records.add(queries.slab().kmallocCaches());
    records.add(queries.whatIsObject(machine.pageOffset() + object + 5));
  }
}
