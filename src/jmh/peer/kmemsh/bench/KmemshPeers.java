package kmemsh.bench;

import java.util.List;
import kbench.Peer;
import kbench.PeerFactory;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.mm.page.PageAllocator;
import kmemsh.view.Gfp;

/** The page and object allocators as peers of the house's comparison of allocators. */
public final class KmemshPeers implements PeerFactory {
  private static final long SPARE_BYTES = 64L << 20;

  @Override
  public List<String> names() {
    return List.of(
        "kmemsh:pages", "kmemsh-slub:bytes", "kmemsh-slab:bytes", "kmemsh-slob:bytes");
  }

  @Override
  public Peer create(String name) {
    return name.equals("kmemsh") ? new Pages() : new KmemshObjects(name.substring(7));
  }

  /** A machine with room for that many pages beside what boot takes. */
  static Machine machine(int nrPages, String slab) {
    long bytes = ((long) nrPages << 12) + SPARE_BYTES;
    return new Machine(Profiles.make(new MachineOptions("x86_64", "", bytes, 0, 0, slab)));
  }

  private static final class Pages implements Peer {
    private PageAllocator pages;
    private int[] pfns;

    @Override
    public void open(int slots, int nrPages) {
      pages = machine(nrPages, "").pages().allocator();
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
