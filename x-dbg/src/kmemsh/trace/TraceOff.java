package kmemsh.trace;

/** Takes every fact and does nothing; for sinks that want a few. */
public class TraceOff implements Trace {
  @Override
  public void mmPageAlloc(int pfn, int order, int gfpMask, int migratetype) {}

  @Override
  public void mmPageAllocZoneLocked(int pfn, int order, int migratetype, int percpuRefill) {}

  @Override
  public void mmPageFree(int pfn, int order) {}

  @Override
  public void mmPageFreeBatched(int pfn) {}

  @Override
  public void mmPagePcpuDrain(int pfn, int order, int migratetype) {}

  @Override
  public void mmPageAllocExtfrag(
      int pfn,
      int allocOrder,
      int fallbackOrder,
      int allocMigratetype,
      int fallbackMigratetype,
      int changeOwnership) {}

  @Override
  public void allocRequest(
      int order, int gfpMask, int migratetype, int highestZone, int preferredZone) {}

  @Override
  public void walk(int stage, int allocFlags) {}

  @Override
  public void watermark(int zone, long free, long mark, long min, long reserve, boolean ok) {}

  @Override
  public void noBlock(int zone, int order) {}

  @Override
  public void pcpTake(int zone, int cpu, int order, int migratetype, int pfn, int countPages) {}

  @Override
  public void pcpRefill(int zone, int cpu, int order, int migratetype, int wanted, int got) {}

  @Override
  public void blockTake(int zone, int order, int foundOrder, int migratetype, int pfn) {}

  @Override
  public void split(int zone, int pfn, int order, int migratetype) {}

  @Override
  public void fallback(
      int zone, int order, int migratetype, int foundOrder, int fallbackMigratetype) {}

  @Override
  public void claimVote(int pageblock, int free, int alike, int needed, boolean claimed) {}

  @Override
  public void blockMove(int zone, int pfn, int order, int fromMigratetype, int toMigratetype) {}

  @Override
  public void pageblockType(int pageblock, int fromMigratetype, int toMigratetype) {}

  @Override
  public void boost(int zone, long boostPages) {}

  @Override
  public void wakeKswapd(int zone, int order) {}

  @Override
  public void highatomicReserve(int zone, int pageblock, long reservedPages) {}

  @Override
  public void highatomicUnreserve(int zone, int pageblock, int migratetype) {}

  @Override
  public void slowPath(int step, long value) {}

  @Override
  public void pcpPut(
      int zone, int cpu, int pfn, int order, int migratetype, int countPages, int highPages) {}

  @Override
  public void pcpDrain(int zone, int cpu, int pages, int countPages, int freeFactor) {}

  @Override
  public void merge(int zone, int buddyPfn, int order) {}

  @Override
  public void mergeStop(int zone, int buddyPfn, int order) {}

  @Override
  public void blockPut(int zone, int pfn, int order, int migratetype, boolean tail) {}

  @Override
  public void round(long number) {}

  @Override
  public void kmemCacheAlloc(
      int cache, long object, int bytesReq, int bytesAlloc, int gfpMask, int nid) {}

  @Override
  public void kmemCacheFree(int cache, long object) {}

  @Override
  public void kmalloc(long object, long bytesReq, long bytesAlloc, int gfpMask, int nid) {}

  @Override
  public void kfree(long object) {}

  @Override
  public void slabStep(int step, int cache, int where, long value) {}

  @Override
  public void highmemStep(int step, int pfn, int slot, long value) {}

  @Override
  public void vmallocStep(int step, long where, long value) {}
}
