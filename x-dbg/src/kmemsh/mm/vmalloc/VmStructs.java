package kmemsh.mm.vmalloc;

import kmemsh.base.LongRows;

/**
 * The vm_struct of each area that has one: its row is the number of the area in {@link VmapAreas}.
 *
 * <pre>
 *   rows  OBJECT, FLAGS | nrPages, ARRAY, PHYS
 * </pre>
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
  private final VmapAreas areas;
  private final LongRows rows = new LongRows();

  VmStructs(AddressLayout layout, VmapAreas areas) {
    this.layout = layout;
    this.areas = areas;
  }

  /** Gives {@code area} a vm_struct, which is the object at {@code object}. */
  void add(int area, long object, int flags) {
    int vm = rows.take();
    rows.set(vm, OBJECT, object);
    rows.set(vm, FLAGS, flags);
    rows.set(vm, ARRAY, 0);
    rows.set(vm, PHYS, 0);
    areas.setUser(area, vm);
  }

  /** Forgets a row of {@link #row}; gives its object. */
  long remove(int vm) {
    long object = rows.get(vm, OBJECT);
    rows.release(vm);
    return object;
  }

  /** The number of an area's vm_struct, 0 without one. */
  int row(int area) {
    return (int) Math.max(0, areas.user(area));
  }

  public boolean has(int area) {
    return row(area) != 0;
  }

  /** The VM_ flags of an area; 0 for one without a vm_struct. */
  public int flags(int area) {
    return (int) rows.get(row(area), FLAGS) & ~(LARGE | PAGE_ARRAY);
  }

  boolean isLarge(int area) {
    return (rows.get(row(area), FLAGS) & LARGE) != 0;
  }

  void setLarge(int area) {
    int vm = row(area);
    rows.set(vm, FLAGS, rows.get(vm, FLAGS) | LARGE);
  }

  /** Pages that the area owns. */
  public int nrPages(int area) {
    return (int) (rows.get(row(area), FLAGS) >>> HALF);
  }

  void setNrPages(int area, int nr) {
    int vm = row(area);
    rows.set(vm, FLAGS, rows.get(vm, FLAGS) & 0xffffffffL | (long) nr << HALF);
  }

  /** Address of the array of page pointers where that is an area of its own; else 0. */
  public long arrayArea(int area) {
    long array = rows.get(row(area), ARRAY);
    return layout.isVmalloc(array) ? array : 0;
  }

  /** Physical address of the array of page pointers from kmalloc, or 0. */
  public long arrayObject(int area) {
    long array = rows.get(row(area), ARRAY);
    return layout.isVmalloc(array) ? 0 : array;
  }

  /** Either of them, of a row. */
  long array(int vm) {
    return rows.get(vm, ARRAY);
  }

  void setArray(int area, long array) {
    rows.set(row(area), ARRAY, array);
  }

  /** Physical address of the vm_struct, 0 for an area without one. */
  public long object(int area) {
    return rows.get(row(area), OBJECT);
  }

  /** Physical address that ioremap mapped, or 0. */
  public long phys(int area) {
    return rows.get(row(area), PHYS);
  }

  void setPhys(int area, long phys) {
    rows.set(row(area), PHYS, phys);
  }

  /** Whether an area holds the page pointers of another one. */
  public boolean isPageArray(int area) {
    return (rows.get(row(area), FLAGS) & PAGE_ARRAY) != 0;
  }

  LongRows.State checkpoint() {
    return rows.checkpoint();
  }

  void restore(LongRows.State state) {
    rows.restore(state);
  }
}
