package kmemsh.machine;

import kmemsh.mm.vmalloc.AddressLayout;
import kmemsh.mm.vmalloc.KernelMap;
import kmemsh.mm.vmalloc.PageTables;
import kmemsh.mm.vmalloc.Vmalloc;
import kmemsh.mm.vmalloc.Walk;
import kmemsh.trace.Trace;
import kmemsh.view.Gfp;

/**
 * The kernel's part of the address space of a machine: page tables, and vmalloc from its first call
 * on. A machine has one from the moment when someone asks for it.
 *
 * <p>It checks nothing that a kernel would not check. Addresses are virtual, 0 is NULL.
 */
public final class AddressSpace {
  public static final int VM_ALLOC = Vmalloc.VM_ALLOC;
  public static final int VM_IOREMAP = Vmalloc.VM_IOREMAP;
  public static final int VM_MAP = Vmalloc.VM_MAP;
  public static final int VM_USERMAP = Vmalloc.VM_USERMAP;
  public static final int VM_ALLOW_HUGE_VMAP = Vmalloc.VM_ALLOW_HUGE_VMAP;

  private static final int PAGE_SHIFT = 12;
  private static final long KERNEL = 0x1000000;

  private final Machine machine;
  private final KernelMap map;
  private final Walk walk = new Walk();

  /** The address space at one moment. */
  public static final class State {
    private final KernelMap.State map;

    private State(KernelMap.State map) {
      this.map = map;
    }
  }

  AddressSpace(Machine machine) {
    this.machine = machine;
    Profile profile = machine.profile();
    long[] image = image(profile);
    int nrTables = KernelMap.bootTables(profile.ram());
    int firstTable = (int) (image[1] >>> PAGE_SHIFT) - nrTables;
    if (image[1] - image[0] < (long) nrTables << PAGE_SHIFT) {
      int order = Integer.SIZE - Integer.numberOfLeadingZeros(nrTables - 1);
      firstTable = machine.pages().allocator().allocPages(Gfp.GFP_KERNEL, order);
    }
    map =
        new KernelMap(
            Layouts.of(profile),
            machine.bytes(),
            machine.pages(),
            profile.ram(),
            image,
            firstTable,
            new int[] {Layouts.kernelCpus(profile), profile.nrCpus(), profile.nrNodes()},
            MemoryMap.structPages(profile));
  }

  /** Where the kernel image lies; empty where the machine's file does not reserve any for it. */
  static long[] image(Profile profile) {
    for (long[] range : profile.reserved()) {
      if (range[0] <= KERNEL && range[1] > KERNEL) {
        return new long[] {KERNEL, range[1]};
      }
    }
    return new long[] {KERNEL, KERNEL};
  }

  public AddressLayout layout() {
    return map.layout();
  }

  public PageTables tables() {
    return map.tables();
  }

  KernelMap map() {
    return map;
  }

  void setTrace(Trace trace) {
    map.setTrace(trace);
  }

  private Vmalloc vmalloc() {
    Vmalloc made = map.vmalloc();
    return made == null ? map.vmalloc(machine.slab().common()) : made;
  }

  // Calls.

  /** {@code __vmalloc} and its kin; {@link #failure} tells why it gave 0. */
  public long vmalloc(long bytes, long align, int gfpMask, int vmFlags) {
    return vmalloc().vmalloc(bytes, align, gfpMask, vmFlags);
  }

  public void vfree(long address) {
    vmalloc().vfree(address);
  }

  /** {@code vfree} in interrupt context: a worker frees the area once a process runs again. */
  public void deferVfree(long address) {
    vmalloc().deferred().add(address);
  }

  /** Whether the area at {@code address} waits for that worker. */
  public boolean isDeferred(long address) {
    return map.vmalloc() != null && map.vmalloc().deferred().has(address);
  }

  /** The worker runs. */
  void runDeferred() {
    if (map.vmalloc() != null) {
      map.vmalloc().deferred().run();
    }
  }

  public long vmap(int[] pfns) {
    return vmalloc().maps().vmap(pfns, pfns.length, Vmalloc.VM_MAP);
  }

  /** {@code vunmap} and {@code iounmap} of the start of an area. */
  public void vunmap(long address) {
    vmalloc().maps().unmap(address);
  }

  public long mapRam(int[] pfns) {
    return vmalloc().maps().mapRam(pfns, pfns.length);
  }

  /** Whether {@link #mapRam} of so many pages needs addresses, for itself or for a new block. */
  public boolean mapRamTakesArea(int nr) {
    return vmalloc().maps().takesArea(nr);
  }

  public void unmapRam(long address) {
    vmalloc().maps().unmapRam(address);
  }

  public long ioremap(long phys, long bytes) {
    return vmalloc().maps().ioremap(phys, bytes);
  }

