package kmemsh.view;

/**
 * GFP masks: the bits of a request, their names and how the kernel prints them.
 *
 * <p>Spec: page-allocator.md 4.1, 4.2, 4.8
 */
public final class Gfp {
  public static final int __GFP_DMA = 0x01;
  public static final int __GFP_HIGHMEM = 0x02;
  public static final int __GFP_DMA32 = 0x04;
  public static final int __GFP_MOVABLE = 0x08;
  public static final int __GFP_RECLAIMABLE = 0x10;
  public static final int __GFP_HIGH = 0x20;
  public static final int __GFP_IO = 0x40;
  public static final int __GFP_FS = 0x80;
  public static final int __GFP_ZERO = 0x100;
  public static final int __GFP_ATOMIC = 0x200;
  public static final int __GFP_DIRECT_RECLAIM = 0x400;
  public static final int __GFP_KSWAPD_RECLAIM = 0x800;
  public static final int __GFP_WRITE = 0x1000;
  public static final int __GFP_NOWARN = 0x2000;
  public static final int __GFP_RETRY_MAYFAIL = 0x4000;
  public static final int __GFP_NOFAIL = 0x8000;
  public static final int __GFP_NORETRY = 0x10000;
  public static final int __GFP_MEMALLOC = 0x20000;
  public static final int __GFP_COMP = 0x40000;
  public static final int __GFP_NOMEMALLOC = 0x80000;
  public static final int __GFP_HARDWALL = 0x100000;
  public static final int __GFP_THISNODE = 0x200000;
  public static final int __GFP_ACCOUNT = 0x400000;
  public static final int __GFP_ZEROTAGS = 0x800000;

  /** Bits a mask can have on these kernels: {@code __GFP_BITS_SHIFT} is 27, KASAN's are absent. */
  public static final int VALID = 0xffffff;

  public static final int __GFP_RECLAIM = 0xc00;
  public static final int GFP_ATOMIC = 0xa20;
  public static final int GFP_KERNEL = 0xcc0;
  public static final int GFP_KERNEL_ACCOUNT = 0x400cc0;
  public static final int GFP_NOWAIT = 0x800;
  public static final int GFP_NOIO = 0xc00;
  public static final int GFP_NOFS = 0xc40;
  public static final int GFP_USER = 0x100cc0;
  public static final int GFP_DMA = 0x1;
  public static final int GFP_DMA32 = 0x4;
  public static final int GFP_HIGHUSER = 0x100cc2;
  public static final int GFP_HIGHUSER_MOVABLE = 0x100cca;
  public static final int GFP_TRANSHUGE_LIGHT = 0x1c20ca;
  public static final int GFP_TRANSHUGE = 0x1c24ca;

  /** The flags of a caller that those he calls hand on. Spec: slab-allocators.md 0.5 */
  public static final int GFP_RECLAIM_MASK =
      __GFP_RECLAIM
          | __GFP_HIGH
          | __GFP_IO
          | __GFP_FS
          | __GFP_NOWARN
          | __GFP_RETRY_MAYFAIL
          | __GFP_NOFAIL
          | __GFP_NORETRY
          | __GFP_MEMALLOC
          | __GFP_NOMEMALLOC
          | __GFP_ATOMIC;

  private static final int ZONE_BITS = 0xf;

