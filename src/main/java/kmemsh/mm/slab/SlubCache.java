package kmemsh.mm.slab;

import kmemsh.view.CacheGeometry;
import kmemsh.view.SlabFlags;

/** A cache of SLUB. Spec: slab-allocators.md 3.1 */
public final class SlubCache extends KmemCache {
  static final int RECIPROCAL_SHIFT = 45;
  private static final int CPU_WORDS = 3;
  private static final int NODE_WORDS = 7;
  private static final int OWN_WORDS = 5;

  /** Bytes up to the end of the object and its right red zone. */
  public int inuse;

  /** Where the free pointer is, from the object's address. */
  public int offset;

  public int redLeftPad;

  /** Order and objects of the smallest slab, for when memory is short. */
  public int minOrder;

  public int minObjects;
  public int minPartial;

  /** Objects that a CPU's partial chain should hold, and in how many slabs. */
  public int cpuPartial;

  public int cpuPartialSlabs;

  /** Thousandths of the look-ups on other nodes' partial lists that are made. */
  public int remoteNodeDefragRatio = 1000;

  /** Whether it has debug flags and debugging is switched on. */
  public boolean debug;

  /** The only node, on kernels for one CPU, which have no partial chains; else null. */
  SlubNode soleNode;

  SlubCpu[] cpus = {};
  SlubNode[] nodes = {};
  private long reciprocal;

  SlubCache(int id, CacheSpec spec, int align, int flags) {
    super(id, spec, align, flags);
  }

  /** Makes the per-CPU and per-node parts, empty. */
  void makeParts(SlubSlabs slabs, SlabConfig config) {
    nodes = new SlubNode[config.nrNodes()];
    for (int nid = 0; nid < nodes.length; nid++) {
      nodes[nid] = new SlubNode(slabs, nid);
    }
    if (!config.smp() && nodes.length == 1) {
      soleNode = nodes[0];
    }
    cpus = new SlubCpu[config.nrCpuIds()];
    for (int cpu = 0; cpu < cpus.length; cpu++) {
      cpus[cpu] = new SlubCpu(slabs, this, cpu);
    }
  }

  void setSizes(CacheGeometry.Slub sizes) {
    size = sizes.size();
    flags = sizes.flags();
    order = sizes.order();
    nrObjects = sizes.objects();
    minOrder = sizes.minOrder();
    minObjects = sizes.minObjects();
    allocFlags = sizes.allocFlags();
    inuse = sizes.inuse();
    offset = sizes.offset();
    redLeftPad = sizes.redLeftPad();
    minPartial = sizes.minPartial();
    cpuPartial = sizes.cpuPartial();
    cpuPartialSlabs = sizes.cpuPartialSlabs();
    setReciprocal();
  }

  /** To be called when {@link #size} is known. */
  void setReciprocal() {
    reciprocal = ((1L << RECIPROCAL_SHIFT) + size - 1) / size;
  }

  long reciprocal() {
    return reciprocal;
  }

  /** The number of the object that lies {@code bytes} behind object 0, rounded down. */
  int objectAt(long bytes) {
    return (int) ((bytes * reciprocal) >>> RECIPROCAL_SHIFT);
  }

  /** Whether objects are checked when they are taken and freed. */
  boolean checks() {
    return debug && has(SlabFlags.SLAB_CONSISTENCY_CHECKS);
  }

  /** Whether every call is logged. */
  boolean traces() {
    return debug && has(SlabFlags.SLAB_TRACE);
  }

  boolean storesUser() {
    return has(SlabFlags.SLAB_STORE_USER);
  }

  /** What changes in the life of a cache, for a checkpoint. */
  long[] words() {
    long[] words = new long[OWN_WORDS + CPU_WORDS * cpus.length + NODE_WORDS * nodes.length];
    words[0] = inuse;
    words[1] = minPartial;
    words[2] = cpuPartial;
    words[3] = cpuPartialSlabs;
    words[4] = remoteNodeDefragRatio;
    int at = OWN_WORDS;
    for (SlubCpu cpu : cpus) {
      words[at++] = cpu.slab;
      words[at++] = cpu.freelist;
      words[at++] = cpu.partial;
    }
    for (SlubNode node : nodes) {
      words[at++] = node.partialHead;
      words[at++] = node.partialTail;
      words[at++] = node.nrPartial;
      words[at++] = node.fullHead;
      words[at++] = node.nrSlabs;
      words[at++] = node.totalObjects;
      words[at++] = node.address;
    }
    return words;
  }

  /** Goes back to {@code words}; the slabs must have been restored before. */
  void restoreWords(long[] words) {
    inuse = (int) words[0];
    minPartial = (int) words[1];
    cpuPartial = (int) words[2];
    cpuPartialSlabs = (int) words[3];
    remoteNodeDefragRatio = (int) words[4];
    int at = OWN_WORDS;
    for (SlubCpu cpu : cpus) {
      cpu.take((int) words[at], (int) words[at + 1]);
      cpu.partial = (int) words[at + 2];
      at += CPU_WORDS;
    }
    for (SlubNode node : nodes) {
      node.partialHead = (int) words[at++];
      node.partialTail = (int) words[at++];
      node.nrPartial = (int) words[at++];
      node.fullHead = (int) words[at++];
      node.nrSlabs = words[at++];
      node.totalObjects = words[at++];
      node.address = words[at++];
    }
  }
}
