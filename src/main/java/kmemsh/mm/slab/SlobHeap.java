package kmemsh.mm.slab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.base.ChunkedIntColumn;
import kmemsh.base.IntColumn;
import kmemsh.view.SlabState;

/**
 * The pages of SLOB's heap: three circular lists of those with free units, and the chain of free
 * blocks inside each page, in ascending order.
 *
 * <pre>
 *   rows    PFN    of the page
 *           UNITS  free units of 2 bytes
 *           FREE   first unit of the first free block, PAGE_UNITS when there is none
 *           LIST   SMALL, MEDIUM, LARGE or NO_LIST
 *           NEXT, PREV  neighbours on the list; rows 0 to 2 are the heads
 *   blocks  [row][PAGE_UNITS]  what the kernel writes into the page's units:
 *           free block of one unit    -(first unit of the next free block)
 *           longer free block         its length, first unit of the next free block
 *           block of kmalloc          its size in bytes, 0
 * </pre>
 *
 * <p>The chain of a page ends with PAGE_UNITS. Spec: slab-allocators.md 4.1 to 4.6
 */
final class SlobHeap {
  static final int PAGE_UNITS = 2048;
  static final int SMALL = 0;
  static final int MEDIUM = 1;
  static final int LARGE = 2;
  static final int NO_LIST = 3;

  /** No page, no unit. */
  static final int NOTHING = -1;

  private static final int MEDIUM_BYTES = 256;
  private static final int LARGE_BYTES = 1024;
  private static final char[] LIST_NAMES = {'s', 'm', 'l'};

  private static final int PFN = 0;
  private static final int UNITS = 1;
  private static final int FREE = 2;
  private static final int LIST = 3;
  private static final int NEXT = 4;
  private static final int PREV = 5;
  private static final int ROW_SHIFT = 3;
  private static final int FIRST_ROOM = 64;

  private final ChunkedIntColumn rows = new ChunkedIntColumn(FIRST_ROOM << ROW_SHIFT, 0);
  private short[][] blocks = new short[FIRST_ROOM][];
  private short[][] own = new short[FIRST_ROOM][];
  private int nrRows;

  /** What is in memory; null as long as nobody looks. */
  ObjectBytes contents;

  /** The first of the rows that are not in use, linked by NEXT; 0 for none. */
  private int unusedRow;

  SlobHeap() {
    clear();
  }

  void clear() {
    for (int list = SMALL; list <= LARGE; list++) {
      link(list, list);
      set(list, PFN, NOTHING);
      set(list, LIST, list);
    }
    nrRows = NO_LIST;
    unusedRow = 0;
  }

  static int unitsOf(int bytes) {
    return (bytes + 1) >>> 1;
  }

  /** The list for blocks of {@code bytes}. */
  static int listFor(int bytes) {
    if (bytes < MEDIUM_BYTES) {
      return SMALL;
    }
    return bytes < LARGE_BYTES ? MEDIUM : LARGE;
  }

  private int get(int row, int field) {
    return rows.get(row << ROW_SHIFT | field);
  }

  private void set(int row, int field, int value) {
    rows.set(row << ROW_SHIFT | field, value);
  }

  int pfn(int row) {
    return get(row, PFN);
  }

  /** Free units of a page. */
  int units(int row) {
    return get(row, UNITS);
  }

  int list(int row) {
    return get(row, LIST);
  }

  /**
   * The page after {@code row}; a list's number is its head, before the first and after the last.
   */
  int next(int row) {
    return get(row, NEXT);
  }

  private void link(int first, int second) {
    set(first, NEXT, second);
    set(second, PREV, first);
  }

  private void insertAfter(int before, int row) {
    link(row, get(before, NEXT));
    link(before, row);
  }

  private void unlink(int row) {
    link(get(row, PREV), get(row, NEXT));
  }

  /** Makes {@code row} the first of its list; the cyclic order stays. */
  void rotateToFront(int row) {
    int list = get(row, LIST);
    unlink(list);
    insertAfter(get(row, PREV), list);
  }

  // Pages.

  /** Puts a page that is one free block at the head of {@code list}; gives its row. */
  int addPage(int pfn, int list) {
    int row = newRow(pfn);
    set(row, UNITS, PAGE_UNITS);
    set(row, FREE, 0);
    writeBlock(row, 0, PAGE_UNITS, PAGE_UNITS);
    set(row, LIST, list);
    insertAfter(list, row);
    return row;
  }

  private int newRow(int pfn) {
    int row = unusedRow;
    if (row != 0) {
      unusedRow = get(row, NEXT);
    } else {
      row = nrRows++;
      rows.ensureRows(nrRows << ROW_SHIFT);
      if (nrRows > blocks.length) {
        blocks = Arrays.copyOf(blocks, nrRows * 2);
        own = Arrays.copyOf(own, nrRows * 2);
      }
    }
    set(row, PFN, pfn);
    set(row, LIST, NO_LIST);
    return row;
  }

