package kmemsh.machine;

import kmemsh.base.ByteColumn;
import kmemsh.mm.highmem.LocalMaps;
import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.FreeBlockQueries;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageMachine;
import kmemsh.mm.page.PageSysctls;
import kmemsh.mm.page.ProcQueries;
import kmemsh.mm.slab.SlabQueries;
import kmemsh.trace.Trace;
import kmemsh.view.BootReport;
import kmemsh.view.Gfp;
import kmemsh.view.KmemEvents;
import kmemsh.view.LogEntry;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SysctlTable;
import kmemsh.view.VerifyReport;
import kmemsh.view.VmSysctls;

/**
 * A machine that has booted: its memory, and one method for each thing that can be done to it.
 *
 * <p>It is deterministic to the bit: the same profile and the same calls give the same state. It
 * checks nothing that a kernel would not check; who asks for the impossible is stopped by the
 * operation that asks.
 */
public final class Machine {
  /** No page frame. */
  public static final int NO_PFN = PageAllocator.NO_PFN;

  private final Parts parts;

  /** Boots {@code profile}. Spec: page-allocator.md 2 */
  public Machine(Profile profile) {
    this(profile, false);
  }

  /**
   * Boots {@code profile}.
   *
   * @param brief for few operations: what is known of frames exists only where it is touched, which
   *     takes less time to set up and more with each operation
   */
  public Machine(Profile profile, boolean brief) {
    parts = new Parts(this, brief ? 0 : ByteColumn.MAX_FLAT_ROWS);
    boot(profile);
  }

  /** Switches the machine off and boots {@code next}. */
  public void boot(Profile next) {
    parts.boot(next);
  }

  /**
   * A machine right after memblock handed its memory over, before watermarks and page sets are set
   * up: what the BOOT section of a recording shows.
   */
  public static Machine atHandOver(Profile profile) {
    return atHandOver(profile, RecordedStart.FLAT_ROWS);
  }

  /** The same, with columns of frames that stand in one piece up to {@code maxFlatRows}. */
  static Machine atHandOver(Profile profile, int maxFlatRows) {
    Machine machine = new Machine();
    machine.parts.handOver(profile, maxFlatRows);
    return machine;
  }

  private Machine() {
    parts = new Parts(this, ByteColumn.MAX_FLAT_ROWS);
  }

  /** A machine with the zones and options of {@code profile} in the recorded {@code state}. */
  public static Machine loaded(Profile profile, PageState state) {
    Machine machine = new Machine();
    machine.parts.load(profile, state);
    return machine;
  }

  /** Goes on from what {@link #empty} made to where memblock has handed its memory over. */
  public void handOver() {
    parts.handOverAgain();
  }

  /** A machine with the zones and options of {@code profile} and no page in any zone. */
  public static Machine empty(Profile profile) {
    Machine machine = new Machine();
    machine.parts.make(profile);
    return machine;
  }

  /**
   * Puts this machine, which {@link #loaded} or {@link #empty} made, into a recorded state.
   *
   * @return false where its zones lie elsewhere; then nothing has changed
   */
  public boolean loadAgain(PageState state) {
    return parts.loadAgain(state);
  }

  public Profile profile() {
    return parts.profile;
  }

  /** The page allocator of this machine. */
  public PageMachine pages() {
    return parts.pages;
  }

  /** The object allocator; null on a machine that was loaded or has just been handed over. */
  public Slabs slab() {
    return parts.slab();
  }

  /** Whether the frame may be the object allocator's; does not wake it up. */
  public boolean mayHoldObjects(int pfn) {
    return parts.mayHoldObjects(pfn);
  }

  /** Zone indexes of a node, empty ones included. */
  public int nrZonesPerNode() {
    return Zones.MAX_NR_ZONES;
  }

  /** Snapshots of its free blocks. */
  public FreeBlockQueries freeBlocks() {
    return new FreeBlockQueries(parts.pages.allocator());
  }

  /** What the files under /proc show, made when asked for. */
  public ProcQueries procQueries() {
    return new ProcQueries(parts.pages);
  }

  /** What the kernel says, and has said since boot. */
  public Printk printk() {
    return parts.printk();
  }

  /** How much the kernel has said since boot; cheaper than to ask {@link #printk}. */
  public long nrSaid() {
    return parts.nrSaid();
  }

  /** What every file under /proc and /sys shows, made when asked for. */
  public ProcSnapshots files() {
    return FileNumbers.of(this);
  }

  /** What there is to see of the object allocator; null on a machine that was only loaded. */
  SlabQueries slabQueries() {
    return slab() == null ? null : new SlabQueries(slab().common().allocator(), pageOffset());
  }

  /** Checks every rule that holds between two operations. */
  public VerifyReport verify() {
    return MachineVerify.check(parts);
  }

