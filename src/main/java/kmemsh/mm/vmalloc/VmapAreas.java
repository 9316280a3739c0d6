package kmemsh.mm.vmalloc;

import java.util.Arrays;
import kmemsh.base.LongRows;
import kmemsh.base.RangeTree;
import kmemsh.view.Gfp;

/**
 * Who has which kernel addresses: free ones, those in use, and those that were freed but may not be
 * used again before a purge. Each address from 1 to the last one is in exactly one place.
 *
 * <pre>
 *   free   tree by address that knows the longest range below each node
 *   busy   tree of the areas in use
 *   lazy   tree of freed ranges, merged; a purge takes it whole ...
 *   purge  ... and puts its ranges one after the other back into free
 * </pre>
 *
 * <p>A node is a row; behind the tree's cells it has the address of its descriptor, a number of the
 * user's and the link of the purge. The steps of a purge are public since on a machine with several
 * CPUs others can come between them. Left out: allocation from the top for per-CPU areas.
 *
 * <p>Spec: mappings.md 5
 */
public final class VmapAreas {
  /** {@link #allocate}: no free range fits. */
  public static final int NO_SPACE = 0;

  /** {@link #allocate}: no memory for a descriptor. */
  public static final int NO_MEMORY = -1;

  private static final int PAGE_SHIFT = 12;
  private static final int OBJECT = RangeTree.SPARE;
  private static final int USER = RangeTree.SPARE + 1;
  private static final int NEXT = RangeTree.SPARE + 2;
  private static final int MAX_DRAIN_BYTES_SHIFT = 25;

  private final LongRows rows = new LongRows();
  private final FreeAreas free = new FreeAreas(rows);
  private final BusyAreas busy = new BusyAreas(rows);
  private final LazyAreas lazy = new LazyAreas(rows);
  private final AreaObjects objects;
  private final long end;
  private long lazyPages;
  private long lazyMaxPages;
  private int purgeFirst;
  private boolean drainPending;

  /** One spare descriptor for each CPU, 0 where there is none. */
  private long[] preload;

  private int cpu;

  /** Descriptor of a request that found no space and may try again. */
  private long kept;

  /** All addresses from 1 to {@code end} (excluded) are free. */
  public VmapAreas(long end, int nrCpus, AreaObjects objects) {
    this.end = end;
    this.objects = objects;
    preload = new long[nrCpus];
    lazyMaxPages = lazyMaxPages(nrCpus);
    insert(free.change(), 1, end, objects.take(Gfp.GFP_KERNEL));
  }

  /** Pages that may wait for a purge before one is due. Spec: mappings.md 5.9 */
  public static long lazyMaxPages(int nrCpus) {
    int fls = Integer.SIZE - Integer.numberOfLeadingZeros(nrCpus);
    return (long) fls << (MAX_DRAIN_BYTES_SHIFT - PAGE_SHIFT);
  }

  /** The alignment of an ioremap of {@code size} bytes without its guard page. Spec: 5.3 */
  public static long ioremapAlign(long size, int maxShift) {
    int shift = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
    return 1L << Math.max(PAGE_SHIFT, Math.min(shift, maxShift));
  }

  int nrCpus() {
    return preload.length;
  }

  /** The CPU on which the following calls run. */
  public void setCpu(int cpu) {
    this.cpu = cpu;
  }

  private int insert(RangeTree tree, long start, long end, long object) {
    int node = newRow(start, end, object);
    tree.insert(node, start, end);
    return node;
  }

  private int newRow(long start, long end, long object) {
    int node = rows.take();
    long[] cells = rows.cells();
    int at = LongRows.at(node);
    cells[at + RangeTree.START] = start;
    cells[at + RangeTree.END] = end;
    cells[at + OBJECT] = object;
    cells[at + USER] = 0;
    rows.touch(node);
    return node;
  }

  private void drop(int node) {
    objects.give(rows.get(node, OBJECT));
    rows.release(node);
  }

