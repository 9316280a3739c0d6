package kmemsh.replay;

import java.util.Arrays;
import java.util.List;
import kmemsh.capture.RecordedState;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;

/** Finds the first difference between the state a kernel had and the one the model has. */
final class StateCompare {
  private static final int NR_ORDERS = 11;
  private static final int AROUND = 3;

  private static final int[] NO_PAGES = {};

  private boolean hasCmaDiffs;
  private long compared;
  private Mismatch first;

  /** Items looked at so far; a list counts once. */
  long compared() {
    return compared;
  }

  /** The first difference, the /proc/buddyinfo texts included, or null. */
  Mismatch compare(RecordedState recorded, PageState got) {
    PageState expected = recorded.state();
    hasCmaDiffs = recorded.hasCmaDiffs();
    first = null;
    number("number of zones", "", expected.zones().size(), got.zones().size());
    for (int i = 0; i < expected.zones().size() && first == null; i++) {
      zone(expected.zones().get(i), got.zones().get(i));
    }
    buddyinfo(recorded.buddyinfo(), got);
    return first;
  }

  private void buddyinfo(List<String> texts, PageState got) {
    for (int i = 0; i < texts.size() && i < got.zones().size() && first == null; i++) {
      compared++;
      String text = buddyinfo(got.zones().get(i));
      if (!text.equals(texts.get(i))) {
        differ(new Mismatch("line of /proc/buddyinfo", texts.get(i), text, List.of()));
      }
    }
  }

  private static String buddyinfo(PageState.Zone zone) {
    int[] nrFree = new int[NR_ORDERS];
    for (PageState.FreeList list : zone.freeLists()) {
      nrFree[list.order()] += list.pfns().length;
    }
    StringBuilder line = new StringBuilder("Node ").append(zone.nid()).append(", zone ");
    pad(line, zone.name(), 8);
    line.append(' ');
    for (int nr : nrFree) {
      pad(line, Integer.toString(nr), 6);
      line.append(' ');
    }
    return line.toString();
  }

  private static void pad(StringBuilder line, String text, int columns) {
    line.append(" ".repeat(Math.max(0, columns - text.length()))).append(text);
  }

  private void zone(PageState.Zone expected, PageState.Zone got) {
    number("zone id", "", expected.id(), got.id());
    String in = " of zone " + expected.id() + " (" + expected.name() + ")";
    if (!expected.name().equals(got.name())) {
      differ(new Mismatch("name" + in, expected.name(), got.name(), List.of()));
    }
    number("start", in, expected.zoneStartPfn(), got.zoneStartPfn());
    number("spanned pages", in, expected.spannedPages(), got.spannedPages());
    number("present pages", in, expected.presentPages(), got.presentPages());
    number("managed pages", in, expected.managedPages(), got.managedPages());
    numbers("min, low, high, promo", in, expected.watermark(), got.watermark());
    number("watermark boost", in, expected.watermarkBoost(), got.watermarkBoost());
    freeLists(in, expected.freeLists(), got.freeLists());
    pcps(in, expected.pcps(), got.pcps());
    list("pageblock types", in, expected.pageblocks(), got.pageblocks());
    number("free pages", in, expected.nrFreePages(), got.nrFreePages());
    number("free CMA pages", in, expected.nrFreeCmaPages(), got.nrFreeCmaPages());
    number("highatomic pages", in, expected.nrReservedHighatomic(), got.nrReservedHighatomic());
    number("flags", in, expected.flags(), got.flags());
    number("drift mark", in, expected.driftMark(), got.driftMark());
    number("CMA pages", in, expected.cmaPages(), got.cmaPages());
    numbers("lowmem_reserve", in, expected.lowmemReserve(), got.lowmemReserve());
  }

  private void freeLists(String in, List<PageState.FreeList> want, List<PageState.FreeList> have) {
    for (int order = 0; order < NR_ORDERS; order++) {
      for (int mt = 0; mt < Migratetype.NR_TYPES; mt++) {
        compared++;
        int[] expected = find(want, order, mt);
        int[] got = find(have, order, mt);
        if (expected != got && !Arrays.equals(expected, got)) {
          differ("free list of order " + order + " " + Migratetype.name(mt) + in, expected, got);
        }
      }
    }
  }

