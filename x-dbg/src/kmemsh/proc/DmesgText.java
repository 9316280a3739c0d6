package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.BootReport;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;
import kmemsh.view.Migratetype;
import kmemsh.view.SlubReport;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * The kernel's messages, word for word. What is not modelled is left out (stacks) or 0 (counters).
 *
 * <p>Spec: page-allocator.md 1.7, 8.4; proc-and-user.md 17; mappings.md 20
 */
public final class DmesgText {
  private static final String RELEASE = "6.1.192";
  private static final int HEX_DIGITS = 16;
  private static final int NAME = 8;
  private static final long PAGE_BYTES = 4096;

  private static final int TAINT_LETTERS = 19;
  private static final int TAINT_B = 5;
  private static final int TAINT_W = 9;

  private final List<String> lines = new ArrayList<>();

  /** Letters of taint so far, see {@link LogEntry#taint}. */
  private int taint;

  private DmesgText() {}

  /** The log from boot on, one line an element. */
  public static List<String> lines(BootReport boot, List<LogEntry> entries) {
    return lines(boot, entries, 0);
  }

  /** The same after entries that are no longer kept, which left the kernel with {@code taint}. */
  public static List<String> lines(BootReport boot, List<LogEntry> entries, int taint) {
    DmesgText text = new DmesgText();
    text.taint = taint;
    text.boot(boot);
    for (LogEntry entry : entries) {
      text.entry(entry);
      text.taint |= entry.taint();
    }
    return text.lines;
  }

  private void entry(LogEntry entry) {
    if (entry instanceof LogEntry.AllocFailure failure) {
      failure(failure);
    } else if (entry instanceof LogEntry.OrderWarning warning) {
      orderWarning(warning);
    } else if (entry instanceof LogEntry.DropCaches drop) {
      lines.add("kmemsh (1): drop_caches: " + drop.value());
    } else if (entry instanceof LogEntry.PageFault fault) {
      pageFault(fault);
    } else if (entry instanceof LogEntry.UnexpectedGfp gfp) {
      unexpectedGfp(gfp);
    } else if (entry instanceof LogEntry.SleepingCall call) {
      sleepingCall(call);
    } else {
      slubEntry(entry);
    }
  }

  private void slubEntry(LogEntry entry) {
    if (entry instanceof SlubReport report) {
      boolean first = (taint & LogEntry.TAINT_BAD_PAGE) == 0;
      SlubReportText.report(report, taint(), stack(report.cpu()), first, lines);
    } else if (entry instanceof LogEntry.SlubFix fix) {
      lines.add("FIX " + fix.cache() + ": " + fix.text());
    } else if (entry instanceof LogEntry.SlubTrace traced) {
      SlubReportText.trace(traced, stack(0), lines);
    } else if (entry instanceof LogEntry.SlubRemaining remaining) {
      SlubReportText.remaining(remaining, lines);
    } else if (entry instanceof LogEntry.CacheNotEmpty left) {
      SlubReportText.notEmpty(left, stack(left.cpu()), lines);
    } else if (entry instanceof LogEntry.WrongCache wrong) {
      SlubReportText.wrongCache(wrong, stack(wrong.cpu()), lines);
    } else {
      vmalloc(entry);
    }
  }

  /** The taint as the kernel prints it: a place for each letter. */
  private String taint() {
    if (taint == 0) {
      return "Not tainted";
    }
    char[] letters = " ".repeat(TAINT_LETTERS).toCharArray();
    letters[0] = 'G';
    letters[TAINT_B] = (taint & LogEntry.TAINT_BAD_PAGE) == 0 ? ' ' : 'B';
    letters[TAINT_W] = (taint & LogEntry.TAINT_WARN) == 0 ? ' ' : 'W';
    return "Tainted: " + new String(letters);
  }

  /** What stands for the dump of a stack, which is not modelled: its first line. */
  private String stack(int cpu) {
    return "CPU: " + cpu + " PID: 1 Comm: kmemsh " + taint() + " " + RELEASE;
  }

  // Boot.

