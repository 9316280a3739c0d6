package kmemsh.mm.vmalloc;

import kmemsh.base.LongRows;

/**
 * The vm_struct of each area that has one, in a row with the number of the area.
 *
 * <pre>
 *   rows  OBJECT (0 without one), FLAGS | nrPages, ARRAY, PHYS
 * </pre>
 *
 * <p>A row stays as it is when its area is freed, until {@link #remove}.
 *
 * <p>Spec: mappings.md 5.1
 */
public final class VmStructs {
  /** Not a flag of the kernel: the area has entries for large pages. */
  static final int LARGE = 1 << 30;

  /** Nor this: the area holds the page pointers of another one. */
  static final int PAGE_ARRAY = 1 << 29;

  private static final int OBJECT = 0;
  private static final int FLAGS = 1;
  private static final int ARRAY = 2;
  private static final int PHYS = 3;
  private static final int HALF = 32;

  private final AddressLayout layout;
  private final LongRows rows = new LongRows();

  /** Areas from here on need more rows. */
  private int end;

  VmStructs(AddressLayout layout) {
    this.layout = layout;
  }

  /** Gives {@code area} a vm_struct, which is the object at {@code object}. */
  void add(int area, long object, int flags) {
    long[] cells = rows.cells();
    int at = LongRows.at(area);
    cells[at + OBJECT] = object;
    cells[at + FLAGS] = flags;
    rows.touch(area);
  }

  /** Makes room for a new area, which has none. */
  void ensure(int area) {
    if (area >= end) {
      rows.ensure(area);
      end = area + 1;
    }
  }

  /** Takes the vm_struct of {@code area} away; gives its object. */
  long remove(int area) {
    long[] cells = rows.cells();
    int at = LongRows.at(area);
    long object = cells[at + OBJECT];
    cells[at + OBJECT] = 0;
    cells[at + FLAGS] = 0;
    cells[at + ARRAY] = 0;
    cells[at + PHYS] = 0;
    rows.touch(area);
    return object;
  }

  public boolean has(int area) {
    return object(area) != 0;
  }

  /** The VM_ flags of an area; 0 for one without a vm_struct. */
  public int flags(int area) {
    return (int) rows.get(area, FLAGS) & ~(LARGE | PAGE_ARRAY);
  }

  boolean isLarge(int area) {
    return (rows.get(area, FLAGS) & LARGE) != 0;
  }

  void setLarge(int area) {
    rows.set(area, FLAGS, rows.get(area, FLAGS) | LARGE);
  }

  /** Pages that the area owns. */
  public int nrPages(int area) {
    return (int) (rows.get(area, FLAGS) >>> HALF);
  }

  /** The same for an area without entries for large pages; 0 for the others. */
  int nrSmallPages(int area) {
    long flags = rows.get(area, FLAGS);
    return (flags & LARGE) != 0 ? 0 : (int) (flags >>> HALF);
  }

  void setNrPages(int area, int nr) {
    rows.set(area, FLAGS, rows.get(area, FLAGS) & 0xffffffffL | (long) nr << HALF);
  }

  /** What an area owns: pages and the array of pointers to them. */
  void setPages(int area, long array, int nr) {
    long[] cells = rows.cells();
    int at = LongRows.at(area);
    cells[at + FLAGS] = cells[at + FLAGS] & 0xffffffffL | (long) nr << HALF;
    cells[at + ARRAY] = array;
    rows.touch(area);
  }

  /** Address of the array of page pointers where that is an area of its own; else 0. */
  public long arrayArea(int area) {
    long array = rows.get(area, ARRAY);
    return layout.isVmalloc(array) ? array : 0;
  }

  /** Physical address of the array of page pointers from kmalloc, or 0. */
  public long arrayObject(int area) {
    long array = rows.get(area, ARRAY);
    return layout.isVmalloc(array) ? 0 : array;
  }

  /** Either of them. */
  long array(int area) {
    return rows.get(area, ARRAY);
  }

  void setArray(int area, long array) {
    rows.set(area, ARRAY, array);
  }

  /** Physical address of the vm_struct, 0 for an area without one. */
  public long object(int area) {
    return rows.get(area, OBJECT);
  }

  /** Physical address that ioremap mapped, or 0. */
  public long phys(int area) {
    return rows.get(area, PHYS);
  }

  void setPhys(int area, long phys) {
    rows.set(area, PHYS, phys);
  }

  /** Whether an area holds the page pointers of another one. */
  public boolean isPageArray(int area) {
    return (rows.get(area, FLAGS) & PAGE_ARRAY) != 0;
  }

  LongRows.State checkpoint() {
    return rows.checkpoint();
  }

  void restore(LongRows.State state) {
    rows.restore(state);
  }
}
