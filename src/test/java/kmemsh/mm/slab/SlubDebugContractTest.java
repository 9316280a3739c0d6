package kmemsh.mm.slab;

import kmemsh.mm.page.PageMachine;

/** SLUB with debug flags on every cache, as {@code slub_debug=FZPU} gives. */
class SlubDebugContractTest extends SlabAllocatorContract {
  private static final int FZPU = 0x10d00;

  @Override
  SlabAllocator make(SlabConfig config, PageMachine pages) {
    boolean smp = config.nrCpuIds() > 1;
    return new Slub(Configs.of(8, 64, config.nrCpuIds(), smp, FZPU), pages);
  }
}
