package kmemsh.machine;

import kmemsh.mm.page.FailureLog;
import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageBoot;
import kmemsh.mm.page.PageConfig;
import kmemsh.mm.page.PageMachine;
import kmemsh.mm.page.ZoneShape;
import kmemsh.trace.Trace;
import kmemsh.view.PageState;

/**
 * The state of a machine: what it is made of, how that is put together at boot, kept and brought
 * back. What most sessions never touch is made when it is first asked for.
 */
final class Parts implements FailureLog {
  static final int VMALLOC_TABLES = 64;

  private final Machine machine;

  /** Null as long as the kernel has said nothing since the machine was made. */
  Printk printk;

  Profile profile;
  PageMachine pages;

  /** How a machine of a recording began; null once booted. */
  private RecordedStart recorded;

  /**
   * Null on a machine that has not booted to the end, and while {@link #sleeping} stands for it.
   */
  Slabs slab;

  /** Null where the object allocator is awake. */
  SleepingSlabs sleeping;

  Trace trace = Trace.OFF;

  /** What is in memory; null as long as nobody wrote anything that anyone could read. */
  FrameBytes bytes;

  /** Whether memory is to have contents from the next boot or restore on. */
  boolean vivid;

  /** Page tables and vmalloc; null as long as nobody asked for them. */
  AddressSpace space;

  /** What the CPUs are doing; null as long as each runs a process and nothing was mapped. */
  CpuStates cpus;

  /** Whether what runs on the present CPU must not sleep. */
  boolean atomic;

  /** What was written under /proc/sys besides the page allocator's; null: nothing. */
  VmSettings settings;

  /** Free pages at the end of boot. */
  long bootFreePages;

  /** The buffer of ftrace; null as long as nobody has switched an event on. */
  EventLog events;

  /** Up to so many rows the columns of frames stand in one piece from the next boot on. */
  private final int maxFlatRows;

  Parts(Machine machine, int maxFlatRows) {
    this.machine = machine;
    this.maxFlatRows = maxFlatRows;
  }

  /** Switches the machine off and boots {@code next}. */
  void boot(Profile next) {
    PageBoot boot = handOver(next, maxFlatRows);
    sleeping = isVivid() ? null : SleepingSlabs.of(next, pages);
    if (sleeping == null) {
      bootObjects(pages);
    }
    boot.setUpWatermarks();
    pages.allocator().setFailureLog(this);
    bootFreePages = pages.freePages();
  }

  private void bootObjects(PageMachine from) {
    slab = Slabs.of(profile, SlabOptions.of(profile, from.managedPages()), from);
    attachContents();
    slab.boot();
    slab.reportTo(machine);
    attachTrace();
  }

  /** Switches the machine off and goes on to where memblock has handed its memory over. */
  PageBoot handOver(Profile next, int maxFlatRows) {
    ZoneShape[] shapes = Zones.shapes(next);
    PageConfig config = Zones.config(next, shapes, maxFlatRows);
    PageAllocator allocator = new PageAllocator(config, shapes);
    profile = next;
    recorded = null;
    restorePrintk(null);
    settings = null;
    events = null;
    slab = null;
    sleeping = null;
    bytes = null;
    space = null;
    cpus = null;
    atomic = false;
    pages = new PageMachine(allocator);
    PageBoot boot = fromMemblock();
    pages.setTrace(trace);
    return boot;
  }

  private PageBoot fromMemblock() {
    PageBoot boot =
        new PageBoot(pages.allocator(), Ranges.ramPfns(profile), Ranges.freePfns(profile));
    boot.handOver();
    boolean tables = !profile.i386();
    pages.setVmallocTables(tables ? boot.takeVmallocTables(VMALLOC_TABLES) : new int[0]);
    return boot;
  }

  /** Goes from a machine without pages to where memblock has handed its memory over. */
  void handOverAgain() {
    recorded.clear(pages);
    fromMemblock();
  }

  /** Takes the zones and options of {@code hardware}, with no page in any zone. */
  void make(Profile hardware) {
    make(hardware, new RecordedStart(hardware));
  }

  /** Takes the zones and options of {@code hardware} and the recorded {@code state}. */
  void load(Profile hardware, PageState state) {
    make(hardware, new RecordedStart(hardware, state));
    pages.load(state);
  }

  private void make(Profile hardware, RecordedStart start) {
    profile = hardware;
    pages = start.make();
    recorded = start;
  }

  /** See {@link Machine#loadAgain}. */
  boolean loadAgain(PageState state) {
    return recorded != null && recorded.loadAgain(pages, state);
  }

  /** The object allocator, awake; null on a machine that was loaded or just handed over. */
  Slabs slab() {
    if (sleeping != null) {
      sleeping = null;
      bootObjects(Machine.atHandOver(profile, maxFlatRows).pages());
      slab.usePages(pages);
    }
    return slab;
  }

  /** Whether the frame may be the object allocator's; does not wake it up. */
  boolean mayHoldObjects(int pfn) {
    return sleeping == null ? slab != null : sleeping.holds(pfn);
  }

  Printk printk() {
    if (printk == null) {
      printk = new Printk(machine);
    }
    return printk;
  }

  /** How much the kernel has said since boot. */
  long nrSaid() {
    return printk == null ? 0 : printk.nrSaid();
  }

  void restorePrintk(KernelLog said) {
    if (printk != null || said != null) {
      printk().restore(said);
    }
  }

  /** A request to the page allocator has failed. */
  @Override
  public void failed(int gfpMask, int order, int reason) {
    printk().failed(gfpMask, order, reason);
  }

  AddressSpace space() {
    if (space == null) {
      space = new AddressSpace(machine);
      space.setTrace(sink());
      if (cpus != null) {
        cpus.usePageTables(space.tables());
        cpus.writeEntries();
      }
    }
    return space;
  }

  CpuStates cpus() {
    if (cpus == null) {
      cpus = new CpuStates(profile);
      cpus.setTrace(sink());
      cpus.usePageTables(space == null ? null : space.tables());
    }
    return cpus;
  }

  /** See {@link Machine#context}. */
  int context() {
    return cpus == null ? ContextRules.PROCESS : cpus.context(pages.cpu());
  }

  /** The present CPU, or what it does, has changed. */
  void contextChanged() {
    atomic = context() != ContextRules.PROCESS;
  }

  FrameBytes bytes() {
    if (bytes == null) {
      bytes = new FrameBytes();
    }
    return bytes;
  }

  boolean isVivid() {
    return vivid || profile.letsThrough();
  }

  /** Tells the allocators where they write what is in memory, or that nobody looks. */
  void attachContents() {
    FrameBytes to = isVivid() ? bytes() : null;
    pages.setContents(to);
    if (slab != null) {
      slab.setContents(to, machine);
    }
  }

  /** The buffer of ftrace, made now if there is none. */
  EventLog events() {
    if (events == null) {
      events = new EventLog(machine);
    }
    return events;
  }

  /** Where facts go: through the buffer when it records, else straight to who listens. */
  private Trace sink() {
    if (events == null || events.enabled() == 0) {
      return trace;
    }
    events.setNext(trace);
    return events;
  }

  /** Tells every part where its facts go. */
  void attachTrace() {
    Trace sink = sink();
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
}
