package kmemsh.view;

import java.util.List;

/**
 * The walk through the page tables for one address, as the crash utility shows it.
 *
 * @param virt the address
 * @param region of the address space it lies in
 * @param top physical address of the top table
 * @param levels that were read, from the top
 * @param phys behind the address, or null when nothing is mapped
 * @param pageBytes mapped by the last entry
 * @param page the frame, or null when it is none of this machine
 */
public record TableWalk(
    Addr virt,
    String region,
    Addr top,
    List<Level> levels,
    Addr phys,
    long pageBytes,
    PageInfo page) {
  /**
   * An entry that was read.
   *
   * @param name pgd, pud, pmd or pte
   * @param index in its table
   * @param at physical address of the entry
   * @param entry its value
   * @param flags what its bits say: {@code PRESENT RW ...}
   */
  public record Level(String name, int index, Addr at, Addr entry, String flags) {}
}
