package kmemsh.mm.page;

/**
 * Free lists, pageblock types and page sets as recordings print them at a checkpoint: counted, and
 * as hashes. Reads only.
 */
public final class Fingerprints {
  private static final long HASH_FACTOR = 1000003;

  private final PageAllocator pages;

  Fingerprints(PageAllocator pages) {
    this.pages = pages;
  }

  /** Blocks on one free list. */
  public int freeListCount(int zone, int order, int migratetype) {
    PageFrames frames = pages.frames;
    int head = frames.listHead(zone, order, migratetype);
    int nr = 0;
    for (int node = frames.next(head); node != head; node = frames.next(node)) {
      nr++;
    }
    return nr;
  }

  /** The recordings' hash of one free list, head first; 0 when empty. */
  public long freeListHash(int zone, int order, int migratetype) {
    PageFrames frames = pages.frames;
    int head = frames.listHead(zone, order, migratetype);
    long hash = 0;
    for (int node = frames.next(head); node != head; node = frames.next(node)) {
      hash = hash * HASH_FACTOR + frames.pfnOf(node) + 1;
    }
    return hash;
  }

  /** The recordings' hash of a zone's pageblock types; a missing pageblock counts as 255. */
  public long pageblockHash(int zone) {
    Zone of = pages.zones[zone];
    int nr = pages.buddy.blocks.count(of);
    long hash = 0;
    for (int i = 0; i < nr; i++) {
      hash = hash * HASH_FACTOR + (pages.buddy.blocks.typeOfIndex(of, i) & 0xff) + 1;
    }
    return hash;
  }

  /** The recordings' hash of a page set: for each list its index, then its pfns head first. */
  public long pcpHash(int zone, int cpu) {
    PerCpuPages pcp = pages.zones[zone].pcps[cpu];
    long hash = 0;
    for (int index = 0; index < pcp.lists.length; index++) {
      hash = hash * HASH_FACTOR + index + 1;
      int nr = pcp.lists[index] == null ? 0 : pcp.lists[index].size();
      for (int i = 0; i < nr; i++) {
        hash = hash * HASH_FACTOR + pcp.lists[index].get(i) + 1;
      }
    }
    return hash;
  }

  /** Fields of a page set: count, high, batch, free_factor, expire, vdiff, vthreshold, cdiff. */
  public int[] pcpFields(int zone, int cpu) {
    PerCpuPages pcp = pages.zones[zone].pcps[cpu];
    return new int[] {
      pcp.countPages(),
      pcp.highPages,
      pcp.batch,
      pcp.freeFactor,
      pcp.expire,
      pcp.vdiff,
      pcp.vthreshold,
      pcp.cmaDiff
    };
  }
}
