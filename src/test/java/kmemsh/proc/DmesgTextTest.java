package kmemsh.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kmemsh.machine.AddressOptions;
import kmemsh.machine.BootOptions;
import kmemsh.machine.Checkpoint;
import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.op.AllocPages;
import kmemsh.op.Repeat;
import kmemsh.op.VmallocArea;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;
import kmemsh.view.Migratetype;
import kmemsh.view.ZoneinfoSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DmesgTextTest {
  private static Machine booted(String machine, int mib) {
    long bytes = (long) mib << 20;
    return new Machine(Profiles.make(new MachineOptions(machine, "", bytes, 0, 0, "")));
  }

  static List<String> recorded(String name) {
    try (InputStream in = DmesgTextTest.class.getResourceAsStream("/dmesg/" + name + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> log(Machine machine) {
    return DmesgText.lines(machine.bootReport(), machine.printk().entries());
  }

  /** The kernel's own size is not known, so of the line Memory only the numbers are compared. */
  private static String memoryNumbers(String line) {
    return line.replaceAll("\\(.* bss, ", "(");
  }

  @ParameterizedTest
  @ValueSource(strings = {"i386-slab", "x86_64-slub"})
  void theBootOfABuiltInMachineSaysWhatTheRecordedKernelSaid(String kernel) {
    List<String> real = new ArrayList<>();
    for (String line : recorded("boot-" + kernel)) {
      real.add(memoryNumbers(line));
    }
    List<String> ours = log(booted(kernel.substring(0, kernel.indexOf('-')), 0));
    assertThat(ours.get(0)).isEqualTo("Linux version 6.1.192");
    assertThat(real).containsSubsequence(ours.subList(1, ours.size()));
  }

  /** Its firmware says what the recorded one's did; where its nodes meet is not the same. */
  @Test
  void aMachineOfFirmwareLinesSaysWhatTheRecordedKernelSaidOfThem() {
    List<String> real = recorded("boot-x86_64-numa");
    StringBuilder file = new StringBuilder("arch x86_64\nnodes 2\n");
    real.stream().filter(l -> l.startsWith("BIOS-e820")).forEach(l -> file.append(l).append('\n'));
    MachineOptions options = new MachineOptions("numa.txt", file.toString(), 0, 4, 0, "");
    List<String> ours = log(new Machine(Profiles.make(options)));
    String told = "BIOS-|e820: |last_pfn|Zone ranges|  D|  N|On node|Policy|Fallback";
    Pattern pattern = Pattern.compile("(" + told + ").*");
    assertThat(ours.stream().filter(line -> pattern.matcher(line).matches()).toList())
        .hasSize(23)
        .isEqualTo(real.stream().filter(line -> pattern.matcher(line).matches()).toList());
  }

  @Test
  void theEndOfTheLastSectionIsUnavailable() {
    assertThat(log(booted("x86_64", 64)))
        .contains("On node 0, zone DMA32: 16416 pages in unavailable ranges");
    assertThat(log(booted("i386", 64)).toString()).doesNotContain("zone Normal: ");
  }

  @Test
  void anEmptyZoneIsCalledSo() {
    assertThat(log(booted("x86_64", 64))).contains("  Normal   empty");
  }

  @Test
  void aSleepingCallWithInterruptsOffIsReportedAsTheRecordedKernelDid() {
    Machine machine = booted("i386", 0);
    machine.setContext(ContextRules.IRQ_OFF);
    new AllocPages(Gfp.GFP_KERNEL, 0).run(machine);
    new AllocPages(Gfp.GFP_KERNEL, 0).run(machine);
    List<String> real = new ArrayList<>();
    for (String line : recorded("i386-slab-as-sleep_in_atomic").subList(0, 4)) {
      real.add(line.replace("init", "kmemsh").replace(" #1 ", " #1"));
    }

    List<String> ours = log(machine);

    assertThat(ours.subList(ours.size() - 4, ours.size())).isEqualTo(real);
    assertThat(ours.get(ours.size() - 5)).endsWith("Comm: kmemsh Not tainted 6.1.192 #1");
  }

  @Test
  void theReportShowsThePreemptCountInHexAndWhatCountsAsAtomic() {
    Machine machine = booted("i386", 0);
    machine.setContext(ContextRules.HARDIRQ);
    machine.mapLocal(0x373fe, true);
    new AllocPages(Gfp.GFP_KERNEL, 0).run(machine);
    assertThat(log(machine))
        .contains(
            "in_atomic(): 1, irqs_disabled(): 1, non_block: 0, pid: 1, name: kmemsh",
            "preempt_count: 10001, expected: 0");
  }

  /** The lines behind Mem-Info with 0 for what the model does not count. */
  static List<String> known(List<String> lines) {
    List<String> known = new ArrayList<>();
    for (String line : lines.subList(lines.indexOf("Mem-Info:"), lines.size())) {
      String zeros =
          line.replaceAll(
              "((in)?active_(anon|file)|isolated_(anon|file)|isolated\\((anon|file)\\)|unevictable"
                  + "|dirty|writeback|slab_(un)?reclaimable|mapped|shmem|(sec_)?pagetables"
                  + "|kernel_stack|bounce|writepending|mlocked):\\d+",
              "$1:0");
      zeros = zeros.replaceAll("^\\d+ total pagecache", "0 total pagecache");
      zeros = zeros.replace("all_unreclaimable? yes", "all_unreclaimable? no");
      if (!zeros.contains("hugepages_total")) {
        known.add(zeros);
      }
    }
    return known;
  }

  @ParameterizedTest
  @ValueSource(strings = {"i386-slab", "x86_64-numa", "x86_64-compact"})
  void theNumbersOfARealFailureGiveItsLines(String kernel) {
    List<String> real = recorded(kernel);
    LogEntry.AllocFailure failure = failure(real);
    List<String> ours = DmesgText.lines(booted("i386", 0).bootReport(), List.of(failure));
    int start = ours.indexOf("Mem-Info:");
    String head = real.get(0).replace("init: ", "kmemsh: ").replaceAll(",cpuset.*", "");
    assertThat(ours.get(start - 2)).isEqualTo(head);
    assertThat(ours.get(start - 1))
        .isEqualTo("CPU: " + failure.cpu() + " PID: 1 Comm: kmemsh Not tainted 6.1.192 #1");
    assertThat(ours.subList(start, ours.size())).isEqualTo(known(real));
  }

  static LogEntry.AllocFailure failure(List<String> real) {
    List<ZoneinfoSnapshot.Zone> zones = new ArrayList<>();
    List<int[]> types = new ArrayList<>();
    boolean numa = false;
    int nrNodes = 1;
    for (int i = 0; i < real.size(); i++) {
      if (real.get(i).contains(" free:") && real.get(i).contains("boost:")) {
        String name = real.get(i).substring(0, real.get(i).indexOf(" free:"));
        String list = lineOf(real, name + ": ");
        numa |= name.startsWith("Node");
        zones.add(zone(name, real.get(i), real.get(i + 1), list));
        nrNodes = Math.max(nrNodes, zones.get(zones.size() - 1).nid() + 1);
        types.add(types(list));
      }
    }
    zones.add(rest(real));
    types.add(new int[11]);
    List<long[]> nodes = new ArrayList<>();
    for (int nid = 0; nid < nrNodes; nid++) {
      nodes.add(new long[0]);
    }
    boolean cma = real.get(real.size() - 1).contains("cma reserved");
    int cpu = (int) number(lineOf(real, "CPU: "), "CPU: ");
    return new LogEntry.AllocFailure(
        cpu,
        0xa20,
        3,
        2,
        new ZoneinfoSnapshot(zones, nodes, true, numa),
        new long[zones.size()],
        new boolean[zones.size()],
        types.toArray(new int[0][]),
        false,
        cma);
  }

  private static String lineOf(List<String> lines, String start) {
    return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  private static long number(String line, String label) {
    Matcher matcher = Pattern.compile(Pattern.quote(label) + "(\\d+)").matcher(line);
    assertThat(matcher.find()).as(label).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static long pages(String line, String label) {
    return number(line, " " + label + ":") / 4;
  }

  private static ZoneinfoSnapshot.Zone zone(String name, String line, String reserve, String list) {
    boolean numa = name.startsWith("Node");
    int nid = numa ? name.charAt(5) - '0' : 0;
    List<ZoneinfoSnapshot.Pageset> sets = new ArrayList<>();
    long local = pages(line, "local_pcp");
    sets.add(new ZoneinfoSnapshot.Pageset(local, 0, 0, 0));
    // Whichever CPU it is, the first two hold its pages and those of all others.
    sets.add(0, new ZoneinfoSnapshot.Pageset(pages(line, "free_pcp") - local, 0, 0, 0));
    if (!numa) {
      sets.add(sets.remove(0));
    }
    Matcher matcher = Pattern.compile("(\\d+)\\*").matcher(list);
    long[] nrFree = new long[11];
    for (int order = 0; order < nrFree.length && matcher.find(); order++) {
      nrFree[order] = Long.parseLong(matcher.group(1));
    }
    String[] words = reserve.split(" ", -1);
    long[] protection = new long[words.length - 1];
    for (int i = 0; i < protection.length; i++) {
      protection[i] = Long.parseLong(words[i + 1]);
    }
    return new ZoneinfoSnapshot.Zone(
        nid,
        0,
        numa ? name.substring(7) : name,
        true,
        nrFree,
        pages(line, "free"),
        pages(line, "boost"),
        pages(line, "min"),
        pages(line, "low"),
        pages(line, "high"),
        0,
        pages(line, "present"),
        pages(line, "managed"),
        0,
        protection,
        new long[8],
        pages(line, "free_cma"),
        new long[6],
        sets,
        0);
  }

  /** Carries what the report has only in its sums. */
  private static ZoneinfoSnapshot.Zone rest(List<String> real) {
    long cma = 0;
    for (String line : real) {
      cma +=
          line.contains("cma reserved") ? Long.parseLong(line.substring(0, line.indexOf(' '))) : 0;
    }
    return new ZoneinfoSnapshot.Zone(
        0,
        3,
        "",
        false,
        new long[11],
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        cma,
        new long[4],
        new long[8],
        0,
        new long[6],
        List.of(),
        0);
  }

  private static int[] types(String list) {
    int[] types = new int[11];
    Matcher matcher = Pattern.compile("\\d+\\*\\d+kB( \\((\\w+)\\))?").matcher(list);
    for (int order = 0; order < types.length && matcher.find(); order++) {
      String letters = matcher.group(2) == null ? "" : matcher.group(2);
      for (int i = 0; i < letters.length(); i++) {
        types[order] |= 1 << Migratetype.parse(letters.substring(i, i + 1));
      }
    }
    return types;
  }

  @Test
  void aFailureIsToldOnceAnOperationAndCanBeTakenBack() {
    Machine machine = booted("i386", 48);
    Checkpoint before = machine.checkpoint();
    new Repeat(new AllocPages(Gfp.GFP_ATOMIC, 0), 20000).run(machine);
    assertThat(machine.printk().entries()).hasSize(1);
    machine.allocPages(Gfp.GFP_ATOMIC, 0);
    machine.allocPages(Gfp.GFP_ATOMIC | Gfp.__GFP_NOWARN, 0);
    assertThat(machine.printk().entries()).hasSize(3);
    LogEntry between = machine.printk().entries().get(1);
    int nr = ((LogEntry.Suppressed) between).reports();
    assertThat(nr).isBetween(1, 20000);
    assertThat(log(machine)).contains("warn_alloc: " + nr + " callbacks suppressed");
    assertThat(log(machine))
        .contains(
            "kmemsh: page allocation failure: order:0, mode:0xa20(GFP_ATOMIC), nodemask=(null)");
    machine.restore(before);
    assertThat(machine.printk().entries()).isEmpty();
  }

  @Test
  void anOrderThatDoesNotExistIsWarnedOfOnce() {
    Machine machine = booted("i386", 48);
    machine.allocPages(Gfp.GFP_KERNEL, 11);
    machine.allocPages(Gfp.GFP_KERNEL, 12);
    assertThat(machine.printk().entries())
        .containsExactly(new LogEntry.Warning(0, LogEntry.Warning.ORDER));
    assertThat(log(machine)).contains("WARNING: CPU: 0 PID: 1 at __alloc_pages");
  }

  /** Of 14 requests for 119 MiB the first is served: 13 fail, each with a line of its own limit. */
  @Test
  void aBurstOfFailuresOfVmallocGivesTenLinesAndOneReport() {
    Machine machine = booted("i386", 1280);
    new Repeat(new VmallocArea(119 << 20, 1, Gfp.GFP_KERNEL, 0), 14).run(machine);
    String all = String.join("\n", log(machine));
    assertThat(all.split("vmap allocation for size 124784640 failed", -1)).hasSize(11);
    assertThat(all.split("vm_struct allocation failed", -1)).hasSize(2);
    new VmallocArea(119 << 20, 1, Gfp.GFP_KERNEL, 0).run(machine);
    assertThat(log(machine)).contains("warn_alloc: 12 callbacks suppressed");
  }

  @ParameterizedTest
  @CsvSource({
    "512, 2048, 'highmem size (2048MB) is bigger than pages available (511MB)!'",
    "512, 500, 'highmem size (500MB) results in <64MB lowmem, ignoring it!'",
    "1280, 600, 'only 395MB highmem pages available, ignoring highmem size of 600MB!'",
  })
  void highmemThatCannotBeIsSaidToBeIgnored(long mem, long asked, String text) {
    AddressOptions address = new AddressOptions("", 0, asked << 20);
    MachineOptions options =
        new MachineOptions("i386", "", mem << 20, 1, 1, "slab")
            .with(BootOptions.NONE.withAddress(address));
    Machine machine = new Machine(Profiles.make(options));
    List<String> lines = log(machine);
    int highmem = lines.indexOf(text);
    assertThat(lines.get(highmem - 1)).startsWith("last_pfn = ");
    assertThat(lines.get(highmem + 1)).endsWith("MB HIGHMEM available.");
  }

  @Test
  void onlyTheNewestReportsAreKept() {
    Machine machine = booted("i386", 48);
    for (int i = 0; i < 100; i++) {
      machine.allocPages(Gfp.GFP_NOWAIT | Gfp.__GFP_COMP, 10);
    }
    assertThat(machine.printk().entries().size()).isEqualTo(64);
  }
}
