package kmemsh.mm.page;

import kmemsh.base.IntDeque;

/**
 * The page set of one CPU for one zone: short lists of pages that are taken and given back without
 * touching the buddy lists.
 *
 * <pre>
 *   lists  [nrLists]  by {@code 3 * order + migratetype} for orders 0..3, then two of the huge page
 *                     order where the kernel has transparent huge pages (Movable last)
 * </pre>
 *
 * <p>Spec: page-allocator.md 6.1
 */
final class PerCpuPages {
  static final int NR_LISTS = 12;
  static final int NR_LISTS_THP = 14;

  private static final int PCP_BATCH_SCALE_MAX = 5;

  private static final int[] NO_PAGES = {};

  final IntDeque[] lists;

  /** Pages on all lists together. */
  int countPages;

  /** A free that brings the count to this many pages drains. */
  int highPages;

  /** Pages taken by one refill. */
  int batch;

  /** Doublings of a drain, 0..5. */
  int freeFactor;

  int expire;

  /** Pending difference of NR_FREE_PAGES, and the size beyond which it is folded in. */
  int vdiff;

  int vthreshold;

  /** Pending difference of NR_FREE_CMA_PAGES. */
  int cmaDiff;

  PerCpuPages(int nrLists) {
    lists = new IntDeque[nrLists];
    for (int i = 0; i < nrLists; i++) {
      lists[i] = new IntDeque();
    }
  }

  IntDeque list(int index) {
    return lists[index];
  }

  /** How many pages go back when a page set is too full. Spec: page-allocator.md 7.2 step 6 */
  int nrToDrain(int high, boolean freeHigh) {
    if (freeHigh) {
      return countPages;
    }
    if (high < batch) {
      return 1;
    }
    int most = high - batch;
    int nr = batch << freeFactor;
    if (nr < most && freeFactor < PCP_BATCH_SCALE_MAX) {
      freeFactor++;
    }
    return Math.min(Math.max(nr, batch), most);
  }

  State checkpoint() {
    int[][] pages = new int[lists.length][];
    for (int i = 0; i < lists.length; i++) {
      pages[i] = lists[i].isEmpty() ? NO_PAGES : lists[i].toArray();
    }
    return new State(
        pages, countPages, highPages, batch, freeFactor, expire, vdiff, vthreshold, cmaDiff);
  }

  void restore(State state) {
    for (int i = 0; i < lists.length; i++) {
      lists[i].setAll(state.pages[i]);
    }
    countPages = state.countPages;
    highPages = state.highPages;
    batch = state.batch;
    freeFactor = state.freeFactor;
    expire = state.expire;
    vdiff = state.vdiff;
    vthreshold = state.vthreshold;
    cmaDiff = state.cmaDiff;
  }

  record State(
      int[][] pages,
      int countPages,
      int highPages,
      int batch,
      int freeFactor,
      int expire,
      int vdiff,
      int vthreshold,
      int cmaDiff) {}
}
