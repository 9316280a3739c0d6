package kmemsh.view;

/** Something the kernel would print while it runs; {@code dmesg} shows it. */
public interface LogEntry {
  /** Taint letter B: something in memory is bad. */
  int TAINT_BAD_PAGE = 1;

  /** Taint letter W: the kernel warned. */
  int TAINT_WARN = 2;

  /** The letters this adds to the kernel's taint. */
  default int taint() {
    return 0;
  }

  /**
   * A request that failed. Spec: page-allocator.md 8.4
   *
   * @param cpu on which it was made
   * @param highestZone index of the highest zone it may use
   * @param zones all zones at that moment
   * @param reservedHighatomic pages of the HighAtomic reserve, by zone id
   * @param highmem whether a zone is HighMem, by zone id
   * @param types {@code [zone id][order]}: bit t is set when the list of migratetype t has a block
   * @param thp whether transparent huge pages are built in
   * @param cma whether CMA is built in
   */
  record AllocFailure(
      int cpu,
      int gfpMask,
      int order,
      int highestZone,
      ZoneinfoSnapshot zones,
      long[] reservedHighatomic,
      boolean[] highmem,
      int[][] types,
      boolean thp,
      boolean cma)
      implements LogEntry {}

  /**
   * An access to an address that nothing is mapped at. Spec: mappings.md 4.5
   *
   * @param wide whether addresses have 64 bits
   */
  record PageFault(long address, boolean wide, boolean write) implements LogEntry {}

  /** A request of an order that does not exist; said once after each boot. */
  record OrderWarning(int cpu, int order) implements LogEntry {
    @Override
    public int taint() {
      return TAINT_WARN;
    }
  }

  /** What SLUB did about damage it reported: {@code FIX CACHE: TEXT}. */
  record SlubFix(String cache, String text) implements LogEntry {}

  /** An object that is in use when its cache is destroyed; tracks may be null. */
  record SlubRemaining(
      boolean wide, long address, long offset, SlubReport.Track allocated, SlubReport.Track freed)
      implements LogEntry {}

  /** A cache with objects in use was destroyed, and stays. Spec: slab-allocators.md 1.5 */
  record CacheNotEmpty(int cpu, String cache) implements LogEntry {
    @Override
    public int taint() {
      return TAINT_WARN;
    }
  }

  /** A call on a cache that is traced. Spec: slab-allocators.md 3.14 */
  record SlubTrace(String cache, boolean isFree, boolean wide, long address, int inuse, long fp)
      implements LogEntry {}

  /**
   * An object was freed into a cache it does not belong to.
   *
   * @param asked the cache that was named
   * @param owner the object's cache, or empty when it is in no slab
   * @param allocated whether it is known who took it
   */
  record WrongCache(int cpu, String asked, String owner, SlubReport.Track allocated)
      implements LogEntry {
    @Override
    public int taint() {
      return TAINT_WARN;
    }
  }

  /** A write to /proc/sys/vm/drop_caches. Spec: proc-and-user.md 14 */
  record DropCaches(int value) implements LogEntry {}

  /** No addresses for an area of so many bytes, its guard page included. */
  record NoAddresses(long sizeBytes) implements LogEntry {}

  /**
   * A vmalloc that failed.
   *
   * @param sizeBytes asked for
   * @param moreThanRam whether it asked for more pages than there are, else no area was found
   * @param state of memory, and the mask
   */
  record VmallocFailure(long sizeBytes, boolean moreThanRam, AllocFailure state)
      implements LogEntry {}

  /** A vmalloc of nothing; said once after each boot. */
  record VmallocNothing(int cpu) implements LogEntry {
    @Override
    public int taint() {
      return TAINT_WARN;
    }
  }

  /**
   * Objects were asked for in a zone where none can be. Spec: mappings.md 20
   *
   * @param unexpected the bits that name it
   * @param fixedMask the mask without them
   */
  record UnexpectedGfp(int cpu, int unexpected, int fixedMask, boolean tainted)
      implements LogEntry {}

  /**
   * A call that may sleep was made where nothing may. Spec: proc-and-user.md 17
   *
   * @param place file and line of the check
   * @param preemptCount {@code preempt_count}, with 0 expected
   * @param tainted whether there was a warning before
   */
  record SleepingCall(
      int cpu,
      String place,
      boolean inAtomic,
      boolean irqsDisabled,
      int preemptCount,
      boolean tainted)
      implements LogEntry {
    @Override
    public int taint() {
      return TAINT_WARN;
    }
  }
}
