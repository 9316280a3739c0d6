package kmemsh.view;

import java.util.List;

/**
 * The fixmap: pages of the address space whose use was fixed when the kernel was built.
 *
 * @param ranges its groups of slots, from the top of the address space down
 * @param maps the local maps that are in use, by CPU and level
 * @param nrLevels local maps a CPU can have at once; 0 on a machine without such slots
 */
public record FixmapInfo(List<Range> ranges, List<Local> maps, int nrLevels) {

  /**
   * Slots with one use, the first at the highest address.
   *
   * @param top address of the first slot
   * @param bottom address of the last slot
   */
  public record Range(int first, int last, Addr top, Addr bottom, String use) {}

  /** A level of a CPU that maps a page; {@code call} is what mapped it. */
  public record Local(int cpu, int level, int slot, Addr virt, int pfn, String call) {}
}
