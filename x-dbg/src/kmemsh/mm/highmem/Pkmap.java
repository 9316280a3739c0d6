package kmemsh.mm.highmem;

import java.util.Arrays;
import kmemsh.base.ShortColumn;
import kmemsh.mm.vmalloc.PageTables;
import kmemsh.trace.HighmemStep;
import kmemsh.trace.Trace;

/**
 * The persistent window: HighMem pages that kmap gave an address, until a flush takes it back.
 *
 * <p>The search for a slot goes round: it begins behind the slot of the newest mapping, and each
 * time it comes to slot 0 whatever nobody uses any more is flushed. So the first slot handed out
 * after boot is 1, and a page that was unmapped keeps its address until then.
 *
 * <pre>
 *   counts  [slot]  0 free; 1 mapped, no user, flushed at the next wrap; k: k - 1 users
 *   pfns    [slot]  the frame its entry maps, -1 while the entry is empty
 *   slots   [pfn - startPfn]  slot + 1 of the frame, 0 for none
 *   last            slot of the newest mapping
 * </pre>
 *
 * <p>Left out: the tasks that wait for a slot. {@link #kmap} says that its task would.
 *
 * <p>Spec: mappings.md 18
 */
public final class Pkmap {
  /** What {@link #kmap} gives when every slot has a user: the task sleeps until a kunmap. */
  public static final int SLEEPS = -1;

  private final HighmemConfig config;
  private final int[] counts;
  private final int[] pfns;
  private final ShortColumn slots;
  private final WindowEntries entries = new WindowEntries();
  private int last;
  private int nrUsed;
  private Trace trace = Trace.OFF;

  public Pkmap(HighmemConfig config) {
    this.config = config;
    counts = new int[config.lastPkmap()];
    pfns = new int[config.lastPkmap()];
    Arrays.fill(pfns, -1);
    slots = new ShortColumn(Math.max(1, config.endPfn() - config.startPfn()), 0);
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
    for (int slot = 0; slot < pfns.length; slot++) {
      if (pfns[slot] >= 0) {
        entries.set(config.pkmapAddress(slot), pfns[slot]);
      }
    }
  }

  public HighmemConfig config() {
    return config;
  }

  /** Maps a HighMem page; gives its slot or {@link #SLEEPS}. */
  public int kmap(int pfn) {
    int slot = slotOf(pfn);
    if (slot >= 0) {
      trace.highmemStep(HighmemStep.KMAP_KNOWN, pfn, slot, counts[slot]);
    } else {
      slot = newSlot(pfn);
      if (slot == SLEEPS) {
        return SLEEPS;
      }
    }
    if (++counts[slot] == 2) {
      nrUsed++;
    }
    return slot;
  }

  private int newSlot(int pfn) {
    int slot = search();
    if (slot == SLEEPS) {
      return SLEEPS;
    }
    counts[slot] = 1;
    pfns[slot] = pfn;
    slots.set(pfn - config.startPfn(), slot + 1);
    entries.set(config.pkmapAddress(slot), pfn);
    trace.highmemStep(HighmemStep.KMAP_NEW, pfn, slot, 0);
    return slot;
  }

  private int search() {
    int tries = config.lastPkmap();
    while (tries > 0) {
      last++;
      if (last == config.lastPkmap()) {
        last = 0;
        flush();
        tries = config.lastPkmap();
      }
      if (counts[last] == 0) {
        return last;
      }
      tries--;
    }
    return SLEEPS;
  }

  /**
   * Takes the address of every page that has no user away; gives how many. A wrap does this, and so
   * does the kernel when it changes page attributes.
   */
  public int flush() {
    int nr = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] == 1) {
        counts[slot] = 0;
        slots.set(pfns[slot] - config.startPfn(), 0);
        pfns[slot] = -1;
        entries.clear(config.pkmapAddress(slot));
        nr++;
      }
    }
    trace.highmemStep(HighmemStep.FLUSH, -1, last, nr);
    return nr;
  }

  /** Gives up one use of a page that has some; gives the count that is left, 1 for no user. */
  public int kunmap(int pfn) {
    int slot = slotOf(pfn);
    assert slot >= 0 && counts[slot] > 1 : "kunmap of pfn " + pfn + ", which has no user";
    int count = --counts[slot];
    if (count == 1) {
      nrUsed--;
    }
    trace.highmemStep(HighmemStep.KUNMAP, pfn, slot, count);
    return count;
  }

  /** The slot of a HighMem page, or -1; it has one until it is flushed. */
  public int slotOf(int pfn) {
    return slots.get(pfn - config.startPfn()) - 1;
  }

  /** The count of a slot. */
  public int count(int slot) {
    return counts[slot];
  }

  /** The frame that a slot maps, or -1. */
  public int pfn(int slot) {
    return pfns[slot];
  }

  /** The slot of the newest mapping. */
  public int last() {
    return last;
  }

  /** Slots that have users. */
  public int nrUsed() {
    return nrUsed;
  }

  /** Whether {@link #kmap} of this page would sleep. */
  public boolean wouldSleep(int pfn) {
    return nrUsed == counts.length && slotOf(pfn) < 0;
  }

  /** What is wrong, or empty. */
  public String verify() {
    int used = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      boolean mapped = pfns[slot] >= 0;
      if (counts[slot] < 0 || mapped != counts[slot] > 0) {
        return "pkmap slot " + slot + " has count " + counts[slot] + " and pfn " + pfns[slot];
      }
      if (mapped && slotOf(pfns[slot]) != slot) {
        return "pkmap slot " + slot + " is not that of its page, " + slotOf(pfns[slot]) + " is";
      }
      if (!entries.agree(config.pkmapAddress(slot), pfns[slot])) {
        return "the page tables do not map pkmap slot " + slot + " to pfn " + pfns[slot];
      }
      used += counts[slot] > 1 ? 1 : 0;
    }
    if (used != nrUsed) {
      return "pkmap has " + used + " slots in use, not " + nrUsed;
    }
    return pagesWithSlots() == mapped() ? "" : "a page claims a pkmap slot that is not its own";
  }

  private int pagesWithSlots() {
    int nr = 0;
    for (int pfn = config.startPfn(); pfn < config.endPfn(); pfn++) {
      nr += slotOf(pfn) < 0 ? 0 : 1;
    }
    return nr;
  }

  /** Slots whose entry is not empty. */
  public int mapped() {
    int nr = 0;
    for (int pfn : pfns) {
      nr += pfn < 0 ? 0 : 1;
    }
    return nr;
  }

  public State checkpoint() {
    return new State(counts.clone(), pfns.clone(), slots.checkpoint(), last, nrUsed);
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    System.arraycopy(state.counts, 0, counts, 0, counts.length);
    System.arraycopy(state.pfns, 0, pfns, 0, pfns.length);
    slots.restore(state.slots);
    last = state.last;
    nrUsed = state.nrUsed;
  }

  /** The window at one moment. */
  public static final class State {
    private final int[] counts;
    private final int[] pfns;
    private final ShortColumn.State slots;
    private final int last;
    private final int nrUsed;

    State(int[] counts, int[] pfns, ShortColumn.State slots, int last, int nrUsed) {
      this.counts = counts;
      this.pfns = pfns;
      this.slots = slots;
      this.last = last;
      this.nrUsed = nrUsed;
    }
  }
}
