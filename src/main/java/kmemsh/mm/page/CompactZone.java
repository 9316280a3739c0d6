package kmemsh.mm.page;

import java.util.BitSet;

/**
 * What compaction remembers of a zone between its runs.
 *
 * <p>Spec: page-allocator.md 10
 */
final class CompactZone {
  /** Where the migration scanner goes on: of asynchronous runs, of synchronous ones. */
  final int[] cachedMigrate = new int[2];

  /** Where the free scanner goes on. */
  int cachedFree;

  /** A run from here on covers the whole zone. */
  int initMigrate;

  int initFree;

  /** Both scanners met in a run for a request: the skip bits are to be cleared. */
  boolean flush;

  /** Pageblocks that are passed over, by pfn of their first frame. */
  final BitSet skips = new BitSet();
}
