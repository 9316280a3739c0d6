package kmemsh.op;

import kmemsh.machine.AddressSpace;
import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;

/**
 * Gives back an area of one of the kinds below; gives 0. NULL is passed over. In interrupt context
 * vfree leaves the work to a worker.
 */
public record FreeArea(long address, int kind) implements Op {
  public static final int VFREE = 0;
  public static final int VUNMAP = 1;
  public static final int IOUNMAP = 2;
  public static final int UNMAP_RAM = 3;

  private static final long PAGE_MASK = -4096;

  @Override
  public void check(Machine machine) {
    ContextCheck.call(machine, call(), BadArea.CALLS[kind]);
    BadArea.check(machine, address, kind);
  }

  /** Whether the kernel does nothing with such an address. */
  public boolean isPassedOver(Machine machine) {
    return BadArea.isIgnored(machine, address, kind);
  }

  private int call() {
    return switch (kind) {
      case VFREE -> ContextRules.VFREE;
      case UNMAP_RAM -> ContextRules.UNMAP_RAM;
      default -> ContextRules.VUNMAP;
    };
  }

  @Override
  public long run(Machine machine) {
    if (address == 0 || isPassedOver(machine)) {
      return 0;
    }
    ContextCheck.mayCall(machine, call());
    AddressSpace space = machine.space();
    if (ContextRules.outcome(call(), machine.context()) == ContextRules.DEFERS) {
      space.deferVfree(address);
      return 0;
    }
    switch (kind) {
      case VFREE -> space.vfree(address);
      case UNMAP_RAM -> space.unmapRam(address);
      default -> space.vunmap(address & PAGE_MASK);
    }
    return 0;
  }
}
