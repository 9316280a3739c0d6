package kmemsh.op;

import kmemsh.machine.AddressSpace;
import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.view.Refusal;

/** Maps device memory: {@code ioremap}; gives the address, 0 for NULL. */
public record Ioremap(long phys, long sizeBytes) implements Op {
  private static final int PAGE_SHIFT = 12;

  @Override
  public void check(Machine machine) {
    CacheCheck.allocator(machine);
    ContextCheck.call(machine, ContextRules.VMALLOC, "ioremap");
    long last = phys + sizeBytes - 1;
    if (sizeBytes != 0 && wraps(machine, last)) {
      throw new Refused(
          new Refusal(
              sizeBytes + " bytes from 0x" + Long.toHexString(phys) + " wrap round",
              "A real kernel would return NULL",
              ""));
    }
    if (machine.space().isBeyondBus(last)) {
      throw new Refused(
          new Refusal(
              "0x" + Long.toHexString(last) + " is beyond the physical addresses of this CPU",
              "A real kernel would warn \"ioremap: invalid physical address\" and return NULL",
              ""));
    }
    for (long pfn = phys >>> PAGE_SHIFT; pfn <= last >>> PAGE_SHIFT && sizeBytes != 0; pfn++) {
      if (pfn >= machine.nrFrames()) {
        break;
      }
      ram(machine, (int) pfn);
    }
  }

  /** Without PAE a physical address has 32 bits. */
  private boolean wraps(Machine machine, long last) {
    boolean narrow = machine.profile().i386() && !machine.profile().pae();
    return Long.compareUnsigned(last, phys) < 0 || (narrow && phys >>> 32 == 0 && last >>> 32 != 0);
  }

  private void ram(Machine machine, int pfn) {
    if (machine.isRam(pfn) && machine.blockHead(pfn) >= 0) {
      throw new Refused(
          new Refusal(
              "pfn " + BadFree.hex(pfn) + " is System RAM: ioremap is for device memory",
              "A real kernel would warn \"ioremap on RAM at 0x"
                  + Long.toHexString(phys)
                  + " - 0x"
                  + Long.toHexString(phys + sizeBytes - 1)
                  + "\" and return NULL",
              "vmap " + BadFree.hex(pfn)));
    }
  }

  @Override
  public long run(Machine machine) {
    if (sizeBytes == 0) {
      return 0;
    }
    ContextCheck.mayCall(machine, ContextRules.VMALLOC);
    AddressSpace space = machine.space();
    long address = space.ioremap(phys, sizeBytes);
    if (address == 0) {
      machine.printk().areaFailure();
    }
    return address;
  }
}
