package kmemsh.mm.page;

import static kmemsh.mm.page.AllocFlags.ALLOC_CMA;
import static kmemsh.mm.page.AllocFlags.ALLOC_CPUSET;
import static kmemsh.mm.page.AllocFlags.ALLOC_HIGHATOMIC;
import static kmemsh.mm.page.AllocFlags.ALLOC_KSWAPD;
import static kmemsh.mm.page.AllocFlags.ALLOC_MIN_RESERVE;
import static kmemsh.mm.page.AllocFlags.ALLOC_NOFRAGMENT;
import static kmemsh.mm.page.AllocFlags.ALLOC_NON_BLOCK;
import static kmemsh.mm.page.AllocFlags.ALLOC_NO_WATERMARKS;
import static kmemsh.mm.page.AllocFlags.ALLOC_OOM;
import static kmemsh.mm.page.AllocFlags.ALLOC_RESERVES;
import static kmemsh.mm.page.AllocFlags.WMARK_LOW;
import static kmemsh.mm.page.AllocFlags.WMARK_MASK;
import static kmemsh.mm.page.AllocFlags.WMARK_MIN;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.Gfp;
import kmemsh.view.PageState;

/**
 * The page allocator for requests that do not sleep, sentence by sentence as the specification has
 * it and with nothing to make it fast. Spec: page-allocator.md 3.3, 4.3 to 4.6, 5, 6, 7, 8.1
 */
final class PlainPages extends PlainBuddy {
  private final boolean[] interleave;
  private final int[] interleaveNode;

  PlainPages(PageConfig config, PageState state) {
    super(config);
    interleave = new boolean[config.nrCpus()];
    interleaveNode = new int[config.nrCpus()];
    for (PageState.Zone of : state.zones()) {
      load(of);
    }
  }

  private void load(PageState.Zone of) {
    PlainZone zone = new PlainZone(of, config);
    zones.add(zone);
    for (PageState.FreeList list : of.freeLists()) {
      for (int pfn : list.pfns()) {
        put(zone, pfn, list.order(), list.migratetype(), true);
      }
    }
    for (int pfn : of.lruPfns()) {
      lru[pfn] = true;
    }
    for (PageState.Pcp saved : of.pcps()) {
      PlainZone.Set set = new PlainZone.Set();
      zone.sets.add(set);
      for (int i = 0; i < (config.thp() ? 14 : 12); i++) {
        set.lists.add(new ArrayList<>());
      }
      set.count = saved.count();
      set.high = saved.high();
      set.batch = saved.batch();
      set.freeFactor = saved.freeFactor();
      set.vdiff = saved.vdiff();
      set.vthreshold = saved.vthreshold();
      set.cmaDiff = saved.cmaDiff();
      for (PageState.FreeList list : saved.lists()) {
        for (int pfn : list.pfns()) {
          set.lists.get(pindex(list.order(), list.migratetype())).add(pfn);
          cached[pfn] = (byte) list.migratetype();
        }
      }
      for (int i = 0; i < saved.strays().length; i += 2) {
        cached[saved.strays()[i]] = (byte) saved.strays()[i + 1];
      }
    }
  }

  void setInterleave(int of, int lastNode) {
    interleave[of] = true;
    interleaveNode[of] = lastNode;
  }

  // Choosing a zone. Spec: 5

  private List<PlainZone> zonelist(int nid, int highest, boolean thisNode) {
    List<PlainZone> list = new ArrayList<>();
    for (int node : config.nodeOrder()[nid]) {
      for (int index = highest; index >= 0; index--) {
        PlainZone zone = zone(node * config.maxNrZones() + index);
        if (zone != null && (!thisNode || node == nid)) {
          list.add(zone);
        }
      }
    }
    return list;
  }

  private int highest(int gfp) {
    return Math.max(0, config.zoneOfGfp()[gfp & 15]);
  }

  private int mobility(int gfp) {
    return config.mobilityDisabled() ? 0 : gfp >> 3 & 3;
  }

