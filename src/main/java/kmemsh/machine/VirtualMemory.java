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

  private static final long IMAGE = 0xffffffff80000000L;
  private static final long HUGE = 2 << 20;

  private VirtualMemory() {}

  /** See {@link Machine#translate}. */
  static long translate(Machine machine, long virt) {
    int pfn = machine.pfnOf(virt);
    if (pfn != Machine.NO_PFN && (pfn < FIRST_MIB_PFN || machine.isRam(pfn))) {
      return virt - machine.pageOffset();
    }
    if (Long.compareUnsigned(virt, IMAGE) >= 0) {
      return imagePhys(machine.profile(), virt);
    }
    Highmem windows = machine.highmem();
    int shown = windows == null ? Machine.NO_PFN : windows.pfnAt(virt);
    if (shown >= 0) {
      return (long) shown << PAGE_SHIFT | virt & PAGE_MASK;
    }
    AddressSpace space = machine.spaceOrNull();
    return space == null ? Machine.NO_PHYS : space.physOf(virt);
  }

  /** The physical address behind one of x86_64's kernel image, or {@link Machine#NO_PHYS}. */
  static long imagePhys(Profile profile, long virt) {
    if (profile.i386() || Long.compareUnsigned(virt, IMAGE) < 0) {
      return Machine.NO_PHYS;
    }
    long[] image = AddressSpace.image(profile);
    long phys = virt - IMAGE;
    boolean mapped = phys >= (image[0] & -HUGE) && phys < (image[1] + HUGE - 1 & -HUGE);
    return mapped ? phys : Machine.NO_PHYS;
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
