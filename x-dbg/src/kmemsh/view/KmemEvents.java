package kmemsh.view;

/**
 * The events of ftrace's system kmem, by number.
 *
 * <p>Spec: proc-and-user.md 7.3
 */
public final class KmemEvents {
  public static final int KFREE = 0;
  public static final int KMALLOC = 1;
  public static final int KMEM_CACHE_ALLOC = 2;
  public static final int KMEM_CACHE_FREE = 3;
  public static final int MM_PAGE_ALLOC = 4;
  public static final int MM_PAGE_ALLOC_EXTFRAG = 5;
  public static final int MM_PAGE_ALLOC_ZONE_LOCKED = 6;
  public static final int MM_PAGE_FREE = 7;
  public static final int MM_PAGE_FREE_BATCHED = 8;
  public static final int MM_PAGE_PCPU_DRAIN = 9;

  /** Processes make it, and there are none. */
  public static final int RSS_STAT = 10;

  /** A bit for each event. */
  public static final int ALL = (1 << RSS_STAT + 1) - 1;

  private static final String[] NAMES = {
    "kfree",
    "kmalloc",
    "kmem_cache_alloc",
    "kmem_cache_free",
    "mm_page_alloc",
    "mm_page_alloc_extfrag",
    "mm_page_alloc_zone_locked",
    "mm_page_free",
    "mm_page_free_batched",
    "mm_page_pcpu_drain",
    "rss_stat",
  };

  private KmemEvents() {}

  public static int count() {
    return NAMES.length;
  }

  public static String name(int event) {
    return NAMES[event];
  }

  /** The number of an event, or -1. */
  public static int number(String name) {
    for (int event = 0; event < NAMES.length; event++) {
      if (NAMES[event].equals(name)) {
        return event;
      }
    }
    return -1;
  }
}
