package kmemsh.mm.slab;

import java.util.Arrays;
import kmemsh.base.IntColumn;

/**
 * What SLAB knows of each slab, in rows found by slab number, and the slab of each page.
 *
 * <pre>
 *   owners    pfn -&gt; slab number, see {@link SlabAllocator}
 *   rows      PFN     first page of the block; -1 in a row that is no slab at present
 *             CACHE   number of the cache
 *             NODE    memory node of the block
 *             SMEM    offset of object 0 in the block
 *             ACTIVE  objects handed out to arrays or users
 *             NEXT, PREV  neighbours in the list the slab is on
 *             INDEX   where the slab's index entries begin
 *   freelist  address of the index array as the kernel keeps it, {@link SlabAllocator#NULL}
 *             while it has none
 *   index     the entries: bytes ACTIVE .. num - 1 are the free objects, next one first
 * </pre>
 *
 * <p>Lists are circular and have a row of their own as head. A row keeps its index bytes for good:
 * rows that are given back wait in one chain for each size of index, linked by NEXT.
 */
final class SlabTable {
  static final int PFN = 0;
  static final int CACHE = 1;
  static final int NODE = 2;
  static final int SMEM = 3;
  static final int ACTIVE = 4;
  static final int NEXT = 5;
  static final int PREV = 6;
  static final int INDEX = 7;

  /** No slab: row 0 is never used. */
  static final int NONE = 0;

  static final int NO_PFN = -1;

  private static final int ROW_SHIFT = 3;
  private static final int CHUNK_SHIFT = 9;
  private static final int CHUNK_ROWS = 1 << CHUNK_SHIFT;
  private static final int IN_CHUNK = CHUNK_ROWS - 1;
  private static final int BYTES_SHIFT = 12;
  private static final int CHUNK_BYTES = 1 << BYTES_SHIFT;
  private static final int IN_BYTES = CHUNK_BYTES - 1;
  private static final int FIRST_CHUNKS = 8;

  /** Sizes of an index: 1 &lt;&lt; 0 .. 1 &lt;&lt; 8 bytes. */
  private static final int NR_CLASSES = 9;

  private final IntColumn owners;
  private final int nrFrames;

  private int[][] rows = new int[FIRST_CHUNKS][];
  private int[][] ownRows = new int[FIRST_CHUNKS][];
  private long[][] freelists = new long[FIRST_CHUNKS][];
  private long[][] ownFreelists = new long[FIRST_CHUNKS][];
  private int nrRows = 1;

  private byte[][] index = new byte[FIRST_CHUNKS][];
  private byte[][] ownIndex = new byte[FIRST_CHUNKS][];
  private int nrIndexChunks;

  /** By class: the first row given back, or NONE. */
  private int[] freeRows = new int[NR_CLASSES];

  /** By class: where the next index goes, and where its chunk ends. */
  private int[] nextIndex = new int[NR_CLASSES];

  private int[] endIndex = new int[NR_CLASSES];

  /** Notes the slabs of pages in {@code owners}, which its owner checkpoints. */
  SlabTable(IntColumn owners, int nrFrames) {
    this.owners = owners;
    this.nrFrames = nrFrames;
    addChunk(0);
  }

  /** The slab that page {@code pfn} belongs to; {@link #NONE} or less where there is none. */
  int slabOf(int pfn) {
    return owners.get(pfn);
  }

  int get(int slab, int field) {
    return rows[slab >>> CHUNK_SHIFT][rowStart(slab) + field];
  }

  void set(int slab, int field, int value) {
    row(slab)[rowStart(slab) + field] = value;
  }

  /** The chunk with the row of {@code slab}, which may be written, see {@link #rowStart}. */
  int[] row(int slab) {
    int[] own = ownRows[slab >>> CHUNK_SHIFT];
    return own == null ? makeOwnRows(slab >>> CHUNK_SHIFT) : own;
  }

  /** Where the row of {@code slab} begins in its chunk. */
  static int rowStart(int slab) {
    return (slab & IN_CHUNK) << ROW_SHIFT;
  }

  long freelist(int slab) {
    return freelists[slab >>> CHUNK_SHIFT][slab & IN_CHUNK];
  }

