package kmemsh.mm.slab;

import kmemsh.mm.page.PageMachine;

class SlabContractTest extends SlabAllocatorContract {
  @Override
  SlabAllocator make(SlabConfig config, PageMachine pages) {
    return new Slab(config, pages);
  }
}
