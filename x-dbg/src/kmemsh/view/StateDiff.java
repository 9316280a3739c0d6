package kmemsh.view;

import java.util.List;

/**
 * What is different between two moments of one session.
 *
 * @param since what the user called the earlier moment
 * @param from the earlier moment
 * @param now the later one
 * @param rebooted whether the hardware is another one, so that nothing can be compared
 * @param zones those with a difference
 * @param caches those with a difference
 * @param areas of the vmalloc range that came or went, by address
 */
public record StateDiff(
    String since,
    int from,
    int now,
    boolean rebooted,
    List<Zone> zones,
    List<Cache> caches,
    List<Area> areas) {

  /**
   * An area of the vmalloc range that was taken or freed.
   *
   * @param came false: it was there before
   * @param end the address behind it
   * @param caller the function that took it
   */
  public record Area(boolean came, Addr start, Addr end, String caller) {}

  /**
   * A zone.
   *
   * @param nid node of its zone, or -1 on a machine with one node
   * @param freeBefore pages in its free lists, then and now
   * @param pcpBefore pages on its per-CPU lists, then and now
   * @param blocks free blocks that came or went, by order
   */
  public record Zone(
      int nid,
      String zone,
      long freeBefore,
      long freeAfter,
      long pcpBefore,
      long pcpAfter,
      List<Block> blocks) {}

  /**
   * A block that came to a free list or left it.
   *
   * @param came false: it left
   * @param migratetype name of the list's type
   */
  public record Block(boolean came, int pfn, int order, String migratetype) {}

  /**
   * A cache.
   *
   * @param slabsBefore slabs, then and now; -1 where there was no such cache
   * @param usedBefore objects in the hands of users, then and now
   * @param moves slabs that are new, gone or on another list
   */
  public record Cache(
      String name,
      long slabsBefore,
      long slabsAfter,
      long usedBefore,
      long usedAfter,
      List<Move> moves) {}

  /**
   * A slab that changed its list; empty where it did not exist.
   *
   * @param pfn its first page
   */
  public record Move(int pfn, String from, String to) {}
}
