package kmemsh.machine;

import java.util.ArrayList;
import java.util.List;
import kmemsh.mm.page.ProcQueries;
import kmemsh.mm.page.ZoneShape;
import kmemsh.view.BootReport;
import kmemsh.view.CacheInfo;
import kmemsh.view.LogEntry;
import kmemsh.view.SlabFlags;
import kmemsh.view.SysctlTable;
import kmemsh.view.Sysctls;
import kmemsh.view.ZoneinfoSnapshot;

/** What the kernel's messages are made from. Reads only. */
final class KernelReports {
  private static final int PAGE_SHIFT = 12;

  private KernelReports() {}

  /** The report of a call that may sleep in a context that must not. */
  static LogEntry unexpectedGfp(int cpu, int unexpected, int fixedMask, boolean tainted) {
    return new LogEntry.UnexpectedGfp(cpu, unexpected, fixedMask, tainted);
  }

  static LogEntry sleepingCall(CpuStates cpus, int cpu, int call, boolean tainted) {
    int count = cpus.preemptCount(cpu);
    boolean irqsDisabled = ContextRules.irqsDisabled(cpus.contextSet(cpu));
    return new LogEntry.SleepingCall(
        cpu, ContextRules.place(call), count != 0, irqsDisabled, count, tainted);
  }

  /**
   * What boot found.
   *
   * @param nrTaken pages boot took right after the hand-over
   */
  static BootReport boot(Profile profile, ProcQueries queries, int nrTaken) {
    int nrZones = Zones.MAX_NR_ZONES - 1;
    String[] names = new String[nrZones];
    System.arraycopy(Zones.names(profile.i386()), 0, names, 0, nrZones);
    ZoneShape[] shapes = Zones.shapes(profile);
    long managed = 0;
    long present = 0;
    long high = 0;
    for (ZoneinfoSnapshot.Zone zone : queries.zoneinfo().zones()) {
      managed += zone.managed();
      present += zone.present();
      high += profile.i386() && zone.index() == 2 ? zone.managed() : 0;
    }
    return new BootReport(
        profile.i386(),
        names,
        Zones.limits(profile),
        profile.ram(),
        Zones.nodeOrder(profile),
        Zones.mobility(profile, shapes),
        profile.endOfLowmem(),
        profile.maxPfn(),
        Zones.earlyPages(profile, shapes),
        managed - nrTaken,
        managed,
        present,
        high,
        profile.address().highmemBytes() >>> PAGE_SHIFT,
        highmemProblem(profile),
        profile.numa() ? policyZone(Zones.limits(profile)) : -1,
        Firmware.of(profile));
  }

  /** Why the kernel ignores {@code highmem=}. Spec: mappings.md 1.4 */
  private static int highmemProblem(Profile profile) {
    long bytes = profile.address().highmemBytes();
    if (!profile.i386() || bytes == AddressOptions.NOT_GIVEN || bytes >>> PAGE_SHIFT == 0) {
      return BootReport.NO_PROBLEM;
    }
    long asked = bytes >>> PAGE_SHIFT;
    int maxPfn = profile.maxPfn();
    int kernelCpus = Layouts.kernelCpus(profile);
    int most = Layouts.maxmemPfn(profile.address(), profile.pae(), kernelCpus);
    if (maxPfn > most) {
      return asked > maxPfn - most ? BootReport.HIGHMEM_MORE_THAN_THERE_IS : BootReport.NO_PROBLEM;
    }
    if (asked >= maxPfn) {
      return BootReport.HIGHMEM_BIGGER_THAN_RAM;
    }
    boolean little = maxPfn - asked < Profiles.LEAST_LOWMEM_PFN;
    return little ? BootReport.HIGHMEM_LEAVES_NO_LOWMEM : BootReport.NO_PROBLEM;
  }

  private static int policyZone(int[] limits) {
    int zone = limits.length - 2;
    while (zone > 0 && limits[zone] == limits[zone + 1]) {
      zone--;
    }
    return zone;
  }

  /** What the OOM killer tells of a request, for which it finds nobody to kill. */
  static LogEntry outOfMemory(Machine machine, int gfp, int order) {
    Sysctls settings = machine.files().sysctls();
    return new LogEntry.OutOfMemory(
        failure(machine, gfp, order),
        machine.profile().compaction(),
        unreclaimable(machine),
        settings.value(SysctlTable.number("oom_dump_tasks")) != 0,
        settings.value(SysctlTable.number("panic_on_oom")));
  }

  /** Caches with objects; there are no pages of processes, so slabs are always more than those. */
  private static List<LogEntry.SlabUse> unreclaimable(Machine machine) {
    List<LogEntry.SlabUse> slabs = new ArrayList<>();
    for (CacheInfo cache : machine.files().caches().caches()) {
      if ((cache.flags() & SlabFlags.SLAB_RECLAIM_ACCOUNT) == 0 && cache.numObjs() > 0) {
        long used = cache.activeObjs() * cache.size() >>> 10;
        slabs.add(new LogEntry.SlabUse(cache.name(), used, cache.numObjs() * cache.size() >>> 10));
      }
    }
    return slabs;
  }

  /** The state at the moment a request fails. */
  static LogEntry.AllocFailure failure(Machine machine, int gfp, int order) {
    Profile profile = machine.profile();
    ProcQueries queries = machine.procQueries();
    ZoneinfoSnapshot zones = new MemoryNumbers(machine).zoneinfo();
    int nrZones = zones.zones().size();
    long[] reserved = new long[nrZones];
    boolean[] highmem = new boolean[nrZones];
    int[][] types = new int[nrZones][];
    for (int z = 0; z < nrZones; z++) {
      reserved[z] = queries.reservedHighatomic(z);
      highmem[z] = queries.isHighmem(z);
      types[z] = queries.typesWithBlocks(z);
    }
    return new LogEntry.AllocFailure(
        machine.cpu(),
        gfp,
        order,
        machine.pages().allocator().highestZone(gfp),
        zones,
        reserved,
        highmem,
        types,
        profile.thp(),
        profile.cma());
  }
}
