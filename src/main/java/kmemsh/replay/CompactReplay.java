package kmemsh.replay;

import java.util.Arrays;
import java.util.List;
import kmemsh.capture.BadRecording;
import kmemsh.capture.CompactSection;
import kmemsh.capture.RecordedMachine;
import kmemsh.capture.RecordedState;
import kmemsh.machine.Compactor;
import kmemsh.view.PageState;
import kmemsh.view.ReplayReport;

/**
 * Performs the requests, frees and runs of one COMPACT or CMA section and compares every page that
 * was found, moved or left where it is, every position and every checkpoint, up to the first
 * difference.
 */
final class CompactReplay {
  private final String file;
  private final PageMachine machine;
  private final StateCheck check;
  private final PageReplay.Cancel cancel;
  private final CheckpointCompare checkpoints;
  private final StateCompare states = new StateCompare();
  private final HeldPages held;
  private final int nrZones;

  private CompactSection section;
  private Compactor compactor;
  private boolean started;
  private long compared;
  private ReplayReport.Difference difference;

  /** Result of the present run, and the first of its events that was not compared. */
  private int result;

  private int nextEvent;
  private int runOrder;
  private int contigPages;

  CompactReplay(
      String file,
      RecordedMachine recorded,
      PageMachine machine,
      PageState empty,
      PageReplay.Cancel cancel) {
    this.file = file;
    this.machine = machine;
    this.cancel = cancel;
    check = new StateCheck(recorded, empty);
    checkpoints = CheckpointCompare.of(machine, empty, recorded.nrCpus());
    held = new HeldPages(recorded.maxPfn());
    nrZones = recorded.maxNrZones() * recorded.nrNodes();
  }

  long operations() {
    return section.operations();
  }

  long compared() {
    return compared + states.compared() + checkpoints.compared();
  }

  /** The first difference, or null. */
  ReplayReport.Difference difference() {
    return difference;
  }

  /** Replays to the end or to the first difference, or until cancelled. */
  void run(CompactSection runs) throws BadRecording {
    section = runs;
    int record = section.next();
    while (record != CompactSection.END && !cancel.isCancelled()) {
      switch (record) {
        case CompactSection.STATE -> state(section.state());
        case CompactSection.ALLOC -> alloc();
        case CompactSection.FREE -> free();
        case CompactSection.RUN -> compact();
        case CompactSection.RESULT -> result();
        case CompactSection.AREA -> area();
        case CompactSection.CONTIG -> contig();
        case CompactSection.CONTIG_END -> contigEnd();
        case CompactSection.RELEASE -> release();
        case CompactSection.CHECKPOINT -> differ(checkpoints.compare(section.checkpoint()));
        case CompactSection.POSITIONS, CompactSection.SKIPS, CompactSection.COMPOUNDS ->
            kept(record);
        default -> events(record);
      }
      if (difference != null) {
        return;
      }
      record = section.next();
    }
  }

  private BadRecording bad(String what) {
    return new BadRecording(file, section.line(), what);
  }

  private void differ(Mismatch found) {
    if (found != null && difference == null) {
      difference =
          new ReplayReport.Difference(
              found.what(),
              section.operations(),
              section.line(),
              section.text(),
              found.expected(),
              found.got(),
              List.of(),
              found.around());
    }
  }

  private void compare(String what, long expected, long got) {
    compared++;
    if (expected != got) {
      differ(new Mismatch(what, expected, got));
    }
  }

  private void state(RecordedState state) throws BadRecording {
    if (started) {
      differ(states.compare(state, machine.pageState()));
      return;
    }
    String problem = check.problem(state.state());
    if (!problem.isEmpty()) {
      throw bad("STATE " + state.why() + " cannot be: " + problem);
    }
    machine.load(state.state());
    compactor = machine.compactor();
  }

  private void requireState() throws BadRecording {
    if (compactor == null) {
      throw bad("there is no STATE start before this line");
    }
    started = true;
  }

  // What the scenario does.

  private void alloc() throws BadRecording {
    requireState();
    int got = machine.allocPages(section.gfpMask(), section.order());
    compare("result", section.pfn(), got);
    if (difference == null && got >= 0) {
      held.add(got, section.order());
      if (section.isMovable()) {
        compactor.own(got);
      }
    }
  }

  private void free() throws BadRecording {
    requireState();
    if (!held.remove(section.pfn(), section.order())) {
      throw bad("pfn " + section.pfn() + " is given back, which the scenario does not hold");
    }
    compactor.disown(section.pfn());
    machine.freePages(section.pfn(), section.order());
  }

