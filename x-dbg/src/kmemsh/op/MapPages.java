package kmemsh.op;

import kmemsh.machine.AddressSpace;
import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.view.Refusal;

/**
 * Maps frames one behind the other: {@code vmap}, or {@code vm_map_ram}; gives the address, 0 for
 * NULL. The array is not changed.
 */
public record MapPages(int[] pfns, boolean ram) implements Op {
  @Override
  public void check(Machine machine) {
    CacheCheck.allocator(machine);
    ContextCheck.call(machine, ContextRules.VMAP, ram ? "vm_map_ram" : "vmap");
    if (pfns.length == 0) {
      throw new Refused(
          new Refusal(
              "there is no page to map",
              "A real kernel would return NULL: an area of no pages is none",
              ""));
    }
    for (int pfn : pfns) {
      page(machine, pfn);
    }
  }

  private static void page(Machine machine, int pfn) {
    if (pfn < 0 || pfn >= machine.nrFrames() || machine.zoneName(pfn).isEmpty()) {
      throw new Refused(
          new Refusal(
              "pfn " + BadFree.hex(pfn) + " is no page of this machine",
              "A real kernel would map whatever its struct page seems to describe",
              ""));
    }
    int head = machine.blockHead(pfn);
    if (head >= 0 && machine.allocatedOrder(head) < 0) {
      throw new Refused(
          new Refusal(
              "pfn " + BadFree.hex(pfn) + " is free: nobody may map it",
              "A real kernel would map it, and both you and its next owner would write to it",
              "alloc_pages 0"));
    }
  }

  @Override
  public long run(Machine machine) {
    ContextCheck.mayCall(machine, ContextRules.VMAP);
    AddressSpace space = machine.space();
    long address = ram ? space.mapRam(pfns) : space.vmap(pfns);
    if (address == 0) {
      machine.printk().areaFailure();
    }
    return address;
  }
}
