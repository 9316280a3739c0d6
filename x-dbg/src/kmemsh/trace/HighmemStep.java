package kmemsh.trace;

/** Steps of kmap and its kin: what {@code slot} and {@code value} are stands behind each. */
public final class HighmemStep {
  /** The page has a slot: its slot, the count before. */
  public static final int KMAP_KNOWN = 0;

  /** The search found a free slot: the slot, 0. */
  public static final int KMAP_NEW = 1;

  /** What nobody uses lost its slot: where the search stands, how many. */
  public static final int FLUSH = 2;

  /** A use was given up: the slot, the count that is left. */
  public static final int KUNMAP = 3;

  /** The next level of a CPU maps the page: the fixmap slot, the level. */
  public static final int LOCAL_MAP = 4;

  /** The newest level of a CPU was cleared: the fixmap slot, the level. */
  public static final int LOCAL_UNMAP = 5;

  /** The page is in the linear map, no slot is needed: -1, 0. */
  public static final int LOWMEM = 6;

  /** kmap_atomic or kunmap_atomic changed the preempt count: -1, the new depth. */
  public static final int PREEMPT = 7;

  /** A call that may sleep was made where nothing may: -1, the preempt count. */
  public static final int MIGHT_SLEEP = 8;

  private HighmemStep() {}
}
