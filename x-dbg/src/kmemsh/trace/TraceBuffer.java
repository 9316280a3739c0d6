package kmemsh.trace;

import java.util.Arrays;

/**
 * Keeps facts as numbers, in the order in which they are stated.
 *
 * <pre>
 *   longs   [capacity]     a kind, then its numbers, fact after fact
 *   starts  [nrFacts]      where each fact begins
 *   counts  [NR_KINDS]     how often each kind was stated, also facts that are kept no longer
 * </pre>
 *
 * <p>Of a repeated operation only the last round is kept. Beyond {@value #MAX_LONGS} numbers facts
 * are counted but not kept.
 */
public final class TraceBuffer implements Trace {
  private static final int MAX_LONGS = 1 << 23;

  private long[] longs = new long[256];
  private int nrLongs;
  private int[] starts = new int[64];
  private int nrFacts;
  private long nrDropped;
  private long nrRounds;
  private final long[] counts = new long[Fact.NR_KINDS];

  /** Forgets everything. */
  public void clear() {
    nrLongs = 0;
    nrFacts = 0;
    nrDropped = 0;
    nrRounds = 0;
    Arrays.fill(counts, 0);
  }

  /** How many facts are kept. */
  public int size() {
    return nrFacts;
  }

  /** How many facts of this operation, or of its last round, came after the buffer was full. */
  public long nrDropped() {
    return nrDropped;
  }

  /** Rounds of a repeated operation, 0 when it was not repeated. */
  public long nrRounds() {
    return nrRounds;
  }

  /** How often facts of {@code kind} were stated, in all rounds together. */
  public long count(int kind) {
    return counts[kind];
  }

  /** Fact {@code i}, from 0. */
  public Fact fact(int i) {
    int start = starts[i];
    int end = i + 1 == nrFacts ? nrLongs : starts[i + 1];
    return new Fact((int) longs[start], Arrays.copyOfRange(longs, start + 1, end));
  }

  /** The kind of fact {@code i}. */
  public int kind(int i) {
    return (int) longs[starts[i]];
  }

  /** States a fact again that another buffer kept. */
  public void state(Fact fact) {
    add(fact.kind(), fact.numbers());
  }

  private void add(int kind, long... numbers) {
    counts[kind]++;
    if (nrLongs + numbers.length + 1 > MAX_LONGS) {
      nrDropped++;
      return;
    }
    if (nrLongs + numbers.length + 1 > longs.length) {
      longs = Arrays.copyOf(longs, 2 * longs.length);
    }
    if (nrFacts == starts.length) {
      starts = Arrays.copyOf(starts, 2 * nrFacts);
    }
    starts[nrFacts++] = nrLongs;
    longs[nrLongs++] = kind;
    System.arraycopy(numbers, 0, longs, nrLongs, numbers.length);
    nrLongs += numbers.length;
  }

  @Override
  public void mmPageAlloc(int pfn, int order, int gfpMask, int migratetype) {
    add(Fact.MM_PAGE_ALLOC, pfn, order, gfpMask, migratetype);
  }

  @Override
  public void mmPageAllocZoneLocked(int pfn, int order, int migratetype, int percpuRefill) {
    add(Fact.MM_PAGE_ALLOC_ZONE_LOCKED, pfn, order, migratetype, percpuRefill);
  }

  @Override
  public void mmPageFree(int pfn, int order) {
    add(Fact.MM_PAGE_FREE, pfn, order);
  }

  @Override
  public void mmPageFreeBatched(int pfn) {
    add(Fact.MM_PAGE_FREE_BATCHED, pfn);
  }

  @Override
  public void mmPagePcpuDrain(int pfn, int order, int migratetype) {
    add(Fact.MM_PAGE_PCPU_DRAIN, pfn, order, migratetype);
  }

  @Override
  public void mmPageAllocExtfrag(
      int pfn,
      int allocOrder,
      int fallbackOrder,
      int allocMigratetype,
      int fallbackMigratetype,
      int changeOwnership) {
    add(
        Fact.MM_PAGE_ALLOC_EXTFRAG,
        pfn,
        allocOrder,
        fallbackOrder,
        allocMigratetype,
        fallbackMigratetype,
        changeOwnership);
  }

  @Override
  public void allocRequest(
      int order, int gfpMask, int migratetype, int highestZone, int preferredZone) {
    add(Fact.ALLOC_REQUEST, order, gfpMask, migratetype, highestZone, preferredZone);
  }

  @Override
  public void walk(int stage, int allocFlags) {
    add(Fact.WALK, stage, allocFlags);
  }

  @Override
  public void watermark(int zone, long free, long mark, long min, long reserve, boolean ok) {
    add(Fact.WATERMARK, zone, free, mark, min, reserve, ok ? 1 : 0);
  }