  /**
   * Writes a file under /proc/sys; the values have been checked.
   *
   * @param setting one of the numbers in {@link SysctlTable}
   */
  public void writeSysctl(int setting, int[] values) {
    if (setting < VmSysctls.count()) {
      new PageSysctls(parts.pages).write(setting, values);
    } else if (setting == SysctlTable.STAT_REFRESH) {
      parts.pages.refreshCounters();
    } else if (setting != SysctlTable.COMPACT_MEMORY) {
      // Compaction moves pages of processes, and there are none.
      parts.settings = VmSettings.with(parts.settings, setting, values[0]);
      if (setting == SysctlTable.DROP_CACHES) {
        printk().dropCaches(values[0]);
      }
    }
  }

  /** What was written besides the page allocator's settings; null when that is nothing. */
  VmSettings settings() {
    return parts.settings;
  }

  /** Free pages at the end of boot. */
  long bootFreePages() {
    return parts.bootFreePages;
  }

  public Trace trace() {
    return parts.trace;
  }

  /** Hands every fact from now on to {@code sink}. */
  public void setTrace(Trace sink) {
    parts.trace = sink;
    parts.attachTrace();
  }

  // What the CPUs are doing.

  /** The context of each CPU, and the windows to HighMem. */
  public CpuStates cpus() {
    return parts.cpus();
  }

  /** The windows to HighMem if anything was mapped, else null. */
  public Highmem highmem() {
    return parts.cpus == null ? null : parts.cpus.highmem();
  }

  /** Whether what runs on the present CPU must not sleep; asked before everything that could. */
  public boolean isAtomic() {
    return parts.atomic;
  }

  /** What the present CPU does: one of the contexts of {@link ContextRules}. */
  public int context() {
    return parts.context();
  }

  public void setContext(int context) {
    cpus().setContext(cpu(), context);
    parts.contextChanged();
    if (parts.space != null && context == ContextRules.PROCESS) {
      parts.space.runDeferred();
    }
  }

  /** {@code kmap_local_page}, {@code kmap_atomic}: the address, or {@link Highmem#NONE}. */
  public long mapLocal(int pfn, boolean isAtomic) {
    long virt = cpus().highmem().mapLocal(parts.pages.cpu(), pfn, isAtomic);
    parts.contextChanged();
    return virt;
  }

  /** {@code kunmap_local}, {@code kunmap_atomic} of an address that was mapped. */
  public void unmapLocal(long virt, boolean isAtomic) {
    int outcome = cpus().highmem().unmapLocal(parts.pages.cpu(), virt, isAtomic);
    if (outcome == LocalMaps.WARNS) {
      printk().warnOnce(LogEntry.Warning.UNMAP_ORDER);
    }
    parts.contextChanged();
  }

  // The buffer of ftrace.

  /** Records the events of {@code mask}, a bit for each of {@link KmemEvents}, and no others. */
  public void enableEvents(int mask) {
    parts.events().enable(mask);
    parts.attachTrace();
  }

  /** Empties the buffer. */
  public void clearEvents() {
    if (parts.events != null) {
      parts.events.clear();
    }
  }

  /** Says that operation {@code n} since the boot begins: the clock of the buffer. */
  public void beginOperation(int n) {
    if (parts.events != null) {
      parts.events.begin(n);
    }
  }

  /** The events that are recorded. */
  public int enabledEvents() {
    return parts.events == null ? 0 : parts.events.enabled();
  }

  /** The buffer; null as long as nobody has switched an event on. */
  EventLog events() {
    return parts.events;
  }

  int cpu() {
    return parts.pages.cpu();
  }

  /** {@code preempt_count} of the present CPU. */
  int preemptCount() {
    return parts.cpus == null ? 0 : parts.cpus.preemptCount(cpu());
  }

  /** Page tables and vmalloc, made now if there are none. */
  public AddressSpace space() {
    return parts.space();
  }

  /** Page tables and vmalloc, or null as long as nobody asked for them. */
  public AddressSpace spaceOrNull() {
    return parts.space;
  }

  // Contents of memory.

  /** What is in memory, by physical address. */
  public FrameBytes bytes() {
    return parts.bytes();
  }

  /**
   * Whether the allocators write to memory what a kernel's would: zeroes, links of free objects,
   * poison. As long as nobody looks at memory they need not.
   */
  public boolean isVivid() {
    return parts.isVivid();
  }

  /** Switches that on or off, from the next boot or {@link #restore} on. */
  public void setVivid(boolean on) {
    parts.vivid = on;
  }

  /** An address that nothing is mapped at. */
  public static final long NO_PHYS = -1;

  /**
   * The physical address behind a kernel virtual one, or {@link #NO_PHYS} where an access faults.
   */
  public long translate(long virt) {
    return VirtualMemory.translate(this, virt);
  }

  /** The little-endian value at {@code virt}, all of whose 1, 2, 4 or 8 bytes are mapped. */
  public long read(long virt, int unitBytes) {
    return VirtualMemory.read(this, virt, unitBytes);
  }

