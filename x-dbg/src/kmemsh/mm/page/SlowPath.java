package kmemsh.mm.page;

import static kmemsh.mm.page.AllocFlags.ALLOC_CMA;
import static kmemsh.mm.page.AllocFlags.ALLOC_CPUSET;
import static kmemsh.mm.page.AllocFlags.ALLOC_HIGHATOMIC;
import static kmemsh.mm.page.AllocFlags.ALLOC_KSWAPD;
import static kmemsh.mm.page.AllocFlags.ALLOC_MIN_RESERVE;
import static kmemsh.mm.page.AllocFlags.ALLOC_NON_BLOCK;
import static kmemsh.mm.page.AllocFlags.ALLOC_NO_WATERMARKS;
import static kmemsh.mm.page.AllocFlags.WMARK_HIGH;
import static kmemsh.mm.page.AllocFlags.WMARK_MIN;
import static kmemsh.mm.page.PageAllocator.NO_PFN;
import static kmemsh.mm.page.PageAllocator.PAGE_ALLOC_COSTLY_ORDER;

import kmemsh.trace.Trace;
import kmemsh.view.Gfp;
import kmemsh.view.Migratetype;

/**
 * What a request goes through that no zone served above its low watermark: the min watermark, the
 * reserves, and for those who may sleep reclaim, compaction and the OOM killer.
 *
 * <p>Left out: reclaim and compaction find nothing, there is no task to kill, and nobody is in a
 * memory-allocating or real-time context. A request that would wait for the OOM killer fails.
 *
 * <p>Spec: page-allocator.md 8
 */
final class SlowPath {
  private static final int MAX_RECLAIM_RETRIES = 16;

  private final PageAllocator pages;
  private final AllocWalk walk;

  SlowPath(PageAllocator pages, AllocWalk walk) {
    this.pages = pages;
    this.walk = walk;
  }

  int alloc(int[] list, int gfpMask, int order, int migratetype, int highest) {
    Trace trace = pages.trace;
    boolean maySleep = Gfp.maySleep(gfpMask);
    int gfp = maySleep ? gfpMask & ~Gfp.__GFP_ATOMIC : gfpMask;
    int allocFlags = slowFlags(gfp, order, migratetype);
    trace.slowPath(Trace.STEP_ENTER, allocFlags);
    wakeKswapds(list, order, allocFlags);
    int pfn =
        walk.getPageFromFreelist(
            list, gfp, order, migratetype, highest, allocFlags, Trace.STAGE_SLOW);
    if (pfn != NO_PFN) {
      return pfn;
    }
    boolean costly = order > PAGE_ALLOC_COSTLY_ORDER;
    if (maySleep && mayCompactFirst(gfp, order, migratetype)) {
      trace.slowPath(Trace.STEP_DIRECT_COMPACT, 0);
      if (costly && (gfp & Gfp.__GFP_NORETRY) != 0) {
        return noPage(list, gfp, order, migratetype, highest, Trace.STEP_NORETRY);
      }
    }
    return retry(list, gfp, order, migratetype, highest, allocFlags);
  }

  /** Steps 6 to 13: round after round while reclaim might still help. */
  private int retry(int[] list, int gfp, int order, int migratetype, int highest, int slowFlags) {
    Trace trace = pages.trace;
    int allocFlags = slowFlags;
    int noProgressLoops = 0;
    while (true) {
      wakeKswapds(list, order, allocFlags);
      int reserveFlags = reserveFlags(gfp);
      if (reserveFlags != 0) {
        allocFlags = reserveFlags | (slowFlags & (ALLOC_CMA | ALLOC_KSWAPD));
      }
      int pfn =
          walk.getPageFromFreelist(
              list, gfp, order, migratetype, highest, allocFlags, Trace.STAGE_SLOW_RETRY);
      if (pfn != NO_PFN) {
        return pfn;
      }
      int stop = afterWalk(gfp, order, highest);
      if (stop != GO_ON) {
        return noPage(list, gfp, order, migratetype, highest, stop);
      }
      noProgressLoops++;
      if (mayRetryReclaim(list, order, highest, allocFlags, noProgressLoops)) {
        trace.slowPath(Trace.STEP_RECLAIM_RETRY, noProgressLoops);
        continue;
      }
      if (unreserve(list, migratetype)) {
        continue;
      }
      return outOfMemory(list, gfp, order, migratetype, highest);
    }
  }

  private static final int GO_ON = -1;

  /** Steps 7 to 10: reclaim and compaction find nothing; some requests give up here. */
  private int afterWalk(int gfp, int order, int highest) {
    Trace trace = pages.trace;
    if (!Gfp.maySleep(gfp)) {
      return Trace.STEP_NO_SLEEP;
    }
    trace.slowPath(Trace.STEP_DIRECT_RECLAIM, 0);
    pages.allocstall[highest]++;
    if (order > 0 && canCompact(gfp)) {
      trace.slowPath(Trace.STEP_DIRECT_COMPACT, 0);
    }
    if ((gfp & Gfp.__GFP_NORETRY) != 0) {
      return Trace.STEP_NORETRY;
    }
    boolean mayFail = (gfp & Gfp.__GFP_RETRY_MAYFAIL) != 0 && canCompact(gfp);
    return order > PAGE_ALLOC_COSTLY_ORDER && !mayFail ? Trace.STEP_COSTLY : GO_ON;
  }

