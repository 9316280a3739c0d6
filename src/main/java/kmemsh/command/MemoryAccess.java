package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Highmem;
import kmemsh.machine.LayoutQueries;
import kmemsh.machine.Machine;
import kmemsh.op.PageFault;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.view.Refusal;

/** Addresses that commands read and write: any mapping of the kernel, page by page. */
final class MemoryAccess {
  private static final int PAGE_SHIFT = 12;
  private static final long PAGE_BYTES = 1 << PAGE_SHIFT;
  private static final long MAX_I386 = 0xffffffffL;
  private static final int CANONICAL_SHIFT = 47;

  private MemoryAccess() {}

  /** The address that a value means: of a page, where the linear map shows it. */
  static long address(Machine machine, Value value) {
    if (value.isNull()) {
      return 0;
    }
    if (value.kind() != Value.PAGE) {
      return Arguments.object(value);
    }
    int pfn = (int) value.number();
    Highmem windows = machine.highmem();
    if (!machine.hasAddress(pfn) && windows != null && windows.pageAddress(pfn) != Highmem.NONE) {
      return windows.pageAddress(pfn);
    }
    if (!machine.hasAddress(pfn)) {
      throw new Refused(
          new Refusal(
              "pfn 0x" + Integer.toHexString(pfn) + " is in HighMem: it has no address of its own",
              "A real kernel maps such a page before it touches it",
              "kmap"));
    }
    return machine.addressOf(pfn);
  }

  /**
   * Refuses unless every byte is mapped. What a real kernel would say of the first one that is not
   * goes to its log.
   */
  static void mapped(Session session, long address, long sizeBytes, boolean write) {
    Machine machine = session.machine();
    long last = address + sizeBytes - 1;
    boolean i386 = machine.profile().i386();
    if (i386 && (address & ~MAX_I386) != 0) {
      throw new Refused(hex(address) + " is no address of this machine: it has 32 bits");
    }
    if (Long.compareUnsigned(last, address) < 0 || (i386 && last > MAX_I386)) {
      throw new Refused(
          sizeBytes + " bytes from " + hex(address) + " go beyond the end of the address space");
    }
    if (!i386 && !isCanonical(address)) {
      throw new Refused(
          new Refusal(
              hex(address) + " is no canonical address: bits 63 to 47 must be equal",
              "A real kernel would oops: general protection fault, probably for non-canonical"
                  + " address",
              ""));
    }
    for (long at = address; ; at = (at & -PAGE_BYTES) + PAGE_BYTES) {
      long phys = machine.translate(at);
      if (phys < 0) {
        notModelled(machine, at);
        session.run(new PageFault(at, write));
        throw fault(at);
      }
      if (phys >>> PAGE_SHIFT >= machine.nrFrames()) {
        throw new Refused(
            new Refusal(
                hex(at) + " is memory of a device, which is not modelled",
                "A real kernel would get or set a register of the device",
                ""));
      }
      if (last - (at & -PAGE_BYTES) < PAGE_BYTES) {
        return;
      }
    }
  }

  /** Refuses what a kernel has mapped and the model has not: it would not oops there. */
  private static void notModelled(Machine machine, long address) {
    String region = new LayoutQueries(machine).region(address);
    if (region.equals("CPU entry") || region.equals("vmemmap")) {
      throw new Refused(
          new Refusal(
              "what lies at " + hex(address) + " (" + region + ") is not modelled",
              "A real kernel has its own data there",
              "layout"));
    }
  }

  private static boolean isCanonical(long address) {
    long high = address >> CANONICAL_SHIFT;
    return high == 0 || high == -1;
  }

  private static Refused fault(long address) {
    return new Refused(
        new Refusal(
            "nothing is mapped at " + hex(address),
            "A real kernel would oops: dmesg shows how",
            "dmesg"));
  }

  static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