  // Runs.

  private void compact() throws BadRecording {
    requireState();
    if (section.zone() >= nrZones) {
      throw bad("the machine has no zone " + section.zone());
    }
    nextEvent = 0;
    runOrder = section.order();
    result =
        compactor.run(
            section.zone(), section.order(), section.gfpMask(), section.prio(), section.highest());
  }

  private void events(int record) throws BadRecording {
    requireState();
    int[] pfns = section.pfns();
    for (int i = 0; i < pfns.length && difference == null; i++) {
      int what =
          switch (record) {
            case CompactSection.ISOLATED -> Compactor.ISOLATED;
            case CompactSection.PUT_BACK -> Compactor.PUT_BACK;
            default -> section.to()[i];
          };
      event(pfns[i], what);
    }
  }

  private void event(int pfn, int what) {
    compared++;
    String expected = text(pfn, what);
    boolean more = nextEvent < compactor.nrEvents();
    String got =
        more
            ? text(compactor.pfn(nextEvent), compactor.what(nextEvent))
            : "the end of the run with result " + result;
    if (!expected.equals(got)) {
      differ(new Mismatch("step " + nextEvent + " of the run", expected, got, List.of()));
      return;
    }
    if (what >= 0) {
      held.remove(pfn, 0);
      held.add(what, 0);
    }
    nextEvent++;
  }

  private static String text(int pfn, int what) {
    if (what == Compactor.ISOLATED) {
      return "pfn " + pfn + " isolated";
    }
    return what == Compactor.PUT_BACK
        ? "pfn " + pfn + " put back"
        : "pfn " + pfn + " moved to " + what;
  }

  private void result() throws BadRecording {
    requireState();
    compare("steps of the run", nextEvent, compactor.nrEvents());
    compare("result of the run", section.result(), result);
    compare("captured block", section.pfn(), compactor.captured());
    if (difference == null && section.pfn() >= 0) {
      held.add(section.pfn(), runOrder);
    }
  }

  // Contiguous ranges.

  private void area() throws BadRecording {
    if (compactor == null) {
      throw bad("there is no STATE start before this line");
    }
    if (compactor.hasArea()) {
      same("bits of the area", section.pfns(), compactor.areaBits());
    } else if (!compactor.setArea(
        section.base(), section.count(), section.order(), section.pfns())) {
      throw bad("no zone has room for this area");
    }
  }

  private void requireArea() throws BadRecording {
    requireState();
    if (!compactor.hasArea()) {
      throw bad("there is no CMAAREA before this line");
    }
  }

  private void contig() throws BadRecording {
    requireArea();
    nextEvent = 0;
    contigPages = section.count();
    result = compactor.allocContig(section.count(), section.order());
  }

  private void contigEnd() throws BadRecording {
    requireArea();
    compare("steps until the range was found", nextEvent, compactor.nrEvents());
    compare("first page of the range", section.pfn(), result);
    for (int i = 0; difference == null && result >= 0 && i < contigPages; i++) {
      held.add(result + i, 0);
    }
  }

  private void release() throws BadRecording {
    requireArea();
    for (int i = 0; i < section.count(); i++) {
      if (!held.remove(section.pfn() + i, 0)) {
        throw bad("pfn " + (section.pfn() + i) + " is released, which the scenario does not hold");
      }
    }
    if (!compactor.release(section.pfn(), section.count())) {
      throw bad("pages outside the area are released");
    }
  }

  private void kept(int record) throws BadRecording {
    if (compactor == null || section.zone() >= nrZones) {
      throw bad("there is no STATE start or no zone of this number");
    }
    int zone = section.zone();
    if (record == CompactSection.COMPOUNDS) {
      compactor.addCompounds(section.order(), section.pfns());
    } else if (!started && record == CompactSection.POSITIONS) {
      compactor.setPositions(zone, section.positions());
    } else if (!started) {
      compactor.setSkips(zone, section.pfns());
    } else if (record == CompactSection.POSITIONS) {
      same("positions of zone " + zone, section.positions(), compactor.positions(zone));
    } else {
      same("skip bits of zone " + zone, section.pfns(), compactor.skips(zone));
    }
  }

  private void same(String what, int[] expected, int[] got) {
    compared++;
    if (!Arrays.equals(expected, got)) {
      differ(new Mismatch(what, Arrays.toString(expected), Arrays.toString(got), List.of()));
    }
  }
}
