package kmemsh.bench;

import kbench.Peer;
import kmemsh.mm.slab.SlabAllocator;
import kmemsh.view.Gfp;

/** kmalloc and kfree of one of the object allocators. */
final class KmemshObjects implements Peer {
  private final String kind;
  private SlabAllocator slab;
  private long[] objects;

  KmemshObjects(String kind) {
    this.kind = kind;
  }

  @Override
  public void open(int slots, int nrPages) {
    slab = KmemshPeers.machine(nrPages, kind).slab().common().allocator();
    objects = new long[slots];
  }

  @Override
  public void allocBytes(int slot, int size) {
    long object = slab.kmalloc(size, Gfp.GFP_KERNEL);
    if (object == SlabAllocator.NULL) {
      throw new IllegalStateException(size + " bytes failed");
    }
    objects[slot] = object;
  }

  @Override
  public void freeBytes(int slot, int size) {
    slab.kfree(objects[slot]);
  }
}
