package kmemsh.view;

import java.util.List;

/** Where a file under /proc gets its numbers from, at the moment of reading. */
public interface ProcSnapshots {
  ZoneinfoSnapshot zoneinfo();

  PagetypeSnapshot pagetypes();

  VmSysctls sysctls();

  /** All caches, the newest first. */
  CacheTable caches();

  /** What /sys/kernel/slab shows, the newest cache first; empty unless the allocator is SLUB. */
  List<SlubFiles> slubFiles();

  /** Who has which addresses of the vmalloc range. */
  VmallocInfo vmallocInfo();
}
