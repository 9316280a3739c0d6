package kmemsh.machine;

import java.util.List;
import kmemsh.base.ByteColumn;
import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageBoot;
import kmemsh.mm.page.PageConfig;
import kmemsh.mm.page.PageMachine;
import kmemsh.mm.page.PageSysctls;
import kmemsh.mm.page.PageVerify;
import kmemsh.mm.page.ProcQueries;
import kmemsh.mm.page.ZoneShape;
import kmemsh.mm.slab.SlabQueries;
import kmemsh.trace.HighmemStep;
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
import kmemsh.view.Violation;
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

  private static final int VMALLOC_TABLES = 64;

  /**
   * Machines of recordings have flat columns up to 20 GiB: a replay does nothing but page work, and
   * one machine in chunks would make every later one in the process slower, too.
   */
  private static final int RECORDED_FLAT_ROWS = 5 << 20;

  private static final int MAX_ORDER = 10;

  private Profile profile;
  private PageMachine pages;

  /**
   * Null on a machine that has not booted to the end, and while {@link #sleeping} stands for it.
   */
  private Slabs slab;

  /** Null where the object allocator is awake. */
  private SleepingSlabs sleeping;

  private Trace trace = Trace.OFF;

  /** What is in memory; null as long as nobody wrote anything that anyone could read. */
  private FrameBytes bytes;

  private boolean vivid;

  /** Page tables and vmalloc; null as long as nobody asked for them. */
  private AddressSpace space;

  /** What the CPUs are doing; null as long as each runs a process and nothing was mapped. */
  private CpuStates cpus;

  /** Whether what runs on the present CPU must not sleep. */
  private boolean atomic;

  /** What the kernel said since boot; null as long as that is nothing. */
  private KernelLog log;

  /** What was written under /proc/sys/vm besides the page allocator's; null: nothing. */
  private VmSettings settings;

  private long bootFreePages;

  /** The buffer of ftrace; null as long as nobody has switched an event on. */
  private EventLog events;

  private boolean oneReport;
  private boolean reported;
  private boolean sleepReported;

  /** Boots {@code profile}. Spec: page-allocator.md 2 */
  public Machine(Profile profile) {
    boot(profile);
  }

  /** Switches the machine off and boots {@code next}. */
  public void boot(Profile next) {
    PageBoot boot = handOver(next, ByteColumn.MAX_FLAT_ROWS);
    sleeping = isVivid() ? null : SleepingSlabs.of(next, pages);
    if (sleeping == null) {
      bootObjects(pages);
    }
    boot.setUpWatermarks();
    bootFreePages = pages.freePages();
  }

  private void bootObjects(PageMachine from) {
    slab = Slabs.of(profile, SlabOptions.of(profile, from.managedPages()), from);
    attachContents();
    slab.boot();
    attachTrace();
  }

  private PageBoot handOver(Profile next, int maxFlatRows) {
    ZoneShape[] shapes = Zones.shapes(next);
    PageConfig config = Zones.config(next, shapes, maxFlatRows);
    PageAllocator allocator = new PageAllocator(config, shapes);
    PageBoot boot = new PageBoot(allocator, Ranges.ramPfns(next), Ranges.freePfns(next));
    boot.handOver();
    int[] tables = next.i386() ? new int[0] : boot.takeVmallocTables(VMALLOC_TABLES);
    profile = next;
    log = null;
    settings = null;
    events = null;
    slab = null;
    sleeping = null;
    bytes = null;
    space = null;
    cpus = null;
    atomic = false;
    pages = new PageMachine(allocator);
    pages.setVmallocTables(tables);
    pages.setTrace(trace);
    return boot;
  }

  /**
   * A machine right after memblock handed its memory over, before watermarks and page sets are set
   * up: what the BOOT section of a recording shows.
   */
  public static Machine atHandOver(Profile profile) {
    return atHandOver(profile, RECORDED_FLAT_ROWS);
  }

  private static Machine atHandOver(Profile profile, int maxFlatRows) {
    Machine machine = new Machine();
    machine.handOver(profile, maxFlatRows);
    return machine;
  }

  private Machine() {}

  /** A machine with the zones and options of {@code profile} in the recorded {@code state}. */
  public static Machine loaded(Profile profile, PageState state) {
    Machine machine = new Machine();
    ZoneShape[] shapes = Zones.shapes(profile);
    for (PageState.Zone zone : state.zones()) {
      ZoneShape shape = shapes[zone.id()];
      shapes[zone.id()] =
          new ZoneShape(
              zone.nid(),
              shape.index(),
              zone.name(),
              shape.highmem(),
              zone.zoneStartPfn(),
              zone.zoneStartPfn() + zone.spannedPages(),
              zone.presentPages());
    }
    machine.profile = profile;
    PageConfig config = Zones.config(profile, shapes, RECORDED_FLAT_ROWS);
    machine.pages = new PageMachine(new PageAllocator(config, shapes));
    machine.pages.load(state);
    return machine;
  }

  public Profile profile() {
    return profile;
  }

  /** The page allocator of this machine. */
  public PageMachine pages() {
    return pages;
  }

  /** The object allocator; null on a machine that was loaded or has just been handed over. */
  public Slabs slab() {
    if (sleeping != null) {
      sleeping = null;
      bootObjects(atHandOver(profile, ByteColumn.MAX_FLAT_ROWS).pages);
      slab.usePages(pages);
    }
    return slab;
  }

  /** Whether the frame may be the object allocator's; does not wake it up. */
  public boolean mayHoldObjects(int pfn) {
    return sleeping == null ? slab != null : sleeping.holds(pfn);
  }

  /** Zone indexes of a node, empty ones included. */
  public int nrZonesPerNode() {
    return Zones.MAX_NR_ZONES;
  }

  /** What the files under /proc show, made when asked for. */
  public ProcQueries procQueries() {
    return new ProcQueries(pages);
  }

  /** What every file under /proc and /sys shows, made when asked for. */
  public ProcSnapshots files() {
    return new FileNumbers(this);
  }

  /** What there is to see of the object allocator; null on a machine that was only loaded. */
  SlabQueries slabQueries() {
    return slab() == null ? null : new SlabQueries(slab.common().allocator(), pageOffset());
  }

  /** Checks every rule that holds between two operations. */
  public VerifyReport verify() {
    VerifyReport report = PageVerify.check(pages);
    for (String problem : slab == null ? List.<String>of() : slab.problems()) {
      report = with(report, problem);
    }
    report = with(report, space == null ? "" : space.verify());
    return with(report, cpus == null ? "" : cpus.verify());
  }

  private static VerifyReport with(VerifyReport report, String problem) {
    return problem.isEmpty() ? report : report.and(new Violation(problem, "", -1, 0, 0));
  }

  /**
   * Writes a file under /proc/sys/vm; the values have been checked.
   *
   * @param setting one of the numbers in {@link SysctlTable}
   */
  public void writeSysctl(int setting, int[] values) {
    if (setting < VmSysctls.count()) {
      new PageSysctls(pages).write(setting, values);
    } else if (setting == SysctlTable.STAT_REFRESH) {
      pages.refreshCounters();
    } else if (setting != SysctlTable.COMPACT_MEMORY) {
      // Compaction moves pages of processes, and there are none.
      settings = VmSettings.with(settings, setting, values[0]);
      if (setting == SysctlTable.DROP_CACHES) {
        log = KernelLog.with(log, new LogEntry.DropCaches(values[0]));
      }
    }
  }

  /** What was written besides the page allocator's settings; null when that is nothing. */
  VmSettings settings() {
    return settings;
  }

  /** Free pages at the end of boot. */
  long bootFreePages() {
    return bootFreePages;
  }

  public Trace trace() {
    return trace;
  }

  /** Hands every fact from now on to {@code sink}. */
  public void setTrace(Trace sink) {
    trace = sink;
    attachTrace();
  }

  private void attachTrace() {
    boolean recorded = events != null && events.enabled() != 0;
    if (recorded) {
      events.setNext(trace);
    }
    Trace sink = recorded ? events : trace;
    pages.setTrace(sink);
    if (slab != null) {
      slab.setTrace(sink);
    }
    if (space != null) {
      space.setTrace(sink);
    }
    if (cpus != null) {
      cpus.setTrace(sink);
    }
  }

  // What the CPUs are doing.

  /** The context of each CPU, and the windows to HighMem. */
  public CpuStates cpus() {
    if (cpus == null) {
      cpus = new CpuStates(profile);
      cpus.setTrace(trace);
      cpus.usePageTables(space == null ? null : space.tables());
    }
    return cpus;
  }

  /** The windows to HighMem if anything was mapped, else null. */
  public Highmem highmem() {
    return cpus == null ? null : cpus.highmem();
  }

  /** Whether what runs on the present CPU must not sleep; asked before everything that could. */
  public boolean isAtomic() {
    return atomic;
  }

  /** What the present CPU does: one of the contexts of {@link ContextRules}. */
  public int context() {
    return cpus == null ? ContextRules.PROCESS : cpus.context(pages.cpu());
  }

  public void setContext(int context) {
    cpus().setContext(pages.cpu(), context);
    contextChanged();
    if (space != null && context == ContextRules.PROCESS) {
      space.runDeferred();
    }
  }

  /** {@code kmap_local_page}, {@code kmap_atomic}: the address, or {@link Highmem#NONE}. */
  public long mapLocal(int pfn, boolean isAtomic) {
    long virt = cpus().highmem().mapLocal(pages.cpu(), pfn, isAtomic);
    contextChanged();
    return virt;
  }

  /** {@code kunmap_local}, {@code kunmap_atomic} of an address that was mapped. */
  public void unmapLocal(long virt, boolean isAtomic) {
    cpus().highmem().unmapLocal(pages.cpu(), virt, isAtomic);
    contextChanged();
  }

  private void contextChanged() {
    atomic = context() != ContextRules.PROCESS;
  }

  // The buffer of ftrace.

  /** Records the events of {@code mask}, a bit for each of {@link KmemEvents}, and no others. */
  public void enableEvents(int mask) {
    if (events == null) {
      events = new EventLog(this);
    }
    events.enable(mask);
    attachTrace();
  }

  /** Empties the buffer. */
  public void clearEvents() {
    if (events != null) {
      events.clear();
    }
  }

  /** Says that operation {@code n} of the history begins: the clock of the buffer. */
  public void beginOperation(int n) {
    if (events != null) {
      events.begin(n);
    }
  }

  /** The events that are recorded. */
  public int enabledEvents() {
    return events == null ? 0 : events.enabled();
  }

  /** The buffer; null as long as nobody has switched an event on. */
  EventLog events() {
    return events;
  }

  int cpu() {
    return pages.cpu();
  }

  /** {@code preempt_count} of the present CPU. */
  int preemptCount() {
    return cpus == null ? 0 : cpus.preemptCount(pages.cpu());
  }

  /** Page tables and vmalloc, made now if there are none. */
  public AddressSpace space() {
    if (space == null) {
      space = new AddressSpace(this);
      space.setTrace(trace);
      if (cpus != null) {
        cpus.usePageTables(space.tables());
        cpus.writeEntries();
      }
    }
    return space;
  }

  /** Page tables and vmalloc, or null as long as nobody asked for them. */
  public AddressSpace spaceOrNull() {
    return space;
  }

  // Contents of memory.

  /** What is in memory, by physical address. */
  public FrameBytes bytes() {
    if (bytes == null) {
      bytes = new FrameBytes();
    }
    return bytes;
  }

  /**
   * Whether the allocators write to memory what a kernel's would: zeroes, links of free objects,
   * poison. As long as nobody looks at memory they need not.
   */
  public boolean isVivid() {
    return vivid || profile.letsThrough();
  }

  /** Switches that on or off, from the next boot or {@link #restore} on. */
  public void setVivid(boolean on) {
    vivid = on;
  }

  /** Tells the allocators where they write what is in memory, or that nobody looks. */
  private void attachContents() {
    FrameBytes to = isVivid() ? bytes() : null;
    pages.setContents(to);
    if (slab != null) {
      slab.setContents(to, this);
    }
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

  // The kernel log.

  /** The kernel says {@code entry}. */
  public void log(LogEntry entry) {
    log = KernelLog.with(log, entry);
  }

  /**
   * Says that a request failed, as the kernel does unless the mask has __GFP_NOWARN. An order that
   * does not exist is warned of once after each boot.
   */
  public void logAllocFailure(int gfpMask, int order) {
    if ((gfpMask & Gfp.__GFP_NOWARN) != 0 || (oneReport && reported)) {
      return;
    }
    if (order > MAX_ORDER) {
      if (log == null || !log.warnedOfOrder()) {
        log = KernelLog.with(log, KernelReports.orderWarning(pages.cpu(), order));
      }
      return;
    }
    reported = true;
    log = KernelLog.with(log, KernelReports.failure(this, gfpMask, order));
  }

  /** Says why the last vmalloc gave nothing, as far as a kernel does. */
  public void logVmallocFailure(int gfpMask) {
    log = VmallocLog.failure(this, log, gfpMask);
  }

  /** Says that the last vmap, vm_map_ram or ioremap found no addresses, if that is why. */
  public void logAreaFailure() {
    log = VmallocLog.noAddresses(this, log);
  }

  /** Says that a call that may sleep was made where it must not, once a repeated operation. */
  public void logSleepingCall(int call) {
    if (oneReport && sleepReported) {
      return;
    }
    sleepReported = true;
    log = KernelLog.with(log, KernelReports.sleepingCall(cpus(), pages.cpu(), call, isTainted()));
    trace.highmemStep(HighmemStep.MIGHT_SLEEP, -1, -1, cpus().preemptCount(pages.cpu()));
  }

  /** Says that objects were asked for in a zone where none can be, once a repeated operation. */
  public void logUnexpectedGfp(int unexpected, int fixedMask) {
    if (!oneReport || !sleepReported) {
      sleepReported = true;
      log =
          KernelLog.with(
              log, KernelReports.unexpectedGfp(pages.cpu(), unexpected, fixedMask, isTainted()));
    }
  }

  private boolean isTainted() {
    return log != null && log.tainted();
  }

  /** States that a round, from 0, of a repeated operation begins. */
  public void beginRound(int round) {
    if (trace != Trace.OFF) {
      trace.round(round);
    }
  }

  /** From now on until switched off, only the first failure is told; the kernel limits them too. */
  public void oneReport(boolean on) {
    oneReport = on;
    reported = false;
    sleepReported = false;
  }

  /** The last thing the kernel said, or null. */
  public LogEntry lastLogEntry() {
    return log == null ? null : log.last();
  }

  /** What the kernel said since boot, oldest first. */
  public List<LogEntry> kernelLog() {
    return log == null ? List.of() : log.list();
  }

  /** How much the kernel has said since boot. */
  public long nrSaid() {
    return log == null ? 0 : log.said();
  }

  /** What entries that are no longer in {@link #kernelLog} tainted the kernel with. */
  public int taintBefore() {
    return log == null ? 0 : log.taintBefore();
  }

  /** What the kernel said about memory when it booted. */
  public BootReport bootReport() {
    return KernelReports.boot(profile, procQueries(), profile.i386() ? 0 : VMALLOC_TABLES);
  }

  // Calls of the page allocator. Frames are pfns; NO_PFN is NULL.

  public int allocPages(int gfpMask, int order) {
    int pfn = pages.allocator().allocPages(gfpMask, order);
    if (pfn == NO_PFN) {
      logAllocFailure(gfpMask, order);
    }
    return pfn;
  }

  public int allocPagesExact(long sizeBytes, int gfpMask) {
    int pfn = pages.allocator().allocPagesExact(sizeBytes, gfpMask);
    if (pfn == NO_PFN) {
      int mask = gfpMask & ~(Gfp.__GFP_COMP | Gfp.__GFP_HIGHMEM);
      logAllocFailure(mask, PageAllocator.orderOf(sizeBytes));
    }
    return pfn;
  }

  public int allocPagesBulk(int gfpMask, int wanted, int[] out) {
    int got = pages.allocator().allocPagesBulk(gfpMask, wanted, out);
    if (got == 0 && wanted > 0) {
      logAllocFailure(gfpMask, 0);
    }
    return got;
  }

  public void splitPage(int pfn, int order) {
    pages.allocator().splitPage(pfn, order);
  }

  public void freePages(int pfn, int order) {
    pages.allocator().freePages(pfn, order);
  }

  public void freePagesExact(int pfn, long sizeBytes) {
    pages.allocator().freePagesExact(pfn, sizeBytes);
  }

  public void setCpu(int cpu) {
    pages.setCpu(cpu);
    contextChanged();
  }

  /**
   * Empties the page sets of {@code cpu}, or of all CPUs for -1; returns how many pages went back.
   */
  public long drainPages(int cpu) {
    return pages.drainPages(cpu);
  }

  /**
   * One run of the object allocator's periodic work on the present CPU, as if its time had come;
   * returns how many slabs it gave back.
   */
  public long reapSlabs() {
    long before = slab().nrSlabs();
    int nrNodes = profile.nrNodes();
    slab.reap(true, nrNodes == 1 ? -1 : (profile.cpuNode()[pages.cpu()] + 1) % nrNodes);
    return before - slab.nrSlabs();
  }

  // What operations must know to refuse what a kernel would suffer from.

  public int nrFrames() {
    return profile.maxPfn();
  }

  /** The order with which the allocation that begins at {@code pfn} must be freed, or -1. */
  public int allocatedOrder(int pfn) {
    return pages.allocatedOrder(pfn);
  }

  /** Whether the kernel allocated this frame for itself at boot. */
  public boolean isKernelOwn(int pfn) {
    return pages.isKernelOwn(pfn);
  }

  /** Whether {@code pfn} heads a compound page. */
  public boolean isCompound(int pfn) {
    return pages.isCompound(pfn);
  }

  /** The first pfn of the free or allocated block around {@code pfn}, or -1. */
  public int blockHead(int pfn) {
    return pages.blockHead(pfn);
  }

  /** The order of the free block that begins at {@code pfn}, or -1. */
  public int freeOrder(int pfn) {
    return pages.freeOrder(pfn);
  }

  /** Kernel name of the zone of {@code pfn}, or empty. */
  public String zoneName(int pfn) {
    return pages.zoneName(pfn);
  }

  public int nodeOf(int pfn) {
    return pages.nodeOf(pfn);
  }

  /** Name of the type of the pageblock of {@code pfn}, or empty in a hole. */
  public String migratetypeName(int pfn) {
    return pages.nodeOf(pfn) < 0 ? "" : Migratetype.name(pages.pageblockType(pfn));
  }

  // The linear map. Spec: mappings.md 3

  /** First kernel virtual address. */
  public long pageOffset() {
    return profile.pageOffset();
  }

  /** Whether the linear map reaches {@code pfn}; HighMem has no address of its own. */
  public boolean hasAddress(int pfn) {
    return pfn < profile.endOfLowmem();
  }

  /** The linear-map address of a frame for which {@link #hasAddress} holds. */
  public long addressOf(int pfn) {
    return profile.pageOffset() + ((long) pfn << 12);
  }

  /** The frame behind a linear-map address, or {@link #NO_PFN}. */
  public int pfnOf(long address) {
    long offset = address - profile.pageOffset();
    boolean inside = offset >= 0 && offset >>> 12 < profile.endOfLowmem();
    return inside ? (int) (offset >>> 12) : NO_PFN;
  }

  /** Whether there is RAM behind {@code pfn}. */
  public boolean isRam(int pfn) {
    for (long[] range : profile.ram()) {
      if (pfn >= range[0] >>> 12 && pfn < range[1] >>> 12) {
        return true;
      }
    }
    return false;
  }

  public Checkpoint checkpoint() {
    Slabs.State objects = slab == null ? null : slab.checkpoint();
    FrameBytes.State contents = bytes == null ? null : bytes.checkpoint();
    AddressSpace.State areas = space == null ? null : space.checkpoint();
    CpuStates.State doing = cpus == null ? null : cpus.checkpoint();
    return new Checkpoint(
        profile,
        pages,
        pages.checkpoint(),
        slab,
        objects,
        sleeping,
        bytes,
        contents,
        space,
        areas,
        cpus,
        doing,
        log,
        settings,
        bootFreePages,
        events,
        events == null ? null : events.checkpoint());
  }

  /** Goes back to {@code saved}, which may be restored again later. */
  public void restore(Checkpoint saved) {
    profile = saved.profile();
    pages = saved.pages();
    pages.restore(saved.pageState());
    slab = saved.slab();
    sleeping = saved.sleeping();
    if (slab != null) {
      slab.restore(saved.slabState());
    }
    bytes = saved.bytes();
    if (bytes != null) {
      bytes.restore(saved.bytesState());
    }
    space = saved.space();
    if (space != null) {
      space.restore(saved.spaceState());
      space.setTrace(trace);
    }
    cpus = saved.cpus();
    if (cpus != null) {
      cpus.usePageTables(space == null ? null : space.tables());
      cpus.restore(saved.cpusState());
      cpus.setTrace(trace);
    }
    contextChanged();
    log = saved.log();
    settings = saved.settings();
    bootFreePages = saved.bootFreePages();
    oneReport = false;
    attachContents();
    events = saved.events();
    if (events != null) {
      events.restore(saved.eventState());
    }
    attachTrace();
  }
}
