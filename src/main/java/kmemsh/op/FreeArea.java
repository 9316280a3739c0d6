package kmemsh.op;

import kmemsh.machine.AddressSpace;
import kmemsh.machine.Machine;

/** Gives back an area of one of the kinds below; gives 0. NULL is passed over. */
public record FreeArea(long address, int kind) implements Op {
  public static final int VFREE = 0;
  public static final int VUNMAP = 1;
  public static final int IOUNMAP = 2;
  public static final int UNMAP_RAM = 3;

  private static final long PAGE_MASK = -4096;

  @Override
  public void check(Machine machine) {
    BadArea.check(machine, address, kind);
  }

  @Override
  public long run(Machine machine) {
    if (address == 0 || BadArea.isIgnored(machine, address, kind)) {
      return 0;
    }
    AddressSpace space = machine.space();
    switch (kind) {
      case VFREE -> space.vfree(address);
      case UNMAP_RAM -> space.unmapRam(address);
      default -> space.vunmap(address & PAGE_MASK);
    }
    return 0;
  }
}