  /** States that a round, from 0, of a repeated operation begins. */
  public void beginRound(int round) {
    if (parts.trace != Trace.OFF) {
      parts.trace.round(round);
    }
  }

  /** What the kernel said about memory when it booted. */
  public BootReport bootReport() {
    return KernelReports.boot(
        profile(), procQueries(), parts.profile.i386() ? 0 : Parts.VMALLOC_TABLES);
  }

  // Calls of the page allocator. Frames are pfns; NO_PFN is NULL.

  public int allocPages(int gfpMask, int order) {
    return parts.pages.allocator().allocPages(gfpMask, order);
  }

  public int allocPagesExact(long sizeBytes, int gfpMask) {
    if ((gfpMask & (Gfp.__GFP_COMP | Gfp.__GFP_HIGHMEM)) != 0) {
      printk().warnOnce(LogEntry.Warning.EXACT);
    }
    return parts.pages.allocator().allocPagesExact(sizeBytes, gfpMask);
  }

  public int allocPagesBulk(int gfpMask, int wanted, int[] out) {
    return parts.pages.allocator().allocPagesBulk(gfpMask, wanted, out);
  }

  public void splitPage(int pfn, int order) {
    parts.pages.allocator().splitPage(pfn, order);
  }

  public void freePages(int pfn, int order) {
    parts.pages.allocator().freePages(pfn, order);
  }

  public void freePagesExact(int pfn, long sizeBytes) {
    parts.pages.allocator().freePagesExact(pfn, sizeBytes);
  }

  public void setCpu(int cpu) {
    parts.pages.setCpu(cpu);
    parts.contextChanged();
  }

  /**
   * Empties the page sets of {@code cpu}, or of all CPUs for -1; returns how many pages went back.
   */
  public long drainPages(int cpu) {
    return parts.pages.drainPages(cpu);
  }

  /**
   * One run of the object allocator's periodic work on the present CPU, as if its time had come;
   * returns how many slabs it gave back.
   */
  public long reapSlabs() {
    long before = slab().nrSlabs();
    int nrNodes = parts.profile.nrNodes();
    slab()
        .reap(true, nrNodes == 1 ? -1 : (parts.profile.cpuNode()[parts.pages.cpu()] + 1) % nrNodes);
    return before - slab().nrSlabs();
  }

  // What operations must know to refuse what a kernel would suffer from.

  public int nrFrames() {
    return parts.profile.maxPfn();
  }

  /** The order with which the allocation that begins at {@code pfn} must be freed, or -1. */
  public int allocatedOrder(int pfn) {
    return parts.pages.allocatedOrder(pfn);
  }

  /** Whether the kernel allocated this frame for itself at boot. */
  public boolean isKernelOwn(int pfn) {
    return parts.pages.isKernelOwn(pfn);
  }

  /** The first pfn of the free or allocated block around {@code pfn}, or -1. */
  public int blockHead(int pfn) {
    return parts.pages.blockHead(pfn);
  }

  /** Kernel name of the zone of {@code pfn}, or empty. */
  public String zoneName(int pfn) {
    return parts.pages.zoneName(pfn);
  }

  public int nodeOf(int pfn) {
    return parts.pages.nodeOf(pfn);
  }

  /** Name of the type of the pageblock of {@code pfn}, or empty in a hole. */
  public String migratetypeName(int pfn) {
    return nodeOf(pfn) < 0 ? "" : Migratetype.name(parts.pages.pageblockType(pfn));
  }

  // The linear map. Spec: mappings.md 3

  /** First kernel virtual address. */
  public long pageOffset() {
    return parts.profile.pageOffset();
  }

  /** Whether the linear map reaches {@code pfn}; HighMem has no address of its own. */
  public boolean hasAddress(int pfn) {
    return pfn < parts.profile.endOfLowmem();
  }

  /** The linear-map address of a frame for which {@link #hasAddress} holds. */
  public long addressOf(int pfn) {
    return parts.profile.pageOffset() + ((long) pfn << 12);
  }

  /** The frame behind a linear-map address, or {@link #NO_PFN}. */
  public int pfnOf(long address) {
    long offset = address - parts.profile.pageOffset();
    boolean inside = offset >= 0 && offset >>> 12 < parts.profile.endOfLowmem();
    return inside ? (int) (offset >>> 12) : NO_PFN;
  }

  /** Whether there is RAM behind {@code pfn}. */
  public boolean isRam(int pfn) {
    for (long[] range : parts.profile.ram()) {
      if (pfn >= range[0] >>> 12 && pfn < range[1] >>> 12) {
        return true;
      }
    }
    return false;
  }

  public Checkpoint checkpoint() {
    return Checkpoint.of(parts);
  }

  /** Goes back to {@code saved}, which may be restored again later. */
  public void restore(Checkpoint saved) {
    saved.restore(parts);
  }
}
