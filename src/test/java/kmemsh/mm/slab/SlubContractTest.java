package kmemsh.mm.slab;

import kmemsh.mm.page.PageMachine;

class SlubContractTest extends SlabAllocatorContract {
  @Override
  SlabAllocator make(SlabConfig config, PageMachine pages) {
    return new Slub(config, pages);
  }
}
