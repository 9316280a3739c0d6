package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import kmemsh.lang.Values;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Profiles;
import kmemsh.session.Session;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;
import kmemsh.view.SlabInfo;
import kmemsh.view.StepFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayerTest {
  private Session session;
  private Interpreter interpreter;

  private void boot(String arch, int mib, String slab) {
    session =
        new Session(
            new Machine(Profiles.make(new MachineOptions(arch, "", (long) mib << 20, 1, 1, slab))));
    Lab lab = new Lab(session, new Values(), null, null);
    interpreter = new Interpreter(lab, new CommandTable(lab));
  }

  private Reply run(String line) {
    interpreter.begin(line);
    Reply last = null;
    for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
      last = reply;
    }
    return last;
  }

  /** Every list of the machine by group and label, as pictures name them. */
  private Map<String, List<Integer>> lists() {
    Map<String, List<Integer>> lists = new HashMap<>();
    for (PageState.Zone zone : session.machine().pages().pageState().zones()) {
      for (PageState.FreeList list : zone.freeLists()) {
        String group = zone.name() + " " + Migratetype.name(list.migratetype());
        lists.put(group + "|order " + list.order(), boxed(list.pfns()));
      }
      for (PageState.Pcp pcp : zone.pcps()) {
        for (PageState.FreeList list : pcp.lists()) {
          String group = zone.name() + " per-CPU lists of cpu " + pcp.cpu();
          String label = "order " + list.order() + " " + Migratetype.name(list.migratetype());
          lists.put(group + "|" + label, boxed(list.pfns()));
        }
      }
    }
    MachineQueries queries = new MachineQueries(session.machine());
    for (CacheInfo cache : queries.slab().table(CacheTable.SLABINFO).caches()) {
      for (SlabInfo slab : queries.slab().picture(cache.name()).slabs()) {
        lists
            .computeIfAbsent("cache " + cache.name() + "|" + slab.list(), k -> new ArrayList<>())
            .add(slab.pfn());
      }
    }
    return lists;
  }

  private static List<Integer> boxed(int[] pfns) {
    List<Integer> list = new ArrayList<>();
    for (int pfn : pfns) {
      list.add(pfn);
    }
    return list;
  }

  private static List<Integer> there(StepFrame.Row row) {
    return row.items().stream()
        .filter(item -> item.mark() != StepFrame.LEFT)
        .map(StepFrame.Item::pfn)
        .toList();
  }

  /** Random calls; what the last picture of each shows must be what the machine has. */
  @ParameterizedTest(name = "{0}, {1} MiB, {2}, seed {3}")
  @CsvSource({
    "i386, 32, slab, 1",
    "i386, 512, slub, 2",
    "x86_64, 512, slub, 3",
    "x86_64, 64, slab, 4",
    "i386, 1024, slab, 5",
    "i386, 32, slub, 6"
  })
  void theLastPictureShowsTheListsAsTheyAre(String arch, int mib, String slab, long seed) {
    boot(arch, mib, slab);
    SplittableRandom random = new SplittableRandom(seed);
    List<String> held = new ArrayList<>();
    run("c = kmem_cache_create crate 1000");
    for (int i = 0; i < 250; i++) {
      String line = line(random, held);
      Reply reply = run("play " + line);
      assertThat(reply.ok()).as(line).isTrue();
      if (reply.hasLabel()) {
        String free =
            reply.made().isNull() ? "" : reply.made().kind() == 1 ? "__free_pages " : "kfree ";
        if (!free.isEmpty()) {
          held.add(
              free + reply.label() + (free.startsWith("__") ? " " + reply.made().order() : ""));
        }
      }
      if (!reply.frames().isEmpty()) {
        compare(reply.frames().get(reply.frames().size() - 1), line);
      }
    }
  }

  private void compare(StepFrame last, String line) {
    assertThat(last.nr()).isEqualTo(last.of());
    Map<String, List<Integer>> lists = lists();
    for (StepFrame.Row row : last.rows()) {
      String key = row.group() + "|" + row.label();
      assertThat(there(row)).as(line + ": " + key).isEqualTo(lists.getOrDefault(key, List.of()));
    }
  }

  private static String line(SplittableRandom random, List<String> held) {
    if (!held.isEmpty() && random.nextInt(100) < 45) {
      return held.remove(random.nextInt(held.size()));
    }
    String[] gfp = {
      "GFP_KERNEL", "GFP_USER|__GFP_MOVABLE", "GFP_KERNEL|__GFP_RECLAIMABLE", "GFP_DMA"
    };
    return switch (random.nextInt(4)) {
      case 0 -> "alloc_pages " + random.nextInt(4) + " " + gfp[random.nextInt(4)];
      case 1 -> "alloc_pages " + random.nextInt(9) + " " + gfp[random.nextInt(4)];
      case 2 -> "kmalloc " + (1 + random.nextInt(4000));
      default -> "kmalloc " + (1 + random.nextInt(200));
    };
  }

  @Test
  void playingChangesNothingButWhatTheCommandDoes() {
    boot("i386", 32, "slab");
    run("alloc_pages 3");
    Map<String, List<Integer>> plain = lists();
    boot("i386", 32, "slab");
    Reply reply = run("play alloc_pages 3");

    assertThat(lists()).isEqualTo(plain);
    assertThat(reply.label()).isEqualTo("$1");
    assertThat(session.textAt(1)).isEqualTo("alloc_pages 3");
  }

  @Test
  void stepOnPlaysEveryCommandUntilItIsOff() {
    boot("i386", 32, "slab");
    run("step on");
    assertThat(run("alloc_pages 0").frames()).isNotEmpty();
    run("step off");
    assertThat(run("alloc_pages 0").frames()).isEmpty();
    assertThat(run("step maybe").ok()).isFalse();
  }

  @Test
  void anOldOperationCanBePlayedAndThePresentStays() {
    boot("i386", 32, "slab");
    run("alloc_pages 3; free_pages $1 3; kmalloc 20");
    Map<String, List<Integer>> before = lists();

    assertThat(run("play 1").frames().get(0).sentence()).contains("order 3");
    assertThat(lists()).isEqualTo(before);
    assertThat(run("play 4").refusal().what()).contains("1..3");
  }

  @Test
  void theStepsOfMappingsAreShownAndNewCachesHaveTheirName() {
    boot("i386", 1024, "slab");
    Reply taken = run("play vmalloc 8192");

    assertThat(taken.frames())
        .anyMatch(frame -> frame.sentence().startsWith("alloc_vmap_area:"))
        .anyMatch(frame -> frame.sentence().startsWith("vmap_area: "))
        .noneMatch(frame -> frame.sentence().contains("number"));
    run("alloc_page GFP_HIGHUSER");
    assertThat(run("play kmap $2").frames()).isNotEmpty();
  }
}
