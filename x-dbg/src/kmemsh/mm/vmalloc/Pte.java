package kmemsh.mm.vmalloc;

/**
 * Entries of page tables: a frame and flags.
 *
 * <pre>
 *   63      62..52  51........12  11..0
 *   NX              frame         flags
 * </pre>
 *
 * <p>Spec: mappings.md 4.2
 */
public final class Pte {
  public static final long P = 0x001;
  public static final long RW = 0x002;
  public static final long US = 0x004;
  public static final long PWT = 0x008;
  public static final long PCD = 0x010;
  public static final long A = 0x020;
  public static final long D = 0x040;
  public static final long PSE = 0x080;
  public static final long G = 0x100;
  public static final long NX = 1L << 63;

  public static final long PAGE_KERNEL = 0x163;
  public static final long PAGE_KERNEL_LARGE = 0x1e3;
  public static final long PAGE_KERNEL_IO = 0x173;

  /** An entry that points to a lower table. */
  public static final long TABLE = 0x067;

  /** An entry of the top table of PAE. */
  public static final long PAE_TOP = 0x001;

  private static final long FRAME = 0x000ffffffffff000L;

  private Pte() {}

  /** Physical address in an entry of a table of the lowest level or for a lower table. */
  public static long phys(long entry) {
    return entry & FRAME;
  }

  /** The entry without its frame. */
  public static long flags(long entry) {
    return entry & ~FRAME;
  }
}
