package kmemsh.mm.vmalloc;

import java.util.Arrays;
import kmemsh.base.IntColumn;
import kmemsh.base.LongRows;
import kmemsh.base.RangeTree;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageMachine;
import kmemsh.mm.slab.SlabAllocator;
import kmemsh.trace.Trace;
import kmemsh.trace.VmallocStep;
import kmemsh.view.Gfp;

/**
 * Areas of contiguous kernel addresses, and the pages behind them that need not be contiguous.
 *
 * <pre>
 *   VmapAreas   which addresses; each busy area's number is the row of its vm_struct here, or 0
 *   vms         OBJECT, FLAGS | nrPages, ARRAY, PHYS and CALLER of each vm_struct
 *   PageTables  which frame is behind each address
 *   owners      area of each frame that vmalloc took, 0 for the others
 * </pre>
 *
 * <p>It checks nothing that a kernel would not check. Left out: per-CPU areas.
 *
 * <p>Spec: mappings.md 5.3, 5.8, 6 to 10
 */
public final class Vmalloc {
  public static final int VM_IOREMAP = 0x1;
  public static final int VM_ALLOC = 0x2;
  public static final int VM_MAP = 0x4;
  public static final int VM_USERMAP = 0x8;
  public static final int VM_NO_GUARD = 0x40;
  public static final int VM_ALLOW_HUGE_VMAP = 0x400;

  /** Not a flag of the kernel: the area has entries for large pages. */
  static final int LARGE = 1 << 30;

  /** Why the last call that failed did: one of these. */
  public static final int NO_FAILURE = 0;

  public static final int EMPTY = 1;
  public static final int MORE_THAN_RAM = 2;
  public static final int NO_AREA = 3;
  public static final int NO_PAGES = 4;
  public static final int NO_ADDRESSES = 5;

  static final int PAGE_SHIFT = 12;
  static final long PAGE_BYTES = 1L << PAGE_SHIFT;
  private static final int OBJECT = 0;
  private static final int FLAGS = 1;
  private static final int ARRAY = 2;
  private static final int PHYS = 3;
  private static final int HALF = 32;
  private static final int BULK = 100;
  private static final long[] NONE = {};
  private static final int HUGE_ORDER = 9;
  private static final int HUGE_PAGES = 1 << HUGE_ORDER;

  /** Caller's flags that reach the object allocator. Spec: mappings.md 5.3 */
  private static final int RECLAIM_MASK =
      Gfp.__GFP_RECLAIM
          | Gfp.__GFP_HIGH
          | Gfp.__GFP_IO
          | Gfp.__GFP_FS
          | Gfp.__GFP_NOWARN
          | Gfp.__GFP_RETRY_MAYFAIL
          | Gfp.__GFP_NOFAIL
          | Gfp.__GFP_NORETRY
          | Gfp.__GFP_MEMALLOC
          | Gfp.__GFP_NOMEMALLOC
          | Gfp.__GFP_ATOMIC;

  private final AddressLayout layout;
  private final PageTables tables;
  private final VmapAreas areas;
  private final PageMachine machine;
  private final PageAllocator pages;
  private final SlabAllocator slab;
  private final LongRows vms = new LongRows();
  private final IntColumn owners;
  private final long totalPages;
  private final int wordBytes;
  private final int vmBytes;
  private final int nrNodes;
  private final long pageFlags;
  private final Vmaps maps;
  private long usedPages;
  private long[] deferred = NONE;
  private int failure;
  private long failedBytes;
  private long failedRequest;
  private Trace trace = Trace.OFF;
  private boolean tracing;
  private final int[] bulk = new int[BULK];
  private int[] frames = new int[BULK];
  private int nrFrames;

  /**
   * With no areas.
   *
   * @param owners of frames, shared with {@code tables}
   */
  Vmalloc(
      AddressLayout layout,
      PageTables tables,
      VmapAreas areas,
      IntColumn owners,
      PageMachine machine,
      SlabAllocator slab,
      int nrNodes,
      int kernelCpus) {
    this.layout = layout;
    this.tables = tables;
    this.areas = areas;
    this.owners = owners;
    this.machine = machine;
    this.slab = slab;
    this.nrNodes = nrNodes;
    pages = machine.allocator();
    totalPages = machine.managedPages();
    wordBytes = layout.i386 ? 4 : 8;
    vmBytes = layout.i386 ? (layout.pae ? 36 : 32) : 64;
    pageFlags = Pte.PAGE_KERNEL | tables.nx();
    maps = new Vmaps(this, kernelCpus, areas.nrCpus());
  }

