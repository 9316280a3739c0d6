package kmemsh.mm.page;

import kmemsh.view.VmSysctls;

/**
 * Changes of the settings under /proc/sys/vm, with what the kernel does at once.
 *
 * <p>Spec: page-allocator.md 3.1, 3.2, 3.4, 6.1
 */
public final class PageSysctls {
  private final PageAllocator pages;

  public PageSysctls(PageMachine machine) {
    this.pages = machine.allocator();
  }

  /**
   * Sets a setting. Values have been checked.
   *
   * @param setting one of the numbers in {@link VmSysctls}
   * @param values one value; for lowmem_reserve_ratio as many as should change, from zone index 0
   *     on
   */
  public void write(int setting, int[] values) {
    Watermarks marks = pages.watermarks;
    switch (setting) {
      case VmSysctls.MIN_FREE_KBYTES -> {
        marks.minFreeKbytes = values[0];
        marks.userMinFreeKbytes = values[0];
        marks.setupPerZoneWmarks();
      }
      case VmSysctls.WATERMARK_SCALE_FACTOR -> {
        marks.scaleFactor = values[0];
        marks.setupPerZoneWmarks();
      }
      case VmSysctls.WATERMARK_BOOST_FACTOR -> pages.buddy.boostFactor = values[0];
      case VmSysctls.LOWMEM_RESERVE_RATIO -> {
        for (int i = 0; i < values.length; i++) {
          marks.reserveRatio[i] = Math.max(0, values[i]);
        }
        marks.setupLowmemReserve();
      }
      case VmSysctls.PERCPU_PAGELIST_HIGH_FRACTION -> {
        marks.highFraction = values[0];
        marks.updatePageSets();
      }
      default -> throw new IllegalArgumentException("setting " + setting);
    }
  }
}
