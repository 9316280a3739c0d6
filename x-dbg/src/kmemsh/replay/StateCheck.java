package kmemsh.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kmemsh.capture.RecordedMachine;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;

/**
 * Whether a recorded state is one that a machine can be in: a corrupt recording must not lead the
 * model astray.
 */
final class StateCheck {
  private static final int MAX_FREE_FACTOR = 5;
  private static final int MAX_PCP_ORDER = 3;
  private static final int NR_PCP_LISTS_THP = 14;

  private final RecordedMachine machine;
  private final Map<Integer, PageState.Zone> shapes = new HashMap<>();
  private FrameSet taken = new FrameSet(0);

  /** {@code empty} is the state of the machine that is to be loaded: its zones. */
  StateCheck(RecordedMachine machine, PageState empty) {
    this.machine = machine;
    for (PageState.Zone zone : empty.zones()) {
      shapes.put(zone.id(), zone);
    }
  }

  /** What is wrong with {@code state}, or empty. */
  String problem(PageState state) {
    taken = new FrameSet(machine.maxPfn());
    for (PageState.Zone zone : state.zones()) {
      String problem = zoneProblem(zone);
      if (!problem.isEmpty()) {
        return "zone " + zone.id() + ": " + problem;
      }
    }
    return state.zones().size() == shapes.size() ? "" : "a zone of the machine is missing";
  }

  private String zoneProblem(PageState.Zone zone) {
    PageState.Zone shape = shapes.get(zone.id());
    if (shape == null) {
      return "the machine has no such zone";
    }
    if (shape.zoneStartPfn() != zone.zoneStartPfn()
        || shape.spannedPages() != zone.spannedPages()
        || shape.nid() != zone.nid()) {
      return zone.spannedPages()
          + " pages from "
          + zone.zoneStartPfn()
          + " is not the span that follows from the machine, "
          + shape.spannedPages()
          + " from "
          + shape.zoneStartPfn();
    }
    if (zone.lowmemReserve().length != machine.maxNrZones()) {
      return "lowmem_reserve has " + zone.lowmemReserve().length + " numbers";
    }
    if (zone.pageblocks().length != nrPageblocks(zone)) {
      return zone.pageblocks().length + " pageblocks, the span has " + nrPageblocks(zone);
    }
    for (int type : zone.pageblocks()) {
      if (type >= nrTypes()) {
        return "a pageblock has migratetype " + type + ", which is not built in";
      }
    }
    String problem = listProblem(zone, zone.freeLists());
    return problem.isEmpty() ? pcpProblem(zone) : problem;
  }

  private int nrTypes() {
    return machine.option("cma") ? Migratetype.NR_TYPES : Migratetype.MIGRATE_HIGHATOMIC + 1;
  }

  private int nrPageblocks(PageState.Zone zone) {
    int order = machine.pageblockOrder();
    int last = zone.zoneStartPfn() + zone.spannedPages() - 1;
    return (last >>> order) - (zone.zoneStartPfn() >>> order) + 1;
  }

  private String listProblem(PageState.Zone zone, List<PageState.FreeList> lists) {
    int end = zone.zoneStartPfn() + zone.spannedPages();
    for (PageState.FreeList list : lists) {
      int size = 1 << list.order();
      if (list.migratetype() >= nrTypes()) {
        return "migratetype " + list.migratetype() + " is not built in";
      }
      for (int pfn : list.pfns()) {
        if ((pfn & (size - 1)) != 0 || pfn < zone.zoneStartPfn() || pfn + size > end) {
          return "pfn " + pfn + " cannot be a block of order " + list.order();
        }
        if (!taken.add(pfn, size)) {
          return "the block " + pfn + " of order " + list.order() + " overlaps another";
        }
      }
    }
    return "";
  }

  private String pcpProblem(PageState.Zone zone) {
    for (PageState.Pcp pcp : zone.pcps()) {
      if (pcp.cpu() >= machine.nrCpus()) {
        return "the machine has no cpu " + pcp.cpu();
      }
      if (pcp.freeFactor() < 0 || pcp.freeFactor() > MAX_FREE_FACTOR) {
        return "free_factor " + pcp.freeFactor() + " is not one of 0..5";
      }
      String problem = listProblem(zone, pcp.lists());
      if (problem.isEmpty()) {
        problem = countProblem(pcp);
      }
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return zone.pcps().size() == machine.nrCpus() ? "" : "a cpu has no page set";
  }

  private String countProblem(PageState.Pcp pcp) {
    boolean thp = machine.number("nr_pcp_lists") == NR_PCP_LISTS_THP;
    int pages = 0;
    for (PageState.FreeList list : pcp.lists()) {
      if (list.order() > MAX_PCP_ORDER && !(thp && list.order() == machine.pageblockOrder())) {
        return "order " + list.order() + " is not kept on per-CPU lists";
      }
      pages += list.pfns().length << list.order();
    }
    if (pages != pcp.count()) {
      return "count=" + pcp.count() + " of cpu " + pcp.cpu() + ", but it lists " + pages + " pages";
    }
    for (int i = 0; i < pcp.strays().length; i += 2) {
      if (!taken.has(pcp.strays()[i])) {
        return "pfn " + pcp.strays()[i] + " has a cached type but is on no list";
      }
    }
    return "";
  }
}
