package kmemsh.mm.page;

import static kmemsh.view.Migratetype.MIGRATE_CMA;

import java.util.Arrays;
import java.util.BitSet;
import kmemsh.base.NodeLists;

/**
 * Compaction: moves pages that can be moved to the end of a zone, so that free pages come to lie
 * together.
 *
 * <p>A page can be moved when it has {@link PageFrames#FLAG_LRU}, be it on an LRU list or not. Left
 * out: pages whose move has to wait or fails, kcompactd.
 *
 * <p>Spec: page-allocator.md 10
 */
public final class Compaction {
  public static final int SKIPPED = 1;
  public static final int CONTINUE = 4;
  public static final int COMPLETE = 5;
  public static final int PARTIAL = 6;
  public static final int CONTENDED = 7;
  public static final int SUCCESS = 8;

  private static final int COSTLY_ORDER = 3;
  private static final int EXTFRAG_THRESHOLD = 500;

  /** Hears what is done with pages that can be moved. */
  public interface Log {
    /** A page is to be moved. */
    void isolated(int pfn);

    /** It stays where it is after all. */
    void putBack(int pfn);

    void moved(int from, int to);
  }

  final PageAllocator pages;
  private final PageFrames frames;
  private final CompactZone[] zones;
  private final MigrateScanner sources;
  private final FreeScanner targets;
  final Log log;

  /** Pages of owners that can be moved and are on no LRU list. */
  private final BitSet movable = new BitSet();

  /** Heads of compound pages of owners we do not know: {@code pfn << 4 | order}, ascending. */
  private long[] compounds = {};

  private int lastMigrated;

  public Compaction(PageMachine machine, Log log) {
    this.pages = machine.allocator();
    this.log = log;
    frames = pages.frames;
    zones = new CompactZone[pages.zones.length];
    for (int z = 0; z < zones.length; z++) {
      zones[z] = new CompactZone();
    }
    sources = new MigrateScanner(this);
    targets = new FreeScanner(this);
  }

  CompactZone of(int zone) {
    return zones[zone];
  }

  // What the scanners ask.

  boolean isMovable(int pfn) {
    return frames.hasFlag(pfn, PageFrames.FLAG_LRU);
  }

  boolean isOnLru(int pfn) {
    return isMovable(pfn) && !movable.get(pfn);
  }

  /** The order of the compound page that begins at a frame, or -1. */
  int compoundOrder(int pfn) {
    int at = Arrays.binarySearch(compounds, (long) pfn << 4);
    at = at < 0 ? -at - 1 : at;
    boolean found = at < compounds.length && compounds[at] >>> 4 == pfn;
    return found ? (int) compounds[at] & 15 : -1;
  }

  /** Whether [start, end) lies in one zone and has a memory map at both ends. */
  boolean isWhole(Zone zone, int start, int end) {
    return zone.spans(start)
        && zone.spans(end - 1)
        && pages.buddy.blocks.type(zone, start) != Pageblocks.ABSENT
        && pages.buddy.blocks.type(zone, end - 1) != Pageblocks.ABSENT;
  }

  void addFree(Zone zone, int type, int delta) {
    zone.modFreePages(pages.cpu, delta);
    if (type == MIGRATE_CMA) {
      zone.modFreeCmaPages(pages.cpu, delta);
    }
  }

  void moveToTail(int head, int node) {
    NodeLists nodes = frames.nodes;
    int state = nodes.state(node);
    nodes.remove(node);
    nodes.insertLast(head, node, state);
  }

  // A run.