  void setFreelist(int slab, long address) {
    int chunk = slab >>> CHUNK_SHIFT;
    long[] own = ownFreelists[chunk];
    if (own == null) {
      own = freelists[chunk].clone();
      freelists[chunk] = own;
      ownFreelists[chunk] = own;
    }
    own[slab & IN_CHUNK] = address;
  }

  /** Entry {@code i} of the index that begins at {@code at}. */
  int index(int at, int i) {
    return index[at >>> BYTES_SHIFT][(at & IN_BYTES) + i] & 0xff;
  }

  void setIndex(int at, int i, int object) {
    byte[] own = ownIndex[at >>> BYTES_SHIFT];
    if (own == null) {
      own = makeOwnIndex(at >>> BYTES_SHIFT);
    }
    own[(at & IN_BYTES) + i] = (byte) object;
  }

  // Lists.

  /** Makes a list head: an empty list. */
  int newList() {
    int head = takeRow(0);
    set(head, PFN, NO_PFN);
    set(head, NEXT, head);
    set(head, PREV, head);
    return head;
  }

  void freeList(int head) {
    assert get(head, NEXT) == head : "list " + head + " is not empty";
    giveRow(head, 0);
  }

  /** The first slab of the list, or {@code head} when it is empty. */
  int first(int head) {
    return get(head, NEXT);
  }

  int last(int head) {
    return get(head, PREV);
  }

  void insertHead(int head, int slab) {
    insertBetween(head, get(head, NEXT), slab);
  }

  void insertTail(int head, int slab) {
    insertBetween(get(head, PREV), head, slab);
  }

  private void insertBetween(int before, int after, int slab) {
    int[] row = row(slab);
    int at = rowStart(slab);
    row[at + NEXT] = after;
    row[at + PREV] = before;
    set(before, NEXT, slab);
    set(after, PREV, slab);
  }

  void remove(int slab) {
    int[] row = rows[slab >>> CHUNK_SHIFT];
    int at = rowStart(slab);
    int before = row[at + PREV];
    int after = row[at + NEXT];
    set(before, NEXT, after);
    set(after, PREV, before);
  }

  // Slabs.

  /** Makes the row of a slab whose objects are all free, in ascending order, on no list. */
  int newSlab(int pfn, int cache, int node, int smem, int num, int nrPages) {
    int slab = takeRow(classOf(num));
    int[] row = row(slab);
    int at = rowStart(slab);
    row[at + PFN] = pfn;
    row[at + CACHE] = cache;
    row[at + NODE] = node;
    row[at + SMEM] = smem;
    row[at + ACTIVE] = 0;
    int entries = row[at + INDEX];
    for (int i = 0; i < num; i++) {
      setIndex(entries, i, i);
    }
    for (int page = 0; page < nrPages; page++) {
      owners.set(pfn + page, slab);
    }
    return slab;
  }

  /** Forgets a slab that is on no list. */
  void freeSlab(int slab, int num, int nrPages) {
    int pfn = get(slab, PFN);
    for (int page = 0; page < nrPages; page++) {
      owners.set(pfn + page, NONE);
    }
    set(slab, PFN, NO_PFN);
    giveRow(slab, classOf(num));
  }

  /** Slabs on the list {@code head}. */
  int length(int head) {
    int nr = 0;
    for (int slab = first(head); slab != head; slab = get(slab, NEXT)) {
      nr++;
    }
    return nr;
  }

  /** Whether the index array of some slab is at {@code address}. */
  boolean isFreelist(long address) {
    for (int slab = 1; slab < nrRows; slab++) {
      if (get(slab, PFN) != NO_PFN && freelist(slab) == address) {
        return true;
      }
    }
    return false;
  }

  /** Slabs there are. */
  int countSlabs() {
    int nr = 0;
    for (int slab = 1; slab < nrRows; slab++) {
      nr += get(slab, PFN) == NO_PFN ? 0 : 1;
    }
    return nr;
  }

