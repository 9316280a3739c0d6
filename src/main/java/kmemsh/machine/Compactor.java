package kmemsh.machine;

import java.util.Arrays;
import java.util.BitSet;
import kmemsh.mm.page.CmaArea;
import kmemsh.mm.page.Compaction;
import kmemsh.mm.page.PageMachine;

/**
 * Compaction of a machine, with an account of what it did to the pages of one owner.
 *
 * <pre>
 *   events  [nr][2]  pfn, what: ISOLATED, PUT_BACK or where it was moved to
 * </pre>
 */
public final class Compactor implements Compaction.Log {
  public static final int ISOLATED = -1;
  public static final int PUT_BACK = -2;

  private final Compaction compaction;
  private final BitSet own = new BitSet();
  private int[] events = new int[256];
  private int nrEvents;

  /** The area of contiguous memory, or null. */
  private CmaArea area;

  /** For the pages of a machine, none of which has an owner. */
  Compactor(PageMachine pages) {
    compaction = new Compaction(pages, this);
  }

  /** Compaction on the pages of {@code machine}. */
  public static Compactor of(Machine machine) {
    return new Compactor(machine.pages());
  }

  // The owner's pages.

  /** The owner has a page that can be moved. */
  public void own(int pfn) {
    own.set(pfn);
    compaction.setMovable(pfn, true);
  }

  /** The owner gives a page up, which may be none of his. */
  public void disown(int pfn) {
    if (own.get(pfn)) {
      own.clear(pfn);
      compaction.setMovable(pfn, false);
    }
  }

  // What happened in the last run.

  public int nrEvents() {
    return nrEvents;
  }

  public int pfn(int event) {
    return events[2 * event];
  }

  /** {@link #ISOLATED}, {@link #PUT_BACK} or the frame that the page was moved to. */
  public int what(int event) {
    return events[2 * event + 1];
  }

  private void add(int pfn, int what) {
    if (2 * nrEvents == events.length) {
      events = Arrays.copyOf(events, 2 * events.length);
    }
    events[2 * nrEvents] = pfn;
    events[2 * nrEvents + 1] = what;
    nrEvents++;
  }

  @Override
  public void isolated(int pfn) {
    if (own.get(pfn)) {
      add(pfn, ISOLATED);
    }
  }

  @Override
  public void putBack(int pfn) {
    if (own.get(pfn)) {
      add(pfn, PUT_BACK);
    }
  }

  @Override
  public void moved(int from, int to) {
    if (own.get(from)) {
      add(from, to);
      own.clear(from);
      own.set(to);
    }
  }

  // Runs and what is kept between them.

  /** See {@link Compaction#run}. */
  public int run(int zone, int order, int gfpMask, int prio, int highest) {
    nrEvents = 0;
    return compaction.run(zone, order, gfpMask, prio, highest);
  }

  /** The block that the last run caught for its request, or -1. */
  public int captured() {
    return compaction.captured();
  }

  /** See {@link Compaction#positions}. */
  public int[] positions(int zone) {
    return compaction.positions(zone);
  }

  public void setPositions(int zone, int[] positions) {
    compaction.setPositions(zone, positions);
  }

  public int[] skips(int zone) {
    return compaction.skips(zone);
  }

  public void setSkips(int zone, int[] pfns) {
    compaction.setSkips(zone, pfns);
  }

  // The area of contiguous memory.

  /**
   * There is an area of {@code nrPages} from {@code base} on, {@code 1 << order} pages to a bit.
   * False, and there is none, if no zone has room for it.
   */
  public boolean setArea(int base, int nrPages, int order, int[] bits) {
    if (!CmaArea.fits(compaction, base, nrPages)) {
      return false;
    }
    area = new CmaArea(compaction, base, nrPages, order);
    area.setBits(bits);
    return true;
  }

  public boolean hasArea() {
    return area != null;
  }

  /** Bits of the area that are set. */
  public int[] areaBits() {
    return area.bits();
  }

  /** See {@link CmaArea#alloc}. */
  public int allocContig(int count, int align) {
    nrEvents = 0;
    return area.alloc(count, align);
  }

  /** See {@link CmaArea#release}. */
  public boolean release(int pfn, int count) {
    return area.release(pfn, count);
  }

  public void addCompounds(int order, int[] pfns) {
    compaction.addCompounds(order, pfns);
  }
}
