package kmemsh.machine;

import kmemsh.mm.vmalloc.PageTables;
import kmemsh.trace.Trace;

/**
 * What the CPUs are doing: the context of each, what is mapped through their fixmap slots and, for
 * all of them, the persistent window. A machine on which nobody asked has none of it.
 */
public final class CpuStates {
  private final Profile profile;
  private final byte[] contexts;

  /** Null until something is mapped or looked up. */
  private Highmem highmem;

  /** Where the windows' entries go; null as long as nobody asked for page tables. */
  private PageTables tables;

  private Trace trace = Trace.OFF;

  /** The CPUs at one moment. */
  public static final class State {
    private final byte[] contexts;
    private final Highmem.State highmem;

    private State(byte[] contexts, Highmem.State highmem) {
      this.contexts = contexts;
      this.highmem = highmem;
    }
  }

  CpuStates(Profile profile) {
    this.profile = profile;
    contexts = new byte[profile.nrCpus()];
  }

  void setTrace(Trace trace) {
    this.trace = trace;
    if (highmem != null) {
      highmem.setTrace(trace);
    }
  }

  /** The windows to HighMem. */
  public Highmem highmem() {
    if (highmem == null) {
      highmem = Highmem.of(profile);
      highmem.setTrace(trace);
      highmem.usePageTables(tables);
    }
    return highmem;
  }

  /** Keeps the entries of the windows in {@code tables} from now on, in none for null. */
  void usePageTables(PageTables tables) {
    this.tables = tables;
    if (highmem != null) {
      highmem.usePageTables(tables);
    }
  }

  /** Writes what is mapped into page tables that were made just now. */
  void writeEntries() {
    if (highmem != null) {
      highmem.writeEntries();
    }
  }

  /** One of the contexts of {@link ContextRules}; mapping with kmap_atomic makes it atomic. */
  public int context(int cpu) {
    int context = contexts[cpu];
    return context == ContextRules.PROCESS && mapsHeld(cpu) > 0 ? ContextRules.ATOMIC : context;
  }

  /** The context that was set, whatever is mapped. */
  public int contextSet(int cpu) {
    return contexts[cpu];
  }

  void setContext(int cpu, int context) {
    contexts[cpu] = (byte) context;
  }

  /** How often preemption is off on {@code cpu} because of kmap_atomic. */
  public int mapsHeld(int cpu) {
    return highmem == null ? 0 : highmem.locals().preemptDepth(cpu);
  }

  /** {@code preempt_count} of {@code cpu}. */
  public int preemptCount(int cpu) {
    return ContextRules.preemptCount(contexts[cpu]) + mapsHeld(cpu);
  }

  /** What is wrong, or empty. */
  String verify() {
    return highmem == null ? "" : highmem.verify();
  }

  State checkpoint() {
    return new State(contexts.clone(), highmem == null ? null : highmem.checkpoint());
  }

  void restore(State state) {
    System.arraycopy(state.contexts, 0, contexts, 0, contexts.length);
    if (state.highmem == null) {
      highmem = null;
    } else {
      highmem().restore(state.highmem);
    }
  }
}
