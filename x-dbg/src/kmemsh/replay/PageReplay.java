package kmemsh.replay;

import java.util.Arrays;
import java.util.List;
import kmemsh.capture.BadRecording;
import kmemsh.capture.PageSection;
import kmemsh.capture.RecordedMachine;
import kmemsh.capture.RecordedState;
import kmemsh.view.Gfp;
import kmemsh.view.PageState;
import kmemsh.view.ReplayReport;

/**
 * Performs the operations of one PAGE section and compares everything that was recorded, up to the
 * first difference.
 */
final class PageReplay {
  private static final int MAX_ORDER = 10;
  private static final int PAGE_BYTES = 4096;
  private static final int NO_PFN = PageSection.NO_PFN;

  private final String file;
  private final RecordedMachine recorded;
  private final PageMachine machine;
  private final StateCheck check;
  private final Cancel cancel;
  private final CheckpointCompare checkpoints;
  private final StateCompare states = new StateCompare();
  private final RecentOperations recent = new RecentOperations();

  private HeldPages held;
  private PageSection section;
  private boolean loaded;
  private long results;
  private int[] bulk = new int[64];
  private ReplayReport.Difference difference;
  private Divergence divergence;

  /** Tells a replay to stop at the next record. */
  interface Cancel {
    boolean isCancelled();
  }

  /** Where an allocation went another way: what the search for a memory policy looks at. */
  record Divergence(long operation, int cpu, int gfpMask) {}

  /** {@code empty} is the machine's state before anything was loaded: its zones. */
  PageReplay(
      String file, RecordedMachine recorded, PageMachine machine, PageState empty, Cancel cancel) {
    this.file = file;
    this.recorded = recorded;
    this.machine = machine;
    this.cancel = cancel;
    check = new StateCheck(recorded, empty);
    int[] zoneIds = new int[empty.zones().size()];
    String[] zoneNames = new String[zoneIds.length];
    for (int i = 0; i < zoneIds.length; i++) {
      zoneIds[i] = empty.zones().get(i).id();
      zoneNames[i] = empty.zones().get(i).name();
    }
    checkpoints = new CheckpointCompare(machine, zoneIds, zoneNames, recorded.nrCpus());
    held = new HeldPages(0);
  }

  /** Replays {@code pages} to its end or to the first difference, or until cancelled. */
  void run(PageSection pages) throws BadRecording {
    section = pages;
    held = new HeldPages(recorded.maxPfn());
    loaded = false;
    difference = null;
    divergence = null;
    recent.clear();
    while (difference == null && !cancel.isCancelled()) {
      switch (section.next()) {
        case PageSection.OPERATION -> operation();
        case PageSection.STATE -> state(section.state());
        case PageSection.CHECKPOINT -> {
          requireState();
          Mismatch found = checkpoints.compare(section.checkpoint());
          if (found != null) {
            differ(found, "CK " + section.checkpoint().operations(), recent.all());
          }
        }
        default -> {
          return;
        }
      }
    }
  }

  /** Operations performed, the one that differed included. */
  long operations() {
    return section == null ? 0 : section.operations();
  }

  long compared() {
    return results + states.compared() + checkpoints.compared();
  }

  /** The first difference, or null. */
  ReplayReport.Difference difference() {
    return difference;
  }

  /** Set when the first difference is the result of a single allocation, else null. */
  Divergence divergence() {
    return divergence;
  }

  private BadRecording bad(String what) {
    return new BadRecording(file, section.line(), what);
  }

  private void requireState() throws BadRecording {
    if (!loaded) {
      throw bad("there is no STATE start before this line");
    }
  }

  private void differ(Mismatch found, String text, List<String> before) {
    difference =
        new ReplayReport.Difference(
            found.what(),
            section.operations(),
            section.line(),
            text,
            found.expected(),
            found.got(),
            before,
            found.around());
  }