  /**
   * One run over a zone.
   *
   * @param order what is wanted, -1 for as much as possible
   * @param prio of a request: 0 everything, 1 synchronous and light, 2 asynchronous
   * @return SKIPPED, COMPLETE, PARTIAL, CONTENDED or SUCCESS
   */
  public int run(int zone, int order, int gfpMask, int prio, int highest) {
    Zone of = pages.zones[zone];
    pages.buddy.captured = Buddy.NOTHING;
    if (of.zoneStartPfn == of.endPfn) {
      return SKIPPED;
    }
    if (order >= 0) {
      int answer = suitable(of, order, highest);
      if (answer != CONTINUE) {
        return answer;
      }
    }
    CompactRun run =
        new CompactRun(of, zones[zone], order, pages.walk.migratetypeOf(gfpMask), prio);
    place(run);
    sources.begin(run);
    targets.begin(run);
    lastMigrated = 0;
    if (run.isDirect()) {
      pages.buddy.capture(of, order);
    }
    int answer = work(run);
    pages.buddy.capture(null, 0);
    giveBackTargets(run);
    return answer;
  }

  /** The block that the last run caught for its request, or -1. */
  public int captured() {
    return pages.buddy.captured;
  }

  /** Spec: 10.2 step 2 */
  private int suitable(Zone zone, int order, int highest) {
    Watermarks marks = pages.watermarks;
    long free = zone.readFreePages();
    if (marks.ok(zone, order, zone.wmark(AllocFlags.WMARK_MIN), highest, 0, free)) {
      return SUCCESS;
    }
    boolean costly = order > COSTLY_ORDER;
    long mark = zone.wmark(costly ? AllocFlags.WMARK_LOW : AllocFlags.WMARK_MIN) + (2L << order);
    if (!marks.ok(zone, 0, mark, highest, AllocFlags.ALLOC_CMA, free)) {
      return SKIPPED;
    }
    int index = costly ? FragmentationIndex.extfrag(zone.nrFree)[order] : -1;
    return index >= 0 && index <= EXTFRAG_THRESHOLD ? SKIPPED : CONTINUE;
  }

  private void place(CompactRun run) {
    Zone zone = run.zone;
    CompactZone kept = run.kept;
    int lastBlock = pages.buddy.blocks.startOf(zone.endPfn - 1);
    if (run.whole) {
      run.migratePfn = zone.zoneStartPfn;
      run.freePfn = lastBlock;
      return;
    }
    run.migratePfn = kept.cachedMigrate[run.mode == CompactRun.ASYNC ? 0 : 1];
    run.freePfn = kept.cachedFree;
    if (!zone.spans(run.freePfn)) {
      run.freePfn = lastBlock;
      kept.cachedFree = lastBlock;
    }
    if (!zone.spans(run.migratePfn)) {
      run.migratePfn = zone.zoneStartPfn;
      Arrays.fill(kept.cachedMigrate, zone.zoneStartPfn);
    }
    run.whole = run.migratePfn <= kept.initMigrate;
  }

  private int work(CompactRun run) {
    while (true) {
      int answer = finished(run);
      if (answer != CONTINUE) {
        return answer;
      }
      int begun = run.migratePfn;
      run.rescan = block(lastMigrated) == block(begun);
      if (sources.isolate()) {
        lastMigrated = begun;
        if (!move(run) && !met(run)) {
          return CONTENDED;
        }
      }
      drainWhereLeft(run);
      if (pages.buddy.captured >= 0) {
        return SUCCESS;
      }
    }
  }

  private int block(int pfn) {
    return pfn >> pages.buddy.blocks.order();
  }

  private boolean met(CompactRun run) {
    return block(run.freePfn) <= block(run.migratePfn);
  }

  private int finished(CompactRun run) {
    Zone zone = run.zone;
    if (met(run)) {
      Arrays.fill(run.kept.cachedMigrate, zone.zoneStartPfn);
      run.kept.cachedFree = pages.buddy.blocks.startOf(zone.endPfn - 1);
      run.kept.flush |= run.isDirect();
      return run.whole ? COMPLETE : PARTIAL;
    }
    boolean aligned = run.migratePfn == pages.buddy.blocks.startOf(run.migratePfn);
    if (run.order < 0 || !aligned) {
      return CONTINUE;
    }
    for (int order = run.order; order < PageFrames.NR_ORDERS; order++) {
      if (pages.buddy.canServe(zone, order, run.migratetype)) {
        return SUCCESS;
      }
    }
    return CONTINUE;
  }

