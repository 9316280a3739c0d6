package kmemsh.command;

import kmemsh.lang.MachineFacts;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.session.Session;

/** Answers about the machine a session stands on at the moment of the question. */
public final class SessionFacts implements MachineFacts {
  private final Session session;
  private MachineQueries queries;

  public SessionFacts(Session session) {
    this.session = session;
  }

  /** Snapshots of the present machine. */
  public MachineQueries queries() {
    Machine machine = session.machine();
    if (queries == null || !queries.isOf(machine)) {
      queries = new MachineQueries(machine);
    }
    return queries;
  }

  @Override
  public String[] zoneNames() {
    return queries().pages().zoneNames();
  }

  @Override
  public long freeBlocks(String zone, int order) {
    return queries().pages().freeBlocks(zone, order);
  }

  @Override
  public long zonePages(String zone, String field) {
    return queries().pages().zonePages(zone, field);
  }

  @Override
  public long pcpPages(String zone) {
    return queries().pages().pcpPages(zone);
  }

  @Override
  public long largestFreeOrder(String zone) {
    return queries().pages().largestFreeOrder(zone);
  }

  @Override
  public long addressOf(int pfn) {
    return queries().frames().linearMap().virtOf(pfn);
  }

  @Override
  public int pfnOf(long address) {
    return queries().frames().linearMap().pfnOf(address);
  }

  @Override
  public String zoneOf(int pfn) {
    return queries().frames().zoneName(pfn);
  }

  @Override
  public long endPfn() {
    return session.machine().profile().maxPfn();
  }
}
