package kmemsh.mm.slab;

import kmemsh.view.SlabFlags;

/** Arithmetic of sizes that all allocators share. Spec: slab-allocators.md 0.2, 1.3 */
public final class SlabSizes {
  public static final int PAGE_SIZE = 4096;
  static final int PAGE_SHIFT = 12;
  static final int NR_ORDERS = 11;

  private SlabSizes() {}

  /** {@code x} rounded up by the mask of {@code a}, which need not be a power of two. */
  public static int align(int x, int a) {
    return (x + a - 1) & -a;
  }

  /** {@code x} rounded down by the mask of {@code a}. */
  public static int alignDown(int x, int a) {
    return x & -a;
  }

  /** Position of the highest set bit, from 1; 0 for 0. */
  public static int fls(int x) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(x);
  }

  /** The smallest order whose block holds {@code bytes}, from 0. */
  public static int getOrder(long bytes) {
    if (bytes <= PAGE_SIZE) {
      return 0;
    }
    return Long.SIZE - Long.numberOfLeadingZeros(bytes - 1) - PAGE_SHIFT;
  }

  static boolean isPowerOfTwo(int x) {
    return x > 0 && (x & (x - 1)) == 0;
  }

  /** The alignment a cache gets that asks for {@code align} (0 for any). */
  public static int calculateAlignment(SlabConfig config, int flags, int align, long size) {
    int result = align;
    if ((flags & SlabFlags.SLAB_HWCACHE_ALIGN) != 0) {
      int line = config.cacheLine();
      while (size <= line / 2) {
        line /= 2;
      }
      result = Math.max(result, line);
    }
    result = Math.max(result, SlabConfig.MIN_ALIGN);
    return align(result, config.wordBytes());
  }
}