  /** Takes a page out of the heap. */
  void removePage(int row) {
    if (get(row, LIST) != NO_LIST) {
      unlink(row);
    }
    set(row, PFN, NOTHING);
    set(row, LIST, NO_LIST);
    set(row, NEXT, unusedRow);
    unusedRow = row;
  }

  // Blocks.

  private short[] page(int row) {
    short[] page = own[row];
    return page == null ? makeOwn(row) : page;
  }

  private short[] makeOwn(int row) {
    short[] page = blocks[row] == null ? new short[PAGE_UNITS] : blocks[row].clone();
    blocks[row] = page;
    own[row] = page;
    return page;
  }

  private void writeBlock(int row, int unit, int length, int next) {
    short[] page = page(row);
    if (length == 1) {
      page[unit] = (short) -next;
    } else {
      page[unit] = (short) length;
      page[unit + 1] = (short) next;
    }
    if (contents != null) {
      contents.set16(address(row, unit), page[unit]);
      if (length > 1) {
        contents.set16(address(row, unit) + 2, next);
      }
    }
  }

  private long address(int row, int unit) {
    return ((long) get(row, PFN) << SlabAllocator.PAGE_SHIFT) + 2L * unit;
  }

  private static int lengthAt(short[] page, int unit) {
    return page[unit] > 0 ? page[unit] : 1;
  }

  private static int nextAt(short[] page, int unit) {
    return page[unit] > 0 ? page[unit + 1] : -page[unit];
  }

  /** The size that kmalloc has written in front of a block. */
  int header(int row, int unit) {
    return blocks[row][unit];
  }

  void writeHeader(int row, int unit, int bytes) {
    short[] page = page(row);
    page[unit] = (short) bytes;
    page[unit + 1] = 0;
    if (contents != null) {
      contents.set32(address(row, unit), bytes);
    }
  }

  /**
   * Takes the first {@code units} units that fit, so that {@code alignOffset} bytes behind their
   * start is a multiple of {@code align}; a page without free units leaves its list. Spec: 4.4
   *
   * @return the first unit, or {@link #NOTHING}
   */
  int take(int row, int units, int align, int alignOffset) {
    short[] page = blocks[row];
    long base = (long) get(row, PFN) << SlabAllocator.PAGE_SHIFT;
    int before = NOTHING;
    int unit = get(row, FREE);
    while (unit < PAGE_UNITS) {
      int length = lengthAt(page, unit);
      int delta = delta(base + 2L * unit, align, alignOffset);
      if (length >= units + delta) {
        int next = nextAt(page, unit);
        cut(row, before, unit, length, delta, units, next);
        return unit + delta;
      }
      before = unit;
      unit = nextAt(page, unit);
    }
    return NOTHING;
  }

  /** Units from {@code address} to the next place that is aligned as asked. */
  private static int delta(long address, int align, int alignOffset) {
    if (align == 0) {
      return 0;
    }
    long aligned = ((address + alignOffset + align - 1) & -(long) align) - alignOffset;
    return (int) ((aligned - address) >>> 1);
  }

  private void cut(int row, int before, int unit, int length, int delta, int units, int next) {
    int rest = length - delta - units;
    int follows = next;
    if (rest > 0) {
      follows = unit + delta + units;
      writeBlock(row, follows, rest, next);
    }
    if (delta > 0) {
      writeBlock(row, unit, delta, follows);
    } else if (before == NOTHING) {
      set(row, FREE, follows);
    } else {
      writeBlock(row, before, lengthAt(blocks[row], before), follows);
    }
    int left = get(row, UNITS) - units;
    set(row, UNITS, left);
    if (left == 0) {
      unlink(row);
      set(row, LIST, NO_LIST);
    }
  }

  /** The only free block of a full page puts it at the head of {@code list}. Spec: 4.6 step 2 */
  void freeFirst(int row, int unit, int units, int list) {
    set(row, FREE, unit);
    set(row, UNITS, units);
    writeBlock(row, unit, units, PAGE_UNITS);
    set(row, LIST, list);
    insertAfter(list, row);
  }

  /** Puts a block among the other free ones of its page and merges it. Spec: 4.6 step 3 */
  void freeAnother(int row, int unit, int units) {
    short[] page = page(row);
    set(row, UNITS, get(row, UNITS) + units);
    int before = NOTHING;
    int next = get(row, FREE);
    while (next < unit) {
      before = next;
      next = nextAt(page, next);
    }
    int length = units;
    if (unit + length == next && next < PAGE_UNITS) {
      length += lengthAt(page, next);
      next = nextAt(page, next);
    }
    if (before == NOTHING) {
      set(row, FREE, unit);
      writeBlock(row, unit, length, next);
      return;
    }
    int lengthBefore = lengthAt(page, before);
    if (before + lengthBefore == unit) {
      writeBlock(row, before, lengthBefore + length, next);
    } else {
      writeBlock(row, unit, length, next);
      writeBlock(row, before, lengthBefore, unit);
    }
  }

  // State.

  /** Makes the pages of all lists full, until {@link #load} lists them again. */
  void fillAll() {
    for (int list = SMALL; list <= LARGE; list++) {
      while (get(list, NEXT) != list) {
        int row = get(list, NEXT);
        unlink(row);
        set(row, LIST, NO_LIST);
        set(row, UNITS, 0);
        set(row, FREE, PAGE_UNITS);
      }
    }
  }