  public void setTrace(Trace trace) {
    this.trace = trace;
    tracing = trace != Trace.OFF;
    tables.setTrace(trace);
  }

  void step(int step, long where, long value) {
    if (tracing) {
      trace.vmallocStep(step, where, value);
    }
  }

  public AddressLayout layout() {
    return layout;
  }

  public PageTables tables() {
    return tables;
  }

  public VmapAreas areas() {
    return areas;
  }

  /** The calls that map other people's pages. */
  public Vmaps maps() {
    return maps;
  }

  /** Why the last call that failed did. */
  public int failure() {
    return failure;
  }

  /** Bytes of address space, guard page included, that {@link #NO_ADDRESSES} is about. */
  public long failedBytes() {
    return failedBytes;
  }

  /** Bytes that the call that failed was asked for: the pages or their array. */
  public long failedRequest() {
    return failedRequest;
  }

  /** Pages behind all areas of vmalloc. */
  public long usedPages() {
    return usedPages;
  }

  /** The area that owns a frame, or 0. */
  public int ownerOf(int pfn) {
    return owners.get(pfn);
  }

  // The vm_struct of an area.

  private int vm(int area) {
    return (int) Math.max(0, areas.user(area));
  }

  /** The VM_ flags of an area; 0 for one without a vm_struct. */
  public int flags(int area) {
    return (int) vms.get(vm(area), FLAGS) & ~LARGE;
  }

  boolean isLarge(int area) {
    return (vms.get(vm(area), FLAGS) & LARGE) != 0;
  }

  /** Pages that the area owns. */
  public int nrPages(int area) {
    return (int) (vms.get(vm(area), FLAGS) >>> HALF);
  }

  /** Address of the array of page pointers where that is an area of its own; else 0. */
  public long arrayArea(int area) {
    long array = vms.get(vm(area), ARRAY);
    return layout.isVmalloc(array) ? array : 0;
  }

  /** Physical address of the array of page pointers from kmalloc, or 0. */
  public long arrayObject(int area) {
    long array = vms.get(vm(area), ARRAY);
    return layout.isVmalloc(array) ? 0 : array;
  }

  /** Physical address of the vm_struct, 0 for an area without one. */
  public long vmObject(int area) {
    return vms.get(vm(area), OBJECT);
  }

  public boolean hasVm(int area) {
    return vm(area) != 0;
  }

  /** Physical address that ioremap mapped, or 0. */
  public long phys(int area) {
    return vms.get(vm(area), PHYS);
  }

  /** Whether the area at {@code start} holds the page pointers of another area. */
  public boolean isArray(long start) {
    RangeTree busy = areas.busyTree();
    for (int area = busy.first(); area != RangeTree.NIL; area = busy.next(area)) {
      if (hasVm(area) && vms.get(vm(area), ARRAY) == start) {
        return true;
      }
    }
    return false;
  }

  /** Whether an object of the allocators is a descriptor of an area or an array of its pages. */
  public boolean isOwnObject(long object) {
    RangeTree busy = areas.busyTree();
    for (int area = busy.first(); area != RangeTree.NIL; area = busy.next(area)) {
      boolean vm = hasVm(area) && (vmObject(area) == object || arrayObject(area) == object);
      if (vm || areas.object(area) == object) {
        return true;
      }
    }
    return areas.isFreeOrSpare(object) || maps.isDescriptor(object);
  }

  // Areas. Spec: mappings.md 5.3, 5.8

  /** An area of {@code bytes} and a guard page, or 0; {@code bytes} are whole pages. */
  int takeArea(long bytes, long align, int vmFlags, int gfpMask) {
    long aligned = align;
    if ((vmFlags & VM_IOREMAP) != 0) {
      aligned = VmapAreas.ioremapAlign(bytes, layout.maxAlignShift());
    }
    step(VmallocStep.REQUEST, aligned, bytes);
    long object = slab.kmalloc(vmBytes, gfpMask & RECLAIM_MASK | Gfp.__GFP_ZERO);
    if (object == SlabAllocator.NULL) {
      failure = NO_AREA;
      return 0;
    }
    long size = (vmFlags & VM_NO_GUARD) == 0 ? bytes + PAGE_BYTES : bytes;
    int area = takeAddresses(size, aligned, gfpMask & RECLAIM_MASK);
    if (area == 0) {
      slab.kfree(object);
      return 0;
    }
    int vm = vms.take();
    vms.set(vm, OBJECT, object);
    vms.set(vm, FLAGS, vmFlags);
    vms.set(vm, ARRAY, 0);
    vms.set(vm, PHYS, 0);
    areas.setUser(area, vm);
    return area;
  }

