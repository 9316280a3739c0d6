package kmemsh.view;

/**
 * What serves a kmalloc of a given size and mask.
 *
 * @param from the name of the cache, or one of {@link #PAGES}, {@link #HEAP}, {@link
 *     #ZERO_SIZE_PTR} and {@link #FAIL}
 * @param ksizeBytes what {@code ksize} gives for the block
 * @param order of the page block, -1 where {@code from} is not {@link #PAGES}
 */
public record KmallocAnswer(String from, long ksizeBytes, int order) {
  /** The page allocator serves it. */
  public static final String PAGES = "pages";

  /** SLOB's heap serves it. */
  public static final String HEAP = "slob";

  /** The request for nothing. */
  public static final String ZERO_SIZE_PTR = "ZERO_SIZE_PTR";

  /** No block is large enough: NULL. */
  public static final String FAIL = "fail";

  public static KmallocAnswer pages(int order) {
    return new KmallocAnswer(PAGES, 4096L << order, order);
  }

  public static KmallocAnswer nothing(String why) {
    return new KmallocAnswer(why, 0, -1);
  }
}
