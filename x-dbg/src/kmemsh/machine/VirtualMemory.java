package kmemsh.machine;

import kmemsh.mm.page.FrameBytes;

/**
 * Memory by kernel virtual address: the linear map, the windows to HighMem, what the page tables
 * map.
 *
 * <p>Spec: mappings.md 3, 4.3, 18
 */
final class VirtualMemory {
  private static final int FIRST_MIB_PFN = 0x100;
  private static final int PAGE_SHIFT = 12;
  private static final long PAGE_MASK = 4095;

  private VirtualMemory() {}

  /** See {@link Machine#translate}. */
  static long translate(Machine machine, long virt) {
    int pfn = machine.pfnOf(virt);
    boolean i386 = machine.profile().i386();
    if (pfn != Machine.NO_PFN && (i386 || pfn < FIRST_MIB_PFN || machine.isRam(pfn))) {
      return virt - machine.pageOffset();
    }
    Highmem windows = machine.highmem();
    int shown = windows == null ? Machine.NO_PFN : windows.pfnAt(virt);
    if (shown >= 0) {
      return (long) shown << PAGE_SHIFT | virt & PAGE_MASK;
    }
    AddressSpace space = machine.spaceOrNull();
    return space == null ? Machine.NO_PHYS : space.physOf(virt);
  }

  /** See {@link Machine#read}. */
  static long read(Machine machine, long virt, int unitBytes) {
    FrameBytes from = machine.bytes();
    if ((virt & (unitBytes - 1)) != 0) {
      long value = 0;
      for (int i = unitBytes - 1; i >= 0; i--) {
        value = value << 8 | from.get8(translate(machine, virt + i));
      }
      return value;
    }
    long phys = translate(machine, virt);
    if (unitBytes == Long.BYTES) {
      return from.get64(phys);
    }
    if (unitBytes == Integer.BYTES) {
      return from.get32(phys) & 0xffffffffL;
    }
    return unitBytes == Short.BYTES ? from.get16(phys) : from.get8(phys);
  }
}
