package kmemsh.view;

import java.io.IOException;
import java.util.List;

/** Where a file under /proc gets its numbers from, at the moment of reading. */
public interface ProcSnapshots {
  ZoneinfoSnapshot zoneinfo();

  PagetypeSnapshot pagetypes();

  Sysctls sysctls();

  VmCounters counters();

  FragmentationIndexes fragmentation();

  List<IoResource> iomem();

  KernelIdentity identity();

  /** The buffer of ftrace. */
  TraceLog trace();

  /** One past the last page frame that files with an entry a page have. */
  long nrPageEntries();

  /** Hands every page frame, up to {@link #nrPageEntries}, to {@code runs}. */
  void pages(PageRuns runs) throws IOException;

  /** slab, slub or slob. */
  String allocator();

  /** All caches, the newest first. */
  CacheTable caches();

  /** What /sys/kernel/slab shows, the newest cache first; empty unless the allocator is SLUB. */
  List<SlubFiles> slubFiles();

  /** Who has which addresses of the vmalloc range. */
  VmallocInfo vmallocInfo();
}