  /** Addresses without a vm_struct: an area or 0. A search that fails purges and tries again. */
  int takeAddresses(long size, long align, int gfpMask) {
    areas.setCpu(machine.cpu());
    int area = areas.allocate(size, align, layout.vmallocStart, layout.vmallocEnd, gfpMask);
    if (area == VmapAreas.NO_SPACE) {
      step(VmallocStep.NO_SPACE, 0, size);
      purgeAll();
      area = areas.allocate(size, align, layout.vmallocStart, layout.vmallocEnd, gfpMask);
    }
    if (area <= 0) {
      areas.giveUp();
      failure = area == VmapAreas.NO_SPACE ? NO_ADDRESSES : NO_AREA;
      failedBytes = size;
      return 0;
    }
    step(VmallocStep.AREA, areas.start(area), size);
    return area;
  }

  /** {@code vm_unmap_aliases}: every freed address is free again. */
  public void purgeAll() {
    maps.purgeFragmented();
    step(VmallocStep.PURGE, 0, areas.lazyPages());
    areas.purge();
  }

  private void drainPoint() {
    if (areas.drainPending()) {
      step(VmallocStep.PURGE, 0, areas.lazyPages());
      areas.drainPoint();
    }
  }

  /** Clears the entries of an area and lets its addresses wait for a purge. Spec: 5.9 */
  void dropAddresses(int area) {
    long start = areas.start(area);
    unmap(area);
    drainPoint();
    areas.free(area);
    step(VmallocStep.LAZY, start, areas.lazyPages());
    if (areas.drainPending()) {
      step(VmallocStep.DRAIN_DUE, 0, areas.lazyMaxPages());
    }
  }

  /** Clears all entries of an area; the frames that were behind them are in {@link #frames}. */
  private void unmap(int area) {
    long start = areas.start(area);
    long end = areas.end(area);
    int nrPages = (int) ((end - start) >>> PAGE_SHIFT);
    nrFrames = 0;
    if (isLarge(area)) {
      unmapLarge(start, end);
    } else {
      ensureFrames(nrPages);
      nrFrames = tables.clearAll(start, nrPages, frames);
    }
    step(VmallocStep.UNMAP, start, nrFrames);
  }

  private void unmapLarge(long start, long end) {
    long virt = start;
    while (Long.compareUnsigned(virt, end) < 0) {
      int pfn = tables.pfn(virt);
      long bytes = tables.clearAny(virt);
      int nr = (int) (Math.min(bytes, end - virt) >>> PAGE_SHIFT);
      ensureFrames(nrFrames + nr);
      for (int i = 0; i < nr && pfn >= 0; i++) {
        frames[nrFrames++] = pfn + i;
      }
      virt += bytes;
    }
  }

  // vmalloc. Spec: mappings.md 6, 7

  /**
   * {@code __vmalloc_node_range} over the whole range.
   *
   * @return the address, or 0; {@link #failure} says why
   */
  public long vmalloc(long bytes, long align, int gfpMask, int vmFlags) {
    failure = NO_FAILURE;
    failedRequest = bytes;
    if (bytes == 0) {
      failure = EMPTY;
      return 0;
    }
    long size = (bytes + PAGE_BYTES - 1) & -PAGE_BYTES;
    if (size >>> PAGE_SHIFT > totalPages || size <= 0) {
      failure = MORE_THAN_RAM;
      return 0;
    }
    long hugeBytes = layout.pmdBytes;
    boolean huge = (vmFlags & VM_ALLOW_HUGE_VMAP) != 0 && !layout.i386;
    if (huge && size / nrNodes >= hugeBytes) {
      long rounded = (size + hugeBytes - 1) & -hugeBytes;
      long virt = fill(rounded, Math.max(align, hugeBytes), gfpMask, vmFlags | LARGE);
      if (virt != 0) {
        return virt;
      }
    }
    failure = NO_FAILURE;
    return fill(size, align, gfpMask, vmFlags);
  }

