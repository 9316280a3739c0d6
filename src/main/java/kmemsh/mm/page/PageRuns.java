package kmemsh.mm.page;

import static kmemsh.mm.page.AllocFlags.ALLOC_KSWAPD;
import static kmemsh.mm.page.AllocFlags.WMARK_LOW;
import static kmemsh.mm.page.PageAllocator.NO_PFN;

import kmemsh.base.NodeLists;
import kmemsh.trace.Trace;
import kmemsh.view.Gfp;

/**
 * Requests for many single pages at once: in bulk, of an exact size, by splitting a block.
 *
 * <p>A bulk request like the one before has a fast lane, as in {@link PageAllocator}: where the
 * first zone has pages enough and the list blocks enough, there is nothing to look up.
 *
 * <p>Spec: page-allocator.md 7.6
 */
final class PageRuns {
  private final PageAllocator pages;
  private final AllocWalk walk;
  private final FreePath frees;
  private final NodeLists nodes;

  /** The list that served the last bulk request, the mask of that, and its highest zone. */
  private PcpList route = PcpList.NONE;

  private int routeMask;

  PageRuns(PageAllocator pages, AllocWalk walk, FreePath frees) {
    this.pages = pages;
    this.walk = walk;
    this.frees = frees;
    nodes = pages.frames.nodes;
  }

  /** The next bulk request has to find its way anew. */
  void forgetRoute() {
    route = PcpList.NONE;
  }

  /**
   * Takes up to {@code wanted} single pages into {@code out}, in array order, and returns how many.
   * Spec: page-allocator.md 7.6
   */
  int allocPagesBulk(int gfpMask, int wanted, int[] out) {
    if (hasEasy(gfpMask, wanted)) {
      for (int i = 0; i < wanted; i++) {
        out[i] = takeEasy();
      }
      return wanted;
    }
    int nr = wanted > 1 ? bulkFromPcp(gfpMask & pages.allowedGfp, wanted, out) : 0;
    if (nr == 0 && wanted > 0) {
      out[0] = single(gfpMask);
      nr = out[0] == NO_PFN ? 0 : 1;
    }
    return nr;
  }

  /** See {@link PageAllocator#hasEasy}. */
  boolean hasEasy(int gfpMask, int wanted) {
    return wanted > 1 && gfpMask == routeMask && routeServes(wanted);
  }

  /** One page begun on the CPU's own node: the task's policy has no say in bulk requests. */
  private int single(int gfpMask) {
    if (pages.config.numa()) {
      pages.askedNode = pages.config.cpuNode()[pages.cpu];
    }
    int pfn = pages.allocPages(gfpMask, 0);
    pages.askedNode = PageAllocator.NO_NODE;
    return pfn;
  }

  private boolean routeServes(int wanted) {
    Zone zone = route.zone;
    return zone != null && route.isEasy(wanted) && zone.nrFreePages - wanted > zone.bulkMark;
  }

  int takeEasy() {
    PcpList list = route;
    int pfn = list.popHead();
    nodes.setStateAgain(pfn, list.handedOut);
    return pfn;
  }

  private void rememberRoute(int gfp, Zone zone, int migratetype, int highest) {
    if (!pages.tracing && !pages.config.cma() && !pages.clears(gfp)) {
      route = zone.pcps[pages.cpu].list(PageAllocator.pcpIndex(0, migratetype));
      routeMask = gfp;
      zone.findBulkMark(highest);
    }
  }

  private int bulkFromPcp(int gfp, int wanted, int[] out) {
    int highest = walk.highestZone(gfp);
    int nid = pages.config.cpuNode()[pages.cpu];
    int[] list = pages.zonelists.zones(nid, highest, (gfp & Gfp.__GFP_THISNODE) != 0);
    int migratetype = walk.migratetypeOf(gfp);
    int allocFlags = walk.fastFlags(gfp, migratetype, NO_PFN) & ~ALLOC_KSWAPD;
    if (pages.tracing) {
      pages.trace.walk(Trace.STAGE_BULK, allocFlags);
    }
    Zone zone = null;
    for (int i = 0; i < list.length && zone == null; i++) {
      Zone candidate = pages.zones[list[i]];
      // The node is the preferred zone's, which may be a remote one: with GFP_DMA on a node without
      // DMA (recording x86_64-numa-page5120, seed=160103, line 13059).
      if (candidate.nid != pages.zones[list[0]].nid) {
        break;
      }
      long mark = candidate.wmark(WMARK_LOW) + wanted;
      if (pages.watermarks.fastOk(
          candidate, 0, gfp, mark, pages.zones[list[0]].index, allocFlags)) {
        zone = candidate;
      }
    }
    if (zone == null) {
      return 0;
    }
    if (zone.id == list[0]) {
      rememberRoute(gfp, zone, migratetype, highest);
    }
    PerCpuPages pcp = zone.pcps[pages.cpu];
    int nr = 0;
    while (nr < wanted) {
      int pfn = walk.takeFromPcp(zone, pcp, 0, migratetype, allocFlags);
      if (pfn == NO_PFN) {
        break;
      }
      if (pages.tracing) {
        pages.trace.mmPageAlloc(pfn, 0, gfp, migratetype);
      }
      pages.clear(pfn, gfp, 0);
      out[nr++] = pfn;
    }
    return nr;
  }

  /** Takes just enough single pages for {@code bytes}; the rest of the block goes back at once. */
  int allocPagesExact(long bytes, int gfpMask) {
    int order = orderOf(bytes);
    int pfn = pages.allocPages(gfpMask & ~(Gfp.__GFP_COMP | Gfp.__GFP_HIGHMEM), order);
    if (pfn == NO_PFN) {
      return NO_PFN;
    }
    int used = pagesOf(bytes);
    splitPage(pfn, order);
    for (int tail = pfn + used; tail < pfn + (1 << order); tail++) {
      int z = pages.zoneMap.zoneOf(tail);
      pages.frames.setNothing(tail);
      if (pages.tracing) {
        pages.trace.mmPageFree(tail, 0);
      }
      pages.zones[z].pgfree++;
      pages.buddy.freeOne(
          pages.zones[z], pages.cpu, tail, 0, pages.buddy.blocks.type(z, tail), true);
    }
    return pfn;
  }

  /** The smallest order whose block holds {@code bytes}; 11 or more when none does. */
  static int orderOf(long bytes) {
    int order = 0;
    while (order < Long.SIZE - 13 && (4096L << order) < bytes) {
      order++;
    }
    return order;
  }

  static int pagesOf(long bytes) {
    return (int) ((bytes + 4095) >>> 12);
  }

  /** Makes {@code 1 << order} single pages of an allocated block. Spec: page-allocator.md 7.6 */
  void splitPage(int pfn, int order) {
    int type = pages.frames.cachedType(pfn);
    for (int page = pfn; page < pfn + (1 << order); page++) {
      pages.frames.setAllocated(page, 0, type);
    }
  }

  /** Frees single pages one after another: {@code free_pages_exact}. */
  void freePagesExact(int pfn, long bytes) {
    for (int page = pfn; page < pfn + pagesOf(bytes); page++) {
      pages.freePages(page, 0);
    }
  }

  /** Frees the first {@code nr} single pages of {@code pfns}, as reclaim does. */
  void freeUnrefPageList(int[] pfns, int nr) {
    for (int i = 0; i < nr; i++) {
      if (pages.tracing) {
        pages.trace.mmPageFreeBatched(pfns[i]);
      }
      frees.free(pfns[i], 0);
    }
  }
}
