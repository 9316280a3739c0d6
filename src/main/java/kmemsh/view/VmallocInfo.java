package kmemsh.view;

import java.util.List;

/**
 * Who has which addresses of the vmalloc range.
 *
 * @param wide whether addresses have 16 digits
 * @param pae whether physical addresses of an i386 machine have 16 digits
 * @param numa whether pages are counted by node
 * @param addresses what the file shows of them
 * @param areas in use, by address
 * @param unpurged freed ranges that wait for a purge, rows of start and end
 */
public record VmallocInfo(
    boolean wide,
    boolean pae,
    boolean numa,
    Addresses addresses,
    List<Area> areas,
    List<long[]> unpurged) {
  /** What a kernel lets readers see of its addresses. */
  public enum Addresses {
    REAL,
    HASHED,
    ZERO
  }

  /**
   * An area in use.
   *
   * @param flags its VM_ flags
   * @param described whether it has a vm_struct; vm_map_ram's areas have none
   * @param caller the function that took it
   * @param vpages whether its page pointers have an area of their own
   * @param nodes pages by node
   */
  public record Area(
      long start,
      long end,
      int flags,
      boolean described,
      String caller,
      int nrPages,
      long phys,
      boolean vpages,
      int[] nodes) {}
}
