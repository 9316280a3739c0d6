package kmemsh.machine;

import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageBoot;
import kmemsh.mm.page.PageConfig;
import kmemsh.mm.page.PageMachine;
import kmemsh.mm.page.ZoneShape;
import kmemsh.trace.Trace;
import kmemsh.view.PageState;

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

  private Profile profile;
  private PageMachine pages;
  private Trace trace = Trace.OFF;

  /** Boots {@code profile}. Spec: page-allocator.md 2 */
  public Machine(Profile profile) {
    boot(profile);
  }

  /** Switches the machine off and boots {@code next}. */
  public void boot(Profile next) {
    PageBoot boot = handOver(next);
    boot.setUpWatermarks();
  }

  private PageBoot handOver(Profile next) {
    ZoneShape[] shapes = Zones.shapes(next);
    PageConfig config = Zones.config(next, shapes);
    PageAllocator allocator = new PageAllocator(config, shapes);
    PageBoot boot = new PageBoot(allocator, Ranges.ramPfns(next), Ranges.freePfns(next));
    boot.handOver();
    if (!next.i386()) {
      boot.takeVmallocTables(VMALLOC_TABLES);
    }
    profile = next;
    pages = new PageMachine(allocator);
    pages.setTrace(trace);
    return boot;
  }

  /**
   * A machine right after memblock handed its memory over, before watermarks and page sets are set
   * up: what the BOOT section of a recording shows.
   */
  public static Machine atHandOver(Profile profile) {
    Machine machine = new Machine();
    machine.handOver(profile);
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
    machine.pages = new PageMachine(new PageAllocator(Zones.config(profile, shapes), shapes));
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

  public Trace trace() {
    return trace;
  }

  /** Hands every fact from now on to {@code sink}. */
  public void setTrace(Trace sink) {
    trace = sink;
    pages.setTrace(sink);
  }

  public Checkpoint checkpoint() {
    return new Checkpoint(profile, pages, pages.checkpoint());
  }

  /** Goes back to {@code saved}, which may be restored again later. */
  public void restore(Checkpoint saved) {
    profile = saved.profile();
    pages = saved.pages();
    pages.restore(saved.pageState());
    pages.setTrace(trace);
  }
}
