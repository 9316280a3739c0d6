package kmemsh.machine;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import kmemsh.mm.page.ProcQueries;
import kmemsh.mm.slab.SlabQueries;
import kmemsh.view.CacheInfo;
import kmemsh.view.SlabFlags;
import kmemsh.view.SysctlTable;
import kmemsh.view.Sysctls;
import kmemsh.view.VmCounters;
import kmemsh.view.VmallocInfo;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * What /proc/meminfo and /proc/vmstat show. There are no processes, so what they would use is 0.
 *
 * <p>Spec: proc-and-user.md 1, 2
 */
final class MemoryNumbers {
  private static final int NR_NODE_STATS = 40;
  private static final int SLAB_RECLAIMABLE = 5;
  private static final int SLAB_UNRECLAIMABLE = 6;
  private static final long MIB = 1L << 20;
  private static final long VMALLOC_KB_I386 = 122880;
  private static final long VMALLOC_KB_X86_64 = 34359738367L;
  private static final long LARGE_I386 = 4 * MIB;
  private static final long LARGE = 2 * MIB;

  /** Large pages that were split because parts of the kernel image have rights of their own. */
  private static final int SPLIT_I386 = 1;

  private static final int SPLIT_X86_64 = 7;

  private final Machine machine;
  private final Profile profile;

  MemoryNumbers(Machine machine) {
    this.machine = machine;
    this.profile = machine.profile();
  }

  /** The zones, and of each node how many pages are slabs. */
  ZoneinfoSnapshot zoneinfo() {
    ZoneinfoSnapshot zones = machine.procQueries().zoneinfo();
    SlabQueries slab = machine.slabQueries();
    if (slab == null) {
      return zones;
    }
    for (int nid = 0; nid < profile.nrNodes(); nid++) {
      zones.nodeStats().set(nid, new long[NR_NODE_STATS]);
    }
    for (CacheInfo cache : slab.table("").caches()) {
      boolean reclaimable = (cache.flags() & SlabFlags.SLAB_RECLAIM_ACCOUNT) != 0;
      int counter = reclaimable ? SLAB_RECLAIMABLE : SLAB_UNRECLAIMABLE;
      if (profile.numa() && slab.hasSlabs()) {
        long[] pages = slab.pagesByNode(cache.name(), profile.nrNodes(), machine::nodeOf);
        for (int nid = 0; nid < pages.length; nid++) {
          zones.nodeStats().get(nid)[counter] += pages[nid];
        }
      } else {
        zones.nodeStats().get(0)[counter] += cache.pages();
      }
    }
    zones.nodeStats().get(0)[SLAB_UNRECLAIMABLE] += slab.heapPages();
    return zones;
  }

  VmCounters counters(Sysctls sysctls) {
    long[] direct = directMap();
    return new VmCounters(
        new VmCounters.Features(
            profile.i386(),
            profile.pae(),
            profile.i386(),
            profile.cma(),
            profile.compaction(),
            profile.thp(),
            profile.hugetlb()),
        commitLimit(sysctls),
        0,
        profile.i386() ? VMALLOC_KB_I386 : VMALLOC_KB_X86_64,
        vmallocPages(),
        percpuKb(),
        direct[0],
        direct[1],
        sysctls.value(SysctlTable.DIRTY_RATIO),
        sysctls.value(SysctlTable.DIRTY_BACKGROUND_RATIO),
        sysctls.value(SysctlTable.HIGHMEM_IS_DIRTYABLE) != 0,
        events());
  }

  /** Pages that vmalloc took, not those that were only mapped. */
  private long vmallocPages() {
    long pages = 0;
    if (machine.spaceOrNull() != null) {
      for (VmallocInfo.Area area : new SpaceQueries(machine).vmallocInfo().areas()) {
        pages += (area.flags() & AddressSpace.VM_ALLOC) != 0 ? area.nrPages() : 0;
      }
    }
    return pages;
  }

  private long commitLimit(Sysctls sysctls) {
    int kbytes = sysctls.value(SysctlTable.OVERCOMMIT_KBYTES);
    int ratio = sysctls.value(SysctlTable.OVERCOMMIT_RATIO);
    return kbytes != 0 ? kbytes / 4 : machine.pages().managedPages() * ratio / 100;
  }

  /** As the recorded kernels have it: it lies in what boot reserved. */
  private long percpuKb() {
    if (!profile.smp()) {
      return 32;
    }
    long units = Integer.highestOneBit(2 * profile.nrCpus() - 1);
    return profile.i386() ? 108 * units : 152 * units;
  }

  /**
   * KiB of the linear map in small and in large pages. Small ones map the first large page, what
   * does not fill a large page, and those that were split.
   */
  private long[] directMap() {
    long large = profile.i386() && !profile.pae() ? LARGE_I386 : LARGE;
    long end = (long) profile.endOfLowmem() << 12;
    long small = 0;
    long big = 0;
    long mapped = 0;
    for (long[] range : profile.ram()) {
      long from = range[0] < MIB ? 0 : Math.max(mapped, range[0] == MIB ? 0 : range[0]);
      long to = Math.min(range[1], end);
      if (range[0] < MIB || from >= to) {
        continue;
      }
      long first = Math.max(large, (from + large - 1) & -large);
      long last = Math.max(first, to & -large);
      small += first - from + (to - last);
      big += last - first;
      mapped = to;
    }
    long split = Math.min(big, (profile.i386() ? SPLIT_I386 : SPLIT_X86_64) * large);
    return new long[] {(small + split) >> 10, (big - split) >> 10};
  }

  /** The counters that are not 0, by name. */
  private Map<String, Long> events() {
    Map<String, Long> events = new HashMap<>();
    ProcQueries queries = machine.procQueries();
    String[] names = Zones.names(profile.i386());
    long[] pgalloc = queries.pgalloc();
    long[] allocstall = queries.allocstall();
    for (int index = 0; index < names.length; index++) {
      String zone = zone(names[index]);
      events.put("pgalloc_" + zone, pgalloc[index]);
      events.put("allocstall_" + zone, allocstall[index]);
    }
    events.put("pgfree", queries.pgfree());
    VmSettings settings = machine.settings();
    if (settings != null) {
      events.put("drop_pagecache", settings.nrDropPagecache());
      events.put("drop_slab", settings.nrDropSlab());
    }
    return events;
  }

  private static String zone(String name) {
    return name.equals("HighMem") ? "high" : name.toLowerCase(Locale.ROOT);
  }
}
