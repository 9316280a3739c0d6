package kmemsh.mm.highmem;

import java.util.Arrays;
import kmemsh.mm.vmalloc.PageTables;
import kmemsh.trace.HighmemStep;
import kmemsh.trace.Trace;

/**
 * The local maps, kmap_local and kmap_atomic: for each CPU a stack of fixmap slots. The newest
 * mapping must be undone first.
 *
 * <p>A CPU is taken to run one task of its own all the time, so the stack of a task is that of its
 * CPU. kmap_atomic also switches preemption and page faults off, for lowmem pages too; those
 * without a slot are only counted.
 *
 * <pre>
 *   depths   [cpu]                    levels in use
 *   pfns     [cpu * kmMaxIdx + level] the frame its entry maps, -1 while the entry is empty
 *   atomic   [cpu * kmMaxIdx + level] whether kmap_atomic made it
 *   lowmem   [cpu]                    lowmem pages that are kmap_atomic'ed
 * </pre>
 *
 * <p>Left out: context switches, which keep the addresses, and the guard slots of
 * CONFIG_DEBUG_KMAP_LOCAL.
 *
 * <p>Spec: mappings.md 19
 */
public final class LocalMaps {
  /** What {@link #map} gives when the stack is full: the kernel stops at a BUG. */
  public static final long BUG = 0;

  /** {@link #unmap}: it was the newest. */
  public static final int IN_ORDER = 0;

  /** {@link #unmap}: it was not the newest, which the kernel warns of once. */
  public static final int WARNS = 1;

  /** {@link #unmap}: it was not the newest, and the warning was given before. */
  public static final int SILENT = 2;

  private final HighmemConfig config;
  private final int[] depths;
  private final int[] pfns;
  private final boolean[] atomic;
  private final int[] lowmem;
  private final WindowEntries entries = new WindowEntries();
  private boolean warned;
  private Trace trace = Trace.OFF;

  public LocalMaps(HighmemConfig config) {
    this.config = config;
    depths = new int[config.nrCpus()];
    pfns = new int[config.nrCpus() * config.kmMaxIdx()];
    Arrays.fill(pfns, -1);
    atomic = new boolean[pfns.length];
    lowmem = new int[config.nrCpus()];
  }

  public void setTrace(Trace trace) {
    this.trace = trace;
  }

  /** Keeps its entries in {@code tables} from now on, in none for null. */
  public void usePageTables(PageTables tables) {
    entries.use(tables);
  }

  /** Writes all of its entries. */
  public void writeEntries() {
    for (int index = 0; index < pfns.length; index++) {
      if (pfns[index] >= 0) {
        entries.set(config.localAddress(index), pfns[index]);
      }
    }
  }

  /** Maps a HighMem page on {@code cpu}; gives its address, or {@link #BUG} and nothing is done. */
  public long map(int cpu, int pfn, boolean isAtomic) {
    int depth = depths[cpu];
    if (depth + 1 >= config.kmMaxIdx()) {
      return BUG;
    }
    int index = cpu * config.kmMaxIdx() + depth;
    depths[cpu] = depth + 1;
    pfns[index] = pfn;
    atomic[index] = isAtomic;
    entries.set(config.localAddress(index), pfn);
    trace.highmemStep(HighmemStep.LOCAL_MAP, pfn, config.kmapBegin() + index, depth);
    return config.localAddress(index);
  }

  /**
   * Undoes the newest mapping of {@code cpu}, whichever {@code virt} is, which lies in the fixmap.
   * There must be one.
   *
   * @return {@link #IN_ORDER}, {@link #WARNS} or {@link #SILENT}
   */
  public int unmap(int cpu, long virt) {
    int depth = depths[cpu] - 1;
    assert depth >= 0 : "kunmap_local without a mapping";
    int index = cpu * config.kmMaxIdx() + depth;
    int outcome = IN_ORDER;
    if (config.localIndex(virt) != index) {
      outcome = warned ? SILENT : WARNS;
      warned = true;
    }
    trace.highmemStep(HighmemStep.LOCAL_UNMAP, pfns[index], config.kmapBegin() + index, depth);
    pfns[index] = -1;
    entries.clear(config.localAddress(index));
    atomic[index] = false;
    depths[cpu] = depth;
    return outcome;
  }

