package kmemsh.mm.page;

import java.util.Arrays;
import kmemsh.view.Migratetype;

/**
 * One run of compaction over a zone: what it is for, where its scanners are and what they hold.
 *
 * <p>Spec: page-allocator.md 10.2, 10.3
 */
final class CompactRun {
  static final int ASYNC = 0;
  static final int SYNC_LIGHT = 1;
  static final int SYNC = 2;

  /** Entries a fast search looks at, halved with each failure. */
  private static final int SEARCH_LIMIT = 32;

  final Zone zone;
  final CompactZone kept;

  /** The order that is wanted, -1 for as much as possible. */
  final int order;

  final int migratetype;
  final int mode;
  final boolean ignoresHints;
  final boolean ignoresTypes;
  boolean whole;
  int migratePfn;
  int freePfn;

  /** Fast searches that failed since the last one that did not. */
  int failures;

  /** The scanning goes to the end of the pageblock, however many pages are held. */
  boolean rescan;

  /** Pages to be moved; the last one goes first. */
  int[] sources = new int[64];

  int nrSources;

  /** Free pages to move to; the last one goes first. */
  int[] targets = new int[64];

  int nrTargets;

  CompactRun(Zone zone, CompactZone kept, int order, int migratetype, int prio) {
    this.zone = zone;
    this.kept = kept;
    this.order = order;
    this.migratetype = migratetype;
    boolean all = order < 0;
    mode = all ? SYNC : prio == 2 ? ASYNC : SYNC_LIGHT;
    ignoresHints = all || prio == 0;
    ignoresTypes = !all && prio == 0;
    whole = ignoresHints;
  }

  /** Whether a request waits for it. */
  boolean isDirect() {
    return order >= 0;
  }

  boolean isAsyncDirect() {
    return isDirect() && mode == ASYNC;
  }

  /** Whether a page may be taken from a pageblock of this type or moved to it. */
  static boolean isMovable(int type) {
    return type == Migratetype.MIGRATE_MOVABLE || type == Migratetype.MIGRATE_CMA;
  }

  int searchLimit() {
    return (SEARCH_LIMIT >> failures) + 1;
  }

  void addSource(int pfn) {
    if (nrSources == sources.length) {
      sources = Arrays.copyOf(sources, 2 * nrSources);
    }
    sources[nrSources++] = pfn;
  }

  void addTarget(int pfn) {
    if (nrTargets == targets.length) {
      targets = Arrays.copyOf(targets, 2 * nrTargets);
    }
    targets[nrTargets++] = pfn;
  }

  boolean hasTargetsEnough() {
    return nrTargets >= nrSources;
  }
}
