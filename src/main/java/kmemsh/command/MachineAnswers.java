package kmemsh.command;

import kmemsh.lang.MachineFacts;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.mm.page.PageQueries;

/** What expressions ask of the machine, answered by the machine of the moment. */
public final class MachineAnswers implements MachineFacts {
  private final Machine machine;
  private MachineQueries queries;

  /** Answers for {@code machine}, which may be rebooted. */
  public MachineAnswers(Machine machine) {
    this.machine = machine;
  }

  private PageQueries pages() {
    if (queries == null || !queries.isOf(machine)) {
      queries = new MachineQueries(machine);
    }
    return queries.pages();
  }

  @Override
  public String[] zoneNames() {
    return pages().zoneNames();
  }

  @Override
  public long freeBlocks(String zone, int order) {
    return pages().freeBlocks(zone, order);
  }

  @Override
  public long zonePages(String zone, String field) {
    return pages().zonePages(zone, field);
  }

  @Override
  public long pcpPages(String zone) {
    return pages().pcpPages(zone);
  }

  @Override
  public long largestFreeOrder(String zone) {
    return pages().largestFreeOrder(zone);
  }

  @Override
  public long addressOf(int pfn) {
    return machine.hasAddress(pfn) ? machine.addressOf(pfn) : 0;
  }

  @Override
  public int pfnOf(long address) {
    return machine.pfnOf(address);
  }

  @Override
  public String zoneOf(int pfn) {
    return machine.zoneName(pfn);
  }

  @Override
  public long endPfn() {
    return machine.nrFrames();
  }
}
