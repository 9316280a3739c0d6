package kmemsh.machine;

import java.util.ArrayList;
import java.util.List;
import kmemsh.mm.page.BuddyTrees;
import kmemsh.mm.page.FrameQueries;
import kmemsh.mm.page.GfpQueries;
import kmemsh.mm.page.LinearMap;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageQueries;
import kmemsh.mm.slab.SlabQueries;
import kmemsh.view.Addr;
import kmemsh.view.Frame;
import kmemsh.view.MachineInfo;
import kmemsh.view.MemMap;
import kmemsh.view.ObjectPlace;
import kmemsh.view.PageInfo;
import kmemsh.view.WhatIs;
import kmemsh.view.WhatIsObject;

/** Snapshots of one machine for those who look at it. Reads only. */
public final class MachineQueries {
  private static final long KERNEL = 0x1000000;
  private static final long SWIOTLB = 64 << 20;
  private static final long HUGE = 2 << 20;
  private static final int FOUR_GIB_PFN = 0x100000;

  private final Profile profile;
  private final PageAllocator allocator;
  private final PageQueries pages;
  private FrameQueries frames;
  private final Machine machine;

  /** Looks at what {@code machine} runs on at this moment; a reboot or an undo needs a new one. */
  public MachineQueries(Machine machine) {
    profile = machine.profile();
    allocator = machine.pages().allocator();
    pages = new PageQueries(allocator);
    this.machine = machine;
  }

  /** Whether this still looks at what {@code machine} runs on. */
  public boolean isOf(Machine machine) {
    return machine.pages().allocator() == allocator;
  }

  public PageQueries pages() {
    return pages;
  }

  public FrameQueries frames() {
    if (frames == null) {
      LinearMap map = new LinearMap(profile.pageOffset(), profile.endOfLowmem());
      frames = new FrameQueries(allocator, map, Ranges.ramPfns(profile));
    }
    return frames;
  }

  /** What there is to see of the object allocator. */
  public SlabQueries slab() {
    return machine.slabQueries();
  }

  public GfpQueries gfp() {
    return new GfpQueries(allocator);
  }

  public BuddyTrees buddyTrees() {
    return new BuddyTrees(allocator, frames());
  }

  public Profile profile() {
    return profile;
  }

  /** What struct page of a frame says, and where kmap and its kin have it mapped. */
  public PageInfo page(int pfn) {
    PageInfo page = owned(frames().page(pfn, slabOf(pfn)));
    return pfn < profile.endOfLowmem() ? page : new HighmemQueries(machine).withWindows(page);
  }

  /** Name of the cache that has a frame in a slab, or empty. */
  private String slabOf(int pfn) {
    SlabQueries slab = slab();
    return slab == null ? "" : slab.slabOwner((long) pfn << 12);
  }

  /** The same page; vmalloc and page tables are named as its owners. */
  private PageInfo owned(PageInfo page) {
    AddressSpace space = machine.spaceOrNull();
    int pfn = page.frame().pfn();
    boolean allocated = page.frame().owner().equals(Frame.ALLOCATED);
    if (space == null || !allocated) {
      return page;
    }
    if (space.isTable(pfn)) {
      return page.of(page.frame().of(Frame.TABLES));
    }
    return space.areaOfFrame(pfn) == 0 ? page : page.of(page.frame().of(Frame.VMALLOC));
  }

  /** What an address means. */
  public WhatIs whatIsAddress(long address) {
    int pfn = frames().linearMap().pfnOf(address);
    if (pfn < 0) {
      HighmemQueries highmem = new HighmemQueries(machine);
      String window = highmem.region(address);
      if (!window.isEmpty()) {
        return frames().whatIs(address, false, window, highmem.pfnAt(address));
      }
      AddressSpace space = machine.spaceOrNull();
      if (space != null && space.isVmalloc(address)) {
        String place = new SpaceQueries(machine).place(address);
        return frames().whatIs(address, false, place, space.pfnOf(address));
      }
      int image = imagePfn(address);
      if (image >= 0) {
        return frames().whatIs(address, false, "kernel image", image);
      }
    }
    WhatIs what = frames().whatIs(address, false, region(address, pfn), pfn);
    return what.page() == null ? what : what.of(page(pfn));
  }

  /** The frame behind an address of x86_64's kernel image, or -1. */
  public int imagePfn(long address) {
    long phys = VirtualMemory.imagePhys(profile, address);
    return phys < 0 ? -1 : (int) (phys >>> 12);
  }

  /** What an address in a slab or a large block of kmalloc means; null when it is in neither. */
  public WhatIsObject whatIsObject(long address) {
    int pfn = frames().linearMap().pfnOf(address);
    SlabQueries slab = pfn < 0 ? null : slab();
    ObjectPlace place = slab == null ? null : slab.place(address - profile.pageOffset());
    return place == null ? null : new WhatIsObject(whatIsAddress(address), place);
  }

