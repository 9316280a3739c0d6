package kmemsh.op;

import kmemsh.machine.Machine;

/**
 * Frees that a kernel would carry out and suffer from.
 *
 * <p>Spec: page-allocator.md 7.1, 7.7
 */
final class BadFree {
  private BadFree() {}

  /** Refuses unless {@code pfn} heads an allocation of exactly {@code order}. */
  static void check(Machine machine, int pfn, int order) {
    if (machine.isAtomic()) {
      ContextCheck.free(machine);
    }
    if (pfn < 0 || pfn >= machine.nrFrames() || machine.allocatedOrder(pfn) != order) {
      throw FreeRefusals.reason(machine, pfn, order);
    }
    if (machine.isKernelOwn(pfn)) {
      throw FreeRefusals.kernelOwn(pfn);
    }
    if (machine.mayHoldObjects(pfn)) {
      FreeRefusals.slabPage(machine, pfn);
    }
    if (machine.spaceOrNull() != null) {
      FreeRefusals.mappedPage(machine, pfn);
    }
    if (machine.highmem() != null) {
      BadMap.freed(machine, pfn, order);
    }
  }

  static String hex(int pfn) {
    return pfn < 0 ? Integer.toString(pfn) : "0x" + Integer.toHexString(pfn);
  }
}
