package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;

/**
 * Makes the block at {@code address} hold {@code sizeBytes}: {@code krealloc}; gives its address,
 * old or new, 0 for NULL when the old block stays, or 16 when it was freed.
 */
public record Krealloc(long address, long sizeBytes, int gfpMask) implements Op {
  @Override
  public void check(Machine machine) {
    GfpCheck.check(machine, gfpMask);
    BadObject.check(machine, Slabs.NO_CACHE, address);
  }

  @Override
  public long run(Machine machine) {
    long old = Objects.physical(machine, address);
    if (machine.isAtomic() && sizeBytes != 0 && moves(machine, old)) {
      ContextCheck.mayAlloc(machine, gfpMask);
    }
    long object = machine.slab().krealloc(old, sizeBytes, gfpMask);
    if (object == 0) {
      Kmalloc.logFailure(machine, sizeBytes, gfpMask);
    }
    return Objects.virtual(machine, object);
  }

  /** Whether the block is too small, so that another one is asked for. */
  private boolean moves(Machine machine, long old) {
    return Objects.isNothing(address) || sizeBytes > machine.slab().ksize(old);
  }
}