  private void boot(BootReport boot) {
    lines.add("Linux version " + RELEASE);
    if (boot.i386()) {
      lines.add((boot.maxPfn() - boot.lowPages() >> NAME) + "MB HIGHMEM available.");
      lines.add((boot.lowPages() >> NAME) + "MB LOWMEM available.");
      String lowEnd = hex8((long) boot.lowPages() << 12);
      lines.add("  mapped low ram: 0 - " + lowEnd);
      lines.add("  low ram: 0 - " + lowEnd);
    }
    lines.add("Zone ranges:");
    for (int i = 0; i < boot.zoneNames().length; i++) {
      long start = (long) boot.zoneLimits()[i] << 12;
      long end = (long) boot.zoneLimits()[i + 1] << 12;
      String name = new ProcText().left(boot.zoneNames()[i], NAME).toString();
      lines.add("  " + name + " " + (start == end ? "empty" : range(start, end)));
    }
    lines.add("Movable zone start for each node");
    lines.add("Early memory node ranges");
    for (long[] ram : boot.ram()) {
      lines.add("  node " + new ProcText().right(ram[2], 3) + ": " + range(ram[0], ram[1]));
    }
    nodes(boot);
    lines.add(
        "Built "
            + boot.nodeOrder().length
            + " zonelists, mobility grouping "
            + (boot.mobility() ? "on" : "off")
            + ".  Total pages: "
            + boot.totalPages());
    if (boot.i386()) {
      String start = hex8(boot.highPages() == 0 ? 0 : boot.lowPages());
      String end = hex8(boot.highPages() == 0 ? 0 : boot.maxPfn());
      lines.add("Initializing HighMem for node 0 (" + start + ":" + end + ")");
      lines.add("Initializing Movable for node 0 (00000000:00000000)");
    }
    memory(boot);
  }

  private void nodes(BootReport boot) {
    int nrNodes = boot.nodeOrder().length;
    for (int nid = 0; nid < nrNodes; nid++) {
      long start = Long.MAX_VALUE;
      long end = 0;
      for (long[] ram : boot.ram()) {
        if (ram[2] == nid) {
          start = Math.min(start, ram[0]);
          end = Math.max(end, ram[1]);
        }
      }
      lines.add("Initmem setup node " + nid + " " + range(Math.min(start, end), end));
    }
    for (int nid = 0; nid < nrNodes && nrNodes > 1; nid++) {
      StringBuilder order = new StringBuilder();
      for (int other : boot.nodeOrder()[nid]) {
        order.append(other).append(' ');
      }
      lines.add("Fallback order for Node " + nid + ": " + order);
    }
  }

  private void memory(BootReport boot) {
    lines.add(
        "Memory: "
            + kb(boot.freePages())
            + "K/"
            + kb(boot.presentPages())
            + "K available ("
            + kb(boot.presentPages() - boot.managedPages())
            + "K reserved, 0K cma-reserved"
            + (boot.i386() ? ", " + kb(boot.highPages()) + "K highmem)" : ")"));
  }

  private static String range(long start, long end) {
    return "[mem 0x" + hex(start) + "-0x" + hex(end - 1) + "]";
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(HEX_DIGITS - digits.length()) + digits;
  }

  private static String hex8(long value) {
    return hex(value).substring(HEX_DIGITS / 2);
  }

  private static long kb(long pages) {
    return 4 * pages;
  }

  // While it runs.

  private void orderWarning(LogEntry.OrderWarning warning) {
    warning(warning.cpu(), "__alloc_pages");
  }

  private void warning(int cpu, String function) {
    lines.add("------------[ cut here ]------------");
    lines.add("WARNING: CPU: " + cpu + " PID: 1 at " + function);
    lines.add(stack(cpu));
    lines.add("---[ end trace 0000000000000000 ]---");
  }

  private void unexpectedGfp(LogEntry.UnexpectedGfp gfp) {
    lines.add(
        "Unexpected gfp: "
            + mask(gfp.unexpected())
            + ". Fixing up to gfp: "
            + mask(gfp.fixedMask())
            + ". Fix your code!");
    taint |= gfp.tainted() ? LogEntry.TAINT_WARN : 0;
    lines.add(stack(gfp.cpu()));
  }

  private static String mask(int gfpMask) {
    return "0x" + Integer.toHexString(gfpMask) + " (" + Gfp.print(gfpMask) + ")";
  }

