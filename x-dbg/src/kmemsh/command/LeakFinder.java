package kmemsh.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Slabs;
import kmemsh.session.Session;
import kmemsh.trace.TraceOff;
import kmemsh.view.Addr;
import kmemsh.view.LeakReport;

/** Runs the history again and notes who took each object that is held at its end. */
final class LeakFinder extends TraceOff {
  private final Session session;

  /** By physical address. */
  private final Map<Long, Taken> held = new LinkedHashMap<>();

  private int entry;

  private record Taken(int entry, int cache, long asked, long given) {}

  LeakFinder(Session session) {
    this.session = session;
  }

  /**
   * What is held of what the entries behind {@code from} took.
   *
   * @param since what the user asked for
   */
  LeakReport report(int from, int since) {
    session.factsSince(from, this, n -> entry = n);
    Machine machine = session.machine();
    MachineQueries queries = new MachineQueries(machine);
    Map<String, LeakReport.Leak> leaks = new LinkedHashMap<>();
    for (Map.Entry<Long, Taken> each : held.entrySet()) {
      if (!machine.slab().isKernelOwn(each.getKey())) {
        add(leaks, queries, machine.pageOffset() + each.getKey(), each.getValue());
      }
    }
    List<LeakReport.Leak> sorted = new ArrayList<>(leaks.values());
    sorted.sort((one, other) -> Integer.compare(one.n(), other.n()));
    return new LeakReport(since, sorted);
  }

  private void add(
      Map<String, LeakReport.Leak> leaks, MachineQueries queries, long virt, Taken taken) {
    String name = taken.cache < 0 ? null : queries.slab().nameOf(taken.cache);
    String cache = name == null ? "" : name;
    String key = taken.entry + " " + cache;
    LeakReport.Leak before = leaks.get(key);
    boolean first = before == null;
    leaks.put(
        key,
        new LeakReport.Leak(
            taken.entry,
            session.textAt(taken.entry),
            cache,
            first ? 1 : before.objects() + 1,
            taken.asked + (first ? 0 : before.askedBytes()),
            taken.given + (first ? 0 : before.givenBytes()),
            first ? new Addr(virt) : before.first()));
  }

  @Override
  public void kmemCacheAlloc(
      int cache, long object, int bytesReq, int bytesAlloc, int gfpMask, int nid) {
    if (object != 0) {
      held.remove(object);
      held.put(object, new Taken(entry, cache, bytesReq, bytesAlloc));
    }
  }

  @Override
  public void kmemCacheFree(int cache, long object) {
    held.remove(object);
  }

  @Override
  public void kmalloc(long object, long bytesReq, long bytesAlloc, int gfpMask, int nid) {
    if (object > Slabs.ZERO_SIZE_PTR) {
      Taken before = held.remove(object);
      held.put(object, new Taken(entry, before == null ? -1 : before.cache, bytesReq, bytesAlloc));
    }
  }

  @Override
  public void kfree(long object) {
    held.remove(object);
  }
}
