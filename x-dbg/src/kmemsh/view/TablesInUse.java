package kmemsh.view;

import java.util.List;

/**
 * The page tables of the kernel.
 *
 * @param levels their names from the top
 * @param tables from the top, by address
 */
public record TablesInUse(List<String> levels, List<Table> tables) {
  /**
   * A table.
   *
   * @param level its place in the levels, 0 at the top
   * @param pfn its frame
   * @param start first address it maps
   * @param sizeBytes of address space it maps
   * @param used entries that map or point to a lower table
   * @param large those that map a large page
   * @param nrEntries in all
   * @param boot whether it was made at boot
   */
  public record Table(
      int level,
      int pfn,
      Addr start,
      long sizeBytes,
      int used,
      int large,
      int nrEntries,
      boolean boot) {}
}