  /**
   * Puts a recorded page at the tail of its list.
   *
   * @param known its row, or 0 for a page that is not in the heap yet
   * @return its row
   */
  int load(SlabState.SlobPage recorded, int known) {
    int row = known == 0 ? newRow(recorded.pfn()) : known;
    int[] offsets = recorded.offsets();
    int next = PAGE_UNITS;
    for (int i = offsets.length - 1; i >= 0; i--) {
      writeBlock(row, offsets[i], recorded.lengths()[i], next);
      next = offsets[i];
    }
    set(row, FREE, next);
    set(row, UNITS, recorded.units());
    int list = recorded.list() == 's' ? SMALL : recorded.list() == 'm' ? MEDIUM : LARGE;
    set(row, LIST, list);
    insertAfter(get(list, PREV), row);
    return row;
  }

  /** The pages with free units, list by list. */
  List<SlabState.SlobPage> save() {
    List<SlabState.SlobPage> pages = new ArrayList<>();
    for (int list = SMALL; list <= LARGE; list++) {
      for (int row = next(list); row != list; row = next(row)) {
        pages.add(save(row));
      }
    }
    return pages;
  }

  private SlabState.SlobPage save(int row) {
    int nr = 0;
    for (int unit = get(row, FREE); unit < PAGE_UNITS; unit = nextAt(blocks[row], unit)) {
      nr++;
    }
    int[] offsets = new int[nr];
    int[] lengths = new int[nr];
    int unit = get(row, FREE);
    for (int i = 0; i < nr; i++) {
      offsets[i] = unit;
      lengths[i] = lengthAt(blocks[row], unit);
      unit = nextAt(blocks[row], unit);
    }
    return new SlabState.SlobPage(LIST_NAMES[list(row)], pfn(row), units(row), offsets, lengths);
  }

  /** Rows there are, the list heads and the unused ones included. */
  int nrRows() {
    return nrRows;
  }

  boolean isInUse(int row) {
    return row > LARGE && get(row, PFN) != NOTHING;
  }

  /** What is wrong with a page, or empty. Spec: 7.3 */
  String problem(int row) {
    int list = get(row, LIST);
    int sum = 0;
    int end = NOTHING;
    for (int unit = get(row, FREE); unit < PAGE_UNITS; unit = nextAt(blocks[row], unit)) {
      int length = lengthAt(blocks[row], unit);
      String differs = contents == null ? "" : differs(row, unit, length);
      if (!differs.isEmpty()) {
        return differs;
      }
      if (unit <= end || unit + length > PAGE_UNITS) {
        return "a free block at unit " + unit + " touches another or leaves the page";
      }
      sum += length;
      end = unit + length;
    }
    if (sum != get(row, UNITS)) {
      return get(row, UNITS) + " free units are counted, " + sum + " are there";
    }
    if (list == NO_LIST) {
      return sum == 0 ? "" : sum + " units are free but the page is on no list";
    }
    if (sum == 0 || sum == PAGE_UNITS) {
      return sum + " units are free but the page is on a list";
    }
    boolean linked = get(get(row, NEXT), PREV) == row && get(get(row, PREV), NEXT) == row;
    return linked ? "" : "its neighbours on the list do not know it";
  }

  /**
   * The first byte of {@code [from, end)} that is the length or the link of a free block, or -1.
   */
  long guarded(int row, long from, long end) {
    for (int unit = get(row, FREE); unit < PAGE_UNITS; unit = nextAt(blocks[row], unit)) {
      long at = address(row, unit);
      int bytes = lengthAt(blocks[row], unit) == 1 ? 2 : 4;
      if (at < end && at + bytes > from) {
        return Math.max(at, from);
      }
    }
    return -1;
  }

  /** What is wrong with a free block's units in memory, or empty. */
  private String differs(int row, int unit, int length) {
    short[] page = blocks[row];
    boolean same =
        (short) contents.get16(address(row, unit)) == page[unit]
            && (length == 1 || (short) contents.get16(address(row, unit) + 2) == page[unit + 1]);
    return same ? "" : "the free block at unit " + unit + " was overwritten in memory";
  }

  State checkpoint() {
    Arrays.fill(own, null);
    return new State(rows.checkpoint(), blocks.clone(), nrRows, unusedRow);
  }

  void restore(State state) {
    rows.restore(state.rows);
    blocks = state.blocks.clone();
    own = new short[blocks.length][];
    nrRows = state.nrRows;
    unusedRow = state.unusedRow;
  }

  /** The heap at one moment. Its pages are never written again. */
  static final class State {
    private final IntColumn.State rows;
    private final short[][] blocks;
    private final int nrRows;
    private final int unusedRow;

    private State(IntColumn.State rows, short[][] blocks, int nrRows, int unusedRow) {
      this.rows = rows;
      this.blocks = blocks;
      this.nrRows = nrRows;
      this.unusedRow = unusedRow;
    }
  }
}
