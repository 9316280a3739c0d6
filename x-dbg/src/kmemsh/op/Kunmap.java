package kmemsh.op;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;

/**
 * Gives up one use of a page's address: {@code kunmap}; gives the slot's count that is left, 1 when
 * nobody uses it any more, or 0 for a lowmem page, where nothing happens.
 */
public record Kunmap(int pfn) implements Op {
  @Override
  public void check(Machine machine) {
    BadMap.kmapped(machine, pfn);
    if (!machine.hasAddress(pfn)) {
      ContextCheck.call(machine, ContextRules.KUNMAP_HIGHMEM, "kunmap of a HighMem page");
    }
  }

  @Override
  public long run(Machine machine) {
    if (machine.profile().i386()) {
      boolean lowmem = machine.hasAddress(pfn);
      ContextCheck.mayCall(
          machine, lowmem ? ContextRules.KUNMAP_LOWMEM : ContextRules.KUNMAP_HIGHMEM);
    }
    return machine.cpus().highmem().kunmap(pfn);
  }
}
