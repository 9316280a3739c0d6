package kmemsh.op;

import kmemsh.machine.Machine;

/**
 * Takes {@code 1 << order} contiguous pages; gives the first pfn or {@link Machine#NO_PFN}. Orders
 * of 11 and more are what a kernel warns about: they give nothing.
 *
 * @param gfpMask of the request; {@code __get_free_pages} strips __GFP_HIGHMEM beforehand
 */
public record AllocPages(int gfpMask, int order) implements Op {
  @Override
  public void check(Machine machine) {
    GfpCheck.check(machine, gfpMask);
  }

  @Override
  public long run(Machine machine) {
    if (machine.isAtomic()) {
      ContextCheck.mayAlloc(machine, gfpMask);
    }
    return machine.allocPages(gfpMask, order);
  }
}