  private long fill(long size, long align, int gfpMask, int vmFlags) {
    int area = takeArea(size, align, vmFlags | VM_ALLOC, gfpMask);
    if (area == 0) {
      return 0;
    }
    if (takeArray(area, size, gfpMask) && takePages(area, size, gfpMask) && mapPages(area)) {
      return areas.start(area);
    }
    failure = failure == NO_FAILURE ? NO_PAGES : failure;
    freeArea(area, Arrays.copyOf(frames, nrPages(area)));
    return 0;
  }

  private boolean takeArray(int area, long size, int gfpMask) {
    long bytes = (size >>> PAGE_SHIFT) * wordBytes;
    int mask = gfpMask & RECLAIM_MASK | Gfp.__GFP_ZERO;
    long array;
    if (bytes > PAGE_BYTES) {
      step(VmallocStep.ARRAY_AREA, 0, bytes);
      failedRequest = bytes;
      array = fill((bytes + PAGE_BYTES - 1) & -PAGE_BYTES, 1, mask, 0);
    } else {
      array = slab.kmalloc(bytes, mask);
      step(VmallocStep.ARRAY, array, bytes);
    }
    vms.set(vm(area), ARRAY, array);
    return array != 0;
  }

  /** Takes the pages of an area into {@link #frames} and notes who owns them. */
  private boolean takePages(int area, long size, int gfpMask) {
    drainPoint();
    int mask = gfpMask | Gfp.__GFP_NOWARN;
    if ((mask & (Gfp.__GFP_DMA | Gfp.__GFP_DMA32)) == 0) {
      mask |= Gfp.__GFP_HIGHMEM;
    }
    int wanted = (int) (size >>> PAGE_SHIFT);
    int nr = isLarge(area) ? takeHuge(wanted, mask) : takeSingles(wanted, mask);
    vms.set(vm(area), FLAGS, vms.get(vm(area), FLAGS) & 0xffffffffL | (long) nr << HALF);
    for (int i = 0; i < nr; i++) {
      owners.set(frames[i], area);
    }
    usedPages += nr;
    step(VmallocStep.PAGES, areas.start(area), nr);
    return nr == wanted;
  }

  private void ensureFrames(int nr) {
    if (nr > frames.length) {
      frames = Arrays.copyOf(frames, Math.max(nr, 2 * frames.length));
    }
  }

  private int takeSingles(int wanted, int mask) {
    ensureFrames(wanted);
    int nr = 0;
    while (nr < wanted) {
      int asked = Math.min(BULK, wanted - nr);
      int got = pages.allocPagesBulk(mask, asked, nr == 0 ? frames : bulk);
      if (nr > 0) {
        System.arraycopy(bulk, 0, frames, nr, got);
      }
      nr += got;
      if (got != asked) {
        break;
      }
    }
    while (nr < wanted) {
      int pfn = pages.allocPages(mask, 0);
      if (pfn == PageAllocator.NO_PFN) {
        break;
      }
      frames[nr++] = pfn;
    }
    return nr;
  }

  private int takeHuge(int wanted, int mask) {
    ensureFrames(wanted);
    int nr = 0;
    while (nr < wanted) {
      int pfn = pages.allocPages(mask & ~Gfp.__GFP_NOFAIL, HUGE_ORDER);
      if (pfn == PageAllocator.NO_PFN) {
        break;
      }
      pages.splitPage(pfn, HUGE_ORDER);
      for (int i = 0; i < HUGE_PAGES; i++) {
        frames[nr++] = pfn + i;
      }
    }
    return nr;
  }

  private boolean mapPages(int area) {
    int nr = nrPages(area);
    if (!isLarge(area)) {
      return map(areas.start(area), frames, nr, pageFlags);
    }
    int level = tables.nrLevels() - 2;
    for (int i = 0; i < nr; i += HUGE_PAGES) {
      long virt = areas.start(area) + ((long) i << PAGE_SHIFT);
      long phys = (long) frames[i] << PAGE_SHIFT;
      if (!tables.setLarge(virt, level, phys | Pte.PAGE_KERNEL_LARGE | tables.nx())
          && !mapSmall(virt, phys, HUGE_PAGES)) {
        return false;
      }
    }
    step(VmallocStep.MAP, areas.start(area), nr);
    return true;
  }

