package kmemsh.proc;

import java.io.IOException;
import java.util.List;
import kmemsh.view.CacheTable;
import kmemsh.view.FragmentationIndexes;
import kmemsh.view.IoResource;
import kmemsh.view.KernelIdentity;
import kmemsh.view.PageRuns;
import kmemsh.view.PagetypeSnapshot;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SlubFiles;
import kmemsh.view.Sysctls;
import kmemsh.view.TraceLog;
import kmemsh.view.VmCounters;
import kmemsh.view.VmallocInfo;
import kmemsh.view.ZoneinfoSnapshot;

/** Snapshots that many files are read from at one moment: the costly ones are made once. */
public final class OneMoment implements ProcSnapshots {
  private final ProcSnapshots machine;
  private Sysctls sysctls;
  private ZoneinfoSnapshot zoneinfo;
  private List<SlubFiles> slubFiles;

  public OneMoment(ProcSnapshots machine) {
    this.machine = machine;
  }

  @Override
  public ZoneinfoSnapshot zoneinfo() {
    if (zoneinfo == null) {
      zoneinfo = machine.zoneinfo();
    }
    return zoneinfo;
  }

  @Override
  public PagetypeSnapshot pagetypes() {
    return machine.pagetypes();
  }

  @Override
  public Sysctls sysctls() {
    if (sysctls == null) {
      sysctls = machine.sysctls();
    }
    return sysctls;
  }

  @Override
  public VmCounters counters() {
    return machine.counters();
  }

  @Override
  public FragmentationIndexes fragmentation() {
    return machine.fragmentation();
  }

  @Override
  public List<IoResource> iomem() {
    return machine.iomem();
  }

  @Override
  public KernelIdentity identity() {
    return machine.identity();
  }

  @Override
  public VmallocInfo vmallocInfo() {
    return machine.vmallocInfo();
  }

  @Override
  public TraceLog trace() {
    return machine.trace();
  }

  @Override
  public long nrPageEntries() {
    return machine.nrPageEntries();
  }

  @Override
  public void pages(PageRuns runs) throws IOException {
    machine.pages(runs);
  }

  @Override
  public String allocator() {
    return machine.allocator();
  }

  @Override
  public CacheTable caches() {
    return machine.caches();
  }

  @Override
  public List<SlubFiles> slubFiles() {
    if (slubFiles == null) {
      slubFiles = machine.slubFiles();
    }
    return slubFiles;
  }
}
