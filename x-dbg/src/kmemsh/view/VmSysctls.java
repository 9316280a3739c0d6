package kmemsh.view;

/**
 * The settings under /proc/sys/vm that the page allocator obeys.
 *
 * @param minFreeKbytes in KiB
 * @param watermarkScaleFactor in hundredths of a percent of a zone
 * @param watermarkBoostFactor in hundredths of a percent of the high watermark; 0 is off
 * @param lowmemReserveRatio one a zone index; 0 is off
 * @param percpuPagelistHighFraction 0, or the part of a zone that page sets may hold is 1 / this
 */
public record VmSysctls(
    int minFreeKbytes,
    int watermarkScaleFactor,
    int watermarkBoostFactor,
    int[] lowmemReserveRatio,
    int percpuPagelistHighFraction) {

  public static final int MIN_FREE_KBYTES = 0;
  public static final int WATERMARK_SCALE_FACTOR = 1;
  public static final int WATERMARK_BOOST_FACTOR = 2;
  public static final int LOWMEM_RESERVE_RATIO = 3;
  public static final int PERCPU_PAGELIST_HIGH_FRACTION = 4;

  private static final String[] NAMES = {
    "min_free_kbytes",
    "watermark_scale_factor",
    "watermark_boost_factor",
    "lowmem_reserve_ratio",
    "percpu_pagelist_high_fraction",
  };

  /** The name of a setting, 0..4: the file's name under /proc/sys/vm. */
  public static String name(int setting) {
    return NAMES[setting];
  }

  /** How many settings there are. */
  public static int count() {
    return NAMES.length;
  }

  /** The values of a setting; all but lowmem_reserve_ratio have one. */
  public int[] values(int setting) {
    return switch (setting) {
      case MIN_FREE_KBYTES -> new int[] {minFreeKbytes};
      case WATERMARK_SCALE_FACTOR -> new int[] {watermarkScaleFactor};
      case WATERMARK_BOOST_FACTOR -> new int[] {watermarkBoostFactor};
      case LOWMEM_RESERVE_RATIO -> lowmemReserveRatio.clone();
      case PERCPU_PAGELIST_HIGH_FRACTION -> new int[] {percpuPagelistHighFraction};
      default -> throw new IllegalArgumentException("setting " + setting);
    };
  }
}
