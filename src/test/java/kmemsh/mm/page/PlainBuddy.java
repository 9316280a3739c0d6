package kmemsh.mm.page;

import static kmemsh.mm.page.AllocFlags.ALLOC_CMA;
import static kmemsh.mm.page.AllocFlags.ALLOC_KSWAPD;
import static kmemsh.mm.page.AllocFlags.ALLOC_NOFRAGMENT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The free lists of {@link PlainPages}: splitting, merging, stealing, and the counters. Spec:
 * page-allocator.md 3.3, 6.2 to 6.6, 7.4, 11.1
 */
class PlainBuddy {
  static final int NONE = -1;
  static final int MOVABLE = 1;
  static final int HIGHATOMIC = 3;
  static final int CMA = 4;
  static final int ISOLATE = 5;
  private static final int[][] FALLBACKS = {{2, 1}, {2, 0}, {0, 1}};

  final PageConfig config;
  final List<PlainZone> zones = new ArrayList<>();
  final int blockOrder;
  private final int blockPages;

  /** The order of the free block that begins at a frame, or -1. */
  private final byte[] freeOrder;

  final byte[] cached;
  final boolean[] lru;
  int cpu;

  PlainBuddy(PageConfig config) {
    this.config = config;
    blockOrder = config.pageblockOrder();
    blockPages = 1 << blockOrder;
    freeOrder = new byte[config.nrFrames() + 2048];
    Arrays.fill(freeOrder, (byte) NONE);
    cached = new byte[config.nrFrames() + 2048];
    lru = new boolean[config.nrFrames() + 2048];
  }

  PlainZone zoneOf(int pfn) {
    for (PlainZone zone : zones) {
      if (zone.spans(pfn)) {
        return zone;
      }
    }
    return null;
  }

  PlainZone zone(int id) {
    return zones.stream().filter(zone -> zone.id == id).findFirst().orElse(null);
  }

  private int block(PlainZone zone, int pfn) {
    return (pfn >>> blockOrder) - (zone.start >>> blockOrder);
  }

  int type(PlainZone zone, int pfn) {
    return zone.blocks[block(zone, pfn)];
  }

  private void setType(PlainZone zone, int pfn, int mt) {
    zone.blocks[block(zone, pfn)] = mt < 3 && config.mobilityDisabled() ? 0 : mt;
  }

  void put(PlainZone zone, int pfn, int order, int mt, boolean tail) {
    List<Integer> list = zone.list(order, mt);
    list.add(tail ? list.size() : 0, pfn);
    freeOrder[pfn] = (byte) order;
  }

  /** Takes a free block off whatever list it is on. */
  private void remove(PlainZone zone, int pfn, int order) {
    for (int mt = 0; mt < 6; mt++) {
      if (zone.list(order, mt).remove((Integer) pfn)) {
        freeOrder[pfn] = NONE;
        return;
      }
    }
    throw new IllegalStateException("pfn " + pfn + " of order " + order + " is on no list");
  }

  // Counters. Spec: 11.1

  void addFree(PlainZone zone, int delta) {
    if (!config.smp()) {
      zone.free += delta;
      return;
    }
    PlainZone.Set set = zone.sets.get(cpu);
    set.vdiff += delta;
    if (Math.abs(set.vdiff) > set.vthreshold) {
      zone.free += set.vdiff;
      set.vdiff = 0;
    }
  }

  void addCma(PlainZone zone, int delta) {
    if (!config.smp()) {
      zone.freeCma += delta;
      return;
    }
    PlainZone.Set set = zone.sets.get(cpu);
    set.cmaDiff += delta;
    if (Math.abs(set.cmaDiff) > set.vthreshold) {
      zone.freeCma += set.cmaDiff;
      set.cmaDiff = 0;
    }
  }

  // Taking blocks.

  int smallest(PlainZone zone, int order, int mt) {
    for (int o = order; o <= 10; o++) {
      if (!zone.list(o, mt).isEmpty()) {
        int pfn = zone.list(o, mt).remove(0);
        freeOrder[pfn] = NONE;
        for (int h = o - 1; h >= order; h--) {
          put(zone, pfn + (1 << h), h, mt, false);
        }
        cached[pfn] = (byte) mt;
        return pfn;
      }
    }
    return NONE;
  }

  int take(PlainZone zone, int order, int mt, int flags) {
    boolean cma = (flags & ALLOC_CMA) != 0;
    if (cma && Math.max(0, zone.freeCma) > zone.readFree() / 2) {
      int pfn = smallest(zone, order, CMA);
      if (pfn != NONE) {
        return pfn;
      }
    }
    while (true) {
      int pfn = smallest(zone, order, mt);
      if (pfn == NONE && cma) {
        pfn = smallest(zone, order, CMA);
      }
      if (pfn != NONE || !fallback(zone, order, mt, flags)) {
        return pfn;
      }
    }
  }

