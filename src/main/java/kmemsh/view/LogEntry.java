package kmemsh.view;

/** Something the kernel would print while it runs; {@code dmesg} shows it. */
public interface LogEntry {

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

  /** A request of an order that does not exist; said once after each boot. */
  record OrderWarning(int cpu, int order) implements LogEntry {}

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
  record VmallocNothing(int cpu) implements LogEntry {}

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
      implements LogEntry {}
}
