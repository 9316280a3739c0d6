package kmemsh.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Profile;
import kmemsh.machine.SpaceQueries;
import kmemsh.session.Session;
import kmemsh.session.TimeWalk;
import kmemsh.view.Addr;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;
import kmemsh.view.SlabInfo;
import kmemsh.view.StateDiff;
import kmemsh.view.VmallocInfo;

/** Compares the present state with that of another moment. */
final class StateDiffs {
  private static final int MOST_PICTURES = 200;

  private final Session session;

  StateDiffs(Session session) {
    this.session = session;
  }

  /** What is in memory at one moment, as far as it is compared. */
  private record Moment(
      Profile hardware,
      PageState pages,
      Map<String, CacheInfo> caches,
      Map<String, Map<Integer, String>> slabs,
      List<VmallocInfo.Area> areas) {}

  /** The difference between {@code from} and now; {@code since} is what the user typed. */
  StateDiff since(int from, String since) {
    Moment before = new TimeWalk(session).at(from, this::look);
    Moment after = look();
    if (!before.hardware.equals(after.hardware)) {
      return new StateDiff(since, from, session.now(), true, List.of(), List.of(), List.of());
    }
    return new StateDiff(
        since,
        from,
        session.now(),
        false,
        zones(before, after),
        caches(before, after),
        areas(before, after));
  }

  private Moment look() {
    Machine machine = session.machine();
    MachineQueries queries = new MachineQueries(machine);
    Map<String, CacheInfo> caches = new LinkedHashMap<>();
    Map<String, Map<Integer, String>> slabs = new HashMap<>();
    if (machine.slab() != null) {
      List<CacheInfo> all = queries.slab().table(CacheTable.SLABINFO).caches();
      for (CacheInfo cache : all) {
        caches.put(cache.name(), cache);
        if (queries.slab().hasSlabs() && cache.numSlabs() <= MOST_PICTURES) {
          slabs.put(cache.name(), lists(queries, cache.name()));
        }
      }
    }
    return new Moment(
        machine.profile(), machine.pages().pageState(), caches, slabs, vmallocAreas(machine));
  }

  private static List<VmallocInfo.Area> vmallocAreas(Machine machine) {
    return machine.spaceOrNull() == null
        ? List.of()
        : new SpaceQueries(machine).vmallocInfo().areas();
  }

  private static List<StateDiff.Area> areas(Moment before, Moment after) {
    Map<Long, VmallocInfo.Area> then = byStart(before.areas);
    Map<Long, VmallocInfo.Area> now = byStart(after.areas);
    Set<Long> starts = new TreeSet<>(Long::compareUnsigned);
    starts.addAll(then.keySet());
    starts.addAll(now.keySet());
    List<StateDiff.Area> areas = new ArrayList<>();
    for (long start : starts) {
      VmallocInfo.Area old = then.get(start);
      VmallocInfo.Area present = now.get(start);
      boolean same = old != null && present != null && old.end() == present.end();
      if (old != null && !same) {
        areas.add(area(false, old));
      }
      if (present != null && !same) {
        areas.add(area(true, present));
      }
    }
    return areas;
  }

  private static StateDiff.Area area(boolean came, VmallocInfo.Area area) {
    return new StateDiff.Area(
        came, new Addr(area.start()), new Addr(area.end()), area.described() ? area.caller() : "");
  }

  private static Map<Long, VmallocInfo.Area> byStart(List<VmallocInfo.Area> areas) {
    Map<Long, VmallocInfo.Area> byStart = new HashMap<>();
    for (VmallocInfo.Area area : areas) {
      byStart.put(area.start(), area);
    }
    return byStart;
  }

  private static Map<Integer, String> lists(MachineQueries queries, String cache) {
    Map<Integer, String> lists = new LinkedHashMap<>();
    for (SlabInfo slab : queries.slab().picture(cache).slabs()) {
      lists.put(slab.pfn(), slab.list());
    }
    return lists;
  }