  private void sleepingCall(LogEntry.SleepingCall call) {
    lines.add("BUG: sleeping function called from invalid context at " + call.place());
    lines.add(
        "in_atomic(): "
            + (call.inAtomic() ? 1 : 0)
            + ", irqs_disabled(): "
            + (call.irqsDisabled() ? 1 : 0)
            + ", non_block: 0, pid: 1, name: kmemsh");
    lines.add("preempt_count: " + Integer.toHexString(call.preemptCount()) + ", expected: 0");
    taint |= call.tainted() ? LogEntry.TAINT_WARN : 0;
    lines.add(stack(call.cpu()));
  }

  private void pageFault(LogEntry.PageFault fault) {
    String digits = Long.toHexString(fault.address());
    String address = "0".repeat(Math.max(0, (fault.wide() ? 16 : 8) - digits.length())) + digits;
    boolean isNull = fault.address() >= 0 && fault.address() < PAGE_BYTES;
    lines.add(
        isNull
            ? "BUG: kernel NULL pointer dereference, address: " + address
            : "BUG: unable to handle page fault for address: " + address);
    lines.add("#PF: supervisor " + (fault.write() ? "write" : "read") + " access in kernel mode");
    lines.add("#PF: error_code(0x000" + (fault.write() ? 2 : 0) + ") - not-present page");
  }

  private void failure(LogEntry.AllocFailure failure) {
    report("page allocation failure: order:" + failure.order(), failure);
  }

  /** What vmalloc says. Spec: mappings.md 5.8, 15 */
  private void vmalloc(LogEntry entry) {
    if (entry instanceof LogEntry.NoAddresses none) {
      lines.add(
          "vmap allocation for size "
              + none.sizeBytes()
              + " failed: use vmalloc=<size> to increase size");
    } else if (entry instanceof LogEntry.VmallocFailure failure) {
      String why = failure.moreThanRam() ? "exceeds total pages" : "vm_struct allocation failed";
      report("vmalloc error: size " + failure.sizeBytes() + ", " + why, failure.state());
    } else if (entry instanceof LogEntry.VmallocNothing nothing) {
      warning(nothing.cpu(), "__vmalloc_node_range");
    }
  }

  /** {@code warn_alloc}: what failed, and all of memory. */
  private void report(String what, LogEntry.AllocFailure failure) {
    lines.add(
        "kmemsh: "
            + what
            + ", mode:0x"
            + Integer.toHexString(failure.gfpMask())
            + "("
            + Gfp.print(failure.gfpMask())
            + "), nodemask=(null)");
    lines.add(stack(failure.cpu()));
    memInfo(failure);
    List<ZoneinfoSnapshot.Zone> all = failure.zones().zones();
    for (int nid = 0; nid < failure.zones().nodeStats().size(); nid++) {
      node(failure, nid);
    }
    for (int z = 0; z < all.size(); z++) {
      if (isShown(failure, z)) {
        zone(failure, z);
      }
    }
    for (int z = 0; z < all.size(); z++) {
      if (isShown(failure, z)) {
        freeList(failure, z);
      }
    }
    totals(failure);
  }

  private static boolean isShown(LogEntry.AllocFailure failure, int z) {
    ZoneinfoSnapshot.Zone zone = failure.zones().zones().get(z);
    return zone.populated() && zone.index() <= failure.highestZone();
  }

  private void memInfo(LogEntry.AllocFailure failure) {
    long free = 0;
    long freePcp = 0;
    long freeCma = 0;
    for (ZoneinfoSnapshot.Zone zone : failure.zones().zones()) {
      free += zone.free();
      freeCma += zone.freeCma();
      freePcp += pcp(zone);
    }
    lines.add("Mem-Info:");
    lines.add("active_anon:0 inactive_anon:0 isolated_anon:0");
    lines.add(" active_file:0 inactive_file:0 isolated_file:0");
    lines.add(" unevictable:0 dirty:0 writeback:0");
    VmFigures vm = new VmFigures(failure.zones());
    lines.add(
        " slab_reclaimable:"
            + vm.node(VmFigures.SLAB_RECLAIMABLE)
            + " slab_unreclaimable:"
            + vm.node(VmFigures.SLAB_UNRECLAIMABLE));
    lines.add(" mapped:0 shmem:0 pagetables:0");
    lines.add(" sec_pagetables:0 bounce:0");
    lines.add(" kernel_misc_reclaimable:0");
    lines.add(" free:" + free + " free_pcp:" + freePcp + " free_cma:" + freeCma);
  }

