package kmemsh.trace;

/** Steps of SLAB: what {@code where} and {@code value} are stands behind each. */
public final class SlabStep {
  /** The CPU's array served: CPU, objects left in it. */
  public static final int ALLOC_HIT = 200;

  /** The CPU's array is empty and is refilled: CPU, objects wanted. */
  public static final int REFILL = 201;

  /** The shared array gave objects to the CPU's: node, objects. */
  public static final int REFILL_SHARED = 202;

  /** Objects were taken and the slab goes to the head of slabs_full: pfn, objects handed out. */
  public static final int TAKEN_FULL = 203;

  /** Objects were taken and the slab goes to the head of slabs_partial: pfn, objects handed out. */
  public static final int TAKEN_PARTIAL = 204;

  /** A new slab: pfn, colour offset in bytes. */
  public static final int NEW_SLAB = 205;

  /** One object was taken straight from a node's lists: pfn, node. */
  public static final int NODE_ALLOC = 206;

  /** The object goes to the CPU's array: CPU, objects in it. */
  public static final int FREE_HIT = 207;

  /** The CPU's array is full and its oldest entries leave: CPU, entries. */
  public static final int FLUSH = 208;

  /** The entries go to the shared array: node, objects in it. */
  public static final int FLUSH_SHARED = 209;

  /**
   * An object came back and its slab goes to the tail of slabs_partial: pfn, objects handed out.
   */
  public static final int TO_PARTIAL = 210;

  /** The last object came back and its slab goes to the head of slabs_free: pfn, 0. */
  public static final int TO_FREE = 211;

  /** The slab's pages go back: pfn, order. */
  public static final int FREE_SLAB = 212;

  /** The object is of another node and goes to an alien array: its node, objects there. */
  public static final int ALIEN_FREE = 213;

  /** An alien array is emptied: the node of its objects, objects. */
  public static final int ALIEN_DRAIN = 214;

  /** The reaper spares an array that was used: CPU or node, objects in it. */
  public static final int REAP_TOUCHED = 215;

  /** The reaper takes old entries from an array: CPU or node, entries. */
  public static final int REAP_ARRAY = 216;

  /** The reaper destroyed free slabs: node, slabs. */
  public static final int REAP_SLABS = 217;

  private SlabStep() {}
}
