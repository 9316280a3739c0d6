package kmemsh.command;

import kmemsh.lang.MachineFacts;
import kmemsh.machine.Highmem;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Slabs;
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
  public String[] cacheNames() {
    Slabs slab = session.machine().slab();
    return slab == null ? new String[0] : slab.names();
  }

  @Override
  public long cacheNumber(String name, String field) {
    Slabs slab = session.machine().slab();
    int cache = slab == null ? Slabs.NO_CACHE : slab.find(name);
    return cache == Slabs.NO_CACHE ? -1 : slab.number(cache, field);
  }

  @Override
  public String cacheAt(long address) {
    Slabs slab = session.machine().slab();
    long object = physical(address);
    int cache = slab == null || object < 0 ? Slabs.NO_CACHE : slab.cacheOf(object);
    return cache == Slabs.NO_CACHE ? "" : slab.cache(cache).name;
  }

  @Override
  public long objectBytes(long address) {
    Slabs slab = session.machine().slab();
    long object = physical(address);
    boolean live = slab != null && object >= 0 && slab.stateOf(object) == Slabs.IN_USE;
    boolean large = slab != null && object >= 0 && slab.largeOrder(object) >= 0;
    return live || large ? slab.ksize(object) : 0;
  }

  private long physical(long address) {
    Machine machine = session.machine();
    return machine.pfnOf(address) < 0 ? -1 : address - machine.pageOffset();
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
    long virt = queries().frames().linearMap().virtOf(pfn);
    Highmem highmem = virt == 0 && pfn >= 0 && pfn < endPfn() ? session.machine().highmem() : null;
    return highmem == null || !highmem.isHighmem(pfn) ? virt : highmem.pageAddress(pfn);
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