  // Taking addresses. Spec: mappings.md 5.3 to 5.5

  /**
   * Takes {@code size} bytes at a multiple of {@code align} within [vstart, vend). A try that finds
   * no space keeps its descriptor for the next one, until {@link #giveUp}.
   *
   * @return the area, {@link #NO_SPACE} or {@link #NO_MEMORY}
   */
  public int allocate(long size, long align, long vstart, long vend, int gfpMask) {
    long object = kept == 0 ? objects.take(gfpMask) : kept;
    kept = 0;
    if (object == 0) {
      return NO_MEMORY;
    }
    if (preload[cpu] == 0) {
      preload[cpu] = objects.take(gfpMask);
    }
    long start = free.takeFront(size, align, vstart, vend);
    if (start == 0) {
      start = takeRoom(size, align, vstart, vend);
    }
    if (start == 0) {
      kept = object;
      return NO_SPACE;
    }
    return addBusy(start, start + size, object);
  }

  /** Finds {@code size} free bytes and takes them: where they begin, or 0. */
  private long takeRoom(long size, long align, long vstart, long vend) {
    int node = free.find(size, align, vstart, vend);
    if (node == RangeTree.NIL) {
      return 0;
    }
    long start = free.place(node, align, vstart);
    if (Long.compareUnsigned(vend, start + size) < 0) {
      return 0;
    }
    boolean stays = free.tree().end(node) != start + size;
    cut(free.change(), node, start, start + size);
    if (stays && align <= Vmalloc.PAGE_BYTES) {
      free.remember(node, size, vstart);
    }
    return start;
  }

  private int addBusy(long start, long end, long object) {
    int area = newRow(start, end, object);
    busy.add(area, start, end);
    return area;
  }

  /** No further try is made: the descriptor goes back. */
  public void giveUp() {
    if (kept != 0) {
      objects.give(kept);
      kept = 0;
    }
  }

  /** Takes [start, stop) out of a free node. */
  private void cut(RangeTree tree, int node, long start, long stop) {
    boolean atStart = tree.start(node) == start;
    boolean atEnd = tree.end(node) == stop;
    if (atStart && atEnd) {
      tree.erase(node);
      drop(node);
    } else if (atEnd) {
      tree.setEnd(node, start);
    } else if (atStart) {
      tree.setStart(node, stop);
    } else {
      long left = tree.start(node);
      tree.setStart(node, stop);
      insert(tree, left, start, preload[cpu]);
      preload[cpu] = 0;
    }
  }

  // Giving addresses back. Spec: mappings.md 5.6, 5.9

  /** The addresses of {@code area} wait for the next purge from now on. */
  public void free(int area) {
    busy.erase(area);
    long start = start(area);
    long end = end(area);
    lazyPages += (end - start) >>> PAGE_SHIFT;
    if (lazy.append(start, end)) {
      drop(area);
    } else {
      putBack(lazy.change(), area);
      lazy.remember();
    }
    if (lazyPages > lazyMaxPages) {
      drainPending = true;
    }
  }

  private long pages(int node) {
    return (end(node) - start(node)) >>> PAGE_SHIFT;
  }

  /** Puts a range into a tree whose neighbouring ranges it is merged with. */
  private void putBack(RangeTree tree, int node) {
    long start = tree.start(node);
    long stop = tree.end(node);
    int before = tree.lastBelow(start);
    int behind = before == RangeTree.NIL ? tree.first() : tree.next(before);
    int merged = node;
    if (behind != RangeTree.NIL && tree.start(behind) == stop) {
      tree.setStart(behind, start);
      drop(node);
      merged = behind;
    }
    if (before != RangeTree.NIL && tree.end(before) == start) {
      stop = tree.end(merged);
      if (merged != node) {
        tree.erase(merged);
      }
      drop(merged);
      tree.setEnd(before, stop);
    } else if (merged == node) {
      tree.insert(node, start, stop);
    }
  }