  /** What a frame number means. */
  public WhatIs whatIsPfn(long pfn) {
    boolean known = pfn >= 0 && pfn < frames().endPfn();
    String region = known ? "" : "beyond the last frame of this machine";
    if (known && machine.spaceOrNull() != null) {
      region = new SpaceQueries(machine).owner((int) pfn);
    }
    WhatIs what = frames().whatIs(pfn, true, region, known ? (int) pfn : -1);
    return known ? what.of(page((int) pfn)) : what;
  }

  private String region(long address, int pfn) {
    if (pfn >= 0) {
      return "linear map";
    }
    String region = new LayoutQueries(machine).region(address);
    return region.equals("user") ? "user space" : region;
  }

  /** The hardware, the firmware's memory map and what the kernel kept for itself. */
  public MachineInfo machineInfo() {
    int end = frames().endPfn();
    return new MachineInfo(
        profile.name(),
        profile.arch(),
        profile.memBytes(),
        profile.nrCpus(),
        profile.nrNodes(),
        new Addr(profile.pageOffset()),
        profile.endOfLowmem(),
        profile.slab(),
        profile.pageblockOrder(),
        kernelOptions(),
        ram(),
        reserved(),
        frames().memMap("", 0, end, -1).zones(),
        contexts(),
        profile.options());
  }

  /** The CPUs that do anything but run a process. */
  private List<String> contexts() {
    List<String> contexts = new ArrayList<>();
    for (int cpu = 0; cpu < profile.nrCpus(); cpu++) {
      int context = machine.cpus().context(cpu);
      if (context != ContextRules.PROCESS) {
        String count = Integer.toHexString(machine.cpus().preemptCount(cpu));
        contexts.add("cpu " + cpu + ": " + ContextRules.name(context) + ", preempt_count " + count);
      }
    }
    return contexts;
  }

  private List<String> kernelOptions() {
    List<String> options = new ArrayList<>();
    add(options, profile.smp(), "SMP");
    add(options, profile.numa(), "NUMA");
    add(options, profile.i386(), profile.pae() ? "HIGHMEM64G" : "HIGHMEM4G");
    add(options, profile.cma(), "CMA");
    add(options, profile.compaction(), "COMPACTION");
    add(options, profile.thp(), "TRANSPARENT_HUGEPAGE");
    add(options, !profile.slubDebug().isEmpty(), "slub_debug=" + profile.slubDebug());
    add(options, profile.slabNomerge(), "slab_nomerge");
    add(options, profile.unsafe(), "unsafe");
    add(options, profile.noHashPointers(), "no_hash_pointers");
    return options;
  }

  private static void add(List<String> options, boolean built, String name) {
    if (built) {
      options.add(name);
    }
  }

  private List<MachineInfo.Range> ram() {
    List<MachineInfo.Range> ranges = new ArrayList<>();
    for (long[] row : profile.ram()) {
      int nid = profile.numa() ? (int) row[2] : -1;
      ranges.add(new MachineInfo.Range(new Addr(row[0]), new Addr(row[1]), nid, ""));
    }
    return ranges;
  }

  private List<MachineInfo.Range> reserved() {
    List<MachineInfo.Range> ranges = new ArrayList<>();
    for (long[] row : profile.reserved()) {
      String use = "boot allocations";
      if (row[0] == 0) {
        use = "first MiB: BIOS, firmware tables";
      } else if (row[0] <= KERNEL && row[1] > KERNEL) {
        use = "kernel image";
      } else if (isBounce(row)) {
        use = "software IO TLB (bounce buffers)";
      } else if (hasStructs(row)) {
        use = "struct pages and boot tables";
      }
      ranges.add(new MachineInfo.Range(new Addr(row[0]), new Addr(row[1]), -1, use));
    }
    return ranges;
  }

  /** Whether a reserved range is that for devices that reach 32 bits, where RAM goes beyond. */
  private boolean isBounce(long[] row) {
    boolean wide = !profile.i386() && profile.maxPfn() > FOUR_GIB_PFN;
    return wide && row[1] - row[0] == SWIOTLB && row[1] <= (long) FOUR_GIB_PFN << 12;
  }

  /** Whether the struct pages lie in a reserved range; on x86_64 it is made of whole 2 MiB. */
  private boolean hasStructs(long[] row) {
    if (profile.i386()) {
      long start = MemoryMap.structPages(profile).start() - profile.pageOffset();
      return row[0] <= start && start < row[1];
    }
    return ((row[0] | row[1]) & HUGE - 1) == 0;
  }

  /** A map of all zones called {@code name}, or of all when it is empty. */
  public MemMap memMap(String name) {
    return frames().memMap(name, 0, frames().endPfn(), -1);
  }
}
