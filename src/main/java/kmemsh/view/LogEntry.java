package kmemsh.view;

import java.util.List;

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
   * The OOM killer was called and found nobody to kill, which ends a kernel. Spec: proc-and-user.md
   * 16
   *
   * @param state the request, and memory at that moment
   * @param compaction whether compaction is built in
   * @param slabs caches whose objects cannot be reclaimed
   * @param dumpTasks whether tasks are to be listed; there are none that could be killed
   * @param panicOnOom the setting of that name
   */
  record OutOfMemory(
      AllocFailure state,
      boolean compaction,
      List<SlabUse> slabs,
      boolean dumpTasks,
      int panicOnOom)
      implements LogEntry {}

  /** A cache in the report of the OOM killer. */
  record SlabUse(String cache, long usedKb, long totalKb) {}

  /**
   * An access to an address that nothing is mapped at. Spec: mappings.md 4.5
   *
   * @param wide whether addresses have 64 bits
   */
  record PageFault(long address, boolean wide, boolean write) implements LogEntry {}

  /**
   * A warning without words, of its place alone; each is given once after each boot.
   *
   * @param which one of the constants here
   */
  record Warning(int cpu, int which) implements LogEntry {
    /** A request of an order that does not exist. */
    public static final int ORDER = 0;

    /** A vmalloc of nothing. */
    public static final int NOTHING = 1;

    /** alloc_pages_exact with a bit that it clears. */
    public static final int EXACT = 2;

    /** kunmap_local of an address that is not the newest one. */
    public static final int UNMAP_ORDER = 3;

    /** kvmalloc of 2 GiB or more. */
    public static final int HUGE_KVMALLOC = 4;

    @Override
    public int taint() {
      return TAINT_WARN;
    }
  }

  /**
   * SLUB found no pages for a slab. Spec: slab-allocators.md 3.4
   *
   * @param nid the node that was asked for, or -1
   * @param size bytes from one object to the next
   * @param debugOrder whether debugging makes even the smallest slab larger than an object needs
   * @param nodes for each node its number, slabs, objects and free objects on the partial list
   */
  record NoSlab(
      int nid,
      int gfpMask,
      String cache,
      int objectSize,
      int size,
      int order,
      int minOrder,
      boolean debugOrder,
      long[][] nodes)
      implements LogEntry {}

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

  /** So many reports of failed requests were not told before the next one. */
  record Suppressed(int reports) implements LogEntry {}

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