  private int startNode(int gfp) {
    int own = config.cpuNode()[cpu];
    if (!interleave[cpu] || (gfp & Gfp.__GFP_THISNODE) != 0) {
      return own;
    }
    interleaveNode[cpu] = (interleaveNode[cpu] + 1) % config.nrNodes();
    return interleaveNode[cpu];
  }

  int alloc(int gfp, int order) {
    return order >= 11 ? NONE : alloc(gfp, order, startNode(gfp));
  }

  private int alloc(int gfp, int order, int nid) {
    int hz = highest(gfp);
    int mt = mobility(gfp);
    List<PlainZone> list = zonelist(nid, hz, (gfp & Gfp.__GFP_THISNODE) != 0);
    int cma = config.cma() && mt == MOVABLE ? ALLOC_CMA : 0;
    int kswapd = gfp & ALLOC_KSWAPD;
    int pfn = walk(list, gfp, order, mt, hz, WMARK_LOW | kswapd | cma | noFragment(list));
    if (pfn != NONE) {
      return pfn;
    }
    int flags = WMARK_MIN | ALLOC_CPUSET | (gfp & ALLOC_MIN_RESERVE) | kswapd | cma;
    boolean high = (gfp & Gfp.__GFP_HIGH) != 0;
    boolean noMemalloc = (gfp & Gfp.__GFP_NOMEMALLOC) != 0;
    if (!noMemalloc) {
      flags |= ALLOC_NON_BLOCK | (order > 0 && high ? ALLOC_HIGHATOMIC : 0);
    }
    if (high) {
      flags &= ~ALLOC_CPUSET;
    }
    pfn = walk(list, gfp, order, mt, hz, flags);
    if (pfn != NONE) {
      return pfn;
    }
    if (!noMemalloc && (gfp & Gfp.__GFP_MEMALLOC) != 0) {
      flags = ALLOC_NO_WATERMARKS | cma | kswapd;
    }
    return walk(list, gfp, order, mt, hz, flags);
  }

  private int noFragment(List<PlainZone> list) {
    if (!config.noFragment() || list.isEmpty() || list.get(0).index != config.normalIndex()) {
      return 0;
    }
    PlainZone below = zone(list.get(0).nid * config.maxNrZones() + config.dma32Index());
    return config.nrNodes() == 1 || below != null ? ALLOC_NOFRAGMENT : 0;
  }

  private int walk(List<PlainZone> list, int gfp, int order, int mt, int hz, int given) {
    int flags = given;
    while (true) {
      boolean noFragment = (flags & ALLOC_NOFRAGMENT) != 0;
      boolean again = false;
      for (PlainZone zone : list) {
        if (noFragment && config.nrNodes() > 1 && zone.nid != list.get(0).nid) {
          again = true;
          break;
        }
        long mark = zone.watermark[flags & WMARK_MASK] + zone.boost;
        if (!fastCheck(zone, order, gfp, mark, hz, flags) && (flags & ALLOC_NO_WATERMARKS) == 0) {
          continue;
        }
        int pfn = rmqueue(zone, order, mt, flags);
        if (pfn != NONE) {
          if ((flags & ALLOC_HIGHATOMIC) != 0) {
            reserve(zone, pfn);
          }
          return pfn;
        }
      }
      if (!noFragment && !again) {
        return NONE;
      }
      flags &= ~ALLOC_NOFRAGMENT;
    }
  }

  private long unusable(PlainZone zone, int order, int flags) {
    long unusable = (1 << order) - 1;
    unusable += (flags & ALLOC_RESERVES) == 0 ? zone.highatomic : 0;
    boolean cma = config.cma() && (flags & ALLOC_CMA) == 0;
    return unusable + (cma ? Math.max(0, zone.freeCma) : 0);
  }

  private boolean fastCheck(PlainZone zone, int order, int gfp, long mark, int hz, int flags) {
    long free = zone.readFree();
    if (order == 0) {
      long usable = free - Math.min(free, unusable(zone, 0, flags));
      if (usable > mark + zone.reserve[hz]) {
        return true;
      }
    }
    if (check(zone, order, mark, hz, flags, free)) {
      return true;
    }
    return order == 0
        && (gfp & Gfp.__GFP_ATOMIC) != 0
        && zone.boost != 0
        && (flags & WMARK_MASK) == WMARK_MIN
        && check(zone, 0, zone.watermark[WMARK_MIN], hz, flags, free);
  }