  @Override
  public void noBlock(int zone, int order) {
    add(Fact.NO_BLOCK, zone, order);
  }

  @Override
  public void pcpTake(int zone, int cpu, int order, int migratetype, int pfn, int countPages) {
    add(Fact.PCP_TAKE, zone, cpu, order, migratetype, pfn, countPages);
  }

  @Override
  public void pcpRefill(int zone, int cpu, int order, int migratetype, int wanted, int got) {
    add(Fact.PCP_REFILL, zone, cpu, order, migratetype, wanted, got);
  }

  @Override
  public void blockTake(int zone, int order, int foundOrder, int migratetype, int pfn) {
    add(Fact.BLOCK_TAKE, zone, order, foundOrder, migratetype, pfn);
  }

  @Override
  public void split(int zone, int pfn, int order, int migratetype) {
    add(Fact.SPLIT, zone, pfn, order, migratetype);
  }

  @Override
  public void fallback(
      int zone, int order, int migratetype, int foundOrder, int fallbackMigratetype) {
    add(Fact.FALLBACK, zone, order, migratetype, foundOrder, fallbackMigratetype);
  }

  @Override
  public void claimVote(int pageblock, int free, int alike, int needed, boolean claimed) {
    add(Fact.CLAIM_VOTE, pageblock, free, alike, needed, claimed ? 1 : 0);
  }

  @Override
  public void blockMove(int zone, int pfn, int order, int fromMigratetype, int toMigratetype) {
    add(Fact.BLOCK_MOVE, zone, pfn, order, fromMigratetype, toMigratetype);
  }

  @Override
  public void pageblockType(int pageblock, int fromMigratetype, int toMigratetype) {
    add(Fact.PAGEBLOCK_TYPE, pageblock, fromMigratetype, toMigratetype);
  }

  @Override
  public void boost(int zone, long boostPages) {
    add(Fact.BOOST, zone, boostPages);
  }

  @Override
  public void wakeKswapd(int zone, int order) {
    add(Fact.WAKE_KSWAPD, zone, order);
  }

  @Override
  public void highatomicReserve(int zone, int pageblock, long reservedPages) {
    add(Fact.HIGHATOMIC_RESERVE, zone, pageblock, reservedPages);
  }

  @Override
  public void highatomicUnreserve(int zone, int pageblock, int migratetype) {
    add(Fact.HIGHATOMIC_UNRESERVE, zone, pageblock, migratetype);
  }

  @Override
  public void slowPath(int step, long value) {
    add(Fact.SLOW_PATH, step, value);
  }

  @Override
  public void pcpPut(
      int zone, int cpu, int pfn, int order, int migratetype, int countPages, int highPages) {
    add(Fact.PCP_PUT, zone, cpu, pfn, order, migratetype, countPages, highPages);
  }

  @Override
  public void pcpDrain(int zone, int cpu, int pages, int countPages, int freeFactor) {
    add(Fact.PCP_DRAIN, zone, cpu, pages, countPages, freeFactor);
  }

  @Override
  public void merge(int zone, int buddyPfn, int order) {
    add(Fact.MERGE, zone, buddyPfn, order);
  }

  @Override
  public void mergeStop(int zone, int buddyPfn, int order) {
    add(Fact.MERGE_STOP, zone, buddyPfn, order);
  }

  @Override
  public void blockPut(int zone, int pfn, int order, int migratetype, boolean tail) {
    add(Fact.BLOCK_PUT, zone, pfn, order, migratetype, tail ? 1 : 0);
  }

  @Override
  public void kmemCacheAlloc(
      int cache, long object, int bytesReq, int bytesAlloc, int gfpMask, int nid) {
    add(Fact.KMEM_CACHE_ALLOC, cache, object, bytesReq, bytesAlloc, gfpMask, nid);
  }

  @Override
  public void kmemCacheFree(int cache, long object) {
    add(Fact.KMEM_CACHE_FREE, cache, object);
  }

  @Override
  public void kmalloc(long object, long bytesReq, long bytesAlloc, int gfpMask, int nid) {
    add(Fact.KMALLOC, object, bytesReq, bytesAlloc, gfpMask, nid);
  }

  @Override
  public void kfree(long object) {
    add(Fact.KFREE, object);
  }

  @Override
  public void slabStep(int step, int cache, int where, long value) {
    add(Fact.SLAB_STEP, step, cache, where, value);
  }

  @Override
  public void highmemStep(int step, int pfn, int slot, long value) {
    add(Fact.HIGHMEM_STEP, step, pfn, slot, value);
  }

  @Override
  public void vmallocStep(int step, long where, long value) {
    add(Fact.VMALLOC_STEP, step, where, value);
  }

  @Override
  public void round(long number) {
    nrLongs = 0;
    nrFacts = 0;
    nrDropped = 0;
    nrRounds = number + 1;
    counts[Fact.ROUND]++;
  }
}