  private static int[] find(List<PageState.FreeList> lists, int order, int migratetype) {
    for (int i = 0; i < lists.size(); i++) {
      PageState.FreeList list = lists.get(i);
      if (list.order() == order && list.migratetype() == migratetype) {
        return list.pfns();
      }
    }
    return NO_PAGES;
  }

  /** A state recorded during boot has only the page sets of CPUs that were online then. */
  private void pcps(String in, List<PageState.Pcp> expected, List<PageState.Pcp> got) {
    if (expected.size() > got.size()) {
      number("number of page sets", in, expected.size(), got.size());
    }
    for (int i = 0; i < expected.size() && first == null; i++) {
      number("cpu of a page set", in, expected.get(i).cpu(), got.get(i).cpu());
      pcp(" of cpu " + expected.get(i).cpu() + in, expected.get(i), got.get(i));
    }
  }

  private void pcp(String in, PageState.Pcp expected, PageState.Pcp got) {
    for (int order = 0; order < NR_ORDERS; order++) {
      for (int mt = 0; mt < Migratetype.MIGRATE_PCPTYPES; mt++) {
        compared++;
        int[] want = find(expected.lists(), order, mt);
        int[] have = find(got.lists(), order, mt);
        if (want != have && !Arrays.equals(want, have)) {
          differ("per-CPU list of order " + order + " " + Migratetype.name(mt) + in, want, have);
        }
      }
    }
    number("count", in, expected.count(), got.count());
    number("high", in, expected.high(), got.high());
    number("batch", in, expected.batch(), got.batch());
    number("free_factor", in, expected.freeFactor(), got.freeFactor());
    number("expire", in, expected.expire(), got.expire());
    number("vdiff", in, expected.vdiff(), got.vdiff());
    number("vthr", in, expected.vthreshold(), got.vthreshold());
    if (hasCmaDiffs) {
      number("cdiff", in, expected.cmaDiff(), got.cmaDiff());
    }
    list("cached types", in, sortedPairs(expected.strays()), sortedPairs(got.strays()));
  }

  /** Pairs of pfn and migratetype by pfn, so that their order does not matter. */
  private static int[] sortedPairs(int[] pairs) {
    long[] sorted = new long[pairs.length / 2];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (long) pairs[2 * i] << 8 | pairs[2 * i + 1];
    }
    Arrays.sort(sorted);
    int[] out = new int[pairs.length];
    for (int i = 0; i < sorted.length; i++) {
      out[2 * i] = (int) (sorted[i] >>> 8);
      out[2 * i + 1] = (int) (sorted[i] & 0xff);
    }
    return out;
  }

  private void number(String what, String in, long expected, long got) {
    compared++;
    if (expected != got) {
      differ(new Mismatch(what + in, expected, got));
    }
  }

  private void numbers(String what, String in, long[] expected, long[] got) {
    compared++;
    if (!Arrays.equals(expected, got)) {
      differ(new Mismatch(what + in, Arrays.toString(expected), Arrays.toString(got), List.of()));
    }
  }

  private void list(String what, String in, int[] expected, int[] got) {
    compared++;
    if (!Arrays.equals(expected, got)) {
      differ(what + in, expected, got);
    }
  }

  private void differ(String what, int[] expected, int[] got) {
    differ(listMismatch(what, expected, got, Arrays.mismatch(expected, got)));
  }

  private void differ(Mismatch mismatch) {
    if (first == null) {
      first = mismatch;
    }
  }

  /** The difference of two lists at position {@code at}, with what stands around it. */
  static Mismatch listMismatch(String what, int[] expected, int[] got, int at) {
    return new Mismatch(
        what + ", position " + at,
        element(expected, at),
        element(got, at),
        List.of("expected " + around(expected, at), "got      " + around(got, at)));
  }

  private static String element(int[] list, int at) {
    return at < list.length ? Integer.toString(list[at]) : "the end after " + list.length;
  }

  private static String around(int[] list, int at) {
    int from = Math.max(0, at - AROUND);
    int to = Math.min(list.length, at + AROUND + 1);
    StringBuilder text = new StringBuilder(from > 0 ? "... " : "");
    for (int i = from; i < to; i++) {
      text.append(i == at ? "[" + list[i] + "] " : list[i] + " ");
    }
    return text.append(to < list.length ? "..." : "(" + list.length + " in all)").toString();
  }
}
