package kmemsh.mm.vmalloc;

import kmemsh.mm.page.PageMachine;
import kmemsh.mm.slab.QuickObjects;
import kmemsh.mm.slab.SlabAllocator;
import kmemsh.trace.Trace;
import kmemsh.trace.VmallocStep;
import kmemsh.view.Gfp;

/**
 * What all who map something into the range of vmalloc need: an area with its vm_struct, entries in
 * the page tables, the way back, and why a call failed.
 *
 * <p>Spec: mappings.md 5.3, 5.8, 5.9
 */
final class AreaRanges {
  final AddressLayout layout;
  final PageTables tables;
  final VmapAreas areas;
  final VmStructs structs;
  final AreaFrames frames;
  final SlabAllocator slab;
  private final QuickObjects quick;
  final Vmaps maps;
  final long totalPages;
  private final PageMachine machine;
  private final int vmBytes;
  private int failure;
  private long failedBytes;
  private long failedRequest;
  private Trace trace = Trace.OFF;
  private boolean tracing;

  AreaRanges(
      AddressLayout layout,
      PageTables tables,
      VmapAreas areas,
      PageMachine machine,
      SlabAllocator slab,
      int kernelCpus) {
    this.layout = layout;
    this.tables = tables;
    this.areas = areas;
    this.machine = machine;
    this.slab = slab;
    structs = new VmStructs(layout);
    frames = new AreaFrames(machine.allocator());
    totalPages = machine.managedPages();
    vmBytes = layout.i386 ? (layout.pae ? 36 : 32) : 64;
    quick = slab.quickObjects(null, vmBytes);
    maps = new Vmaps(this, kernelCpus);
  }

  void setTrace(Trace trace) {
    this.trace = trace;
    tracing = trace != Trace.OFF;
    tables.setTrace(trace);
  }

  void step(int step, long where, long value) {
    if (tracing) {
      trace.vmallocStep(step, where, value);
    }
  }

  /** Whether nobody wants to hear of steps. */
  boolean isQuiet() {
    return !tracing;
  }

  int cpu() {
    return machine.cpu();
  }

  // Why a call failed: a constant of Vmalloc.

  int failure() {
    return failure;
  }

  long failedBytes() {
    return failedBytes;
  }

  long failedRequest() {
    return failedRequest;
  }

  /** A call begins that may fail. */
  void begin() {
    failure = Vmalloc.NO_FAILURE;
  }

  /** It is about so many bytes: the pages or their array. */
  void request(long bytes) {
    failedRequest = bytes;
  }

  void fail(int why) {
    failure = why;
  }

  // Areas.

  /** An area of {@code bytes} and a guard page, or 0; {@code bytes} are whole pages. */
  int takeArea(long bytes, long align, int vmFlags, int gfpMask) {
    long aligned = align;
    if ((vmFlags & Vmalloc.VM_IOREMAP) != 0) {
      aligned = VmapAreas.ioremapAlign(bytes, layout.maxAlignShift());
    }
    step(VmallocStep.REQUEST, aligned, bytes);
    long object = quick.take();
    if (object == SlabAllocator.NULL) {
      object = slab.kmalloc(vmBytes, gfpMask & Gfp.GFP_RECLAIM_MASK | Gfp.__GFP_ZERO);
    }
    if (object == SlabAllocator.NULL) {
      failure = Vmalloc.NO_AREA;
      return 0;
    }
    long size = (vmFlags & Vmalloc.VM_NO_GUARD) == 0 ? bytes + Vmalloc.PAGE_BYTES : bytes;
    int area = takeAddresses(size, aligned, gfpMask & Gfp.GFP_RECLAIM_MASK);
    if (area == 0) {
      slab.kfree(object);
      return 0;
    }
    structs.add(area, object, vmFlags);
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
      failure = area == VmapAreas.NO_SPACE ? Vmalloc.NO_ADDRESSES : Vmalloc.NO_AREA;
      failedBytes = size;
      return 0;
    }
    structs.ensure(area);
    if (tracing) {
      step(VmallocStep.AREA, areas.start(area), size);
    }
    return area;
  }

  /** {@code vm_unmap_aliases}: every freed address is free again. */
  public void purgeAll() {
    maps.purgeFragmented();
    step(VmallocStep.PURGE, 0, areas.lazyPages());
    areas.purge();
  }

  void drainPoint() {
    if (areas.drainPending()) {
      if (areas.lazyPages() != 0) {
        step(VmallocStep.PURGE, 0, areas.lazyPages());
      }
      areas.drainPoint();
    }
  }

  /** Clears the entries of an area and lets its addresses wait for a purge. Spec: 5.9 */
  void dropAddresses(int area) {
    long start = areas.start(area);
    unmap(area);
    if (areas.drainPending() && hasTables(start, areas.end(area))) {
      drainPoint();
    }
    areas.free(area);
    step(VmallocStep.LAZY, start, areas.lazyPages());
    if (areas.drainPending()) {
      step(VmallocStep.DRAIN_DUE, 0, areas.lazyMaxPages());
    }
  }

  /** Whether any page-table page is behind addresses: behind each the worker may run. */
  private boolean hasTables(long start, long end) {
    for (long virt = start; virt < end; virt += tables.entryMaps(tables.nrLevels() - 2)) {
      if (tables.has(virt, tables.nrLevels() - 1)) {
        return true;
      }
    }
    return tables.has(end - 1, tables.nrLevels() - 1);
  }

  /** Clears all entries of an area; the frames that were behind them are in {@link AreaFrames}. */
  private void unmap(int area) {
    long start = areas.start(area);
    long end = areas.end(area);
    int nrPages = (int) ((end - start) >>> Vmalloc.PAGE_SHIFT);
    if (structs.isLarge(area)) {
      frames.unmapLarge(tables, start, end);
    } else {
      frames.ensure(nrPages);
      frames.nr = tables.clearAll(start, nrPages, frames.pfns);
    }
    step(VmallocStep.UNMAP, start, frames.nr);
  }

  /** Maps frames one behind the other; false when a table could not be made. */
  boolean map(long start, int[] pfns, int nr, long flags) {
    step(VmallocStep.MAP, start, nr);
    return tables.setAll(start, pfns, nr, flags);
  }

  /** Frees the vm_struct of an area whose addresses were dropped. */
  void dropVm(int area) {
    freeVm(structs.remove(area));
  }

  void freeVm(long object) {
    if (!quick.give(object)) {
      slab.kfree(object);
    }
  }

  /** {@code free_vm_area}: gives an area back that owns no pages. */
  void freeVmArea(int area) {
    dropAddresses(area);
    dropVm(area);
  }
}
