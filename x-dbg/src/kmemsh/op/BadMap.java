package kmemsh.op;

import kmemsh.machine.Highmem;
import kmemsh.machine.Machine;
import kmemsh.view.Refusal;

/**
 * Maps and unmaps that a kernel would suffer from: what is wrong, what a real kernel would do.
 *
 * <p>Spec: mappings.md 18, 19
 */
final class BadMap {
  private BadMap() {}

  /** Refuses pages that nobody has. */
  static void page(Machine machine, int pfn) {
    if (pfn < 0 || pfn >= machine.nrFrames()) {
      throw new Refused("pfn " + BadFree.hex(pfn) + " is not one of 0.." + end(machine));
    }
    int head = machine.blockHead(pfn);
    if (head < 0 && !machine.isRam(pfn)) {
      throw refused(
          page(pfn) + " lies in a hole of the memory map: there is no page frame",
          "A real kernel would map whatever the bus answers with, or oops",
          "");
    }
    if (head >= 0 && machine.allocatedOrder(head) < 0) {
      throw refused(
          page(pfn) + " is free: nobody may touch it",
          "A real kernel would do it without a word, and whoever is given the page next would find"
              + " it written to",
          "");
    }
  }

  private static String end(Machine machine) {
    return BadFree.hex(machine.nrFrames() - 1);
  }

  private static String page(int pfn) {
    return "pfn " + BadFree.hex(pfn);
  }

  private static Refused refused(String what, String kernelWould, String suggestion) {
    return new Refused(new Refusal(what, kernelWould, suggestion));
  }

  private static String hex(long virt) {
    return "0x" + Long.toHexString(virt);
  }

  /** Refuses pages that kmap gave no address which is still in use; lowmem pages pass. */
  static void kmapped(Machine machine, int pfn) {
    if (pfn < 0 || pfn >= machine.nrFrames()) {
      throw new Refused("pfn " + BadFree.hex(pfn) + " is not one of 0.." + end(machine));
    }
    Highmem highmem = machine.cpus().highmem();
    if (!highmem.isHighmem(pfn)) {
      page(machine, pfn);
      return;
    }
    int slot = highmem.pkmap().slotOf(pfn);
    if (slot < 0) {
      throw refused(
          page(pfn) + " has no slot of the kmap window: kmap gives it one",
          "A real kernel would stop at a BUG in kunmap_high",
          "");
    }
    if (highmem.pkmap().count(slot) == 1) {
      throw refused(
          page(pfn) + " has no user any more: it keeps slot " + slot + " until the window wraps",
          "A real kernel would stop at a BUG in kunmap_high: the count would become 0",
          "");
    }
  }

  /** Refuses to free a page while somebody uses an address of it. */
  static void freed(Machine machine, int pfn, int order) {
    Highmem highmem = machine.highmem();
    if (!highmem.isHighmem(pfn)) {
      return;
    }
    for (int page = pfn; page < pfn + (1 << order); page++) {
      int slot = highmem.pkmap().slotOf(page);
      boolean kmapped = slot >= 0 && highmem.pkmap().count(slot) > 1;
      int index = kmapped ? -1 : highmem.localIndexOf(page);
      if (kmapped || index >= 0) {
        long virt =
            kmapped ? highmem.config().pkmapAddress(slot) : highmem.config().localAddress(index);
        throw refused(
            page(page) + " is mapped at " + hex(virt) + " and in use there",
            "A real kernel would free it without a word; writes through that address would reach"
                + " whoever has the page next",
            kmapped ? "kunmap " + BadFree.hex(page) : unmap(highmem, index) + " " + hex(virt));
      }
    }
  }

  private static String unmap(Highmem highmem, int index) {
    return highmem.locals().isAtomic(index) ? "kunmap_atomic" : "kunmap_local";
  }

  /** Refuses to undo anything but the newest local map of the present CPU. */
  static void local(Machine machine, long virt, boolean atomic) {
    Highmem highmem = machine.cpus().highmem();
    int cpu = machine.pages().cpu();
    int index = highmem.config().localIndex(virt);
    if (index < 0) {
      outside(machine, virt, atomic, cpu);
      return;
    }
    int max = highmem.config().kmMaxIdx();
    if (highmem.locals().pfn(index) < 0) {
      throw refused(
          hex(virt)
              + " is not mapped: nothing is at level "
              + index % max
              + " of cpu "
              + index / max,
          highmem.locals().depth(cpu) == 0
              ? "A real kernel would stop at a BUG: the level would become negative"
              : wouldPop(highmem.locals().top(cpu)),
          "");
    }
    if (index / max != cpu) {
      throw refused(
          hex(virt) + " is a slot of cpu " + index / max + ", and this is cpu " + cpu,
          "A real kernel keeps a task on its CPU while something is mapped",
          "cpu " + index / max);
    }
    long page = virt & -4096L;
    if (page != highmem.locals().top(cpu)) {
      throw refused(
          hex(virt) + " is not the newest map of cpu " + cpu + ": the last one goes first",
          wouldPop(highmem.locals().top(cpu)),
          (highmem.locals().topIsAtomic(cpu) ? "kunmap_atomic " : "kunmap_local ")
              + hex(highmem.locals().top(cpu)));
    }
    kind(highmem.locals().topIsAtomic(cpu), atomic, virt);
  }

  private static String wouldPop(long top) {
    return "A real kernel would warn once, \"WARNING: CPU: 0 PID: 1 at kunmap_local_indexed\","
        + " clear "
        + hex(top)
        + " in its place and leave a stale TLB entry";
  }

  private static void kind(boolean isAtomic, boolean atomic, long virt) {
    if (isAtomic == atomic) {
      return;
    }
    throw isAtomic
        ? refused(
            hex(virt) + " was mapped by kmap_atomic",
            "A real kernel would clear it and leave preemption and page faults off for ever",
            "kunmap_atomic " + hex(virt))
        : refused(
            hex(virt) + " was mapped by kmap_local_page",
            "A real kernel would clear it and enable preemption that nobody had disabled",
            "kunmap_local " + hex(virt));
  }

  /** Addresses outside the fixmap slots: those of lowmem pages are left alone. */
  private static void outside(Machine machine, long virt, boolean atomic, int cpu) {
    Highmem highmem = machine.cpus().highmem();
    int slot = highmem.config().pkmapSlot(virt);
    if (slot >= 0) {
      int pfn = highmem.pkmap().pfn(slot);
      throw refused(
          hex(virt) + " is slot " + slot + " of the kmap window, not a local map",
          "A real kernel would do nothing, and the page would stay mapped",
          pfn < 0 ? "" : "kunmap " + BadFree.hex(pfn));
    }
    if (machine.pfnOf(virt) < 0) {
      throw refused(
          hex(virt) + " is no address that a local map gives",
          Long.compareUnsigned(virt, machine.pageOffset()) < 0
              ? "A real kernel would warn once and do nothing more"
              : "A real kernel would do nothing",
          "whatis " + hex(virt));
    }
    if (atomic && highmem.locals().nrLowmem(cpu) == 0) {
      throw refused(
          "no lowmem page is mapped by kmap_atomic on cpu " + cpu,
          "A real kernel would enable preemption that nobody had disabled",
          "");
    }
  }
}