  private boolean mapSmall(long virt, long phys, int nr) {
    for (int i = 0; i < nr; i++) {
      long inRange = (long) i << PAGE_SHIFT;
      if (!tables.set(virt + inRange, phys + inRange | pageFlags)) {
        return false;
      }
    }
    return true;
  }

  /** Maps frames one behind the other; false when a table could not be made. */
  boolean map(long start, int[] pfns, int nr, long flags) {
    step(VmallocStep.MAP, start, nr);
    return tables.setAll(start, pfns, nr, flags);
  }

  // Freeing. Spec: mappings.md 8

  /** {@code vfree}: gives an area back, and the pages that it owns. */
  public void vfree(long address) {
    failure = NO_FAILURE;
    int area = areas.find(address);
    if (area != RangeTree.NIL) {
      freeArea(area, null);
    }
  }

  /** Queues a free that a worker does; the newest is at the head, as in the kernel's list. */
  public void defer(long address) {
    long[] more = new long[deferred.length + 1];
    more[0] = address;
    System.arraycopy(deferred, 0, more, 1, deferred.length);
    deferred = more;
  }

  public boolean isDeferred(long address) {
    for (long one : deferred) {
      if (one == address) {
        return true;
      }
    }
    return false;
  }

  /** The worker frees what was queued. */
  public void runDeferred() {
    long[] queued = deferred;
    deferred = NONE;
    for (long address : queued) {
      vfree(address);
    }
  }

  /** {@code taken} are the pages of a call that failed half-way and mapped only some, or null. */
  private void freeArea(int area, int[] taken) {
    int nr = nrPages(area);
    int vm = vm(area);
    long start = areas.start(area);
    dropAddresses(area);
    if (taken != null) {
      ensureFrames(nr);
      System.arraycopy(taken, 0, frames, 0, nr);
    }
    step(VmallocStep.FREE_PAGES, start, nr);
    for (int i = 0; i < nr; i++) {
      owners.set(frames[i], 0);
      pages.freePages(frames[i], 0);
      if (i == 0) {
        drainPoint();
      }
    }
    usedPages -= nr;
    freeArray(vms.get(vm, ARRAY));
    dropVm(vm);
  }

  private void freeArray(long array) {
    if (layout.isVmalloc(array)) {
      freeArea(areas.find(array), null);
    } else if (array != 0) {
      slab.kfree(array);
    }
  }

  private void dropVm(int vm) {
    slab.kfree(vms.get(vm, OBJECT));
    vms.release(vm);
  }

  /** {@code free_vm_area}: gives an area back that owns no pages. */
  void freeVmArea(int area) {
    int vm = vm(area);
    dropAddresses(area);
    dropVm(vm);
  }

  void setPhys(int area, long phys, boolean large) {
    vms.set(vm(area), PHYS, phys);
    if (large) {
      vms.set(vm(area), FLAGS, vms.get(vm(area), FLAGS) | LARGE);
    }
  }

  int cpu() {
    return machine.cpu();
  }

  SlabAllocator slab() {
    return slab;
  }

  long totalPages() {
    return totalPages;
  }

  /** A call begins that may fail. */
  void begin() {
    failure = NO_FAILURE;
  }

  void fail(int why) {
    failure = why;
  }

  // State.

  public State checkpoint() {
    return new State(areas.checkpoint(), vms.checkpoint(), maps.checkpoint(), usedPages, deferred);
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    areas.restore(state.areas);
    vms.restore(state.vms);
    maps.restore(state.maps);
    usedPages = state.usedPages;
    deferred = state.deferred;
    tables.restored();
  }

  /** All areas at one moment; the page tables are in memory, the owners with the map's user. */
  public static final class State {
    private final VmapAreas.State areas;
    private final LongRows.State vms;
    private final Vmaps.State maps;
    private final long usedPages;
    private final long[] deferred;

    private State(
        VmapAreas.State areas,
        LongRows.State vms,
        Vmaps.State maps,
        long usedPages,
        long[] deferred) {
      this.areas = areas;
      this.vms = vms;
      this.maps = maps;
      this.usedPages = usedPages;
      this.deferred = deferred;
    }
  }
}
