package kmemsh.mm.page;

/**
 * One list of a page set, the newest block at the head, and the lane of its blocks.
 *
 * <pre>
 *   ring   [power of two]   blocks head, head + 1, ... end - 1, each modulo its length
 *          head .. easyEnd  leave by the fast lane: their state is known without a look, and their
 *                           chunk of the frame columns was written since the last checkpoint
 *          floor .. head    room: blocks that come back within it need no look at the page set's
 *                           limit; none where floor is at or beyond head
 * </pre>
 *
 * <p>Spec: page-allocator.md 6.1
 */
final class PcpList extends Lane {
  /** A list nothing is on and nothing belongs to. */
  static final PcpList NONE = new PcpList(null, null, -1, 0, 0);

  private static final int[] NO_RING = {};
  private static final int FIRST_CAPACITY = 16;

  /** Where the list stands in the page set. */
  final int index;

  /** State of a block on the list. */
  final int listed;

  /** Blocks that came onto the head and that are not yet among the zone's events. */
  private long nrGiven;

  /** Where the head would be if it had not moved since events were counted. */
  private int foldedHead;

  private int[] ring = NO_RING;
  private int head;
  private int end;
  private int easyEnd;
  private int floor;

  PcpList(Zone zone, PerCpuPages pcp, int index, int order, int migratetype) {
    super(zone, pcp, order, migratetype);
    this.index = index;
    listed = PageFrames.pcpState(order, migratetype);
  }

  int size() {
    return end - head;
  }

  boolean isEmpty() {
    return head == end;
  }

  /** Whether the first block may leave by the fast lane. */
  boolean isEasy() {
    return easyEnd != head;
  }

  /** Whether the first {@code nr} blocks may leave by the fast lane. */
  boolean isEasy(int nr) {
    return easyEnd - head >= nr;
  }

  /** The block at {@code index} from the head. */
  int get(int at) {
    return ring[(head + at) & (ring.length - 1)];
  }

  /**
   * Puts a block first, whose state was just written. True: the list had no room, and {@link
   * FreePath#lookIfFull} has to be called.
   */
  boolean pushHead(int pfn) {
    if (pushInRoom(pfn)) {
      return false;
    }
    pushBeyondRoom(pfn);
    return true;
  }

  /** Puts a block first if the list has room. */
  boolean pushInRoom(int pfn) {
    int[] in = ring;
    int at = head - 1;
    if (at - floor < 0) {
      return false;
    }
    in[at & (in.length - 1)] = pfn;
    head = at;
    nrGiven++;
    return true;
  }

  private void pushBeyondRoom(int pfn) {
    if (size() == ring.length) {
      grow();
    }
    head--;
    ring[head & (ring.length - 1)] = pfn;
    nrGiven++;
  }

  /**
   * Adds the pages that left and came by the head to the zone's events. Each that came moved the
   * head down by one and each that left up, so counting one kind tells both.
   */
  @Override
  void foldEvents() {
    zone.pgfree += nrGiven << order;
    zone.pgalloc += (nrGiven + (head - foldedHead)) << order;
    nrGiven = 0;
    foldedHead = head;
  }

  /** Pages on the list and in its room. */
  int pagesWithRoom() {
    return (end - (hasRoom() ? floor : head)) << order;
  }

  boolean hasRoom() {
    return head - floor > 0;
  }

  /** Makes room for {@code nr} blocks, or for as many as the ring has place for; how many pages. */
  int makeRoom(int nr) {
    int most = Math.min(nr, ring.length - size());
    floor = head - most;
    return most << order;
  }

  /** Leaves no room, not even where a block is taken. */
  void closeRoom() {
    floor = end;
  }

  /** Puts a block last, whose state was just written; it is easy when those before it are. */
  void pushTail(int pfn, boolean easy) {
    if (end - (hasRoom() ? floor : head) >= ring.length) {
      grow();
    }
    if (easy && (easyEnd == end || isEmpty())) {
      easyEnd = end + 1;
    }
    ring[end & (ring.length - 1)] = pfn;
    end++;
  }

  int popHead() {
    assert head != end;
    int[] in = ring;
    int at = head;
    head = at + 1;
    return in[at & (in.length - 1)];
  }

  /** {@link #popHead} of a block that need not be easy. */
  int popAny() {
    if (easyEnd == head) {
      easyEnd++;
    }
    return popHead();
  }

  int popTail() {
    assert head != end;
    end--;
    if (easyEnd - end > 0) {
      easyEnd = end;
    }
    return ring[end & (ring.length - 1)];
  }

  /** Lets the first {@code nr} blocks leave by the fast lane, and no others. */
  void easyUpTo(int nr) {
    easyEnd = head + nr;
  }

  /** The blocks, head first. */
  int[] toArray() {
    int[] array = new int[size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = get(i);
    }
    return array;
  }

  /** Replaces what is there by {@code pfns}, head first, none of them easy. */
  void setAll(int[] pfns) {
    int capacity = Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, pfns.length)) * 2);
    ring = pfns.length == 0 ? NO_RING : new int[capacity];
    System.arraycopy(pfns, 0, ring, 0, pfns.length);
    foldedHead -= head;
    head = 0;
    end = pfns.length;
    floor = end;
    easyEnd = 0;
  }

  private int[] grow() {
    int size = size();
    int easy = easyEnd - head;
    int[] wider = new int[Math.max(FIRST_CAPACITY, 2 * ring.length)];
    for (int i = 0; i < size; i++) {
      wider[i] = get(i);
    }
    ring = wider;
    floor -= head;
    foldedHead -= head;
    head = 0;
    end = size;
    easyEnd = easy;
    return wider;
  }
}