  /** Whether a purge is due and has not run. */
  public boolean drainPending() {
    return drainPending;
  }

  /** A point at which the worker that purges may run. */
  public void drainPoint() {
    if (drainPending) {
      drainPending = false;
      do {
        purge();
      } while (lazyPages > lazyMaxPages);
    }
  }

  /** Makes every freed address free again; a worker that is due comes all the same. */
  public void purge() {
    boolean due = drainPending;
    finishPurge();
    detach();
    finishPurge();
    drainPending = due;
  }

  /** First phase of a purge: takes all lazily freed ranges at once. The one before is over. */
  public void detach() {
    drainPending = false;
    RangeTree ranges = lazy.change();
    purgeFirst = ranges.first();
    for (int node = purgeFirst; node != RangeTree.NIL; node = ranges.next(node)) {
      rows.set(node, NEXT, ranges.next(node));
    }
    lazy.restoreRoot(RangeTree.NIL);
  }

  /** Whether a purge has ranges in its hands. */
  public boolean isPurging() {
    return purgeFirst != RangeTree.NIL;
  }

  /** Second phase, one step: frees the lowest range that the purge still has. */
  public void releaseOne() {
    int node = purgeFirst;
    purgeFirst = (int) rows.get(node, NEXT);
    lazyPages -= pages(node);
    putBack(free.change(), node);
  }

  /** Second phase to its end. */
  public void finishPurge() {
    while (purgeFirst != RangeTree.NIL) {
      releaseOne();
    }
  }

  // Looking.

  /** The area in use around {@code address}, or 0. */
  public int find(long address) {
    return busy.find(address);
  }

  public long start(int node) {
    return rows.get(node, RangeTree.START);
  }

  public long end(int node) {
    return rows.get(node, RangeTree.END);
  }

  /** What {@link #setUser} said about an area, 0 at first. */
  public long user(int area) {
    return rows.get(area, USER);
  }

  public void setUser(int area, long value) {
    rows.set(area, USER, value);
  }

  /** The descriptor of an area. */
  public long object(int area) {
    return rows.get(area, OBJECT);
  }

  /** Whether {@code object} describes a range that is not in use, or is a spare descriptor. */
  boolean isFreeOrSpare(long object) {
    for (long spare : preload) {
      if (spare == object) {
        return true;
      }
    }
    return has(free.tree(), object) || has(lazy.tree(), object);
  }

  private boolean has(RangeTree tree, long object) {
    for (int node = tree.first(); node != RangeTree.NIL; node = tree.next(node)) {
      if (object(node) == object) {
        return true;
      }
    }
    return false;
  }

  public RangeTree freeTree() {
    return free.tree();
  }

  public RangeTree busyTree() {
    return busy.tree();
  }

  /** Ranges that wait for a purge, as far as none has taken them. */
  public RangeTree lazyTree() {
    return lazy.tree();
  }

  /** Pages that are neither in use nor free. */
  public long lazyPages() {
    return lazyPages;
  }

  public long lazyMaxPages() {
    return lazyMaxPages;
  }

  // State.

  /** Areas as a recording shows them, or null when they cannot be. */
  public static VmapAreas loaded(long end, int nrCpus, Loaded state) {
    VmapAreas areas = new VmapAreas(end, nrCpus, AreaObjects.NONE);
    return areas.load(state) ? areas : null;
  }

  private boolean load(Loaded state) {
    rows.release(free.change().root());
    lazyPages = state.lazyPages;
    lazyMaxPages = state.lazyMaxPages;
    for (long[] row : state.busy) {
      setUser(addBusy(row[0], row[1], 1), row[2]);
    }
    for (long[] row : state.lazy) {
      insert(lazy.change(), row[0], row[1], 1);
    }
    int nr = state.free.length;
    int[] nodes = new int[nr];
    for (int i = 0; i < nr; i++) {
      nodes[i] = rows.take();
      rows.set(nodes[i], OBJECT, 1);
    }
    return free.change().load(nodes, state.free) && verify().isEmpty();
  }

