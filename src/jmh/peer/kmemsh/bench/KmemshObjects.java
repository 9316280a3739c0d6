package kmemsh.bench;

import kbench.Peer;
import kmemsh.mm.slab.SlabAllocator;
import kmemsh.view.Gfp;

/** kmalloc and kfree of one of the object allocators. Handles are addresses in words. */
final class KmemshObjects implements Peer {
  private static final int WORD_SHIFT = 3;
  private static final long MASK = 0xffffffffL;

  private final String kind;
  private SlabAllocator slab;
  private int[] objects;

  KmemshObjects(String kind) {
    this.kind = kind;
  }

  @Override
  public void open(int slots, int nrPages) {
    slab = KmemshPeers.machine(nrPages, kind).slab().common().allocator();
    objects = new int[slots];
  }

  @Override
  public void allocBytes(int slot, int size) {
    long object = slab.kmalloc(size, Gfp.GFP_KERNEL);
    if (object == SlabAllocator.NULL) {
      throw new IllegalStateException(size + " bytes failed");
    }
    objects[slot] = (int) (object >>> WORD_SHIFT);
  }

  @Override
  public void freeBytes(int slot, int size) {
    slab.kfree((objects[slot] & MASK) << WORD_SHIFT);
  }
}
