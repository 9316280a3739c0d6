package kmemsh.machine;

import java.util.List;
import kmemsh.mm.page.ProcQueries;
import kmemsh.mm.slab.SlabQueries;
import kmemsh.view.CacheTable;
import kmemsh.view.PagetypeSnapshot;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SlubFiles;
import kmemsh.view.VmSysctls;
import kmemsh.view.VmallocInfo;
import kmemsh.view.ZoneinfoSnapshot;

/** Where files get their numbers from: the page allocator and the object allocator. */
record FileNumbers(Machine machine, ProcQueries pages, SlabQueries slab) implements ProcSnapshots {
  @Override
  public ZoneinfoSnapshot zoneinfo() {
    return pages.zoneinfo();
  }

  @Override
  public PagetypeSnapshot pagetypes() {
    return pages.pagetypes();
  }

  @Override
  public VmSysctls sysctls() {
    return pages.sysctls();
  }

  @Override
  public CacheTable caches() {
    return slab.table(CacheTable.SLABINFO);
  }

  @Override
  public List<SlubFiles> slubFiles() {
    return slab.files();
  }

  @Override
  public VmallocInfo vmallocInfo() {
    return new SpaceQueries(machine).vmallocInfo();
  }
}