  private boolean fallback(PlainZone zone, int order, int mt, int flags) {
    boolean whole = order < blockOrder && (flags & ALLOC_NOFRAGMENT) != 0;
    int low = whole ? blockOrder : order;
    int o = 10;
    while (o >= low && find(zone, o, mt) == NONE) {
      o--;
    }
    if (o < low) {
      return false;
    }
    if (!canSteal(o, mt) && mt == MOVABLE && o > order) {
      o = order;
      while (find(zone, o, mt) == NONE) {
        o++;
      }
    }
    int pfn = zone.list(o, find(zone, o, mt)).get(0);
    steal(zone, pfn, o, mt, canSteal(o, mt), flags);
    return true;
  }

  private static int find(PlainZone zone, int order, int mt) {
    for (int from : FALLBACKS[mt]) {
      if (!zone.list(order, from).isEmpty()) {
        return from;
      }
    }
    return NONE;
  }

  private boolean canSteal(int order, int mt) {
    return order >= blockOrder / 2 || mt != MOVABLE || config.mobilityDisabled();
  }

  private void steal(PlainZone zone, int pfn, int order, int mt, boolean can, int flags) {
    int old = type(zone, pfn);
    if (old == HIGHATOMIC) {
      move(zone, pfn, order, mt);
      return;
    }
    if (order >= blockOrder) {
      for (int block = 0; block < 1 << (order - blockOrder); block++) {
        setType(zone, pfn + block * blockPages, mt);
      }
      move(zone, pfn, order, mt);
      return;
    }
    if (boost(zone) && (flags & ALLOC_KSWAPD) != 0) {
      zone.flags |= 1;
    }
    int[] moved = can ? moveBlock(zone, pfn, mt) : new int[2];
    if (moved[0] == 0) {
      move(zone, pfn, order, mt);
      return;
    }
    int alike = old == MOVABLE ? blockPages - (moved[0] + moved[1]) : 0;
    alike = mt == MOVABLE ? moved[1] : alike;
    if (moved[0] + alike >= blockPages / 2 || config.mobilityDisabled()) {
      setType(zone, pfn, mt);
    }
  }

  private boolean boost(PlainZone zone) {
    if (4L * blockPages > zone.managed) {
      return false;
    }
    long most = zone.watermark[2] * 15000 / 10000;
    if (most == 0) {
      return false;
    }
    most = Math.max(blockPages, most);
    zone.boost = Math.min(zone.boost + blockPages, most);
    return true;
  }

  private void move(PlainZone zone, int pfn, int order, int mt) {
    remove(zone, pfn, order);
    put(zone, pfn, order, mt, true);
  }

  /** Free pages that were moved, and movable ones that were met. */
  private int[] moveBlock(PlainZone zone, int pfn, int mt) {
    int start = pfn & -blockPages;
    int end = start + blockPages - 1;
    if (!zone.spans(end)) {
      return new int[2];
    }
    int[] found = new int[2];
    int at = zone.spans(start) ? start : pfn;
    while (at <= end) {
      int order = freeOrder[at];
      if (order >= 0) {
        move(zone, at, order, mt);
        found[0] += 1 << order;
        at += 1 << order;
      } else {
        found[1] += lru[at] ? 1 : 0;
        at++;
      }
    }
    return found;
  }

  void reserve(PlainZone zone, int pfn) {
    if (zone.highatomic >= zone.managed / 100 + blockPages || type(zone, pfn) >= 3) {
      return;
    }
    zone.highatomic += blockPages;
    setType(zone, pfn, HIGHATOMIC);
    moveBlock(zone, pfn, HIGHATOMIC);
  }

  // Giving blocks back.

  void freeOne(PlainZone zone, int given, int givenOrder, int mt, boolean tail) {
    if (mt != ISOLATE) {
      addFree(zone, 1 << givenOrder);
      addCma(zone, mt == CMA ? 1 << givenOrder : 0);
    }
    int pfn = given;
    int order = givenOrder;
    while (order < 10 && mayMerge(zone, pfn ^ (1 << order), order, mt)) {
      int buddy = pfn ^ (1 << order);
      remove(zone, buddy, order);
      pfn &= buddy;
      order++;
    }
    int parent = pfn & (pfn ^ (1 << order));
    int uncle = parent ^ (2 << order);
    boolean likely = order <= 8 && freeOrder[uncle] == order + 1 && zone.spans(uncle);
    put(zone, pfn, order, mt, tail || likely);
  }

  private boolean mayMerge(PlainZone zone, int buddy, int order, int mt) {
    if (freeOrder[buddy] != order || !zone.spans(buddy)) {
      return false;
    }
    int other = type(zone, buddy);
    return order < blockOrder || other == mt || (other < 3 && mt < 3);
  }
}
