package kmemsh.view;

/**
 * Where a frame is: what holds it, and the whole block it belongs to.
 *
 * @param pfn the frame
 * @param owner one of the constants
 * @param head first frame of the block of which it is part; the frame itself when it is in none
 * @param order of that block, or 0
 * @param migratetype name of the free list's type, or of the type a page on a per-CPU list or an
 *     allocated page was taken from; empty for others
 * @param cpu whose per-CPU list holds it, or -1
 */
public record Frame(int pfn, String owner, int head, int order, String migratetype, int cpu) {
  /** On a buddy list. */
  public static final String FREE = "free";

  /** On a per-CPU list. */
  public static final String PCP = "pcp";

  /** Handed out. */
  public static final String ALLOCATED = "allocated";

  /** The kernel took it for its page tables. */
  public static final String TABLES = "page tables";

  /** vmalloc took it. */
  public static final String VMALLOC = "vmalloc";

  /** RAM that was never given to the allocator. */
  public static final String RESERVED = "reserved";

  /** The same frame with another owner. */
  public Frame of(String other) {
    return new Frame(pfn, other, head, order, migratetype, cpu);
  }

  /** No RAM. */
  public static final String HOLE = "hole";
}