  /** A lowmem page was kmap_atomic'ed on {@code cpu}: no slot, but preemption is off. */
  public void mapLowmem(int cpu) {
    lowmem[cpu]++;
  }

  /** The reverse of {@link #mapLowmem}, which must have been called before. */
  public void unmapLowmem(int cpu) {
    assert lowmem[cpu] > 0;
    lowmem[cpu]--;
  }

  /** Lowmem pages that are kmap_atomic'ed on {@code cpu}. */
  public int nrLowmem(int cpu) {
    return lowmem[cpu];
  }

  /** Levels in use on {@code cpu}. */
  public int depth(int cpu) {
    return depths[cpu];
  }

  /** Address of the newest mapping of {@code cpu}, or 0. */
  public long top(int cpu) {
    int depth = depths[cpu];
    return depth == 0 ? 0 : config.localAddress(cpu * config.kmMaxIdx() + depth - 1);
  }

  /** Whether kmap_atomic made the newest mapping of {@code cpu}. */
  public boolean topIsAtomic(int cpu) {
    return isAtomic(cpu * config.kmMaxIdx() + depths[cpu] - 1);
  }

  /** The frame that a slot, counted from 0 over all CPUs, maps, or -1. */
  public int pfn(int index) {
    return pfns[index];
  }

  /** Whether kmap_atomic made the mapping of a slot. */
  public boolean isAtomic(int index) {
    return atomic[index];
  }

  /** How often preemption is switched off on {@code cpu} by what is mapped there. */
  public int preemptDepth(int cpu) {
    int nr = lowmem[cpu];
    int first = cpu * config.kmMaxIdx();
    for (int level = 0; level < depths[cpu]; level++) {
      nr += atomic[first + level] ? 1 : 0;
    }
    return nr;
  }

  /** What is wrong, or empty. */
  public String verify() {
    for (int cpu = 0; cpu < depths.length; cpu++) {
      for (int level = 0; level < config.kmMaxIdx(); level++) {
        int index = cpu * config.kmMaxIdx() + level;
        boolean mapped = pfns[index] >= 0;
        if (mapped != level < depths[cpu] || (atomic[index] && !mapped)) {
          return "level " + level + " of cpu " + cpu + " maps pfn " + pfns[index];
        }
        if (!entries.agree(config.localAddress(index), pfns[index])) {
          return "the page tables do not map level " + level + " of cpu " + cpu + " as it says";
        }
      }
      int most = Math.max(0, config.kmMaxIdx() - 1);
      if (depths[cpu] < 0 || depths[cpu] > most || lowmem[cpu] < 0) {
        return "cpu " + cpu + " has " + depths[cpu] + " levels, " + lowmem[cpu] + " lowmem maps";
      }
    }
    return "";
  }

  public State checkpoint() {
    return new State(depths.clone(), pfns.clone(), atomic.clone(), lowmem.clone(), warned);
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    System.arraycopy(state.depths, 0, depths, 0, depths.length);
    System.arraycopy(state.pfns, 0, pfns, 0, pfns.length);
    System.arraycopy(state.atomic, 0, atomic, 0, atomic.length);
    System.arraycopy(state.lowmem, 0, lowmem, 0, lowmem.length);
    warned = state.warned;
  }

  /** All stacks at one moment. */
  public static final class State {
    private final int[] depths;
    private final int[] pfns;
    private final boolean[] atomic;
    private final int[] lowmem;
    private final boolean warned;

    private State(int[] depths, int[] pfns, boolean[] atomic, int[] lowmem, boolean warned) {
      this.depths = depths;
      this.pfns = pfns;
      this.atomic = atomic;
      this.lowmem = lowmem;
      this.warned = warned;
    }
  }
}