  private void state(RecordedState state) throws BadRecording {
    String why = state.why();
    if (why.equals("mid") || why.equals("end")) {
      requireState();
      Mismatch found = states.compare(state, machine.pageState());
      if (found != null) {
        differ(found, "STATE " + why, recent.all());
      }
      return;
    }
    if (!why.equals("start") && !why.equals("resync")) {
      throw bad("STATE " + why + " is not one of start, mid, end, resync");
    }
    String problem = check.problem(state.state());
    if (!problem.isEmpty()) {
      throw bad("STATE " + why + " cannot be: " + problem);
    }
    machine.load(state.state());
    loaded = true;
  }

  private void operation() throws BadRecording {
    requireState();
    recent.add(section);
    switch (section.operation()) {
      case 'a' -> allocPages();
      case 'f' -> {
        requireHeld(held.remove(section.pfn(), section.order()));
        machine.freePages(section.pfn(), section.order());
      }
      case 'x' -> allocPagesExact();
      case 'y' -> {
        requireHeld(held.removeSingles(section.pfn(), pages(section.bytes())));
        machine.freePagesExact(section.pfn(), section.bytes());
      }
      case 's' -> {
        requireHeld(held.split(section.pfn(), section.order()));
        machine.splitPage(section.pfn(), section.order());
      }
      case 'b' -> allocPagesBulk();
      case 'l' -> freeList();
      case 'c' -> machine.setCpu(section.cpu());
      default -> throw bad("'" + section.operation() + "' cannot be performed");
    }
  }

  private void requireHeld(boolean wasHeld) throws BadRecording {
    if (!wasHeld) {
      throw bad("'" + section.text() + "' gives back what the scenario does not hold");
    }
  }

  private void requireValidMask() throws BadRecording {
    int mask = section.gfpMask();
    if ((mask & ~Gfp.VALID) != 0 || !Gfp.validZoneBits(mask) || !Gfp.validMobility(mask)) {
      throw bad(Integer.toHexString(mask) + " is not a gfp mask that a request can have");
    }
  }

  private void allocPages() throws BadRecording {
    requireValidMask();
    int order = section.order();
    int got = order > MAX_ORDER ? NO_PFN : machine.allocPages(section.gfpMask(), order);
    if (result(got) && got != NO_PFN) {
      held.add(got, order);
    }
  }

  private void allocPagesExact() throws BadRecording {
    requireValidMask();
    int got = machine.allocPagesExact(section.bytes(), section.gfpMask());
    if (result(got) && got != NO_PFN) {
      held.addSingles(got, (int) pages(section.bytes()));
    }
  }

  private static long pages(long bytes) {
    return (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
  }

  private boolean result(int got) {
    results++;
    if (got == section.pfn()) {
      return true;
    }
    divergence = new Divergence(section.operations(), section.cpu(), section.gfpMask());
    differ(
        new Mismatch("result", shown(section.pfn()), shown(got), List.of()),
        section.text(),
        recent.beforeTheLast());
    return false;
  }

  private static String shown(int pfn) {
    if (pfn == NO_PFN) {
      return "NULL";
    }
    return "pfn " + pfn + " (0x" + Integer.toHexString(pfn) + ")";
  }

  private void allocPagesBulk() throws BadRecording {
    requireValidMask();
    if (bulk.length < section.wanted()) {
      bulk = new int[section.wanted()];
    }
    int got = machine.allocPagesBulk(section.gfpMask(), section.wanted(), bulk);
    int[] expected = section.pfns();
    int nr = section.nrPfns();
    results++;
    int at = Arrays.mismatch(expected, 0, nr, bulk, 0, got);
    if (at >= 0) {
      Mismatch found =
          StateCompare.listMismatch(
              "pages of the bulk", Arrays.copyOf(expected, nr), Arrays.copyOf(bulk, got), at);
      differ(found, section.text(), recent.beforeTheLast());
      return;
    }
    for (int i = 0; i < nr; i++) {
      held.add(expected[i], 0);
    }
  }

  private void freeList() throws BadRecording {
    int[] pfns = section.pfns();
    int nr = section.nrPfns();
    for (int i = 0; i < nr; i++) {
      requireHeld(held.remove(pfns[i], 0));
    }
    machine.freeUnrefPageList(pfns, nr);
  }
}
