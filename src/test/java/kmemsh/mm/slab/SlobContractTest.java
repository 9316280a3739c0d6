package kmemsh.mm.slab;

import kmemsh.mm.page.PageMachine;

class SlobContractTest extends SlabAllocatorContract {
  @Override
  SlabAllocator make(SlabConfig config, PageMachine pages) {
    return new Slob(config, pages);
  }
}
