package kmemsh.trace;

/**
 * The facts the core can state while it works: numbers only, no words.
 *
 * <p>The first family are the kernel's tracepoints with their fields in the kernel's order; the
 * second are the steps a learner needs in between. {@link #OFF} takes them and does nothing, which
 * costs nothing once compiled. There are no default methods, so that the compiler asks every sink
 * for a new fact.
 */
public interface Trace {
  Trace OFF = new TraceOff();

  // Tracepoints of events/kmem.

  /** A request was served, or failed with pfn -1. */
  void mmPageAlloc(int pfn, int order, int gfpMask, int migratetype);

  /** A block left the buddy lists; {@code percpuRefill} is 1 when it goes to a per-CPU list. */
  void mmPageAllocZoneLocked(int pfn, int order, int migratetype, int percpuRefill);

  void mmPageFree(int pfn, int order);

  void mmPageFreeBatched(int pfn);

  void mmPagePcpuDrain(int pfn, int order, int migratetype);

  /** A block was stolen from another type's list; {@code changeOwnership} is 1 when claimed. */
  void mmPageAllocExtfrag(
      int pfn,
      int allocOrder,
      int fallbackOrder,
      int allocMigratetype,
      int fallbackMigratetype,
      int changeOwnership);

  // Steps of an allocation.

  /** {@code highestZone} and {@code preferredZone} are a zone index and a zone id (or -1). */
  void allocRequest(int order, int gfpMask, int migratetype, int highestZone, int preferredZone);

  /** A walk over the zonelist begins; {@code stage} is one of the STAGE constants. */
  void walk(int stage, int allocFlags);

  /**
   * A zone was asked. {@code reserve} is its lowmem_reserve for this request, {@code mark} the
   * watermark after boost, {@code min} what is left of it after the request's reductions.
   */
  void watermark(int zone, long free, long mark, long min, long reserve, boolean ok);

  /** The watermark holds but no list the request may use has a block of {@code order}. */
  void noBlock(int zone, int order);

  void pcpTake(int zone, int cpu, int order, int migratetype, int pfn, int countPages);

  void pcpRefill(int zone, int cpu, int order, int migratetype, int wanted, int got);

  /** The smallest list that is not empty gives its head. {@code foundOrder} is the block's. */
  void blockTake(int zone, int order, int foundOrder, int migratetype, int pfn);

  /** The upper half goes to the head of its list. */
  void split(int zone, int pfn, int order, int migratetype);

  /** Looked for a block to steal; {@code fallbackMigratetype} is -1 when there is none. */
  void fallback(int zone, int order, int migratetype, int foundOrder, int fallbackMigratetype);

  /** The vote on a pageblock: {@code free + alike >= needed} claims it. */
  void claimVote(int pageblock, int free, int alike, int needed, boolean claimed);

  void blockMove(int zone, int pfn, int order, int fromMigratetype, int toMigratetype);

  void pageblockType(int pageblock, int fromMigratetype, int toMigratetype);

  void boost(int zone, long boostPages);

  void wakeKswapd(int zone, int order);

  void highatomicReserve(int zone, int pageblock, long reservedPages);

  void highatomicUnreserve(int zone, int pageblock, int migratetype);

  /**
   * A step of the slow path; {@code step} is one of the STEP constants, {@code value} its number.
   */
  void slowPath(int step, long value);

  // Steps of a free.

  void pcpPut(
      int zone, int cpu, int pfn, int order, int migratetype, int countPages, int highPages);

  void pcpDrain(int zone, int cpu, int pages, int countPages, int freeFactor);

  /** The free buddy was taken off its list to be merged. */
  void merge(int zone, int buddyPfn, int order);

  /** The buddy is not a free block of this order, so merging stops. */
  void mergeStop(int zone, int buddyPfn, int order);

  /** A free block was put on a list: at its tail or at its head. */
  void blockPut(int zone, int pfn, int order, int migratetype, boolean tail);

  /** Round {@code number}, from 0, of a repeated operation begins. */
  void round(long number);

  // Tracepoints and steps of the object allocators. An object is its physical address, 0 for NULL.

  void kmemCacheAlloc(int cache, long object, int bytesReq, int bytesAlloc, int gfpMask, int nid);

  void kmemCacheFree(int cache, long object);

  void kmalloc(long object, long bytesReq, long bytesAlloc, int gfpMask, int nid);

  void kfree(long object);

  /**
   * A step; {@code step} is one of the constants of {@link SlubStep}, {@code SlabStep} or {@code
   * SlobStep}, which say what {@code where} (a pfn, a CPU or a node) and {@code value} are.
   */
  void slabStep(int step, int cache, int where, long value);

  /**
   * A step of kmap and its kin; {@code step} is one of the constants of {@link HighmemStep}, which
   * say what {@code slot} and {@code value} are.
   */
  void highmemStep(int step, int pfn, int slot, long value);

  /**
   * A step of vmalloc; {@code step} is one of the constants of {@link VmallocStep}, which say what
   * {@code where} (a virtual address) and {@code value} are.
   */
  void vmallocStep(int step, long where, long value);

  int STAGE_FAST = 0;
  int STAGE_FAST_FRAGMENT = 1;
  int STAGE_SLOW = 2;
  int STAGE_SLOW_RETRY = 3;
  int STAGE_AFTER_RECLAIM = 4;
  int STAGE_OOM = 5;
  int STAGE_NOFAIL = 6;
  int STAGE_BULK = 7;
  int STAGE_AFTER_COMPACTION = 8;

  int STEP_ENTER = 0;
  int STEP_DIRECT_RECLAIM = 1;
  int STEP_DIRECT_COMPACT = 2;
  int STEP_NO_SLEEP = 3;
  int STEP_NORETRY = 4;
  int STEP_COSTLY = 5;
  int STEP_RECLAIM_RETRY = 6;
  int STEP_UNRESERVE = 7;
  int STEP_OOM = 8;
  int STEP_OOM_KILL = 9;
  int STEP_NOPAGE = 10;
  int STEP_ORDER_TOO_BIG = 11;
  int STEP_COMPACT_RETRY = 12;
  int STEP_MEMALLOC = 13;
}
