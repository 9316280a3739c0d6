package kmemsh.view;

/**
 * Bits of /proc/kpageflags.
 *
 * <p>Spec: proc-and-user.md 4
 */
public final class KpageFlags {
  public static final long SLAB = 1L << 7;
  public static final long BUDDY = 1L << 10;
  public static final long COMPOUND_HEAD = 1L << 15;
  public static final long COMPOUND_TAIL = 1L << 16;
  public static final long NOPAGE = 1L << 20;
  public static final long RESERVED = 1L << 32;

  private KpageFlags() {}
}
