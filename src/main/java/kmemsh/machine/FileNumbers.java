package kmemsh.machine;

import java.io.IOException;
import java.util.List;
import kmemsh.mm.page.KpageWalk;
import kmemsh.mm.slab.SlabQueries;
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

/** Where files get their numbers from: the parts of a machine, asked when a file is read. */
record FileNumbers(Machine machine) implements ProcSnapshots {
  /** Its interface is not loaded before somebody asks. */
  static ProcSnapshots of(Machine machine) {
    return new FileNumbers(machine);
  }

  @Override
  public ZoneinfoSnapshot zoneinfo() {
    return new MemoryNumbers(machine).zoneinfo();
  }

  @Override
  public PagetypeSnapshot pagetypes() {
    return machine.procQueries().pagetypes();
  }

  @Override
  public Sysctls sysctls() {
    return VmSettings.all(
        machine.settings(),
        machine.procQueries().sysctls(),
        machine.profile(),
        machine.bootFreePages());
  }

  @Override
  public VmCounters counters() {
    return new MemoryNumbers(machine).counters(sysctls());
  }

  @Override
  public FragmentationIndexes fragmentation() {
    return machine.procQueries().fragmentation();
  }

  @Override
  public List<IoResource> iomem() {
    return IoMap.of(machine.profile());
  }

  @Override
  public KernelIdentity identity() {
    Profile profile = machine.profile();
    return new KernelIdentity(
        profile.i386(),
        profile.pae(),
        profile.smp(),
        profile.nrCpus(),
        profile.physBits(),
        profile.bootOptions());
  }

  @Override
  public TraceLog trace() {
    EventLog events = machine.events();
    Profile profile = machine.profile();
    return new TraceLog(
        machine.enabledEvents(),
        profile.nrCpus(),
        events == null ? 0 : events.written(),
        events == null ? List.of() : events.events(),
        profile.i386(),
        profile.pageOffset(),
        MemoryMap.structPages(profile).start(),
        profile.sizeofPage(),
        profile.pageblockOrder());
  }

  @Override
  public long nrPageEntries() {
    return KpageWalk.nrEntries(machine.pages());
  }

  @Override
  public void pages(PageRuns runs) throws IOException {
    SlabQueries slab = machine.slabQueries();
    KpageWalk walk = new KpageWalk(machine.pages(), new MachineQueries(machine).frames());
    walk.walk(
        nrPageEntries(), pfn -> slab != null && !slab.slabOwner((long) pfn << 12).isEmpty(), runs);
  }

  @Override
  public String allocator() {
    return machine.profile().slab();
  }

  @Override
  public CacheTable caches() {
    SlabQueries slab = machine.slabQueries();
    return slab == null
        ? new CacheTable(CacheTable.SLABINFO, allocator(), List.of(), 0)
        : slab.table(CacheTable.SLABINFO);
  }

  @Override
  public void caches(CacheSink sink) throws IOException {
    SlabQueries slab = machine.slabQueries();
    if (slab != null) {
      slab.caches(sink);
    }
  }

  @Override
  public List<SlubFiles> slubFiles() {
    SlabQueries slab = machine.slabQueries();
    return slab == null ? List.of() : slab.files();
  }

  @Override
  public VmallocInfo vmallocInfo() {
    return new SpaceQueries(machine).vmallocInfo();
  }
}
