package kmemsh.trace;

/** Steps of SLOB: what {@code where} and {@code value} are stands behind each. */
public final class SlobStep {
  /** A list is walked for a block: list (0 small, 1 medium, 2 large), bytes of the block. */
  public static final int WALK = 300;

  /** The page has fewer free units than the block needs: pfn, free units. */
  public static final int TOO_FEW_UNITS = 301;

  /** The page has enough free units but no free block is long enough: pfn, free units. */
  public static final int NO_FIT = 302;

  /** The page gives a block: pfn, first unit. */
  public static final int TAKE = 303;

  /** The page becomes the first of its list, the pages before it go to the end: pfn, list. */
  public static final int ROTATE = 304;

  /** A new page for the heap: pfn, list. */
  public static final int NEW_PAGE = 305;

  /** The page has no free unit left and leaves its list: pfn, list. */
  public static final int PAGE_FULL = 306;

  /** A block of a page that goes on having others is free: pfn, free units. */
  public static final int FREE_BLOCK = 307;

  /** The first free block of a full page puts it at the head of a list: pfn, list. */
  public static final int PAGE_LISTED = 308;

  /** The page is all free and goes back: pfn, list it was on or -1. */
  public static final int FREE_PAGE = 309;

  private SlobStep() {}
}
