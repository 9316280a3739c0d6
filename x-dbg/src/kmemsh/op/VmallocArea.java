package kmemsh.op;

import kmemsh.machine.AddressSpace;
import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;

/**
 * Takes {@code sizeBytes} of contiguous addresses with pages of their own: {@code vmalloc} and its
 * kin; gives the address, 0 for NULL.
 *
 * @param vmFlags of {@link AddressSpace}
 */
public record VmallocArea(long sizeBytes, long align, int gfpMask, int vmFlags) implements Op {
  @Override
  public void check(Machine machine) {
    GfpCheck.check(machine, gfpMask);
    CacheCheck.allocator(machine);
    ContextCheck.call(machine, ContextRules.VMALLOC, "vmalloc");
  }

  @Override
  public long run(Machine machine) {
    return take(machine, sizeBytes, align, gfpMask, vmFlags);
  }

  static long take(Machine machine, long sizeBytes, long align, int gfpMask, int vmFlags) {
    ContextCheck.mayCall(machine, ContextRules.VMALLOC);
    AddressSpace space = machine.space();
    long address = space.vmalloc(sizeBytes, align, gfpMask, vmFlags);
    if (address == 0) {
      machine.printk().vmallocFailure(gfpMask);
    }
    return address;
  }
}
