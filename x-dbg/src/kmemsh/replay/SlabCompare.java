package kmemsh.replay;

import java.util.Arrays;
import java.util.List;
import kmemsh.capture.ObjSection;
import kmemsh.view.SlabState;
import kmemsh.view.SlabState.ArrayCache;
import kmemsh.view.SlabState.SlubSlab;

/** Finds the first difference between the slabs of a kernel and those of the model. */
final class SlabCompare {
  private static final String[] SLUB_LISTS = {
    "cpu slab of cpu ", "partial chain of cpu ", "partial list of node ", "full list of node "
  };
  private static final String[] ARRAYS = {"array of cpu ", "shared array of node ", "alien array "};

  private long compared;
  private Mismatch first;

  /** Items looked at so far; a slab or an array counts once. */
  long compared() {
    return compared;
  }

  /** The first difference, or null. */
  Mismatch compare(SlabState expected, SlabState got) {
    first = null;
    arrays(expected.arrays(), got.arrays());
    slabs(expected.slabs(), got.slabs());
    slubs(expected.slubs(), got.slubs());
    pages(expected.pages(), got.pages());
    nodes(expected.nodes(), got.nodes());
    return first;
  }

  private void differ(String what, String expected, String got) {
    if (first == null) {
      first = new Mismatch(what, expected, got, List.of());
    }
  }

  private void count(String what, int expected, int got) {
    if (expected != got) {
      differ("number of " + what, Integer.toString(expected), Integer.toString(got));
    }
  }

  private void nodes(List<SlabState.Node> expected, List<SlabState.Node> got) {
    for (int i = 0; i < Math.min(expected.size(), got.size()) && first == null; i++) {
      SlabState.Node want = expected.get(i);
      SlabState.Node have = got.get(i);
      compared++;
      boolean same = want.cache() == have.cache() && want.nid() == have.nid();
      if (!same || !Arrays.equals(want.counters(), have.counters())) {
        differ("counters of a cache on a node", text(want), text(have));
      }
    }
    count("node counters", expected.size(), got.size());
  }

  private static String text(SlabState.Node node) {
    return "cache " + node.cache() + " node " + node.nid() + " " + Arrays.toString(node.counters());
  }

  // SLUB.

  private void slubs(List<SlubSlab> expected, List<SlubSlab> got) {
    for (int i = 0; i < Math.min(expected.size(), got.size()) && first == null; i++) {
      compared++;
      if (!same(expected.get(i), got.get(i))) {
        differ("slab on a list", text(expected.get(i)), text(got.get(i)));
      }
    }
    count("slabs on lists", expected.size(), got.size());
  }

  private static boolean same(SlubSlab a, SlubSlab b) {
    return a.cache() == b.cache()
        && a.list() == b.list()
        && a.owner() == b.owner()
        && a.slabs() == b.slabs()
        && a.pfn() == b.pfn()
        && a.inuse() == b.inuse()
        && a.objects() == b.objects()
        && a.frozen() == b.frozen()
        && Arrays.equals(a.cpuFreelist(), b.cpuFreelist())
        && Arrays.equals(a.freelist(), b.freelist());
  }

  private static String text(SlubSlab slab) {
    return "cache "
        + slab.cache()
        + " "
        + SLUB_LISTS[slab.list()]
        + slab.owner()
        + (slab.slabs() > 0 ? "/" + slab.slabs() : "")
        + ": pfn "
        + slab.pfn()
        + " inuse="
        + slab.inuse()
        + " objects="
        + slab.objects()
        + " frozen="
        + slab.frozen()
        + " cfl "
        + Arrays.toString(slab.cpuFreelist())
        + " fl "
        + Arrays.toString(slab.freelist());
  }

  // SLAB.

  private void arrays(List<ArrayCache> expected, List<ArrayCache> got) {
    for (int i = 0; i < Math.min(expected.size(), got.size()) && first == null; i++) {
      compared++;
      if (!same(expected.get(i), got.get(i))) {
        differ("array of objects", text(expected.get(i)), text(got.get(i)));
      }
    }
    count("arrays", expected.size(), got.size());
  }

  private static boolean same(ArrayCache a, ArrayCache b) {
    return a.cache() == b.cache()
        && a.kind() == b.kind()
        && a.owner() == b.owner()
        && a.other() == b.other()
        && a.avail() == b.avail()
        && a.limit() == b.limit()
        && (a.kind() != ArrayCache.CPU || a.batch() == b.batch())
        && a.touched() == b.touched()
        && Arrays.equals(a.entries(), b.entries());
  }

  private static String text(ArrayCache array) {
    StringBuilder entries = new StringBuilder();
    for (long entry : array.entries()) {
      entries.append(' ').append(ObjSection.shown(entry));
    }
    return "cache "
        + array.cache()
        + " "
        + ARRAYS[array.kind()]
        + array.owner()
        + (array.other() >= 0 ? ">" + array.other() : "")
        + ": avail="
        + array.avail()
        + " limit="
        + array.limit()
        + " touched="
        + array.touched()
        + " :"
        + entries;
  }

  private void slabs(List<SlabState.Slab> expected, List<SlabState.Slab> got) {
    for (int i = 0; i < Math.min(expected.size(), got.size()) && first == null; i++) {
      compared++;
      if (!same(expected.get(i), got.get(i))) {
        differ("slab on a list", text(expected.get(i)), text(got.get(i)));
      }
    }
    count("slabs", expected.size(), got.size());
  }

  private static boolean same(SlabState.Slab a, SlabState.Slab b) {
    return a.cache() == b.cache()
        && a.nid() == b.nid()
        && a.list() == b.list()
        && a.pfn() == b.pfn()
        && a.smem() == b.smem()
        && a.active() == b.active()
        && a.freelist() == b.freelist()
        && Arrays.equals(a.free(), b.free());
  }

  private static String text(SlabState.Slab slab) {
    return "cache "
        + slab.cache()
        + " node "
        + slab.nid()
        + " "
        + slab.list()
        + ": pfn "
        + slab.pfn()
        + " smem="
        + slab.smem()
        + " active="
        + slab.active()
        + " fl="
        + (slab.freelist() < 0 ? "-" : ObjSection.shown(slab.freelist()))
        + " : "
        + Arrays.toString(slab.free());
  }

  // SLOB.

  private void pages(List<SlabState.SlobPage> expected, List<SlabState.SlobPage> got) {
    for (int i = 0; i < Math.min(expected.size(), got.size()) && first == null; i++) {
      compared++;
      SlabState.SlobPage want = expected.get(i);
      SlabState.SlobPage have = got.get(i);
      if (want.list() != have.list()
          || want.pfn() != have.pfn()
          || want.units() != have.units()
          || !Arrays.equals(want.offsets(), have.offsets())
          || !Arrays.equals(want.lengths(), have.lengths())) {
        differ("page of the heap", text(want), text(have));
      }
    }
    count("pages of the heap", expected.size(), got.size());
  }

  private static String text(SlabState.SlobPage page) {
    StringBuilder blocks = new StringBuilder();
    for (int i = 0; i < page.offsets().length; i++) {
      blocks.append(' ').append(page.offsets()[i]).append('+').append(page.lengths()[i]);
    }
    return "list " + page.list() + ": pfn " + page.pfn() + " units=" + page.units() + " :" + blocks;
  }
}
