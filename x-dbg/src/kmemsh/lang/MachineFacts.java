package kmemsh.lang;

/** What expressions, fields and completion ask of the machine. Answers are of this moment. */
public interface MachineFacts {
  /** The answer of the calls below when there is no such zone. */
  long NO_ZONE = -1;

  /** Kernel names of the populated zones, each once, lowest first. */
  String[] zoneNames();

  /** Free blocks of {@code order} in all zones of this name, over all migratetypes. */
  long freeBlocks(String zone, int order);

  /**
   * Pages of all zones of this name.
   *
   * @param field free, min, low, high, managed, present or spanned
   */
  long zonePages(String zone, String field);

  /** Pages on the per-CPU lists of all zones of this name. */
  long pcpPages(String zone);

  /** The largest order with a free block; -1 when nothing is free or there is no such zone. */
  long largestFreeOrder(String zone);

  /** Kernel virtual address of a frame in the linear map, 0 when it has none. */
  long addressOf(int pfn);

  /** The frame behind a kernel virtual address of the linear map, -1 when there is none. */
  int pfnOf(long address);

  /** Kernel name of the zone of a frame, empty in a hole. */
  String zoneOf(int pfn);

  /** Names of the caches, newest first. */
  String[] cacheNames();

  /**
   * A number of the cache of that name, -1 when there is no such cache.
   *
   * @param field one of {@link Functions#cacheFields}
   */
  long cacheNumber(String name, String field);

  /** The cache whose slab is at {@code address}, empty where there is none. */
  String cacheAt(long address);

  /** Bytes that can be used behind {@code address}, as ksize says. */
  long objectBytes(long address);

  /** One past the last frame of the machine. */
  long endPfn();
}
