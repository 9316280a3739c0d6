package kmemsh.op;

import kmemsh.machine.Machine;

/**
 * Takes just the pages that {@code sizeBytes} need, each on its own: {@code alloc_pages_exact};
 * gives the first pfn or {@link Machine#NO_PFN}.
 */
public record AllocPagesExact(long sizeBytes, int gfpMask) implements Op {
  @Override
  public void check(Machine machine) {
    GfpCheck.check(machine, gfpMask);
    if (sizeBytes < 1) {
      throw new Refused(sizeBytes + " bytes are no size: 1 byte or more");
    }
  }

  @Override
  public long run(Machine machine) {
    if (machine.isAtomic()) {
      ContextCheck.mayAlloc(machine, gfpMask);
    }
    return machine.allocPagesExact(sizeBytes, gfpMask);
  }
}