  /** The order in which {@link #print} tries names; the position decides, see spec 4.8. */
  private static final String[] NAMES = {
    "GFP_TRANSHUGE",
    "GFP_TRANSHUGE_LIGHT",
    "GFP_HIGHUSER_MOVABLE",
    "GFP_HIGHUSER",
    "GFP_USER",
    "GFP_KERNEL_ACCOUNT",
    "GFP_KERNEL",
    "GFP_NOFS",
    "GFP_ATOMIC",
    "GFP_NOIO",
    "GFP_NOWAIT",
    "GFP_DMA",
    "__GFP_HIGHMEM",
    "GFP_DMA32",
    "__GFP_HIGH",
    "__GFP_ATOMIC",
    "__GFP_IO",
    "__GFP_FS",
    "__GFP_NOWARN",
    "__GFP_RETRY_MAYFAIL",
    "__GFP_NOFAIL",
    "__GFP_NORETRY",
    "__GFP_COMP",
    "__GFP_ZERO",
    "__GFP_NOMEMALLOC",
    "__GFP_MEMALLOC",
    "__GFP_HARDWALL",
    "__GFP_THISNODE",
    "__GFP_RECLAIMABLE",
    "__GFP_MOVABLE",
    "__GFP_ACCOUNT",
    "__GFP_WRITE",
    "__GFP_RECLAIM",
    "__GFP_DIRECT_RECLAIM",
    "__GFP_KSWAPD_RECLAIM",
    "__GFP_ZEROTAGS",
    "__GFP_DMA",
    "__GFP_DMA32",
  };

  private static final int[] MASKS = {
    GFP_TRANSHUGE,
    GFP_TRANSHUGE_LIGHT,
    GFP_HIGHUSER_MOVABLE,
    GFP_HIGHUSER,
    GFP_USER,
    GFP_KERNEL_ACCOUNT,
    GFP_KERNEL,
    GFP_NOFS,
    GFP_ATOMIC,
    GFP_NOIO,
    GFP_NOWAIT,
    GFP_DMA,
    __GFP_HIGHMEM,
    GFP_DMA32,
    __GFP_HIGH,
    __GFP_ATOMIC,
    __GFP_IO,
    __GFP_FS,
    __GFP_NOWARN,
    __GFP_RETRY_MAYFAIL,
    __GFP_NOFAIL,
    __GFP_NORETRY,
    __GFP_COMP,
    __GFP_ZERO,
    __GFP_NOMEMALLOC,
    __GFP_MEMALLOC,
    __GFP_HARDWALL,
    __GFP_THISNODE,
    __GFP_RECLAIMABLE,
    __GFP_MOVABLE,
    __GFP_ACCOUNT,
    __GFP_WRITE,
    __GFP_RECLAIM,
    __GFP_DIRECT_RECLAIM,
    __GFP_KSWAPD_RECLAIM,
    __GFP_ZEROTAGS,
    __GFP_DMA,
    __GFP_DMA32,
  };

  private Gfp() {}

  /** Every name a mask may be written with, for completion. */
  public static String[] names() {
    return NAMES.clone();
  }

  /** The mask called {@code name}, or -1. */
  public static int parseName(String name) {
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].equals(name)) {
        return MASKS[i];
      }
    }
    return -1;
  }

  /** The mask as the kernel prints it, for example {@code GFP_KERNEL|__GFP_ZERO}; 0 is empty. */
  public static String print(int mask) {
    StringBuilder out = new StringBuilder();
    int left = mask;
    for (int i = 0; i < NAMES.length && left != 0; i++) {
      if ((left & MASKS[i]) == MASKS[i]) {
        left &= ~MASKS[i];
        out.append(NAMES[i]);
        if (left != 0) {
          out.append('|');
        }
      }
    }
    if (left != 0) {
      out.append("0x").append(Integer.toHexString(left));
    }
    return out.toString();
  }

  /** Whether a request with this mask may sleep. Spec: page-allocator.md 4.7 */
  public static boolean maySleep(int mask) {
    return (mask & __GFP_DIRECT_RECLAIM) != 0;
  }

  /**
   * Whether the zone bits of the mask mean a zone: DMA, HIGHMEM and DMA32 exclude each other,
   * except that MOVABLE may stand beside any. Spec: page-allocator.md 4.3
   */
  public static boolean validZoneBits(int mask) {
    int zone = mask & ZONE_BITS & ~__GFP_MOVABLE;
    return (zone & (zone - 1)) == 0;
  }

  /** Whether the mask asks for one migratetype at most. Spec: page-allocator.md 4.4 */
  public static boolean validMobility(int mask) {
    return (mask & (__GFP_MOVABLE | __GFP_RECLAIMABLE)) != (__GFP_MOVABLE | __GFP_RECLAIMABLE);
  }
}
