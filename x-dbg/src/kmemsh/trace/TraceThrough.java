package kmemsh.trace;

/** Hands every fact on to another sink; for sinks that want a few and let the others have all. */
public class TraceThrough implements Trace {
  private Trace next = Trace.OFF;

  /** Says who has all facts next. */
  public final void setNext(Trace sink) {
    next = sink;
  }

  @Override
  public void mmPageAlloc(int pfn, int order, int gfpMask, int migratetype) {
    next.mmPageAlloc(pfn, order, gfpMask, migratetype);
  }

  @Override
  public void mmPageAllocZoneLocked(int pfn, int order, int migratetype, int percpuRefill) {
    next.mmPageAllocZoneLocked(pfn, order, migratetype, percpuRefill);
  }

  @Override
  public void mmPageFree(int pfn, int order) {
    next.mmPageFree(pfn, order);
  }

  @Override
  public void mmPageFreeBatched(int pfn) {
    next.mmPageFreeBatched(pfn);
  }

  @Override
  public void mmPagePcpuDrain(int pfn, int order, int migratetype) {
    next.mmPagePcpuDrain(pfn, order, migratetype);
  }

  @Override
  public void mmPageAllocExtfrag(
      int pfn,
      int allocOrder,
      int fallbackOrder,
      int allocMigratetype,
      int fallbackMigratetype,
      int changeOwnership) {
    next.mmPageAllocExtfrag(
        pfn, allocOrder, fallbackOrder, allocMigratetype, fallbackMigratetype, changeOwnership);
  }

  @Override
  public void allocRequest(
      int order, int gfpMask, int migratetype, int highestZone, int preferredZone) {
    next.allocRequest(order, gfpMask, migratetype, highestZone, preferredZone);
  }

  @Override
  public void walk(int stage, int allocFlags) {
    next.walk(stage, allocFlags);
  }

  @Override
  public void watermark(int zone, long free, long mark, long min, long reserve, boolean ok) {
    next.watermark(zone, free, mark, min, reserve, ok);
  }

  @Override
  public void noBlock(int zone, int order) {
    next.noBlock(zone, order);
  }

  @Override
  public void pcpTake(int zone, int cpu, int order, int migratetype, int pfn, int countPages) {
    next.pcpTake(zone, cpu, order, migratetype, pfn, countPages);
  }

  @Override
  public void pcpRefill(int zone, int cpu, int order, int migratetype, int wanted, int got) {
    next.pcpRefill(zone, cpu, order, migratetype, wanted, got);
  }

  @Override
  public void blockTake(int zone, int order, int foundOrder, int migratetype, int pfn) {
    next.blockTake(zone, order, foundOrder, migratetype, pfn);
  }

  @Override
  public void split(int zone, int pfn, int order, int migratetype) {
    next.split(zone, pfn, order, migratetype);
  }

  @Override
  public void fallback(
      int zone, int order, int migratetype, int foundOrder, int fallbackMigratetype) {
    next.fallback(zone, order, migratetype, foundOrder, fallbackMigratetype);
  }

  @Override
  public void claimVote(int pageblock, int free, int alike, int needed, boolean claimed) {
    next.claimVote(pageblock, free, alike, needed, claimed);
  }

  @Override
  public void blockMove(int zone, int pfn, int order, int fromMigratetype, int toMigratetype) {
    next.blockMove(zone, pfn, order, fromMigratetype, toMigratetype);
  }

  @Override
  public void pageblockType(int pageblock, int fromMigratetype, int toMigratetype) {
    next.pageblockType(pageblock, fromMigratetype, toMigratetype);
  }

  @Override
  public void boost(int zone, long boostPages) {
    next.boost(zone, boostPages);
  }

  @Override
  public void wakeKswapd(int zone, int order) {
    next.wakeKswapd(zone, order);
  }

  @Override
  public void highatomicReserve(int zone, int pageblock, long reservedPages) {
    next.highatomicReserve(zone, pageblock, reservedPages);
  }

  @Override
  public void highatomicUnreserve(int zone, int pageblock, int migratetype) {
    next.highatomicUnreserve(zone, pageblock, migratetype);
  }

  @Override
  public void slowPath(int step, long value) {
    next.slowPath(step, value);
  }

  @Override
  public void pcpPut(
      int zone, int cpu, int pfn, int order, int migratetype, int countPages, int highPages) {
    next.pcpPut(zone, cpu, pfn, order, migratetype, countPages, highPages);
  }

  @Override
  public void pcpDrain(int zone, int cpu, int pages, int countPages, int freeFactor) {
    next.pcpDrain(zone, cpu, pages, countPages, freeFactor);
  }

  @Override
  public void merge(int zone, int buddyPfn, int order) {
    next.merge(zone, buddyPfn, order);
  }

  @Override
  public void mergeStop(int zone, int buddyPfn, int order) {
    next.mergeStop(zone, buddyPfn, order);
  }

  @Override
  public void blockPut(int zone, int pfn, int order, int migratetype, boolean tail) {
    next.blockPut(zone, pfn, order, migratetype, tail);
  }

  @Override
  public void round(long number) {
    next.round(number);
  }

  @Override
  public void kmemCacheAlloc(
      int cache, long object, int bytesReq, int bytesAlloc, int gfpMask, int nid) {
    next.kmemCacheAlloc(cache, object, bytesReq, bytesAlloc, gfpMask, nid);
  }

  @Override
  public void kmemCacheFree(int cache, long object) {
    next.kmemCacheFree(cache, object);
  }

  @Override
  public void kmalloc(long object, long bytesReq, long bytesAlloc, int gfpMask, int nid) {
    next.kmalloc(object, bytesReq, bytesAlloc, gfpMask, nid);
  }

  @Override
  public void kfree(long object) {
    next.kfree(object);
  }

  @Override
  public void slabStep(int step, int cache, int where, long value) {
    next.slabStep(step, cache, where, value);
  }

  @Override
  public void highmemStep(int step, int pfn, int slot, long value) {
    next.highmemStep(step, pfn, slot, value);
  }

  @Override
  public void vmallocStep(int step, long address, long value) {
    next.vmallocStep(step, address, value);
  }
}
