package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.view.Refusal;

/**
 * Memory that must not be written: what the kernel keeps there is not in the bytes, or the model
 * could not show what a kernel would make of it.
 *
 * <p>Spec: slab-allocators.md 2.8, 3.1, 4.1
 */
final class MemoryCheck {
  private static final int PAGE_SHIFT = 12;
  private static final long PAGE_BYTES = 1 << PAGE_SHIFT;

  private MemoryCheck() {}

  static long restOfPage(long phys) {
    return PAGE_BYTES - (phys & (PAGE_BYTES - 1));
  }

  /** Refuses what must not be written; the whole range is mapped. */
  static void writable(Machine machine, long address, long sizeBytes) {
    long done = 0;
    while (done < sizeBytes) {
      long phys = machine.translate(address + done);
      long nr = Math.min(sizeBytes - done, restOfPage(phys));
      page(machine, address + done, (int) (phys >>> PAGE_SHIFT));
      objects(machine, address + done, phys, nr);
      done += nr;
    }
  }

  private static void page(Machine machine, long address, int pfn) {
    if (machine.spaceOrNull() != null && machine.spaceOrNull().isTable(pfn)) {
      throw new Refused(
          new Refusal(
              hex(address) + " is in a page table",
              "A real kernel would translate addresses as the table says from now on, and crash",
              ""));
    }
    long area = machine.spaceOrNull() == null ? 0 : machine.spaceOrNull().areaOfFrame(pfn);
    if (area != 0 && machine.spaceOrNull().isArrayOfAnother(area)) {
      throw new Refused(
          new Refusal(
              hex(address) + " is in the array of page pointers of a vmalloc area",
              "A real kernel would free other pages than those of the area when it is freed",
              ""));
    }
    if (machine.isKernelOwn(pfn) || machine.blockHead(pfn) < 0) {
      throw new Refused(
          new Refusal(
              hex(address)
                  + " is in a page that the kernel took at boot, whose bytes are not shown",
              "A real kernel would go on with its own code or tables overwritten, or oops because"
                  + " they are read-only",
              ""));
    }
  }

  private static void objects(Machine machine, long address, long phys, long nr) {
    Slabs slab = machine.slab();
    if (slab == null || !slab.holds(phys)) {
      return;
    }
    long own = slab.ownStructure(phys, nr);
    if (own < 0 && (isAreas(machine, phys) || isAreas(machine, phys + nr - 1))) {
      own = phys;
    }
    if (own >= 0) {
      throw new Refused(
          new Refusal(
              hex(address + own - phys) + " is in a structure of the allocator's own",
              "A real kernel would find its cache or its lists overwritten and crash sooner or"
                  + " later",
              ""));
    }
    long guarded = machine.profile().unsafe() && slab.follows() ? -1 : slab.guarded(phys, nr);
    if (guarded >= 0) {
      throw new Refused(
          new Refusal(
              hex(address + guarded - phys) + " holds " + slab.guardedBy() + " of a free object",
              "A real kernel would follow what is written there when it hands objects out; with"
                  + " slub_debug=FZP it would report it",
              slab.follows() ? "reboot --unsafe" : ""));
    }
  }

  /** Whether the object around {@code phys} describes an area of vmalloc. */
  private static boolean isAreas(Machine machine, long phys) {
    long object = machine.slab().objectStart(phys);
    return machine.spaceOrNull() != null
        && object != Slabs.NULL
        && machine.spaceOrNull().isOwnObject(object);
  }

  /** The lists follow what was written. */
  static void written(Machine machine, long phys, long nr) {
    Slabs slab = machine.slab();
    if (slab != null && slab.holds(phys) && !slab.follow(phys, nr)) {
      throw new Refused(
          new Refusal(
              "the free pointer would lead to no object of its slab, which cannot be shown",
              "A real kernel would take that address for a free object, hand it out and oops or"
                  + " corrupt what is there",
              ""));
    }
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