  private boolean check(PlainZone zone, int order, long mark, int hz, int flags, long given) {
    long free = given - unusable(zone, order, flags);
    long min = mark;
    if ((flags & ALLOC_MIN_RESERVE) != 0) {
      min -= min / 2;
      min -= (flags & ALLOC_NON_BLOCK) != 0 ? min / 4 : 0;
    }
    min -= (flags & ALLOC_OOM) != 0 ? min / 2 : 0;
    if (free <= min + zone.reserve[hz]) {
      return false;
    }
    for (int o = order; o <= 10 && order > 0; o++) {
      boolean plain = false;
      for (int mt = 0; mt < 3; mt++) {
        plain |= !zone.list(o, mt).isEmpty();
      }
      boolean cma = (flags & ALLOC_CMA) != 0 && !zone.list(o, CMA).isEmpty();
      boolean may = (flags & (ALLOC_HIGHATOMIC | ALLOC_OOM)) != 0;
      if (plain || cma || (may && !zone.list(o, HIGHATOMIC).isEmpty())) {
        return true;
      }
    }
    return order == 0;
  }

  // Taking pages. Spec: 6

  private boolean onSets(int order) {
    return order <= 3 || (config.thp() && order == blockOrder);
  }

  private static int pindex(int order, int mt) {
    return order <= 3 ? 3 * order + mt : mt == MOVABLE ? 13 : 12;
  }

  private int rmqueue(PlainZone zone, int order, int mt, int flags) {
    int pfn = NONE;
    if (onSets(order) && (!config.cma() || (flags & ALLOC_CMA) != 0 || mt != MOVABLE)) {
      zone.sets.get(cpu).freeFactor >>= 1;
      pfn = fromSet(zone, order, mt, flags);
    }
    if (pfn == NONE && (flags & ALLOC_HIGHATOMIC) != 0) {
      pfn = counted(zone, smallest(zone, order, HIGHATOMIC), order);
    }
    if (pfn == NONE) {
      pfn = counted(zone, take(zone, order, mt, flags), order);
    }
    if (pfn == NONE && (flags & (ALLOC_OOM | ALLOC_NON_BLOCK)) != 0) {
      pfn = counted(zone, smallest(zone, order, HIGHATOMIC), order);
    }
    zone.flags &= ~1;
    return pfn;
  }

  private int counted(PlainZone zone, int pfn, int order) {
    if (pfn != NONE) {
      addFree(zone, -(1 << order));
      if (cached[pfn] == CMA) {
        addCma(zone, -(1 << order));
      }
    }
    return pfn;
  }

  private int fromSet(PlainZone zone, int order, int mt, int flags) {
    PlainZone.Set set = zone.sets.get(cpu);
    List<Integer> list = set.lists.get(pindex(order, mt));
    if (list.isEmpty()) {
      int wanted = set.batch > 1 ? Math.max(set.batch >> order, 2) : set.batch;
      int got = 0;
      while (got < wanted) {
        int pfn = take(zone, order, mt, flags);
        if (pfn == NONE) {
          break;
        }
        list.add(pfn);
        if (cached[pfn] == CMA) {
          addCma(zone, -(1 << order));
        }
        got++;
      }
      set.count += got << order;
      addFree(zone, -(got << order));
    }
    if (list.isEmpty()) {
      return NONE;
    }
    set.count -= 1 << order;
    return list.remove(0);
  }

  // Freeing. Spec: 7

