package kmemsh.machine;

import java.util.Arrays;
import kmemsh.base.RangeTree;
import kmemsh.mm.vmalloc.VmapAreas;
import kmemsh.view.VmapState;

/** The addresses of a vmalloc range without memory behind them, as a recording shows them. */
public final class VmallocRange {
  public static final int VM_IOREMAP = 1;
  public static final int VM_ALLOC = 2;
  public static final int VM_MAP = 4;

  private static final long PAGE_BYTES = 4096;
  private static final int HALF = 32;
  private static final int BUSY = 0;
  private static final int FREE = 1;
  private static final int LAZY = 2;

  private final long start;
  private final long end;
  private final int maxAlignShift;
  private final VmapAreas areas;

  private VmallocRange(long start, long end, int maxAlignShift, VmapAreas areas) {
    this.start = start;
    this.end = end;
    this.maxAlignShift = maxAlignShift;
    this.areas = areas;
  }

  /**
   * Takes over {@code state}.
   *
   * @param bounds VMALLOC_START, VMALLOC_END and the last address of the machine
   * @param maxAlignShift logarithm of the greatest alignment of an ioremap
   * @return null when there cannot be such a state
   */
  public static VmallocRange of(long[] bounds, int maxAlignShift, VmapState state) {
    long[][] busy = new long[state.busy().length][];
    for (int i = 0; i < busy.length; i++) {
      long[] row = state.busy()[i];
      busy[i] = new long[] {row[0], row[1], row[2] << HALF | row[3]};
    }
    VmapAreas areas =
        VmapAreas.loaded(
            bounds[2],
            1,
            new VmapAreas.Loaded(
                busy, state.free(), state.lazy(), state.lazyPages(), state.lazyMaxPages()));
    return areas == null ? null : new VmallocRange(bounds[0], bounds[1], maxAlignShift, areas);
  }

  /** One try to find addresses for an area of so many bytes and a guard page; 0 for none. */
  public long take(long bytes, int vmFlags) {
    long size = (bytes + PAGE_BYTES - 1) & -PAGE_BYTES;
    long align = vmFlags == VM_IOREMAP ? VmapAreas.ioremapAlign(size, maxAlignShift) : 1;
    size += PAGE_BYTES;
    int area = areas.allocate(size, align, start, end, 0);
    if (area <= 0) {
      return 0;
    }
    areas.setUser(area, size << HALF | vmFlags);
    return areas.start(area);
  }

  /** Frees the area around {@code address} lazily; false when there is none. */
  public boolean give(long address) {
    int area = areas.find(address);
    if (area == RangeTree.NIL) {
      return false;
    }
    areas.free(area);
    return true;
  }

  /** Pages of the area around {@code address}, its guard page included. */
  public long pagesOf(long address) {
    int area = areas.find(address);
    return area == RangeTree.NIL ? 0 : (areas.end(area) - areas.start(area)) / PAGE_BYTES;
  }

  // The worker that purges: see VmapAreas.

  public void drainPoint() {
    areas.drainPoint();
  }

  public void purge() {
    areas.purge();
  }

  /** Whether the worker has something to do. */
  public boolean workerWanted() {
    return areas.isPurging() || areas.drainPending() || lazyPages() > areas.lazyMaxPages();
  }

  public boolean isPurging() {
    return areas.isPurging();
  }

  /** The worker's next step: frees one range of its purge, or begins one. */
  public void workerStep() {
    if (areas.isPurging()) {
      areas.releaseOne();
    } else {
      areas.detach();
    }
  }

  public long lazyPages() {
    return areas.lazyPages();
  }

  /** All areas, as a recording lists them. */
  public VmapState state() {
    return new VmapState(
        rows(areas.busyTree(), BUSY),
        rows(areas.freeTree(), FREE),
        rows(areas.lazyTree(), LAZY),
        areas.lazyPages(),
        areas.lazyMaxPages());
  }

  private long[][] rows(RangeTree tree, int kind) {
    long[][] rows = new long[16][];
    int nr = 0;
    for (int node = tree.first(); node != RangeTree.NIL; node = tree.next(node)) {
      if (nr == rows.length) {
        rows = Arrays.copyOf(rows, 2 * nr);
      }
      rows[nr++] = row(tree, node, kind);
    }
    return Arrays.copyOf(rows, nr);
  }

  private long[] row(RangeTree tree, int node, int kind) {
    long user = kind == BUSY ? areas.user(node) : 0;
    return new long[] {
      tree.start(node),
      tree.end(node),
      kind == FREE ? tree.depth(node) : user >>> HALF,
      kind == FREE && tree.isRed(node) ? 1 : user & 0xffffffffL
    };
  }

  public State checkpoint() {
    return new State(areas.checkpoint());
  }

  public void restore(State state) {
    areas.restore(state.areas);
  }

  /** The areas at one moment. */
  public static final class State {
    private final VmapAreas.State areas;

    private State(VmapAreas.State areas) {
      this.areas = areas;
    }
  }
}
