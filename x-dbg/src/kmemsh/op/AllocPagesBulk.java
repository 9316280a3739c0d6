package kmemsh.op;

import kmemsh.machine.Machine;

/** Takes up to {@code wanted} single pages: {@code alloc_pages_bulk_array}; gives their pfns. */
public record AllocPagesBulk(int wanted, int gfpMask) implements ListOp {
  @Override
  public void check(Machine machine) {
    GfpCheck.check(machine, gfpMask);
  }

  @Override
  public long[] runAll(Machine machine) {
    if (machine.isAtomic()) {
      ContextCheck.mayAlloc(machine, gfpMask);
    }
    int[] pfns = new int[wanted];
    int got = machine.allocPagesBulk(gfpMask, wanted, pfns);
    long[] results = new long[got];
    for (int i = 0; i < got; i++) {
      results[i] = pfns[i];
    }
    return results;
  }
}
