package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.AddressSpace;
import kmemsh.machine.Machine;
import kmemsh.machine.SpaceQueries;
import kmemsh.view.Addr;
import kmemsh.view.AreaFreed;
import kmemsh.view.Gfp;
import kmemsh.view.NullObject;

/** What commands that take areas and give them back answer. */
final class AreaReplies {
  private AreaReplies() {}

  /** The area at {@code address}, or why there is none. */
  static Reply taken(Machine machine, long address, long askedBytes, int gfpMask) {
    if (address == 0) {
      String gfp = Gfp.print(gfpMask);
      return Reply.of(new NullObject(gfp, why(machine, askedBytes)), Value.nothing());
    }
    return Reply.of(new SpaceQueries(machine).taken(address, askedBytes), Value.mapping(address));
  }

  private static String why(Machine machine, long askedBytes) {
    AddressSpace space = machine.space();
    if (askedBytes == 0) {
      return "nothing was asked for, which the kernel warns of once";
    }
    if (space.outOfAddresses()) {
      return "no free range of addresses is large enough for "
          + space.failedBytes()
          + " bytes with the guard page; vmalloc= makes the range larger";
    }
    if (space.outOfPages()) {
      return "there are not enough pages; vmalloc itself says nothing in dmesg";
    }
    return space.moreThanRam()
        ? "that is more than all pages of the machine"
        : "there is no memory for the area's descriptor";
  }

  /** The area at {@code address} was given back, unless it was {@code passedOver}. */
  static Reply freed(Machine machine, long address, boolean passedOver) {
    AddressSpace space = machine.space();
    return Reply.of(
        new AreaFreed(
            new Addr(address),
            space.lazyPages(),
            space.lazyMaxPages(),
            space.isDeferred(address),
            passedOver));
  }
}
