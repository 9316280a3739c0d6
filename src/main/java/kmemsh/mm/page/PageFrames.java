package kmemsh.mm.page;

import kmemsh.base.ByteColumn;
import kmemsh.base.NodeLists;

/**
 * What the allocator knows of every page frame, and the free lists that run through it.
 *
 * <p>A frame is its pfn. Three columns hold one entry a <em>node</em>: nodes below {@code bigBase}
 * are frames; each block of order 10 has a node of its own behind them, so that memory which was
 * never split costs one entry in 1024 frames; behind these come the list heads.
 *
 * <pre>
 *   links   next and previous node of a free block's head; lists are circular through their head
 *   state   bits 7..3  what the frame is      bits 2..0  a migratetype
 *           0          no head of anything    -
 *           1 + order  head of a free block   the list it is on
 *           12 .. 16   on a per-CPU list      cached type
 *           17 + order head of an allocation  stale cached type
 *   flags   bit 0 LRU   bit 1 compound head   bit 2 the kernel's own
 * </pre>
 *
 * <p>A frame inside a block has state 0: {@link #headOf} finds its head. The order-10 free heads
 * stand in the nodes of their own, never in their frames.
 *
 * <p>Spec: page-allocator.md 1.6, 12.1
 */
public final class PageFrames {
  public static final int NR_ORDERS = 11;
  public static final int BIG_ORDER = NR_ORDERS - 1;

  public static final int FLAG_LRU = 1;
  public static final int FLAG_COMPOUND = 2;
  public static final int FLAG_KERNEL = 4;

  /** Heads of lists are numbered by zone, order and type: 16 orders and 8 types find room. */
  static final int ORDER_SHIFT = 3;

  private static final int ZONE_SHIFT = 7;

  static final int CODE_SHIFT = 3;
  static final int TYPE_MASK = 7;
  static final int FREE = 1;
  private static final int PCP = 12;
  private static final int PCP_HUGE = 16;
  static final int ALLOCATED = 17;
  private static final int PCP_ORDERS = 4;

  private final int nrFrames;
  private final int bigBase;
  private final int headBase;

  /** The columns, for those who work on the lists. */
  final NodeLists nodes;

  private final ByteColumn flags;

  /**
   * @param nrFrames end of physical memory, a pfn
   * @param nrZones zones that get lists
   * @param maxFlatRows the most rows of a column that stands in one piece
   */
  PageFrames(int nrFrames, int nrZones, int maxFlatRows) {
    this.nrFrames = nrFrames;
    this.bigBase = alignUp(nrFrames);
    this.headBase = bigBase + alignUp((nrFrames >>> BIG_ORDER) + 1);
    nodes = NodeLists.of(headBase, nrZones << ZONE_SHIFT, maxFlatRows);
    flags = ByteColumn.of(nrFrames, 0, maxFlatRows);
  }

  private static int alignUp(int value) {
    return (value + 0xfff) & ~0xfff;
  }

  int nrFrames() {
    return nrFrames;
  }

  /** The head of the list of a zone (counted from 0), an order and a migratetype. */
  int listHead(int zoneIndex, int order, int migratetype) {
    return headBase + (zoneIndex << ZONE_SHIFT) + (order << ORDER_SHIFT) + migratetype;
  }

  int next(int node) {
    return nodes.next(node);
  }

  int prev(int node) {
    return nodes.prev(node);
  }

  int nodeOf(int pfn, int order) {
    return order == BIG_ORDER ? bigBase + (pfn >>> BIG_ORDER) : pfn;
  }

  int pfnOf(int node) {
    return node < bigBase ? node : (node - bigBase) << BIG_ORDER;
  }

  /** The state of the first frame, or the node, of a free block. */
  static int freeState(int order, int migratetype) {
    return (FREE + order) << CODE_SHIFT | migratetype;
  }

  boolean isEmpty(int head) {
    return nodes.next(head) == head;
  }

  void insertHead(int head, int pfn, int order, int migratetype) {
    int node = nodeOf(pfn, order);
    nodes.insertFirst(head, node, freeState(order, migratetype));
  }

  void insertTail(int head, int pfn, int order, int migratetype) {
    int node = nodeOf(pfn, order);
    nodes.insertLast(head, node, freeState(order, migratetype));
  }

  /**
   * Appends {@code nr} blocks of order 10 that follow each other in memory, untouched until now.
   */
  void appendRun(int head, int firstPfn, int nr, int migratetype) {
    int first = nodeOf(firstPfn, BIG_ORDER);
    int last = first + nr - 1;
    nodes.appendRun(head, first, last, freeState(BIG_ORDER, migratetype));
  }

  /** The same, but each block comes before the one that lies below it, and all come first. */
  void prependRun(int head, int firstPfn, int nr, int migratetype) {
    int first = nodeOf(firstPfn, BIG_ORDER);
    nodes.prependRun(head, first, first + nr - 1, freeState(BIG_ORDER, migratetype));
  }

  /** Takes a free block off its list; its frames are then nobody's. True: the list is empty now. */
  boolean remove(int pfn, int order) {
    return nodes.remove(nodeOf(pfn, order));
  }

  /** The pfn of the first block of a list that is not empty. */
  int first(int head) {
    return pfnOf(nodes.next(head));
  }