  /** {@code vm_unmap_aliases}; gives the pages that waited for it. */
  public long unmapAliases() {
    if (map.vmalloc() == null) {
      return 0;
    }
    long pages = map.vmalloc().areas().lazyPages();
    map.vmalloc().purgeAll();
    return pages;
  }

  /** Pages of addresses that wait for a purge. */
  public long lazyPages() {
    return map.vmalloc() == null ? 0 : map.vmalloc().areas().lazyPages();
  }

  /** Pages of addresses that may wait before the worker purges. */
  public long lazyMaxPages() {
    return map.vmalloc() == null ? 0 : map.vmalloc().areas().lazyMaxPages();
  }

  /** Why the last call gave 0: a constant of {@link Vmalloc}. */
  public int failure() {
    return map.vmalloc() == null ? Vmalloc.NO_FAILURE : map.vmalloc().failure();
  }

  /** Whether it failed since there are no addresses. */
  public boolean outOfAddresses() {
    return failure() == Vmalloc.NO_ADDRESSES;
  }

  /** Whether it failed without a word of the kernel: too few pages. */
  public boolean outOfPages() {
    return failure() == Vmalloc.NO_PAGES;
  }

  /** Whether it failed since it asked for more than the machine has. */
  public boolean moreThanRam() {
    return failure() == Vmalloc.MORE_THAN_RAM;
  }

  /** Bytes with the guard page for which there were no addresses. */
  public long failedBytes() {
    return map.vmalloc().failedBytes();
  }

  /** Bytes that the failed call asked for. */
  public long failedRequest() {
    return map.vmalloc().failedRequest();
  }

  // What operations must know to refuse what a kernel would suffer from.

  /** The start of the area around {@code address}, or 0. */
  public long areaStart(long address) {
    Vmalloc areas = map.vmalloc();
    int area = areas == null ? 0 : areas.areas().find(address);
    return area == 0 ? 0 : areas.areas().start(area);
  }

  /** End of the area around {@code address}, its guard page included. */
  public long areaEnd(long address) {
    return map.vmalloc().areas().end(map.vmalloc().areas().find(address));
  }

  /** VM_ flags of the area around {@code address}; 0 for one of vm_map_ram. */
  public int areaFlags(long address) {
    return map.vmalloc().structs().flags(map.vmalloc().areas().find(address));
  }

  /** Pages that the area around {@code address} owns. */
  public int areaPages(long address) {
    return map.vmalloc().structs().nrPages(map.vmalloc().areas().find(address));
  }

  /** Whether the area is the array of page pointers of another one. */
  public boolean isArrayOfAnother(long address) {
    return map.vmalloc().structs().isPageArray(map.vmalloc().areas().find(address));
  }

  /** Pages that vm_map_ram gave at exactly this address, or 0. */
  public int ramPages(long address) {
    return map.vmalloc() == null ? 0 : map.vmalloc().maps().ramPages(address);
  }

  /** Whether freed addresses wait here for a purge. */
  public boolean isLazy(long address) {
    return map.vmalloc() != null && map.vmalloc().areas().lazyTree().find(address) != 0;
  }

  /** Whether a frame holds a page table. */
  public boolean isTable(int pfn) {
    return map.ownerOf(pfn) == PageTables.TABLE_FRAME;
  }

  /** The virtual address at which vmalloc has a frame that it took, or 0. */
  public long areaOfFrame(int pfn) {
    int owner = map.ownerOf(pfn);
    return owner <= 0 || map.vmalloc() == null ? 0 : map.vmalloc().areas().start(owner);
  }

  /** Whether an object of the allocators, by physical address, belongs to vmalloc. */
  public boolean isOwnObject(long object) {
    return map.vmalloc() != null && map.vmalloc().isOwnObject(object);
  }

  public boolean isVmalloc(long address) {
    return map.layout().isVmalloc(address);
  }

  /** Walks the page tables; the result is valid until the next walk. */
  public Walk walk(long virt) {
    map.tables().walk(virt, walk);
    return walk;
  }

  /** The frame behind a virtual address, by the page tables, or -1. */
  public int pfnOf(long virt) {
    return map.layout().isCanonical(virt) ? map.tables().pfn(virt) : Machine.NO_PFN;
  }

  /** The physical address behind a virtual one, or -1. */
  public long physOf(long virt) {
    if (!map.layout().isCanonical(virt)) {
      return -1;
    }
    map.tables().walk(virt, walk);
    return walk.present ? walk.phys : -1;
  }

  String verify() {
    return map.verify();
  }

  State checkpoint() {
    return new State(map.checkpoint());
  }

  void restore(State state) {
    map.restore(state.map);
  }

  /** Whether {@code phys} is beyond what the CPU's addresses reach. */
  public boolean isBeyondBus(long phys) {
    return phys >>> machine.profile().physBits() != 0;
  }
}
