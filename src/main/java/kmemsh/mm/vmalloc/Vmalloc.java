package kmemsh.mm.vmalloc;

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
 *   VmapAreas   which addresses; each busy area's number is its row of VmStructs, or 0
 *   VmStructs   flags, pages and their array, physical address
 *   PageTables  which frame is behind each address
 *   owners      area of each frame that vmalloc took, 0 for the others
 * </pre>
 *
 * <p>It checks nothing that a kernel would not check. Left out: per-CPU areas.
 *
 * <p>Spec: mappings.md 6 to 8
 */
public final class Vmalloc {
  public static final int VM_IOREMAP = 0x1;
  public static final int VM_ALLOC = 0x2;
  public static final int VM_MAP = 0x4;
  public static final int VM_USERMAP = 0x8;
  public static final int VM_NO_GUARD = 0x40;
  public static final int VM_ALLOW_HUGE_VMAP = 0x400;

  /** Why the last call that failed did: one of these. */
  public static final int NO_FAILURE = 0;

  public static final int EMPTY = 1;
  public static final int MORE_THAN_RAM = 2;
  public static final int NO_AREA = 3;
  public static final int NO_PAGES = 4;
  public static final int NO_ADDRESSES = 5;

  static final int PAGE_SHIFT = 12;
  static final long PAGE_BYTES = 1L << PAGE_SHIFT;

  /** One request of pages, and less than anything with large entries has. */
  private static final int MOST_PLAIN = AreaFrames.BULK;

  private final AddressLayout layout;
  private final PageTables tables;
  private final VmapAreas areas;
  private final PageAllocator pages;
  private final SlabAllocator slab;
  private final PageArrays arrays;
  private final AreaRanges ranges;
  private final VmStructs structs;
  private final AreaFrames frames;
  private final PlainPages plain;
  private final DeferredFrees deferred = new DeferredFrees(this);
  private final IntColumn owners;
  private final int wordBytes;
  private final PagePointers pointers;
  private final int nrNodes;
  private final long pageFlags;
  private final Vmaps maps;
  private long usedPages;

  /**
   * With no areas.
   *
   * @param owners of frames, shared with {@code tables}
   * @param counts see {@link KernelMap}
   */
  Vmalloc(
      AddressLayout layout,
      PageTables tables,
      VmapAreas areas,
      IntColumn owners,
      PageMachine machine,
      SlabAllocator slab,
      int[] counts,
      StructPages structPages) {
    this.layout = layout;
    this.tables = tables;
    this.areas = areas;
    this.owners = owners;
    nrNodes = counts[2];
    pages = machine.allocator();
    this.slab = slab;
    wordBytes = layout.i386 ? 4 : 8;
    arrays = new PageArrays(slab, wordBytes);
    pageFlags = Pte.PAGE_KERNEL | tables.nx();
    ranges = new AreaRanges(layout, tables, areas, machine, slab, counts[0]);
    pointers = new PagePointers(machine, tables, layout, structPages);
    structs = ranges.structs;
    frames = ranges.frames;
    maps = ranges.maps;
    plain = new PlainPages(pages, tables, owners, pageFlags);
  }

