package kmemsh.view;

import java.util.List;

/**
 * The address space of a machine, by address.
 *
 * @param arch i386 or x86_64
 * @param options that move the regions: {@code 3G/1G split, PAE}
 * @param regions from the lowest address up
 */
public record LayoutInfo(String arch, String options, List<Region> regions) {
  /**
   * A region.
   *
   * @param end the last address in it
   * @param usedBytes that are mapped or taken, -1 where that is not counted
   * @param note what it is for
   */
  public record Region(String name, Addr start, Addr end, long usedBytes, String note) {}
}