  /** Moves what was collected; false when there are no targets left. */
  private boolean move(CompactRun run) {
    int wanted = run.nrSources;
    for (int i = wanted - 1; i >= 0; i--) {
      if (run.nrTargets == 0) {
        targets.isolate();
      }
      if (run.nrTargets == 0) {
        run.nrSources = i + 1;
        putBack(run);
        return false;
      }
      int to = run.targets[--run.nrTargets];
      int from = run.sources[i];
      replace(from, to);
      log.moved(from, to);
      pages.freePages(from, 0);
    }
    run.nrSources = 0;
    return true;
  }

  void replace(int from, int to) {
    boolean listed = isOnLru(from);
    setMovable(from, false);
    if (listed) {
      frames.setFlag(to, PageFrames.FLAG_LRU);
    } else {
      setMovable(to, true);
    }
  }

  void isolate(CompactRun run, int pfn) {
    run.addSource(pfn);
    log.isolated(pfn);
  }

  /** What was collected and not moved stays where it is. */
  void putBack(CompactRun run) {
    while (run.nrSources > 0) {
      log.putBack(run.sources[--run.nrSources]);
    }
  }

  /** Spec: 10.3 step 4 */
  private void drainWhereLeft(CompactRun run) {
    if (run.order > 0 && lastMigrated != 0) {
      if (lastMigrated < (run.migratePfn & -(1 << run.order))) {
        pages.drainZone(run.zone, pages.cpu);
        lastMigrated = 0;
      }
    }
  }

  private void giveBackTargets(CompactRun run) {
    int high = 0;
    for (int i = run.nrTargets - 1; i >= 0; i--) {
      high = Math.max(high, run.targets[i]);
      pages.freePages(run.targets[i], 0);
    }
    if (run.nrTargets > 0) {
      int start = pages.buddy.blocks.startOf(high);
      run.kept.cachedFree = Math.max(run.kept.cachedFree, start);
    }
    run.nrTargets = 0;
  }

  // State between runs.

  /**
   * What a zone keeps: the cached positions of asynchronous and of synchronous runs and of the free
   * scanner, the two restart points, and whether the skip bits are to be cleared.
   */
  public int[] positions(int zone) {
    CompactZone of = zones[zone];
    return new int[] {
      of.cachedMigrate[0],
      of.cachedMigrate[1],
      of.cachedFree,
      of.initMigrate,
      of.initFree,
      of.flush ? 1 : 0
    };
  }

  public void setPositions(int zone, int[] positions) {
    CompactZone of = zones[zone];
    of.cachedMigrate[0] = positions[0];
    of.cachedMigrate[1] = positions[1];
    of.cachedFree = positions[2];
    of.initMigrate = positions[3];
    of.initFree = positions[4];
    of.flush = positions[5] != 0;
  }

  /** Pageblocks that are passed over, by their first frame. */
  public int[] skips(int zone) {
    return zones[zone].skips.stream().toArray();
  }

  public void setSkips(int zone, int[] pfns) {
    zones[zone].skips.clear();
    for (int pfn : pfns) {
      zones[zone].skips.set(pfn);
    }
  }

  /** Compound pages of owners we do not know. */
  public void addCompounds(int order, int[] pfns) {
    long[] all = Arrays.copyOf(compounds, compounds.length + pfns.length);
    for (int i = 0; i < pfns.length; i++) {
      all[compounds.length + i] = (long) pfns[i] << 4 | order;
    }
    Arrays.sort(all);
    compounds = all;
  }

  /** Whether the page of an owner can be moved, which is on no LRU list. */
  public void setMovable(int pfn, boolean can) {
    movable.set(pfn, can);
    if (can) {
      frames.setFlag(pfn, PageFrames.FLAG_LRU);
    } else {
      frames.clearFlag(pfn, PageFrames.FLAG_LRU);
    }
  }
}