  /** Whether {@code pfn} heads a free block of exactly {@code order}. */
  boolean isFreeHead(int pfn, int order) {
    return nodes.state(nodeOf(pfn, order)) >>> CODE_SHIFT == FREE + order;
  }

  /** The order of the free block that begins at {@code pfn}, or -1. */
  int freeOrder(int pfn) {
    int code = nodes.state(pfn) >>> CODE_SHIFT;
    if (code >= FREE && code < FREE + BIG_ORDER) {
      return code - FREE;
    }
    boolean big = (pfn & ((1 << BIG_ORDER) - 1)) == 0 && isFreeHead(pfn, BIG_ORDER);
    return big ? BIG_ORDER : -1;
  }

  /** The list's type of a free block. */
  int listType(int pfn, int order) {
    return nodes.state(nodeOf(pfn, order)) & TYPE_MASK;
  }

  /** The cached migratetype of a page on a per-CPU list, or the stale one of an allocated page. */
  int cachedType(int pfn) {
    return nodes.state(pfn) & TYPE_MASK;
  }

  /** The state of the first frame of a block on a per-CPU list. */
  static int pcpState(int order, int cachedType) {
    int code = order < PCP_ORDERS ? PCP + order : PCP_HUGE;
    return code << CODE_SHIFT | cachedType;
  }

  void setPcp(int pfn, int order, int cachedType) {
    nodes.setState(pfn, pcpState(order, cachedType));
  }

  boolean isPcp(int pfn) {
    int code = nodes.state(pfn) >>> CODE_SHIFT;
    return code >= PCP && code <= PCP_HUGE;
  }

  /** The order of the block on a per-CPU list that begins at {@code pfn}, or -1. */
  int pcpOrder(int pfn, int hugeOrder) {
    int code = nodes.state(pfn) >>> CODE_SHIFT;
    if (code < PCP || code > PCP_HUGE) {
      return -1;
    }
    return code == PCP_HUGE ? hugeOrder : code - PCP;
  }

  /** The state of the first frame of an allocation. */
  static int allocatedState(int order, int cachedType) {
    return (ALLOCATED + order) << CODE_SHIFT | cachedType;
  }

  void setAllocated(int pfn, int order, int cachedType) {
    nodes.setState(pfn, allocatedState(order, cachedType));
  }

  /** Marks a page that leaves a per-CPU list as allocated; its cached type stays behind. */
  void handOut(int pfn, int order) {
    nodes.replaceState(pfn, TYPE_MASK, (ALLOCATED + order) << CODE_SHIFT);
  }

  /** The order with which the allocation that begins at {@code pfn} must be freed, or -1. */
  int allocatedOrder(int pfn) {
    int code = nodes.state(pfn) >>> CODE_SHIFT;
    return code >= ALLOCATED && code < ALLOCATED + NR_ORDERS ? code - ALLOCATED : -1;
  }

  /**
   * Whether {@code pfn} is the first frame of a block below order 10, a page set's or an owner's.
   */
  boolean isHead(int pfn) {
    return nodes.state(pfn) >>> CODE_SHIFT != 0;
  }

  /** Whether a node can be the head of a free block of {@code order}. */
  boolean isBlockNode(int node, int order) {
    return order == BIG_ORDER ? node >= bigBase && node < headBase : node >= 0 && node < nrFrames;
  }

  /**
   * The first frame from {@code pfn} on that may be the head of something smaller than order 10.
   */
  int nextTouched(int pfn) {
    return Math.min(nodes.skipUntouched(pfn), nrFrames);
  }

  void setNothing(int pfn) {
    nodes.setState(pfn, 0);
  }

  /**
   * The first pfn of the block, free, on a per-CPU list or allocated, in which {@code pfn} lies, or
   * -1 when it is reserved or a hole.
   */
  int headOf(int pfn, int hugeOrder) {
    for (int order = 0; order < NR_ORDERS; order++) {
      int head = pfn & -(1 << order);
      int found = Math.max(allocatedOrder(head), pcpOrder(head, hugeOrder));
      if (Math.max(found, freeOrder(head)) >= order) {
        return head;
      }
    }
    return -1;
  }

  boolean hasFlag(int pfn, int flag) {
    return (flags.get(pfn) & flag) != 0;
  }

  /** The first pfn from {@code pfn} on that may have a flag; or one behind the last frame. */
  int skipFlagless(int pfn) {
    return flags.skipUntouched(pfn);
  }

  void setFlag(int pfn, int flag) {
    flags.set(pfn, flags.get(pfn) | flag);
  }

  /** Whether there ever was a compound page; spares the look at each freed block where not. */
  boolean anyCompound;

  /** Forgets that {@code pfn} headed a compound page. */
  void clearCompound(int pfn) {
    if (anyCompound) {
      clearFlag(pfn, FLAG_COMPOUND);
    }
  }

  void clearFlag(int pfn, int flag) {
    int old = flags.get(pfn);
    if ((old & flag) != 0) {
      flags.set(pfn, old & ~flag);
    }
  }

  /** Bytes the columns hold beyond the chunks they share with an untouched machine. */
  long ownBytes() {
    return nodes.touchedBytes() + flags.touchedBytes();
  }

  State checkpoint() {
    return new State(nodes.checkpoint(), flags.checkpoint());
  }

  void restore(State saved) {
    nodes.restore(saved.nodes);
    flags.restore(saved.flags);
  }

  record State(NodeLists.State nodes, ByteColumn.State flags) {}
}
