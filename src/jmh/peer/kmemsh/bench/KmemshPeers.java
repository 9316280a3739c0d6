package kmemsh.bench;

import java.util.List;
import kbench.Peer;
import kbench.PeerFactory;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.mm.page.PageAllocator;
import kmemsh.view.Gfp;

/** The page allocator as a peer of the house's comparison of allocators. */
public final class KmemshPeers implements PeerFactory {
  @Override
  public List<String> names() {
    return List.of("kmemsh:pages");
  }

  @Override
  public Peer create(String name) {
    return new Pages();
  }

  private static final class Pages implements Peer {
    private static final long SPARE_BYTES = 64L << 20;

    private PageAllocator pages;
    private int[] pfns;

    @Override
    public void open(int slots, int nrPages) {
      long bytes = ((long) nrPages << 12) + SPARE_BYTES;
      Machine machine =
          new Machine(Profiles.make(new MachineOptions("x86_64", "", bytes, 0, 0, "")));
      pages = machine.pages().allocator();
      pfns = new int[slots];
    }

    @Override
    public void alloc(int slot, int order) {
      int pfn = pages.allocPages(Gfp.GFP_KERNEL, order);
      if (pfn < 0) {
        throw new IllegalStateException("order " + order + " failed");
      }
      pfns[slot] = pfn;
    }

    @Override
    public void free(int slot, int order) {
      pages.freePages(pfns[slot], order);
    }
  }
}
