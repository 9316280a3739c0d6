package kmemsh.mm.vmalloc;

import kmemsh.base.IntColumn;
import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.PageMachine;
import kmemsh.mm.slab.CacheSpec;
import kmemsh.mm.slab.KmemCache;
import kmemsh.mm.slab.QuickObjects;
import kmemsh.mm.slab.SlabAllocator;
import kmemsh.mm.slab.SlabCommon;
import kmemsh.trace.Trace;
import kmemsh.trace.VmallocStep;
import kmemsh.view.SlabFlags;

/**
 * The kernel's part of the address space of one machine: its page tables, and vmalloc from the
 * first call on.
 *
 * <p>A kernel creates the cache "vmap_area" when it boots. Here it is created at the first call, so
 * that the caches and free lists of a machine that has just booted stay as recorded.
 *
 * <p>Spec: mappings.md 4, 5.1, 5.2
 */
public final class KernelMap {
  /** Frames that are set aside for the tables made at boot. */
  private static final int FEW_TABLES = 32;

  private static final int GIB_SHIFT = 30;

  /** Above so many GiB of RAM a middle table is not needed for each. */
  private static final int MOST_MIDDLE_TABLES = 80;

  public static final int BOOT_TABLES = 160;

  private static final String CACHE = "vmap_area";
  private static final int BYTES_I386 = 32;
  private static final int BYTES_X86_64 = 64;

  private final AddressLayout layout;
  private final PageMachine pages;
  private final IntColumn owners;
  private final PageTables tables;
  private final int[] counts;
  private final StructPages structPages;
  private Vmalloc vmalloc;
  private Trace trace = Trace.OFF;

  /**
   * The tables as boot made them.
   *
   * @param ram rows of start and end of usable memory, in bytes
   * @param image start and end of the kernel image, in bytes
   * @param firstTable first of {@link #bootTables} frames for tables
   * @param counts CPUs that the kernel is built for, CPUs and nodes that there are
   */
  public KernelMap(
      AddressLayout layout,
      FrameBytes bytes,
      PageMachine pages,
      long[][] ram,
      long[] image,
      int firstTable,
      int[] counts,
      StructPages structPages) {
    this.layout = layout;
    this.pages = pages;
    this.counts = counts;
    this.structPages = structPages;
    owners = IntColumn.of(pages.nrFrames());
    tables = new PageTables(layout, bytes, pages.allocator(), owners, firstTable);
    BootTables boot = new BootTables(tables, layout, ram, image, firstTable);
    boot.make(pages.vmallocTables());
    assert boot.endPfn() <= firstTable + bootTables(ram)
        : "more tables at boot than frames for them";
    for (int pfn = firstTable; pfn < boot.endPfn(); pfn++) {
      owners.set(pfn, PageTables.TABLE_FRAME);
    }
    for (int pfn : pages.vmallocTables()) {
      owners.set(pfn, PageTables.TABLE_FRAME);
    }
  }

  /** Frames for the tables of boot: each piece of RAM may need two more at its ends. */
  public static int bootTables(long[][] ram) {
    int last = (int) (ram[ram.length - 1][1] >>> GIB_SHIFT);
    return Math.max(BOOT_TABLES, FEW_TABLES + 2 * ram.length + Math.min(last, MOST_MIDDLE_TABLES));
  }

  public AddressLayout layout() {
    return layout;
  }

  public PageTables tables() {
    return tables;
  }

  /** Area that owns a frame, {@link PageTables#TABLE_FRAME} for a page table, 0 for the others. */
  public int ownerOf(int pfn) {
    return owners.get(pfn);
  }

  /** vmalloc, or null before its first call. */
  public Vmalloc vmalloc() {
    return vmalloc;
  }

  /** vmalloc, made now if there is none; its descriptors come from {@code slab}. */
  public Vmalloc vmalloc(SlabCommon slab) {
    if (vmalloc == null) {
      if (trace != Trace.OFF) {
        trace.vmallocStep(VmallocStep.FIRST, 0, 0);
      }
      quiet(slab, Trace.OFF);
      AreaObjects objects = objects(slab, layout.i386 ? BYTES_I386 : BYTES_X86_64);
      VmapAreas areas = new VmapAreas(layout.lastAddress(), counts[1], objects);
      vmalloc =
          new Vmalloc(layout, tables, areas, owners, pages, slab.allocator(), counts, structPages);
      vmalloc.setTrace(trace);
      quiet(slab, trace);
    }
    return vmalloc;
  }

  /** What a kernel does at boot is no step of the call. */
  private void quiet(SlabCommon slab, Trace sink) {
    slab.allocator().setTrace(sink);
    pages.setTrace(sink);
  }

  private static AreaObjects objects(SlabCommon slab, int bytes) {
    SlabAllocator allocator = slab.allocator();
    int id = slab.createCache(new CacheSpec(CACHE, bytes, 0, SlabFlags.SLAB_PANIC, false));
    if (id < 0) {
      return AreaObjects.NONE;
    }
    KmemCache cache = slab.cache(id);
    QuickObjects quick = allocator.quickObjects(cache, bytes);
    return new AreaObjects() {
      @Override
      public long take(int gfpMask) {
        long object = quick.take();
        return object != SlabAllocator.NULL
            ? object
            : allocator.alloc(slab.cache(id), gfpMask, SlabAllocator.NO_NODE);
      }

      @Override
      public void give(long object) {
        if (!quick.give(object)) {
          allocator.free(slab.cache(id), object);
        }
      }
    };
  }

  public void setTrace(Trace trace) {
    this.trace = trace;
    tables.setTrace(trace);
    if (vmalloc != null) {
      vmalloc.setTrace(trace);
    }
  }

  /** What is wrong, or empty. */
  public String verify() {
    return vmalloc == null ? "" : VmallocVerify.check(vmalloc, pages);
  }

  public State checkpoint() {
    boolean none = vmalloc == null;
    return new State(vmalloc, none ? null : vmalloc.checkpoint(), owners.checkpoint());
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    tables.restored();
    owners.restore(state.owners);
    vmalloc = state.vmalloc;
    if (vmalloc != null) {
      vmalloc.restore(state.areas);
    }
  }

  /** The address space at one moment. */
  public static final class State {
    private final Vmalloc vmalloc;
    private final Vmalloc.State areas;
    private final IntColumn.State owners;

    private State(Vmalloc vmalloc, Vmalloc.State areas, IntColumn.State owners) {
      this.vmalloc = vmalloc;
      this.areas = areas;
      this.owners = owners;
    }
  }
}
