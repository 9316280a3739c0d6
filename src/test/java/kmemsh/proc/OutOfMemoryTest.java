package kmemsh.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.mm.page.PageAllocator;
import kmemsh.op.AllocPages;
import kmemsh.op.Kmalloc;
import kmemsh.op.Repeat;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;
import kmemsh.view.SysctlTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets what when memory is out. Spec: page-allocator.md 8.2, proc-and-user.md 16 */
class OutOfMemoryTest {
  private static final int FULL = 20000;

  /** Place in {@code counts}. */
  private static final int ALL_SLABS = 4;

  private static Machine full(String machine, String slab) {
    Machine full =
        new Machine(Profiles.make(new MachineOptions(machine, "", 48L << 20, 0, 0, slab)));
    new Repeat(new AllocPages(Gfp.GFP_KERNEL | Gfp.__GFP_NORETRY | Gfp.__GFP_NOWARN, 0), FULL)
        .run(full);
    return full;
  }

  private static List<String> news(Machine machine, int nrBefore) {
    List<LogEntry> entries = machine.printk().entries();
    int boot = DmesgText.lines(machine.bootReport(), List.of()).size();
    List<String> lines =
        DmesgText.lines(machine.bootReport(), entries.subList(nrBefore, entries.size()));
    return lines.subList(boot, lines.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"i386-slab", "x86_64-numa"})
  void theNumbersOfARealReportGiveItsLinesUpToTheTasks(String kernel) {
    List<String> real = DmesgTextTest.recorded(kernel + "-oom");
    LogEntry.AllocFailure state = DmesgTextTest.failure(real);
    LogEntry.OutOfMemory oom = new LogEntry.OutOfMemory(state, false, List.of(), true, 0);
    Machine machine = new Machine(Profiles.standard());
    List<String> ours = DmesgText.lines(machine.bootReport(), List.of(oom));
    List<String> known = withoutLocal(real);
    int tasks = known.indexOf("Tasks state (memory values in pages):") + 2;
    int start = ours.indexOf("Mem-Info:");

    assertThat(withoutLocal(ours).subList(0, tasks)).isEqualTo(known.subList(0, tasks));
    assertThat(ours.get(start - 3))
        .isEqualTo(
            "kmemsh invoked oom-killer: gfp_mask=0xa20(GFP_ATOMIC), order=3, oom_score_adj=0");
    assertThat(ours).noneMatch(line -> line.endsWith("all_unreclaimable? no"));
  }

  /** The recording does not tell the page sets of single CPUs. */
  private static List<String> withoutLocal(List<String> lines) {
    return DmesgTextTest.known(lines).stream()
        .map(line -> line.replaceAll("local_pcp:\\d+", "local_pcp:0"))
        .toList();
  }

  @Test
  void smallRequestsThatMaySleepEndWithTheKillerWhoFindsNobody() {
    Machine machine = full("i386", "slab");
    int before = machine.printk().entries().size();
    assertThat(machine.allocPages(Gfp.GFP_KERNEL, 3)).isEqualTo(PageAllocator.NO_PFN);
    List<String> lines = news(machine, before);
    assertThat(lines)
        .startsWith(
            "kmemsh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=3, oom_score_adj=0",
            "COMPACTION is disabled!!!")
        .contains("Unreclaimable slab info:", "kmem_cache                 4KB          8KB")
        .endsWith(
            "Tasks state (memory values in pages):",
            "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
            "Out of memory and no killable processes...",
            "Kernel panic - not syncing: System is deadlocked on memory");
  }