  public void setTrace(Trace trace) {
    ranges.setTrace(trace);
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

  /** What each area is. */
  public VmStructs structs() {
    return structs;
  }

  /** Frees that wait for a worker. */
  public DeferredFrees deferred() {
    return deferred;
  }

  /** Why the last call that failed did. */
  public int failure() {
    return ranges.failure();
  }

  /** Bytes of address space, guard page included, that {@link #NO_ADDRESSES} is about. */
  public long failedBytes() {
    return ranges.failedBytes();
  }

  /** Bytes that the call that failed was asked for: the pages or their array. */
  public long failedRequest() {
    return ranges.failedRequest();
  }

  /** {@code vm_unmap_aliases}: every freed address is free again. */
  public void purgeAll() {
    ranges.purgeAll();
  }

  /** Pages behind all areas of vmalloc. */
  public long usedPages() {
    return usedPages;
  }

  /** The area that owns a frame, or 0. */
  public int ownerOf(int pfn) {
    return owners.get(pfn);
  }

  /** Whether an object of the allocators is a descriptor of an area or an array of its pages. */
  public boolean isOwnObject(long object) {
    RangeTree busy = areas.busyTree();
    for (int area = busy.first(); area != RangeTree.NIL; area = busy.next(area)) {
      boolean vm =
          structs.has(area)
              && (structs.object(area) == object || structs.arrayObject(area) == object);
      if (vm || areas.object(area) == object) {
        return true;
      }
    }
    return areas.isFreeOrSpare(object) || maps.isDescriptor(object);
  }

  // vmalloc. Spec: mappings.md 6, 7

  /**
   * {@code __vmalloc_node_range} over the whole range.
   *
   * @return the address, or 0; {@link #failure} says why
   */
  public long vmalloc(long bytes, long align, int gfpMask, int vmFlags) {
    ranges.begin();
    ranges.request(bytes);
    if (bytes == 0) {
      ranges.fail(EMPTY);
      return 0;
    }
    long size = (bytes + PAGE_BYTES - 1) & -PAGE_BYTES;
    if (size >>> PAGE_SHIFT > ranges.totalPages || size <= 0) {
      ranges.fail(MORE_THAN_RAM);
      return 0;
    }
    if ((vmFlags & VM_ALLOW_HUGE_VMAP) != 0 && !layout.i386) {
      long virt = vmallocHuge(size, align, gfpMask, vmFlags);
      if (virt != 0) {
        return virt;
      }
      ranges.begin();
    }
    return fill(size, align, gfpMask, vmFlags);
  }

  /** An area with large entries, or 0. */
  private long vmallocHuge(long size, long align, int gfpMask, int vmFlags) {
    long hugeBytes = layout.pmdBytes;
    if (size / nrNodes < hugeBytes) {
      return 0;
    }
    long rounded = (size + hugeBytes - 1) & -hugeBytes;
    return fill(rounded, Math.max(align, hugeBytes), gfpMask, vmFlags | VmStructs.LARGE);
  }

  private long fill(long size, long align, int gfpMask, int vmFlags) {
    int area = ranges.takeArea(size, align, vmFlags | VM_ALLOC, gfpMask);
    if (area == 0) {
      return 0;
    }
    long start = areas.start(area);
    long array = takeArray(size, gfpMask);
    int nr = (int) (size >>> PAGE_SHIFT);
    if (array != 0 && takePlain(area, start, nr, gfpMask)) {
      structs.setPages(area, array, nr);
      usedPages += nr;
      return start;
    }
    structs.setArray(area, array);
    if (array != 0 && takePages(area, size, gfpMask) && mapPages(area)) {
      return start;
    }
    if (ranges.failure() == NO_FAILURE) {
      ranges.fail(NO_PAGES);
    }
    freeInSteps(area, frames.copy(structs.nrPages(area)));
    return 0;
  }

  /** The array of pointers to the pages of an area of {@code size} bytes, or 0. */
  private long takeArray(long size, int gfpMask) {
    long bytes = (size >>> PAGE_SHIFT) * wordBytes;
    int mask = gfpMask & Gfp.GFP_RECLAIM_MASK | Gfp.__GFP_ZERO;
    long array;
    if (bytes > PAGE_BYTES) {
      ranges.step(VmallocStep.ARRAY_AREA, 0, bytes);
      ranges.request(bytes);
      array = fill((bytes + PAGE_BYTES - 1) & -PAGE_BYTES, 1, mask, VmStructs.PAGE_ARRAY);
    } else {
      array = arrays.take((int) (size >>> PAGE_SHIFT), mask);
      ranges.step(VmallocStep.ARRAY, array, bytes);
    }
    return array;
  }

  /** Takes and maps {@code nr} pages of an ordinary small area, or does nothing. */
  private boolean takePlain(int area, long start, int nr, int gfpMask) {
    return nr <= MOST_PLAIN && isPlain() && plain.take(area, start, nr, pageMask(gfpMask));
  }

  /** Whether steps can be done together. */
  private boolean isPlain() {
    return ranges.isQuiet() && !areas.drainPending();
  }

  private static int pageMask(int gfpMask) {
    int mask = gfpMask | Gfp.__GFP_NOWARN;
    return (mask & (Gfp.__GFP_DMA | Gfp.__GFP_DMA32)) == 0 ? mask | Gfp.__GFP_HIGHMEM : mask;
  }

  /** Takes the pages of an area into {@link AreaFrames} and notes who owns them. */
  private boolean takePages(int area, long size, int gfpMask) {
    ranges.drainPoint();
    int mask = pageMask(gfpMask);
    int wanted = (int) (size >>> PAGE_SHIFT);
    if (structs.isLarge(area)) {
      frames.takeHuge(wanted, mask);
    } else {
      frames.takeSingles(wanted, mask);
    }
    int nr = frames.nr;
    structs.setNrPages(area, nr);
    owners.setAll(frames.pfns, nr, area);
    pointers.write(structs.array(area), frames.pfns, nr);
    usedPages += nr;
    ranges.step(VmallocStep.PAGES, areas.start(area), nr);
    return nr == wanted;
  }

  private boolean mapPages(int area) {
    int nr = structs.nrPages(area);
    if (!structs.isLarge(area)) {
      return ranges.map(areas.start(area), frames.pfns, nr, pageFlags);
    }
    int level = tables.nrLevels() - 2;
    for (int i = 0; i < nr; i += AreaFrames.HUGE_PAGES) {
      long virt = areas.start(area) + ((long) i << PAGE_SHIFT);
      long phys = (long) frames.pfns[i] << PAGE_SHIFT;
      if (!tables.setLarge(virt, level, phys | Pte.PAGE_KERNEL_LARGE | tables.nx())
          && !mapSmall(virt, phys, AreaFrames.HUGE_PAGES)) {
        return false;
      }
    }
    ranges.step(VmallocStep.MAP, areas.start(area), nr);
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

  // Freeing. Spec: mappings.md 8

  /** {@code vfree}: gives an area back, and the pages that it owns. */
  public void vfree(long address) {
    ranges.begin();
    int area = areas.find(address);
    if (area != RangeTree.NIL) {
      freeArea(area);
    }
  }

  private void freeArea(int area) {
    int nr = structs.nrSmallPages(area);
    if (nr == 0 || !isPlain()) {
      freeInSteps(area, null);
      return;
    }
    long start = areas.start(area);
    areas.free(area);
    if (areas.drainPending() || !plain.give(start, nr)) {
      frames.ensure(nr);
      frames.nr = tables.clearAll(start, nr, frames.pfns);
      freePages(nr);
    }
    finish(area, nr);
  }

  /** {@code taken} are the pages of a call that failed half-way and mapped only some, or null. */
  private void freeInSteps(int area, int[] taken) {
    int nr = structs.nrPages(area);
    long start = areas.start(area);
    ranges.dropAddresses(area);
    if (taken != null) {
      frames.set(taken);
    }
    ranges.step(VmallocStep.FREE_PAGES, start, nr);
    freePages(nr);
    finish(area, nr);
  }

  /** Frees the first pages of {@link AreaFrames}. */
  private void freePages(int nr) {
    int[] pfns = frames.pfns;
    owners.setAll(pfns, nr, 0);
    if (nr > 0) {
      pages.freePages(pfns[0], 0);
      ranges.drainPoint();
      pages.freeSingles(pfns, 1, nr);
    }
  }

  /** Frees the descriptors of an area whose {@code nr} pages are gone. */
  private void finish(int area, int nr) {
    usedPages -= nr;
    long array = structs.array(area);
    long vm = structs.remove(area);
    if (!arrays.giveEasy(array, nr)) {
      freeArray(array);
    }
    ranges.freeVm(vm);
  }

  private void freeArray(long array) {
    if (layout.isVmalloc(array)) {
      freeArea(areas.find(array));
    } else if (array != 0) {
      slab.kfree(array);
    }
  }

  // State.

  public State checkpoint() {
    return new State(
        areas.checkpoint(),
        structs.checkpoint(),
        maps.checkpoint(),
        usedPages,
        deferred.checkpoint());
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    areas.restore(state.areas);
    structs.restore(state.structs);
    maps.restore(state.maps);
    usedPages = state.usedPages;
    deferred.restore(state.deferred);
    tables.restored();
  }

  /** All areas at one moment; the page tables are in memory, the owners with the map's user. */
  public static final class State {
    private final VmapAreas.State areas;
    private final LongRows.State structs;
    private final Vmaps.State maps;
    private final long usedPages;
    private final long[] deferred;

    private State(
        VmapAreas.State areas,
        LongRows.State structs,
        Vmaps.State maps,
        long usedPages,
        long[] deferred) {
      this.areas = areas;
      this.structs = structs;
      this.maps = maps;
      this.usedPages = usedPages;
      this.deferred = deferred;
    }
  }
}
