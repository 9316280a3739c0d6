package kmemsh.mm.page;

import java.io.IOException;
import java.util.function.IntPredicate;
import kmemsh.view.KpageFlags;
import kmemsh.view.MemMap;
import kmemsh.view.PageRuns;

/**
 * Every page frame as /proc/kpageflags shows it, in runs that are alike. Changes nothing.
 *
 * <p>Spec: proc-and-user.md 4; page-allocator.md 2.2
 */
public final class KpageWalk {
  private static final int SECTION_PAGES = 0x8000;

  private final PageAllocator pages;
  private final FrameQueries queries;

  /**
   * @param queries of the same allocator
   */
  public KpageWalk(PageMachine machine, FrameQueries queries) {
    this.pages = machine.allocator();
    this.queries = queries;
  }

  /** Entries of the file: with sparse memory a whole section at the end. */
  public static long nrEntries(PageMachine machine) {
    PageAllocator pages = machine.allocator();
    long nr = pages.config.nrFrames();
    return pages.config.sparse() ? (nr + SECTION_PAGES - 1) / SECTION_PAGES * SECTION_PAGES : nr;
  }

  /**
   * Hands all frames to {@code runs}.
   *
   * @param isSlab whether the block that begins at a frame is a slab
   */
  public void walk(long nrEntries, IntPredicate isSlab, PageRuns runs) throws IOException {
    FrameWalk walk = new FrameWalk(pages, queries, 0, queries.endPfn());
    while (walk.next()) {
      switch (walk.letter) {
        case MemMap.RESERVED -> runs.run(walk.length, KpageFlags.RESERVED);
        case MemMap.HOLE -> hole(walk.pfn, walk.pfn + walk.length, runs);
        case MemMap.PCP -> runs.run(walk.length, 0);
        case MemMap.ALLOCATED, MemMap.TAIL, MemMap.TABLES -> allocated(walk, isSlab, runs);
        default -> runs.run(walk.length, KpageFlags.BUDDY);
      }
    }
    hole(queries.endPfn(), (int) Math.min(nrEntries, Integer.MAX_VALUE), runs);
  }

  private void allocated(FrameWalk walk, IntPredicate isSlab, PageRuns runs) throws IOException {
    long flags = isSlab.test(walk.pfn) ? KpageFlags.SLAB : 0;
    if (!pages.frames.hasFlag(walk.pfn, PageFrames.FLAG_COMPOUND)) {
      runs.run(walk.length, flags);
      return;
    }
    runs.run(1, flags | KpageFlags.COMPOUND_HEAD);
    if (walk.length > 1) {
      runs.run(walk.length - 1L, flags | KpageFlags.COMPOUND_TAIL);
    }
  }

  /** Frames without RAM have a descriptor, a reserved one, where their section has RAM. */
  private void hole(int start, int end, PageRuns runs) throws IOException {
    int pfn = start;
    while (pfn < end) {
      int section = pfn & -SECTION_PAGES;
      int next = (int) Math.min(end, section + (long) SECTION_PAGES);
      runs.run(
          next - pfn, queries.hasDescriptors(section) ? KpageFlags.RESERVED : KpageFlags.NOPAGE);
      pfn = next;
    }
  }
}