  private List<StateDiff.Zone> zones(Moment before, Moment after) {
    boolean numa = session.machine().profile().numa();
    List<StateDiff.Zone> zones = new ArrayList<>();
    for (int z = 0; z < after.pages.zones().size(); z++) {
      PageState.Zone then = before.pages.zones().get(z);
      PageState.Zone now = after.pages.zones().get(z);
      List<StateDiff.Block> blocks = blocks(then, now);
      if (!blocks.isEmpty() || pcpPages(then) != pcpPages(now)) {
        zones.add(
            new StateDiff.Zone(
                numa ? now.nid() : -1,
                now.name(),
                then.nrFreePages(),
                now.nrFreePages(),
                pcpPages(then),
                pcpPages(now),
                blocks));
      }
    }
    return zones;
  }

  private static long pcpPages(PageState.Zone zone) {
    long pages = 0;
    for (PageState.Pcp pcp : zone.pcps()) {
      pages += pcp.count();
    }
    return pages;
  }

  private static List<StateDiff.Block> blocks(PageState.Zone then, PageState.Zone now) {
    Map<Long, Integer> gone = keys(then);
    Map<Long, Integer> came = keys(now);
    List<StateDiff.Block> blocks = new ArrayList<>();
    Set<Long> all = new TreeSet<>(gone.keySet());
    all.addAll(came.keySet());
    for (long key : all) {
      Integer typeThen = gone.get(key);
      Integer typeNow = came.get(key);
      if (typeThen != null && !typeThen.equals(typeNow)) {
        blocks.add(block(false, key, typeThen));
      }
      if (typeNow != null && !typeNow.equals(typeThen)) {
        blocks.add(block(true, key, typeNow));
      }
    }
    return blocks;
  }

  private static StateDiff.Block block(boolean came, long key, int migratetype) {
    int order = (int) (key >>> Integer.SIZE);
    return new StateDiff.Block(came, (int) key, order, Migratetype.name(migratetype));
  }

  /** Order and pfn of each free block, with the type of its list. */
  private static Map<Long, Integer> keys(PageState.Zone zone) {
    Map<Long, Integer> keys = new HashMap<>();
    for (PageState.FreeList list : zone.freeLists()) {
      for (int pfn : list.pfns()) {
        keys.put((long) list.order() << Integer.SIZE | pfn, list.migratetype());
      }
    }
    return keys;
  }

  private static List<StateDiff.Cache> caches(Moment before, Moment after) {
    Set<String> names = new TreeSet<>(before.caches.keySet());
    names.addAll(after.caches.keySet());
    List<StateDiff.Cache> caches = new ArrayList<>();
    for (String name : names) {
      CacheInfo then = before.caches.get(name);
      CacheInfo now = after.caches.get(name);
      List<StateDiff.Move> moves =
          moves(
              before.slabs.getOrDefault(name, Map.of()), after.slabs.getOrDefault(name, Map.of()));
      boolean same =
          then != null
              && now != null
              && then.numSlabs() == now.numSlabs()
              && then.usedObjs() == now.usedObjs();
      if (!same || !moves.isEmpty()) {
        caches.add(
            new StateDiff.Cache(
                name,
                then == null ? -1 : then.numSlabs(),
                now == null ? -1 : now.numSlabs(),
                then == null ? 0 : then.usedObjs(),
                now == null ? 0 : now.usedObjs(),
                moves));
      }
    }
    return caches;
  }

  private static List<StateDiff.Move> moves(Map<Integer, String> then, Map<Integer, String> now) {
    List<StateDiff.Move> moves = new ArrayList<>();
    for (Map.Entry<Integer, String> slab : then.entrySet()) {
      String to = now.getOrDefault(slab.getKey(), "");
      if (!to.equals(slab.getValue())) {
        moves.add(new StateDiff.Move(slab.getKey(), slab.getValue(), to));
      }
    }
    for (Map.Entry<Integer, String> slab : now.entrySet()) {
      if (!then.containsKey(slab.getKey())) {
        moves.add(new StateDiff.Move(slab.getKey(), "", slab.getValue()));
      }
    }
    return moves;
  }
}