  void free(int pfn, int order) {
    PlainZone zone = zoneOf(pfn);
    int mt = type(zone, pfn);
    if (!onSets(order) || mt == ISOLATE) {
      freeOne(zone, pfn, order, mt, false);
      return;
    }
    cached[pfn] = (byte) mt;
    PlainZone.Set set = zone.sets.get(cpu);
    int index = pindex(order, mt >= 3 ? MOVABLE : mt);
    set.lists.get(index).add(0, pfn);
    set.count += 1 << order;
    boolean freeHigh = set.freeFactor != 0 && order >= 1 && order <= 3;
    int limit = set.high;
    if (set.high == 0 || freeHigh) {
      limit = 0;
    } else if ((zone.flags & 2) != 0) {
      limit = Math.min(4 * set.batch, set.high);
    }
    if (set.count < limit) {
      return;
    }
    int nr = set.count;
    if (!freeHigh && limit < set.batch) {
      nr = 1;
    } else if (!freeHigh) {
      int x = set.batch << set.freeFactor;
      set.freeFactor += x < limit - set.batch && set.freeFactor < 5 ? 1 : 0;
      nr = Math.min(Math.max(x, set.batch), limit - set.batch);
    }
    drain(zone, set, nr, index);
  }

  private void drain(PlainZone zone, PlainZone.Set set, int given, int first) {
    int nr = Math.min(given, set.count);
    for (int index = first; nr > 0; index = (index + 1) % set.lists.size()) {
      List<Integer> list = set.lists.get(index);
      int order = index < 12 ? index / 3 : blockOrder;
      while (nr > 0 && !list.isEmpty()) {
        int pfn = list.remove(list.size() - 1);
        nr -= 1 << order;
        set.count -= 1 << order;
        freeOne(zone, pfn, order, zone.nrIsolated > 0 ? type(zone, pfn) : cached[pfn], false);
      }
    }
  }

  void drainAll() {
    for (int of = 0; of < config.nrCpus(); of++) {
      for (PlainZone zone : zones) {
        PlainZone.Set set = zone.sets.get(of);
        while (set.count > 0) {
          drain(zone, set, Math.min(set.count, 32 * set.batch), 0);
        }
      }
    }
  }

  /** A block of low memory at boot. Spec: 2.3 */
  void handOver(int pfn, int order) {
    PlainZone zone = zoneOf(pfn);
    freeOne(zone, pfn, order, type(zone, pfn), true);
  }

  // Derived calls. Spec: 7.6

  int allocExact(long bytes, int gfp) {
    int order = 0;
    while (4096L << order < bytes) {
      order++;
    }
    int pfn = alloc(gfp & ~(Gfp.__GFP_COMP | Gfp.__GFP_HIGHMEM), order);
    int pages = (int) ((bytes + 4095) / 4096);
    for (int i = pages; i < 1 << order && pfn != NONE; i++) {
      PlainZone zone = zoneOf(pfn + i);
      freeOne(zone, pfn + i, 0, type(zone, pfn + i), true);
    }
    return pfn;
  }

  int allocBulk(int gfp, int wanted, int[] out) {
    int own = config.cpuNode()[cpu];
    int mt = mobility(gfp);
    List<PlainZone> list = zonelist(own, highest(gfp), (gfp & Gfp.__GFP_THISNODE) != 0);
    int flags = WMARK_LOW | (config.cma() && mt == MOVABLE ? ALLOC_CMA : 0);
    int nr = 0;
    if (wanted > 1) {
      for (PlainZone zone : list) {
        if (zone.nid != list.get(0).nid) {
          break;
        }
        long mark = zone.watermark[WMARK_LOW] + zone.boost + wanted;
        if (fastCheck(zone, 0, gfp, mark, list.get(0).index, flags)) {
          nr = takeMany(zone, mt, flags, wanted, out);
          break;
        }
      }
    }
    if (nr == 0) {
      out[0] = alloc(gfp, 0, own);
      nr = out[0] == NONE ? 0 : 1;
    }
    return nr;
  }

  private int takeMany(PlainZone zone, int mt, int flags, int wanted, int[] out) {
    int nr = 0;
    while (nr < wanted) {
      out[nr] = fromSet(zone, 0, mt, flags);
      if (out[nr] == NONE) {
        break;
      }
      nr++;
    }
    return nr;
  }
}
