package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.PageState;

/** A zone of {@link PlainPages}: lists of pfns, index 0 is the head. */
final class PlainZone {
  final int id;
  final int nid;
  final int index;
  final int start;
  final int end;
  final int present;
  final long managed;
  final long[] watermark;
  final long[] reserve;
  final int[] blocks;
  final List<List<List<Integer>>> lists = new ArrayList<>();
  final List<Set> sets = new ArrayList<>();
  long boost;
  long highatomic;
  long free;
  long freeCma;
  int flags;
  int nrIsolated;

  /** The page set of one CPU. */
  static final class Set {
    final List<List<Integer>> lists = new ArrayList<>();
    int count;
    int high;
    int batch;
    int freeFactor;
    int vdiff;
    int vthreshold;
    int cmaDiff;
  }

  PlainZone(PageState.Zone of, PageConfig config) {
    id = of.id();
    nid = of.nid();
    index = of.id() % config.maxNrZones();
    start = of.zoneStartPfn();
    end = start + of.spannedPages();
    present = of.presentPages();
    managed = of.managedPages();
    watermark = of.watermark().clone();
    reserve = of.lowmemReserve().clone();
    blocks = of.pageblocks().clone();
    boost = of.watermarkBoost();
    highatomic = of.nrReservedHighatomic();
    free = of.nrFreePages();
    freeCma = of.nrFreeCmaPages();
    flags = of.flags();
    for (int type : blocks) {
      nrIsolated += type == 5 ? 1 : 0;
    }
    for (int order = 0; order <= 10; order++) {
      List<List<Integer>> ofOrder = new ArrayList<>();
      for (int mt = 0; mt < 6; mt++) {
        ofOrder.add(new ArrayList<>());
      }
      lists.add(ofOrder);
    }
  }

  List<Integer> list(int order, int mt) {
    return lists.get(order).get(mt);
  }

  boolean spans(int pfn) {
    return pfn >= start && pfn < end;
  }

  int nrFree(int order) {
    int nr = 0;
    for (List<Integer> list : lists.get(order)) {
      nr += list.size();
    }
    return nr;
  }

  /** As watermark checks read it. */
  long readFree() {
    return Math.max(0, free);
  }
}