  /** Forgets all slabs and lists, whatever they hold. */
  void forgetAll() {
    for (int slab = 1; slab < nrRows; slab++) {
      int pfn = get(slab, PFN);
      while (pfn != NO_PFN && pfn < nrFrames && owners.get(pfn) == slab) {
        owners.set(pfn++, NONE);
      }
    }
    nrRows = 1;
    nrIndexChunks = 0;
    Arrays.fill(freeRows, NONE);
    Arrays.fill(nextIndex, 0);
    Arrays.fill(endIndex, 0);
  }

  private static int classOf(int num) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(num - 1);
  }

  private int takeRow(int indexClass) {
    int slab = freeRows[indexClass];
    if (slab != NONE) {
      freeRows[indexClass] = get(slab, NEXT);
      return slab;
    }
    slab = nrRows;
    if ((slab & IN_CHUNK) == 0) {
      addChunk(slab >>> CHUNK_SHIFT);
    }
    nrRows++;
    if (nextIndex[indexClass] == endIndex[indexClass]) {
      addIndexChunk(indexClass);
    }
    set(slab, INDEX, nextIndex[indexClass]);
    nextIndex[indexClass] += 1 << indexClass;
    return slab;
  }

  private void giveRow(int slab, int indexClass) {
    set(slab, NEXT, freeRows[indexClass]);
    freeRows[indexClass] = slab;
  }

  private void addChunk(int chunk) {
    if (chunk == rows.length) {
      rows = Arrays.copyOf(rows, 2 * chunk);
      ownRows = Arrays.copyOf(ownRows, 2 * chunk);
      freelists = Arrays.copyOf(freelists, 2 * chunk);
      ownFreelists = Arrays.copyOf(ownFreelists, 2 * chunk);
    }
    rows[chunk] = new int[CHUNK_ROWS << ROW_SHIFT];
    ownRows[chunk] = rows[chunk];
    freelists[chunk] = new long[CHUNK_ROWS];
    ownFreelists[chunk] = freelists[chunk];
  }

  private void addIndexChunk(int indexClass) {
    if (nrIndexChunks == index.length) {
      index = Arrays.copyOf(index, 2 * nrIndexChunks);
      ownIndex = Arrays.copyOf(ownIndex, 2 * nrIndexChunks);
    }
    index[nrIndexChunks] = new byte[CHUNK_BYTES];
    ownIndex[nrIndexChunks] = index[nrIndexChunks];
    nextIndex[indexClass] = nrIndexChunks << BYTES_SHIFT;
    nrIndexChunks++;
    endIndex[indexClass] = nrIndexChunks << BYTES_SHIFT;
  }

  private int[] makeOwnRows(int chunk) {
    int[] own = rows[chunk].clone();
    rows[chunk] = own;
    ownRows[chunk] = own;
    return own;
  }

  private byte[] makeOwnIndex(int chunk) {
    byte[] own = index[chunk].clone();
    index[chunk] = own;
    ownIndex[chunk] = own;
    return own;
  }

  // Checkpoints.

  /** Returns the present state, which shares the chunks. */
  State checkpoint() {
    Arrays.fill(ownRows, null);
    Arrays.fill(ownFreelists, null);
    Arrays.fill(ownIndex, null);
    return new State(
        rows.clone(),
        freelists.clone(),
        nrRows,
        index.clone(),
        nrIndexChunks,
        freeRows.clone(),
        nextIndex.clone(),
        endIndex.clone());
  }

  /** Goes back to {@code state}, which may be restored again later. */
  void restore(State state) {
    rows = state.rows.clone();
    ownRows = new int[rows.length][];
    freelists = state.freelists.clone();
    ownFreelists = new long[rows.length][];
    nrRows = state.nrRows;
    index = state.index.clone();
    ownIndex = new byte[index.length][];
    nrIndexChunks = state.nrIndexChunks;
    freeRows = state.freeRows.clone();
    nextIndex = state.nextIndex.clone();
    endIndex = state.endIndex.clone();
  }

  /** The rows at one moment. Their chunks are never written again. */
  record State(
      int[][] rows,
      long[][] freelists,
      int nrRows,
      byte[][] index,
      int nrIndexChunks,
      int[] freeRows,
      int[] nextIndex,
      int[] endIndex) {}
}
