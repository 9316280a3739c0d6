package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.Meminfo;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.VmCounters;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * /proc/meminfo: where memory is, in KiB.
 *
 * <p>Spec: proc-and-user.md 1
 */
public final class MeminfoFile implements ProcFile {
  private static final int LABEL = 16;
  private static final int WIDTH = 8;
  private static final String HUGE_COUNT = "HugePages_";

  @Override
  public String path() {
    return "/proc/meminfo";
  }

  @Override
  public String text(ProcSnapshots machine) {
    return text(machine.zoneinfo(), machine.counters());
  }

  static String text(ZoneinfoSnapshot zones, VmCounters counters) {
    ProcText out = new ProcText();
    for (Meminfo.Line line : lines(zones, counters)) {
      out.left(line.name() + ":", LABEL);
      if (line.name().startsWith(HUGE_COUNT)) {
        out.right(line.value(), WIDTH).line();
      } else {
        out.right(line.value(), WIDTH).add(" kB\n");
      }
    }
    return out.toString();
  }

  /** Every line with its number. */
  public static List<Meminfo.Line> lines(ZoneinfoSnapshot zones, VmCounters counters) {
    Lines lines = new Lines(zones, counters);
    lines.memory();
    lines.lists();
    if (counters.features().highmem()) {
      lines.highmem();
    }
    lines.users();
    lines.kernel();
    lines.vmalloc();
    lines.options();
    lines.directMap();
    return lines.all;
  }

  private static final class Lines {
    private final VmFigures vm;
    private final VmCounters counters;
    private final List<Meminfo.Line> all = new ArrayList<>();

    Lines(ZoneinfoSnapshot zones, VmCounters counters) {
      this.vm = new VmFigures(zones);
      this.counters = counters;
    }

    private void kb(String name, long kb) {
      all.add(new Meminfo.Line(name, kb));
    }

    private void pages(String name, long pages) {
      kb(name, 4 * pages);
    }

    void memory() {
      pages("MemTotal", vm.managed(false));
      pages("MemFree", vm.free(false));
      pages("MemAvailable", vm.available());
      kb("Buffers", 0);
      pages("Cached", vm.node(VmFigures.FILE_PAGES));
      kb("SwapCached", 0);
    }

    void lists() {
      long activeAnon = vm.node(VmFigures.ACTIVE_ANON);
      long inactiveAnon = vm.node(VmFigures.INACTIVE_ANON);
      long activeFile = vm.node(VmFigures.ACTIVE_FILE);
      long inactiveFile = vm.node(VmFigures.INACTIVE_FILE);
      pages("Active", activeAnon + activeFile);
      pages("Inactive", inactiveAnon + inactiveFile);
      pages("Active(anon)", activeAnon);
      pages("Inactive(anon)", inactiveAnon);
      pages("Active(file)", activeFile);
      pages("Inactive(file)", inactiveFile);
      pages("Unevictable", vm.node(VmFigures.UNEVICTABLE));
      pages("Mlocked", vm.zone(VmFigures.MLOCK));
    }

    void highmem() {
      pages("HighTotal", vm.managed(true));
      pages("HighFree", vm.free(true));
      pages("LowTotal", vm.managed(false) - vm.managed(true));
      pages("LowFree", vm.free(false) - vm.free(true));
    }

    void users() {
      kb("SwapTotal", 0);
      kb("SwapFree", 0);
      pages("Dirty", vm.node(VmFigures.DIRTY));
      pages("Writeback", vm.node(VmFigures.WRITEBACK));
      pages("AnonPages", vm.node(VmFigures.ANON_PAGES));
      pages("Mapped", vm.node(VmFigures.MAPPED));
      pages("Shmem", vm.node(VmFigures.SHMEM));
    }

    void kernel() {
      long reclaimable = vm.node(VmFigures.SLAB_RECLAIMABLE);
      long unreclaimable = vm.node(VmFigures.SLAB_UNRECLAIMABLE);
      pages("KReclaimable", reclaimable + vm.node(VmFigures.KERNEL_MISC_RECLAIMABLE));
      pages("Slab", reclaimable + unreclaimable);
      pages("SReclaimable", reclaimable);
      pages("SUnreclaim", unreclaimable);
      kb("KernelStack", vm.node(VmFigures.KERNEL_STACK));
      pages("PageTables", vm.node(VmFigures.PAGE_TABLES));
      pages("SecPageTables", vm.node(VmFigures.SEC_PAGE_TABLES));
      kb("NFS_Unstable", 0);
      pages("Bounce", vm.zone(VmFigures.BOUNCE));
      pages("WritebackTmp", vm.node(VmFigures.WRITEBACK_TEMP));
    }

    void vmalloc() {
      pages("CommitLimit", counters.commitLimitPages());
      pages("Committed_AS", counters.committedPages());
      kb("VmallocTotal", counters.vmallocTotalKb());
      pages("VmallocUsed", counters.vmallocUsedPages());
      kb("VmallocChunk", 0);
      kb("Percpu", counters.percpuKb());
    }

    void options() {
      if (counters.features().thp()) {
        kb("AnonHugePages", 0);
        kb("ShmemHugePages", 0);
        kb("ShmemPmdMapped", 0);
        kb("FileHugePages", 0);
        kb("FilePmdMapped", 0);
      }
      if (counters.features().cma()) {
        pages("CmaTotal", vm.cma());
        pages("CmaFree", vm.freeCma());
      }
      if (counters.features().hugetlb()) {
        kb("HugePages_Total", 0);
        kb("HugePages_Free", 0);
        kb("HugePages_Rsvd", 0);
        kb("HugePages_Surp", 0);
        kb("Hugepagesize", hugeKb());
        kb("Hugetlb", 0);
      }
    }

    private long hugeKb() {
      return counters.features().i386() && !counters.features().pae() ? 4096 : 2048;
    }

    void directMap() {
      kb("DirectMap4k", counters.directSmallKb());
      kb(hugeKb() == 4096 ? "DirectMap4M" : "DirectMap2M", counters.directLargeKb());
    }
  }
}
