package kmemsh.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.session.Session;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random mixes of maps, requests and contexts keep every rule and can be taken back and redone. */
@Tag("property")
class HighmemModelTest {
  private static final int STEPS = 1200;

  private final List<Integer> pages = new ArrayList<>();
  private final List<Integer> mapped = new ArrayList<>();
  private final List<Deque<KunmapLocal>> stacks = List.of(new ArrayDeque<>(), new ArrayDeque<>());
  private Session session;
  private SplittableRandom random;

  @ParameterizedTest(name = "{0}, {1} CPUs, seed {2}")
  @CsvSource({
    "i386, 1, 1", "i386, 2, 2", "i386, 2, 3", "i386, 1, 4", "i386, 2, 5", "x86_64, 2, 6",
    "x86_64, 1, 7", "i386, 2, 8", "i386, 2, 9", "i386, 1, 10", "i386, 2, 11", "i386, 2, 12"
  })
  void everyStepKeepsEveryRuleAndCanBeTakenBack(String name, int cpus, long seed) {
    session = new Session(Profiles.make(new MachineOptions(name, "", 0, cpus, 0, "")));
    random = new SplittableRandom(seed);
    List<String> states = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(200) == 0) {
        machine().space();
      }
      Op op = pick();
      try {
        keep(op, session.run(op));
      } catch (Refused refused) {
        assertThat(refused.refusal().what()).as("step %d: %s", step, op).isNotEmpty();
      }
      String problem = machine().cpus().highmem().verify();
      assertThat(problem).as("step %d: %s", step, op).isEmpty();
      if (step % 100 == 0) {
        assertThat(machine().verify().violations()).isEmpty();
      }
      if (session.now() == states.size() + 1) {
        states.add(state());
      }
    }
    for (int back = 0; back < 40; back++) {
      int moment = 1 + random.nextInt(states.size());
      session.goTo(moment);
      assertThat(state()).as("moment %d", moment).isEqualTo(states.get(moment - 1));
    }
  }

  private Machine machine() {
    return session.machine();
  }

  /** Everything that this test could see change. */
  private String state() {
    StringBuilder out = new StringBuilder();
    out.append(machine().pages().cpu()).append(machine().isAtomic()).append(machine().context());
    out.append(machine().printk().entries().size());
    for (int slot = 0; slot < machine().cpus().highmem().config().lastPkmap(); slot++) {
      out.append(machine().cpus().highmem().pkmap().count(slot)).append(' ');
    }
    for (int cpu = 0; cpu < machine().profile().nrCpus(); cpu++) {
      out.append(machine().cpus().preemptCount(cpu)).append(' ');
      out.append(machine().cpus().highmem().locals().top(cpu)).append(' ');
    }
    return out.toString();
  }

  private Op pick() {
    int kind = random.nextInt(100);
    int cpu = machine().pages().cpu();
    int page = pages.isEmpty() ? 0 : pages.get(random.nextInt(pages.size()));
    if (kind < 15 || pages.isEmpty()) {
      return new AllocPages(kind % 2 == 0 ? Gfp.GFP_HIGHUSER : Gfp.GFP_ATOMIC, 0);
    }
    if (kind < 40) {
      return new Kmap(page);
    }
    if (kind < 60) {
      return new Kunmap(mapped.isEmpty() ? page : mapped.get(random.nextInt(mapped.size())));
    }
    if (kind < 72) {
      return new KmapLocal(page, random.nextBoolean());
    }
    if (kind < 84 && !stacks.get(cpu).isEmpty()) {
      return stacks.get(cpu).peek();
    }
    return switch (kind) {
      case 84, 85, 86 -> new FreePages(page, 0);
      case 87, 88 -> new SetCpu(random.nextInt(machine().profile().nrCpus()));
      case 89, 90 -> new SetContext(random.nextInt(ContextRules.names().length));
      case 91, 92, 93 -> new SetContext(ContextRules.PROCESS);
      case 94 -> new KunmapLocal(random.nextLong(), random.nextBoolean());
      case 95 -> new KunmapLocal(0xffffc000L - 4096L * random.nextInt(100), random.nextBoolean());
      case 96 -> new KmapPages(new long[] {page, page, page}, random.nextBoolean());
      case 97 -> new Repeat(new Kmap(page), 1 + random.nextInt(40));
      default -> new Kmalloc(32, Gfp.GFP_KERNEL);
    };
  }

  private void keep(Op op, long result) {
    int cpu = machine().pages().cpu();
    if (op instanceof AllocPages) {
      pages.add((int) result);
    } else if (op instanceof FreePages free) {
      pages.remove((Integer) free.pfn());
    } else if (op instanceof Kmap kmap) {
      mapped.add(kmap.pfn());
      assertThat(result).isNotZero();
    } else if (op instanceof Kunmap kunmap) {
      mapped.remove((Integer) kunmap.pfn());
    } else if (op instanceof KmapLocal local && !machine().hasAddress(local.pfn())) {
      stacks.get(cpu).push(new KunmapLocal(result, local.atomic()));
    } else if (op instanceof KunmapLocal && !stacks.get(cpu).isEmpty() && op == top(cpu)) {
      stacks.get(cpu).pop();
    }
  }

  private Op top(int cpu) {
    return stacks.get(cpu).peek();
  }
}
