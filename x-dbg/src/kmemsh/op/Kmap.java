package kmemsh.op;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Highmem;
import kmemsh.machine.Machine;
import kmemsh.view.Refusal;

/** Gives a page an address: {@code kmap}; gives the address. */
public record Kmap(int pfn) implements Op {
  @Override
  public void check(Machine machine) {
    BadMap.page(machine, pfn);
    ContextCheck.call(machine, call(machine), "kmap of a HighMem page");
    Highmem highmem = machine.cpus().highmem();
    if (highmem.isHighmem(pfn) && highmem.pkmap().wouldSleep(pfn)) {
      throw new Refused(
          new Refusal(
              "all "
                  + highmem.config().lastPkmap()
                  + " slots of the kmap window have users: this task would sleep until a kunmap",
              "A real kernel would put it to sleep on the window's wait queue; nobody else runs"
                  + " here to wake it",
              "kunmap " + BadFree.hex(highmem.pkmap().pfn(highmem.pkmap().last()))));
    }
  }

  private int call(Machine machine) {
    if (!machine.profile().i386()) {
      return ContextRules.KMAP_NO_HIGHMEM;
    }
    return machine.hasAddress(pfn) ? ContextRules.KMAP_LOWMEM : ContextRules.KMAP_HIGHMEM;
  }

  @Override
  public long run(Machine machine) {
    ContextCheck.mayCall(machine, call(machine));
    return machine.cpus().highmem().kmap(pfn);
  }
}
