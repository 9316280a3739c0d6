package kmemsh.view;

import java.util.List;

/**
 * The persistent window to HighMem.
 *
 * @param base its first address; null on a machine without one
 * @param nrSlots pages it has room for
 * @param last the slot of the newest mapping: the search goes on behind it
 * @param counts one for each slot: 0 free, 1 no user, k for k - 1 users
 * @param slots those that are mapped, ascending
 * @param all whether a long list is shown in full
 */
public record PkmapInfo(
    Addr base, int nrSlots, int last, int[] counts, List<Slot> slots, boolean all) {

  /** A slot that maps a page. */
  public record Slot(int slot, Addr virt, int count, int pfn) {}
}