  private static long pcp(ZoneinfoSnapshot.Zone zone) {
    long sum = 0;
    for (ZoneinfoSnapshot.Pageset set : zone.pagesets()) {
      sum += set.count();
    }
    return sum;
  }

  private void node(LogEntry.AllocFailure failure, int nid) {
    boolean managed = false;
    for (ZoneinfoSnapshot.Zone zone : failure.zones().zones()) {
      managed |= zone.nid() == nid && zone.managed() != 0;
    }
    if (managed) {
      String thp = failure.thp() ? " shmem_thp: 0kB shmem_pmdmapped: 0kB anon_thp: 0kB" : "";
      lines.add(
          "Node "
              + nid
              + " active_anon:0kB inactive_anon:0kB active_file:0kB inactive_file:0kB"
              + " unevictable:0kB isolated(anon):0kB isolated(file):0kB mapped:0kB dirty:0kB"
              + " writeback:0kB shmem:0kB"
              + thp
              + " writeback_tmp:0kB kernel_stack:0kB pagetables:0kB sec_pagetables:0kB"
              + " all_unreclaimable? no");
    }
  }

  private static String name(LogEntry.AllocFailure failure, ZoneinfoSnapshot.Zone zone) {
    return failure.zones().numa() ? "Node " + zone.nid() + " " + zone.name() : zone.name();
  }

  private void zone(LogEntry.AllocFailure failure, int z) {
    ZoneinfoSnapshot.Zone zone = failure.zones().zones().get(z);
    int cpu = failure.cpu();
    long local = cpu < zone.pagesets().size() ? zone.pagesets().get(cpu).count() : 0;
    lines.add(
        name(failure, zone)
            + size(" free", zone.free())
            + size("boost", zone.boost())
            + size("min", zone.min())
            + size("low", zone.low())
            + size("high", zone.high())
            + "reserved_highatomic:"
            + kb(failure.reservedHighatomic()[z])
            + "KB active_anon:0kB inactive_anon:0kB active_file:0kB inactive_file:0kB"
            + " unevictable:0kB writepending:0kB "
            + size("present", zone.present())
            + size("managed", zone.managed())
            + "mlocked:0kB bounce:0kB "
            + size("free_pcp", pcp(zone))
            + size("local_pcp", local)
            + size("free_cma", zone.freeCma()).trim());
    StringBuilder reserve = new StringBuilder("lowmem_reserve[]:");
    for (long pages : zone.protection()) {
      reserve.append(' ').append(pages);
    }
    lines.add(reserve.toString());
  }

  private static String size(String name, long pages) {
    return name + ":" + kb(pages) + "kB ";
  }

  private void freeList(LogEntry.AllocFailure failure, int z) {
    ZoneinfoSnapshot.Zone zone = failure.zones().zones().get(z);
    StringBuilder out = new StringBuilder(name(failure, zone)).append(": ");
    long total = 0;
    for (int order = 0; order < zone.nrFree().length; order++) {
      long nr = zone.nrFree()[order];
      total += nr << order;
      out.append(nr).append('*').append(kb(1L << order)).append("kB ");
      if (nr != 0) {
        out.append('(');
        for (int mt = 0; mt < Migratetype.NR_TYPES; mt++) {
          if ((failure.types()[z][order] >>> mt & 1) != 0) {
            out.append(Migratetype.letter(mt));
          }
        }
        out.append(") ");
      }
    }
    lines.add(out.append("= ").append(kb(total)).append("kB").toString());
  }

  private void totals(LogEntry.AllocFailure failure) {
    long present = 0;
    long reserved = 0;
    long highmem = 0;
    long cma = 0;
    List<ZoneinfoSnapshot.Zone> zones = failure.zones().zones();
    for (int z = 0; z < zones.size(); z++) {
      present += zones.get(z).present();
      reserved += zones.get(z).present() - zones.get(z).managed();
      cma += zones.get(z).cma();
      highmem += failure.highmem()[z] ? zones.get(z).present() : 0;
    }
    lines.add("0 total pagecache pages");
    lines.add(present + " pages RAM");
    lines.add(highmem + " pages HighMem/MovableOnly");
    lines.add(reserved + " pages reserved");
    if (failure.cma()) {
      lines.add(cma + " pages cma reserved");
    }
  }
}
