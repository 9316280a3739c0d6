package kmemsh.op;

import kmemsh.machine.Machine;

/**
 * Gives the block of {@code 1 << order} pages at {@code pfn} back: {@code __free_pages}; gives 0.
 */
public record FreePages(int pfn, int order) implements Op {
  @Override
  public void check(Machine machine) {
    BadFree.check(machine, pfn, order);
  }

  @Override
  public long run(Machine machine) {
    machine.freePages(pfn, order);
    return 0;
  }
}