  @Test
  void costlyRequestsAndThoseThatMayFailAreReportedAsFailures() {
    Machine machine = full("x86_64", "slub");
    int[] masks = {
      Gfp.GFP_KERNEL | Gfp.__GFP_NORETRY,
      Gfp.GFP_KERNEL | Gfp.__GFP_RETRY_MAYFAIL,
      Gfp.GFP_KERNEL | Gfp.__GFP_THISNODE,
      Gfp.GFP_KERNEL | Gfp.__GFP_DMA,
    };
    for (int mask : masks) {
      int before = machine.printk().entries().size();
      while (machine.allocPages(mask | Gfp.__GFP_NOWARN, 1) != PageAllocator.NO_PFN) {
        assertThat(machine.printk().entries()).hasSize(before);
      }
      machine.allocPages(mask, 1);
      assertThat(news(machine, before).get(0)).contains("page allocation failure: order:1");
    }
    int before = machine.printk().entries().size();
    machine.allocPages(Gfp.GFP_KERNEL, 4);
    assertThat(news(machine, before).get(0)).contains("page allocation failure: order:4");
  }

  @Test
  void withoutFsTheAllocatorGoesRoundForEverAndSaysNothing() {
    Machine machine = full("i386", "slab");
    int before = machine.printk().entries().size();
    assertThat(machine.allocPages(Gfp.GFP_NOFS, 0)).isEqualTo(PageAllocator.NO_PFN);
    assertThat(machine.printk().entries()).hasSize(before);

    int pfn = machine.allocPages(Gfp.GFP_NOFS | Gfp.__GFP_NOFAIL, 0);
    assertThat(pfn).as("the reserves are open to it").isPositive();
    assertThat(machine.verify().violations()).isEmpty();
  }

  @Test
  void objectsThatFindNoPagesAreReportedByThePageAllocator() {
    Machine machine = full("i386", "slab");
    int before = machine.printk().entries().size();
    new Repeat(new Kmalloc(4000, Gfp.GFP_KERNEL), 1000).run(machine);
    assertThat(news(machine, before).get(0))
        .isEqualTo(
            "kmemsh invoked oom-killer: gfp_mask=0x40cc0(GFP_KERNEL|__GFP_COMP), order=0,"
                + " oom_score_adj=0");
    assertThat(machine.printk().entries()).as("told once an operation").hasSize(before + 1);
  }

  @Test
  void slubTellsWhichCacheFoundNoPagesTenTimesAnOperationUnlessTheMaskForbids() {
    Machine machine = full("x86_64", "slub");
    new Repeat(new Kmalloc(100, Gfp.GFP_ATOMIC | Gfp.__GFP_NOWARN), 5 * FULL).run(machine);
    assertThat(machine.printk().entries()).noneMatch(LogEntry.NoSlab.class::isInstance);
    long slabs = machine.slab().counts(machine.slab().find("kmalloc-128"))[ALL_SLABS];

    int before = machine.printk().entries().size();
    new Repeat(new Kmalloc(100, Gfp.GFP_ATOMIC), 30).run(machine);
    List<String> lines = news(machine, before);
    int first = lines.indexOf("SLUB: Unable to allocate memory on node -1, gfp=0xa20(GFP_ATOMIC)");
    assertThat(lines.get(0)).contains("page allocation failure: order:0");
    assertThat(lines.subList(first + 1, first + 3))
        .containsExactly(
            "  cache: kmalloc-128, object size: 128, buffer size: 128, default order: 0, min order:"
                + " 0",
            "  node 0: slabs: " + slabs + ", objs: " + 32 * slabs + ", free: 0");
    assertThat(lines.stream().filter(line -> line.startsWith("SLUB: Unable"))).hasSize(10);
  }

  @Test
  void theSettingsDecideHowItEnds() {
    Machine machine = full("i386", "slab");
    machine.writeSysctl(SysctlTable.number("oom_dump_tasks"), new int[] {0});
    machine.writeSysctl(SysctlTable.number("panic_on_oom"), new int[] {2});
    int before = machine.printk().entries().size();
    machine.allocPages(Gfp.GFP_KERNEL, 0);
    assertThat(news(machine, before))
        .doesNotContain("Tasks state (memory values in pages):")
        .endsWith("Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled");
  }
}
