package kmemsh.machine;

import kmemsh.mm.page.ProcQueries;
import kmemsh.mm.page.ZoneShape;
import kmemsh.view.BootReport;
import kmemsh.view.LogEntry;
import kmemsh.view.ZoneinfoSnapshot;

/** What the kernel's messages are made from. Reads only. */
final class KernelReports {
  private KernelReports() {}

  /** The warning of a request for an order that does not exist. */
  static LogEntry orderWarning(int cpu, int order) {
    return new LogEntry.OrderWarning(cpu, order);
  }

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
        high);
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
