package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;

/** Objects as callers see them, by virtual address; the allocators know physical ones. */
final class Objects {
  private Objects() {}

  /** The address a caller gets: 0 is NULL and 16 is ZERO_SIZE_PTR. */
  static long virtual(Machine machine, long object) {
    return object <= Slabs.ZERO_SIZE_PTR ? object : machine.pageOffset() + object;
  }

  /** What the allocator calls the object at {@code address}. */
  static long physical(Machine machine, long address) {
    return isNothing(address) ? address : address - machine.pageOffset();
  }

  /** NULL and ZERO_SIZE_PTR, which kfree passes over. */
  static boolean isNothing(long address) {
    return address >= 0 && address <= Slabs.ZERO_SIZE_PTR;
  }
}
