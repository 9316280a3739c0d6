package kmemsh.machine;

import kmemsh.mm.highmem.HighmemConfig;
import kmemsh.mm.highmem.LocalMaps;
import kmemsh.mm.highmem.Pkmap;
import kmemsh.mm.vmalloc.PageTables;
import kmemsh.trace.HighmemStep;
import kmemsh.trace.Trace;

/**
 * The windows to HighMem of a machine, and what the calls that use them do with lowmem pages.
 *
 * <p>It checks nothing that a kernel would not check. A machine has one from the first such call
 * on.
 */
public final class Highmem {
  /** {@link #kmap}: the task would sleep. {@link #mapLocal}: the stack is full, a BUG. */
  public static final long NONE = 0;

  private static final int PAGE_SHIFT = 12;

  private final long pageOffset;
  private final HighmemConfig config;
  private final Pkmap pkmap;
  private final LocalMaps locals;
  private Trace trace = Trace.OFF;

  /** Both windows at one moment. */
  public static final class State {
    private final Pkmap.State pkmap;
    private final LocalMaps.State locals;

    private State(Pkmap.State pkmap, LocalMaps.State locals) {
      this.pkmap = pkmap;
      this.locals = locals;
    }
  }

  private Highmem(long pageOffset, HighmemConfig config) {
    this.pageOffset = pageOffset;
    this.config = config;
    pkmap = new Pkmap(config);
    locals = new LocalMaps(config);
  }

  /** The windows of {@code profile}, nothing mapped in them. */
  public static Highmem of(Profile profile) {
    return new Highmem(profile.pageOffset(), HighmemLayout.of(profile));
  }

  /**
   * The windows of {@code profile} where its kernel says.
   *
   * @param layout PAGE_OFFSET, PKMAP_BASE, LAST_PKMAP, FIXADDR_TOP, the address of local-map slot 0
   *     and KM_MAX_IDX
   */
  public static Highmem of(Profile profile, long[] layout) {
    int begin = (int) ((layout[3] - layout[4]) >>> PAGE_SHIFT);
    return new Highmem(
        layout[0],
        new HighmemConfig(
            layout[1],
            (int) layout[2],
            layout[3],
            begin,
            (int) layout[5],
            profile.nrCpus(),
            profile.endOfLowmem(),
            profile.maxPfn()));
  }

  public HighmemConfig config() {
    return config;
  }

  /** The persistent window. */
  public Pkmap pkmap() {
    return pkmap;
  }

  /** The local maps. */
  public LocalMaps locals() {
    return locals;
  }

  /** Keeps the entries of both windows in {@code tables} from now on, in none for null. */
  public void usePageTables(PageTables tables) {
    pkmap.usePageTables(tables);
    locals.usePageTables(tables);
  }

  /** Writes the entries of both windows into page tables that know nothing of them. */
  public void writeEntries() {
    pkmap.writeEntries();
    locals.writeEntries();
  }

  public void setTrace(Trace trace) {
    this.trace = trace;
    pkmap.setTrace(trace);
    locals.setTrace(trace);
  }

  /** Whether the linear map does not reach {@code pfn}. */
  public boolean isHighmem(int pfn) {
    return pfn >= config.startPfn();
  }

  private long lowmem(int pfn) {
    trace.highmemStep(HighmemStep.LOWMEM, pfn, -1, 0);
    return pageOffset + ((long) pfn << PAGE_SHIFT);
  }

  /** {@code kmap}: the address, or {@link #NONE}. */
  public long kmap(int pfn) {
    if (pfn < config.startPfn()) {
      return lowmem(pfn);
    }
    int slot = pkmap.kmap(pfn);
    return slot == Pkmap.SLEEPS ? NONE : config.pkmapAddress(slot);
  }

  /** {@code kunmap} of a page that has a user; gives the count that is left, 0 for lowmem. */
  public int kunmap(int pfn) {
    if (pfn < config.startPfn()) {
      lowmem(pfn);
      return 0;
    }
    return pkmap.kunmap(pfn);
  }

  /** {@code kmap_local_page}, or {@code kmap_atomic}: the address, or {@link #NONE}. */
  public long mapLocal(int cpu, int pfn, boolean atomic) {
    if (pfn < config.startPfn()) {
      if (atomic) {
        locals.mapLowmem(cpu);
        preempt(cpu);
      }
      return lowmem(pfn);
    }
    long virt = locals.map(cpu, pfn, atomic);
    if (atomic && virt != LocalMaps.BUG) {
      preempt(cpu);
    }
    return virt;
  }

  /**
   * {@code kunmap_local}, or {@code kunmap_atomic}, of an address that was mapped; gives the
   * outcome as {@link LocalMaps#unmap} does.
   */
  public int unmapLocal(int cpu, long virt, boolean atomic) {
    int outcome = LocalMaps.IN_ORDER;
    if (config.localIndex(virt) >= 0) {
      outcome = locals.unmap(cpu, virt);
    } else if (atomic) {
      locals.unmapLowmem(cpu);
    }
    if (atomic) {
      preempt(cpu);
    }
    return outcome;
  }

  private void preempt(int cpu) {
    trace.highmemStep(HighmemStep.PREEMPT, -1, -1, locals.preemptDepth(cpu));
  }

  /** The frame behind an address of either window, or -1. */
  public int pfnAt(long virt) {
    int slot = config.pkmapSlot(virt);
    if (slot >= 0) {
      return pkmap.pfn(slot);
    }
    int index = config.localIndex(virt);
    return index < 0 ? -1 : locals.pfn(index);
  }

  /** A local-map slot, counted from 0 over all CPUs, that maps {@code pfn}, or -1. */
  public int localIndexOf(int pfn) {
    for (int index = 0; index < config.kmMaxIdx() * config.nrCpus(); index++) {
      if (locals.pfn(index) == pfn) {
        return index;
      }
    }
    return -1;
  }

  /** {@code page_address} of a HighMem page: its address in the persistent window, or 0. */
  public long pageAddress(int pfn) {
    int slot = pkmap.slotOf(pfn);
    return slot < 0 ? 0 : config.pkmapAddress(slot);
  }

  /** What is wrong, or empty. */
  public String verify() {
    String problem = pkmap.verify();
    return problem.isEmpty() ? locals.verify() : problem;
  }

  public State checkpoint() {
    return new State(pkmap.checkpoint(), locals.checkpoint());
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    pkmap.restore(state.pkmap);
    locals.restore(state.locals);
  }
}
