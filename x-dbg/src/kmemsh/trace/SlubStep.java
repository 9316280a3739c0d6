package kmemsh.trace;

/** Steps of SLUB: what {@code where} and {@code value} are stands behind each. */
public final class SlubStep {
  /** The CPU's freelist served: CPU, object number. */
  public static final int ALLOC_FASTPATH = 100;

  /** The slab's own freelist was taken over: pfn, objects. */
  public static final int REFILL = 101;

  /** The cpu slab has no free object left and is forgotten: pfn, objects. */
  public static final int DEACTIVATE_BYPASS = 102;

  /** The first slab of the CPU's partial chain becomes the cpu slab: pfn, CPU. */
  public static final int CPU_PARTIAL_ALLOC = 103;

  /** A slab of the node's partial list becomes the cpu slab: pfn, slabs left on the list. */
  public static final int ALLOC_FROM_PARTIAL = 104;

  /** A slab of the node's partial list goes to the CPU's partial chain: pfn, slabs there. */
  public static final int CPU_PARTIAL_NODE = 105;

  /** A new slab: pfn, objects. */
  public static final int ALLOC_SLAB = 106;

  /** The preferred order could not be had: pfn, order. */
  public static final int ORDER_FALLBACK = 107;

  /** The object goes to the CPU's freelist: CPU, object number. */
  public static final int FREE_FASTPATH = 108;

  /** The object goes to a frozen slab's freelist: pfn, objects in use. */
  public static final int FREE_FROZEN = 109;

  /** The object goes to the freelist of a slab on the partial list: pfn, objects in use. */
  public static final int FREE_PARTIAL = 110;

  /** A full slab goes to the tail of the node's partial list: pfn, slabs there. */
  public static final int FREE_ADD_PARTIAL = 111;

  /** A slab without objects in use leaves the node's partial list: pfn, slabs left. */
  public static final int FREE_REMOVE_PARTIAL = 112;

  /** A full slab goes to the front of the CPU's partial chain: pfn, slabs there. */
  public static final int CPU_PARTIAL_FREE = 113;

  /** The CPU's partial chain is too long and is detached: CPU, slabs. */
  public static final int CPU_PARTIAL_DRAIN = 114;

  /** The slab's pages go back: pfn, order. */
  public static final int FREE_SLAB = 115;

  /** The cpu slab is put on the node's partial list: pfn, 1 at the tail, 0 at the head. */
  public static final int DEACTIVATE = 116;

  /** The cpu slab is of another node than asked for: pfn, node. */
  public static final int NODE_MISMATCH = 117;

  /** A CPU's slabs are taken from it: CPU, slabs. */
  public static final int FLUSH = 118;

  /** A slab of a debug cache gives an object: pfn, object number. */
  public static final int DEBUG_TAKE = 119;

  /** An object that was to be taken is bad, and its slab is given up: pfn, object number. */
  public static final int DEBUG_GIVE_UP = 120;

  /** A check failed and the object is not freed: pfn, object number. */
  public static final int DEBUG_NOT_FREED = 121;

  private SlubStep() {}
}
