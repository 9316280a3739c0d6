package kmemsh.view;

import java.util.List;

/**
 * The buffer of ftrace.
 *
 * @param enabled a bit for each event of {@link KmemEvents} that is recorded
 * @param written entries since the buffer was cleared; the oldest may be gone
 * @param events those still there, oldest first
 * @param i386 whether pointers have eight digits
 * @param pageOffset address of the first byte of physical memory
 * @param memMap address of the first struct page
 * @param sizeofPage bytes of one
 * @param pageblockOrder 9 or 10
 */
public record TraceLog(
    int enabled,
    int nrCpus,
    long written,
    List<Event> events,
    boolean i386,
    long pageOffset,
    long memMap,
    int sizeofPage,
    int pageblockOrder) {

  /**
   * One entry.
   *
   * @param event one of {@link KmemEvents}
   * @param preemptCount of that CPU then
   * @param micros model time
   * @param numbers the event's fields in the order of its line; objects as physical addresses, a
   *     page as its pfn or -1
   * @param cache name of the cache for kmem_cache_free, else empty
   */
  public record Event(
      int event, int cpu, int preemptCount, long micros, long[] numbers, String cache) {}
}
