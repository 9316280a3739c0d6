package kmemsh.mm.slab;

import kmemsh.view.CacheGeometry;
import kmemsh.view.CacheGeometry.Freelist;

/** A cache of SLAB: its geometry, its arrays and its nodes. Spec: slab-allocators.md 2.1 */
final class SlabCache extends KmemCache {
  int colour;
  int colourOff;

  /** Where index arrays are. */
  Freelist freelist = Freelist.ON;

  int limit;
  int batchcount;

  /** The shared factor: a node's shared array holds as many batches. */
  int shared;

  /** The kmalloc cache of index arrays in mode off, else null. */
  SlabCache freelistCache;

  /** By CPU. */
  SlabArray[] arrays;

  /** By node; null where a node is not online. */
  SlabNode[] nodes;

  /** Whether arrays or nodes may differ from {@link #saved}. */
  boolean changed = true;

  /** The state at the last checkpoint. */
  private State saved;

  SlabCache(int id, CacheSpec spec, int align, int flags, int nrCpus, int nrNodes) {
    super(id, spec, align, flags);
    arrays = new SlabArray[nrCpus];
    nodes = new SlabNode[nrNodes];
  }

  void setGeometry(CacheGeometry.Slab geometry) {
    size = geometry.size();
    align = geometry.align();
    flags = geometry.flags();
    nrObjects = geometry.num();
    order = geometry.order();
    allocFlags = geometry.allocFlags();
    colour = geometry.colour();
    colourOff = geometry.colourOff();
    freelist = geometry.freelist();
    limit = geometry.limit();
    batchcount = geometry.batchcount();
    shared = geometry.shared();
  }

  int nrPages() {
    return 1 << order;
  }

  /** What changes in a cache after its creation. */
  record State(int limit, int batchcount, int shared, SlabArray[] arrays, SlabNode[] nodes) {}

  State checkpoint() {
    if (changed) {
      changed = false;
      saved = new State(limit, batchcount, shared, SlabNode.copyOf(arrays), copyOf(nodes));
    }
    return saved;
  }

  void restore(State state) {
    limit = state.limit;
    batchcount = state.batchcount;
    shared = state.shared;
    arrays = SlabNode.copyOf(state.arrays);
    nodes = copyOf(state.nodes);
    saved = state;
    changed = false;
  }

  private static SlabNode[] copyOf(SlabNode[] nodes) {
    SlabNode[] copy = new SlabNode[nodes.length];
    for (int nid = 0; nid < copy.length; nid++) {
      copy[nid] = SlabNode.copyOf(nodes[nid]);
    }
    return copy;
  }
}