  /**
   * Areas as a recording lists them, ascending.
   *
   * @param busy rows of start, end and the user's number
   * @param free rows of start, end, depth in the tree and whether the node is red
   * @param lazy rows of start, end
   */
  public record Loaded(
      long[][] busy, long[][] free, long[][] lazy, long lazyPages, long lazyMaxPages) {}

  /** What is wrong, or empty. */
  public String verify() {
    String problem = free.tree().problem() + busy.tree().problem() + lazy.tree().problem();
    if (!problem.isEmpty()) {
      return problem;
    }
    long[] bounds = new long[2 * rows.nrUsed()];
    int nr = bounds(free.tree(), bounds, 0);
    nr = bounds(busy.tree(), bounds, nr);
    int firstLazy = nr;
    nr = bounds(lazy.tree(), bounds, nr);
    for (int node = purgeFirst; node != RangeTree.NIL; node = (int) rows.get(node, NEXT)) {
      bounds[nr++] = start(node) ^ Long.MIN_VALUE;
      bounds[nr++] = end(node) ^ Long.MIN_VALUE;
    }
    long waiting = 0;
    for (int i = firstLazy; i < nr; i += 2) {
      waiting += (bounds[i + 1] - bounds[i]) >>> PAGE_SHIFT;
    }
    if (waiting != lazyPages) {
      return lazyPages + " pages are said to wait for a purge, but " + waiting + " do";
    }
    return nr != bounds.length ? "an area is in no tree" : holes(bounds);
  }

  private int bounds(RangeTree tree, long[] out, int from) {
    int nr = from;
    for (int node = tree.first(); node != RangeTree.NIL; node = tree.next(node)) {
      if (nr + 2 > out.length) {
        return nr;
      }
      out[nr++] = tree.start(node) ^ Long.MIN_VALUE;
      out[nr++] = tree.end(node) ^ Long.MIN_VALUE;
    }
    return nr;
  }

  /** Sorted, each bound but the outermost must be there twice. */
  private String holes(long[] bounds) {
    Arrays.sort(bounds);
    boolean whole =
        bounds[0] == (1 ^ Long.MIN_VALUE) && bounds[bounds.length - 1] == (end ^ Long.MIN_VALUE);
    for (int i = 1; i + 1 < bounds.length; i += 2) {
      whole &= bounds[i] == bounds[i + 1];
    }
    return whole ? "" : "an address is in two areas or in none";
  }

  public State checkpoint() {
    int[] roots = {free.tree().root(), busy.root(), lazy.tree().root(), purgeFirst};
    return new State(rows.checkpoint(), roots, lazyPages, lazyMaxPages, drainPending, preload);
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    rows.restore(state.rows);
    free.restoreRoot(state.roots[0]);
    busy.restoreRoot(state.roots[1]);
    lazy.restoreRoot(state.roots[2]);
    purgeFirst = state.roots[3];
    lazyPages = state.lazyPages;
    lazyMaxPages = state.lazyMaxPages;
    drainPending = state.drainPending;
    preload = state.preload.clone();
  }

  /** The areas at one moment. */
  public static final class State {
    private final LongRows.State rows;
    private final int[] roots;
    private final long lazyPages;
    private final long lazyMaxPages;
    private final boolean drainPending;
    private final long[] preload;

    private State(
        LongRows.State rows,
        int[] roots,
        long lazyPages,
        long lazyMaxPages,
        boolean drainPending,
        long[] preload) {
      this.rows = rows;
      this.roots = roots;
      this.lazyPages = lazyPages;
      this.lazyMaxPages = lazyMaxPages;
      this.drainPending = drainPending;
      this.preload = preload.clone();
    }
  }
}