  private boolean canCompact(int gfp) {
    return pages.config.compaction() && (gfp & Gfp.__GFP_IO) != 0;
  }

  private boolean mayCompactFirst(int gfp, int order, int migratetype) {
    return canCompact(gfp)
        && reserveFlags(gfp) == 0
        && (order > PAGE_ALLOC_COSTLY_ORDER
            || (order > 0 && migratetype != Migratetype.MIGRATE_MOVABLE));
  }

  /** Spec: page-allocator.md 4.6, gfp_to_alloc_flags */
  private int slowFlags(int gfp, int order, int migratetype) {
    int allocFlags = WMARK_MIN | ALLOC_CPUSET;
    allocFlags |= gfp & (ALLOC_MIN_RESERVE | ALLOC_KSWAPD);
    if (!Gfp.maySleep(gfp)) {
      boolean high = (allocFlags & ALLOC_MIN_RESERVE) != 0;
      if ((gfp & Gfp.__GFP_NOMEMALLOC) == 0) {
        allocFlags |= ALLOC_NON_BLOCK;
        if (order > 0 && high) {
          allocFlags |= ALLOC_HIGHATOMIC;
        }
      }
      if (high) {
        allocFlags &= ~ALLOC_CPUSET;
      }
    }
    if (pages.config.cma() && migratetype == Migratetype.MIGRATE_MOVABLE) {
      allocFlags |= ALLOC_CMA;
    }
    return allocFlags;
  }

  /** Spec: page-allocator.md 4.6, gfp_pfmemalloc */
  private static int reserveFlags(int gfp) {
    boolean memalloc = (gfp & Gfp.__GFP_NOMEMALLOC) == 0 && (gfp & Gfp.__GFP_MEMALLOC) != 0;
    return memalloc ? ALLOC_NO_WATERMARKS : 0;
  }

  /** Asks the kswapd of each node to look. It finds nothing to reclaim and sleeps on. */
  private void wakeKswapds(int[] list, int order, int allocFlags) {
    if ((allocFlags & ALLOC_KSWAPD) == 0) {
      return;
    }
    int lastNid = -1;
    for (int z : list) {
      Zone zone = pages.zones[z];
      if (zone.managedPages != 0 && zone.nid != lastNid) {
        lastNid = zone.nid;
        pages.trace.wakeKswapd(z, order);
      }
    }
  }

  private boolean mayRetryReclaim(
      int[] list, int order, int highest, int allocFlags, int noProgressLoops) {
    if (noProgressLoops > MAX_RECLAIM_RETRIES) {
      return false;
    }
    for (int z : list) {
      Zone zone = pages.zones[z];
      long available = 2 * zone.readFreePages();
      if (pages.watermarks.ok(zone, order, zone.wmark(WMARK_MIN), highest, allocFlags, available)) {
        return true;
      }
    }
    return false;
  }

  private boolean unreserve(int[] list, int migratetype) {
    for (int z : list) {
      if (pages.buddy.unreserveHighatomic(z, migratetype, true)) {
        pages.trace.slowPath(Trace.STEP_UNRESERVE, z);
        return true;
      }
    }
    return false;
  }

  /** Step 13: a last walk above the high watermark, then the killer, who finds nobody. */
  private int outOfMemory(int[] list, int gfp, int order, int migratetype, int highest) {
    pages.trace.slowPath(Trace.STEP_OOM, 0);
    int pfn =
        walk.getPageFromFreelist(
            list,
            gfp & ~Gfp.__GFP_DIRECT_RECLAIM,
            order,
            migratetype,
            highest,
            WMARK_HIGH | ALLOC_CPUSET,
            Trace.STAGE_OOM);
    if (pfn != NO_PFN) {
      return pfn;
    }
    boolean noKill =
        order > PAGE_ALLOC_COSTLY_ORDER
            || (gfp & (Gfp.__GFP_RETRY_MAYFAIL | Gfp.__GFP_THISNODE)) != 0
            || highest < pages.config.normalIndex();
    return noPage(
        list, gfp, order, migratetype, highest, noKill ? Trace.STEP_OOM : Trace.STEP_OOM_KILL);
  }

  private int noPage(int[] list, int gfp, int order, int migratetype, int highest, int reason) {
    if ((gfp & Gfp.__GFP_NOFAIL) != 0 && Gfp.maySleep(gfp)) {
      int flags = WMARK_MIN | ALLOC_MIN_RESERVE;
      for (int cpuset = ALLOC_CPUSET; cpuset >= 0; cpuset -= ALLOC_CPUSET) {
        int pfn =
            walk.getPageFromFreelist(
                list, gfp, order, migratetype, highest, flags | cpuset, Trace.STAGE_NOFAIL);
        if (pfn != NO_PFN) {
          return pfn;
        }
      }
    }
    pages.lastFailure = reason;
    pages.trace.slowPath(Trace.STEP_NOPAGE, reason);
    return NO_PFN;
  }
}
