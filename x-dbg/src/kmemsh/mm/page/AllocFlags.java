package kmemsh.mm.page;

/**
 * The allocator's internal flags of a request.
 *
 * <p>Spec: page-allocator.md 4.6
 */
public final class AllocFlags {
  public static final int WMARK_MIN = 0;
  public static final int WMARK_LOW = 1;
  public static final int WMARK_HIGH = 2;
  public static final int WMARK_PROMO = 3;
  public static final int WMARK_MASK = 3;
  public static final int ALLOC_NO_WATERMARKS = 0x4;
  public static final int ALLOC_OOM = 0x8;
  public static final int ALLOC_NON_BLOCK = 0x10;
  public static final int ALLOC_MIN_RESERVE = 0x20;
  public static final int ALLOC_CPUSET = 0x40;
  public static final int ALLOC_CMA = 0x80;
  public static final int ALLOC_NOFRAGMENT = 0x100;
  public static final int ALLOC_HIGHATOMIC = 0x200;
  public static final int ALLOC_KSWAPD = 0x800;
  public static final int ALLOC_RESERVES =
      ALLOC_NON_BLOCK | ALLOC_MIN_RESERVE | ALLOC_HIGHATOMIC | ALLOC_OOM;

  private AllocFlags() {}
}
