package kmemsh.mm.slab;

import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.mm.page.PageMachine;
import kmemsh.view.PageState;

/** Machines whose pages the allocators under test take. */
final class TestMachines {
  private TestMachines() {}

  /** The pages of an x86_64 with 64 MiB and one CPU. */
  static PageMachine pages() {
    return pages(1);
  }

  static PageMachine pages(int nrCpus) {
    MachineOptions options = new MachineOptions(Profiles.X86_64, "", 64L << 20, nrCpus, 1, "slub");
    return new Machine(Profiles.make(options)).pages();
  }

  /** Free pages of all zones, those on page sets included. */
  static long freePages(PageMachine pages) {
    long sum = 0;
    for (PageState.Zone zone : pages.pageState().zones()) {
      sum += zone.nrFreePages();
      for (PageState.Pcp pcp : zone.pcps()) {
        sum += pcp.count();
      }
    }
    return sum;
  }
}
