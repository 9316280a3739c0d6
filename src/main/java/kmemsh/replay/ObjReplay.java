package kmemsh.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kmemsh.capture.BadRecording;
import kmemsh.capture.ObjSection;
import kmemsh.capture.RecordedMachine;
import kmemsh.capture.RecordedSlabState;
import kmemsh.capture.RecordedState;
import kmemsh.machine.Slabs;
import kmemsh.view.Gfp;
import kmemsh.view.PageState;
import kmemsh.view.ReplayReport;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;

/**
 * Performs the operations of one OBJ section and compares every address, every checkpoint of the
 * pages and every state of pages and slabs, up to the first difference.
 */
final class ObjReplay {
  private static final int RECENT = 8;

  private final String file;
  private final PageMachine machine;
  private final Slabs slabs;
  private final PageReplay.Cancel cancel;
  private final StateCheck check;
  private final SlabStateCheck slabCheck;
  private final CheckpointCompare checkpoints;
  private final StateCompare states = new StateCompare();
  private final SlabCompare slabStates = new SlabCompare();
  private final HeldObjects held = new HeldObjects();
  private final List<ObjSection.Created> created = new ArrayList<>();

  private ObjSection section;
  private boolean pagesLoaded;
  private boolean slabsLoaded;
  private boolean cachesLoaded;
  private long results;
  private long[] bulk = new long[64];
  private ReplayReport.Difference difference;
  private Divergence divergence;

  /** Look-ups on other nodes before the present operation, where there are other nodes. */
  private final boolean manyNodes;

  private int looksBefore;
  private int presentCpu;

  /**
   * Where an allocation went another way: what the search for a reason looks at.
   *
   * @param firstLook number of the first look-up on other nodes in it
   * @param endLook number of the first one behind it
   */
  record Divergence(long operation, int cpu, int gfpMask, int firstLook, int endLook) {}

  /** The operations before the present one, as numbers: code, cache, size, mask, two addresses. */
  private final long[] recent = new long[RECENT * 6];

  private long nrRecent;

  ObjReplay(
      String file,
      RecordedMachine recorded,
      PageMachine machine,
      Slabs slabs,
      PageReplay.Cancel cancel) {
    this.file = file;
    this.machine = machine;
    this.slabs = slabs;
    this.cancel = cancel;
    PageState empty = machine.pageState();
    check = new StateCheck(recorded, empty);
    manyNodes = recorded.nrNodes() > 1;
    slabCheck = new SlabStateCheck(recorded, slabs);
    checkpoints = CheckpointCompare.of(machine, empty, recorded.nrCpus());
  }

  /** Replays {@code objects} to its end or to the first difference, or until cancelled. */
  void run(ObjSection objects) throws BadRecording {
    section = objects;
    while (difference == null && !cancel.isCancelled()) {
      switch (section.next()) {
        case ObjSection.OPERATION -> operation();
        case ObjSection.STATE -> state(section.state());
        case ObjSection.SLABSTATE -> slabState(section.slabState());
        case ObjSection.CACHES -> caches();
        case ObjSection.CREATED -> created.add(section.created());
        case ObjSection.CHECKPOINT -> {
          requireStates();
          differ(
              checkpoints.compare(section.checkpoint()), "CK " + section.checkpoint().operations());
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
    return results + states.compared() + slabStates.compared() + checkpoints.compared();
  }

  /** The first difference, or null. */
  ReplayReport.Difference difference() {
    return difference;
  }

  /** Set when the first difference is the result of an allocation, else null. */
  Divergence divergence() {
    return divergence;
  }

  private BadRecording bad(String what) {
    return new BadRecording(file, section.line(), what);
  }

  private void requireStates() throws BadRecording {
    if (!pagesLoaded || !slabsLoaded) {
      throw bad("there is no STATE start and SLABSTATE start before this line");
    }
  }

  private void differ(Mismatch found, String text) {
    if (found != null && difference == null) {
      difference =
          new ReplayReport.Difference(
              found.what(),
              section.operations(),
              section.line(),
              text,
              found.expected(),
              found.got(),
              recentTexts(),
              found.around());
    }
  }

  // States.

  private void state(RecordedState state) throws BadRecording {
    String why = state.why();
    if (isComparison(why)) {
      requireStates();
      differ(states.compare(state, machine.pageState()), "STATE " + why);
      return;
    }
    requireLoadable("STATE", why);
    String problem = check.problem(state.state());
    if (!problem.isEmpty()) {
      throw bad("STATE " + why + " cannot be: " + problem);
    }
    machine.load(state.state());
    presentCpu = 0;
    machine.attach(slabs);
    pagesLoaded = true;
  }

  private static boolean isComparison(String why) {
    return why.equals("mid") || why.equals("end");
  }

  private void requireLoadable(String tag, String why) throws BadRecording {
    if (!why.equals("start") && !why.equals("resync")) {
      throw bad(tag + " " + why + " is not one of start, mid, end, resync");
    }
  }

  private void slabState(RecordedSlabState state) throws BadRecording {
    String why = state.why();
    if (isComparison(why)) {
      requireStates();
      differ(slabStates.compare(state.state(), slabs.saveState()), "SLABSTATE " + why);
      return;
    }
    requireLoadable("SLABSTATE", why);
    if (!pagesLoaded || !cachesLoaded) {
      throw bad("there is no STATE or no list of caches before this SLABSTATE");
    }
    String problem = slabCheck.problem(state.state());
    if (!problem.isEmpty()) {
      throw bad("SLABSTATE " + why + " cannot be: " + problem);
    }
    slabs.loadState(state.state(), why.equals("resync"));
    problem = slabCheck.problemOfLoaded();
    if (!problem.isEmpty()) {
      throw bad("SLABSTATE " + why + " cannot be: " + problem);
    }
    slabsLoaded = true;
  }

  private void caches() throws BadRecording {
    String problem = slabCheck.problem(section.caches());
    if (!problem.isEmpty()) {
      throw bad("the list of caches cannot be: " + problem);
    }
    slabs.loadCaches(section.caches(), section.kmalloc());
    cachesLoaded = true;
    slabsLoaded = false;
    held.clear();
    for (SlabState.Cache cache : section.caches()) {
      geometry(cache);
    }
    for (ObjSection.Created each : created) {
      sharing(each);
    }
  }

  /**
   * The cache that a creation shared can be shared. Whether an older one could have been shared
   * instead cannot be told: recordings do not say which caches user space may see into.
   */
  private void sharing(ObjSection.Created each) {
    if (each.given().equals(each.name())) {
      return;
    }
    for (SlabState.Cache cache : section.caches()) {
      if (cache.name().equals(each.given())) {
        results++;
        if (!slabs.canShare(
            cache.id(), each.name(), each.size(), each.align(), each.flags(), each.ctor())) {
          String text = "kc " + each.name();
          differ(new Mismatch("shared cache", each.given(), "its own", List.of()), text);
        }
      }
    }
  }

  /**
   * What the model computes of a cache must be what it has. Only of those whose object size is
   * surely the one they were made with: it grows when a larger cache is merged.
   */
  private void geometry(SlabState.Cache cache) {
    boolean kmalloc = (cache.number("flags", 0) & SlabFlags.SLAB_KMALLOC) != 0;
    long refcount = cache.number("refcount", 1);
    if (refcount > 1 || (refcount > 0 && !kmalloc && !wasCreated(cache.name()))) {
      return;
    }
    Map<String, Long> got = slabs.recomputed(cache.id());
    for (Map.Entry<String, Long> number : cache.numbers().entrySet()) {
      Long have = got.get(number.getKey());
      if (have != null && !have.equals(number.getValue())) {
        String what = number.getKey() + " of cache " + cache.name();
        differ(new Mismatch(what, number.getValue(), have), "CACHE " + cache.id());
      }
    }
    results++;
  }

  private boolean wasCreated(String name) {
    for (ObjSection.Created each : created) {
      if (each.given().equals(name)) {
        return true;
      }
    }
    return false;
  }

  // Operations.

  private void operation() throws BadRecording {
    requireStates();
    remember();
    looksBefore = manyNodes ? slabs.passOver(null) : 0;
    switch (section.operation()) {
      case ObjSection.OA -> {
        int cache = cache();
        long got = slabs.alloc(cache, mask());
        if (result(got) && got != Slabs.NULL) {
          held.add(got, cache);
        }
      }
      case ObjSection.OF -> {
        requireHeld(section.address(), cache());
        slabs.free(section.cache(), section.address());
      }
      case ObjSection.KA -> {
        long got = slabs.kmalloc(section.size(), mask());
        if (result(got)) {
          hold(got);
        }
      }
      case ObjSection.KF -> {
        requireHeldOrNull(section.address());
        slabs.kfree(section.address());
      }
      case ObjSection.KR -> krealloc();
      case ObjSection.C -> {
        presentCpu = section.cpu();
        machine.setCpu(presentCpu);
      }
      default -> rareOperation();
    }
  }

  private void rareOperation() throws BadRecording {
    switch (section.operation()) {
      case ObjSection.KS -> {
        results++;
        int got = slabs.shrink(cache());
        if (got != section.result()) {
          differ(new Mismatch("result", section.result(), got), section.text());
        }
      }
      case ObjSection.KD -> slabs.destroyCache(cache());
      case ObjSection.OB -> allocBulk();
      case ObjSection.OBF -> {
        int cache = cache();
        for (int i = 0; i < section.listSize(); i++) {
          requireHeld(section.list()[i], cache);
        }
        slabs.freeBulk(cache, section.listSize(), section.list());
      }
      case ObjSection.KBF -> {
        for (int i = 0; i < section.listSize(); i++) {
          requireHeldOrNull(section.list()[i]);
        }
        slabs.kfreeBulk(section.listSize(), section.list());
      }
      case ObjSection.CR -> slabs.reap(section.due(), section.node());
      default -> throw bad("'" + section.text() + "' cannot be performed");
    }
  }

  private int cache() throws BadRecording {
    int cache = section.cache();
    if (!slabs.hasCache(cache)) {
      throw bad("there is no cache " + cache);
    }
    return cache;
  }

  private int mask() throws BadRecording {
    int mask = section.gfpMask();
    if ((mask & ~Gfp.VALID) != 0 || !Gfp.validZoneBits(mask) || !Gfp.validMobility(mask)) {
      throw bad(Integer.toHexString(mask) + " is not a gfp mask that a request can have");
    }
    return mask;
  }

  private void hold(long address) {
    if (address != Slabs.NULL && address != Slabs.ZERO_SIZE_PTR) {
      held.add(address, HeldObjects.KMALLOC);
    }
  }

  private void requireHeld(long address, int cache) throws BadRecording {
    if (held.remove(address) != cache) {
      throw notHeld();
    }
  }

  private void requireHeldOrNull(long address) throws BadRecording {
    boolean nothing = address == Slabs.NULL || address == Slabs.ZERO_SIZE_PTR;
    if (!nothing && held.remove(address) == HeldObjects.NOT_HELD) {
      throw notHeld();
    }
  }

  private BadRecording notHeld() {
    return bad("'" + section.text() + "' gives back what the scenario does not hold");
  }

  private boolean result(long got) {
    results++;
    if (got == section.result()) {
      return true;
    }
    String expected = ObjSection.shown(section.result());
    differ(new Mismatch("result", expected, ObjSection.shown(got), List.of()), section.text());
    diverged();
    return false;
  }

  private void diverged() {
    int looks = manyNodes ? slabs.passOver(null) : 0;
    divergence =
        new Divergence(section.operations(), presentCpu, section.gfpMask(), looksBefore, looks);
  }

  private void krealloc() throws BadRecording {
    long old = section.address();
    requireHeldOrNull(old);
    long got = slabs.krealloc(old, section.size(), mask());
    if (result(got)) {
      hold(got == Slabs.NULL ? old : got);
    }
  }

  private void allocBulk() throws BadRecording {
    int cache = cache();
    int wanted = (int) section.size();
    if (bulk.length < wanted) {
      bulk = new long[wanted];
    }
    int got = slabs.allocBulk(cache, mask(), wanted, bulk);
    results++;
    int at = Arrays.mismatch(section.list(), 0, section.listSize(), bulk, 0, got);
    if (at >= 0) {
      String expected = at < section.listSize() ? ObjSection.shown(section.list()[at]) : "the end";
      String have = at < got ? ObjSection.shown(bulk[at]) : "the end";
      differ(new Mismatch("object " + at, expected, have, List.of()), section.text());
      diverged();
      return;
    }
    for (int i = 0; i < got; i++) {
      held.add(bulk[i], cache);
    }
  }

  // The operations before a difference.

  private void remember() {
    int at = (int) (nrRecent++ % RECENT) * 6;
    recent[at] = section.operation();
    recent[at + 1] = section.operation() == ObjSection.C ? section.cpu() : section.cache();
    recent[at + 2] = section.size();
    recent[at + 3] = section.gfpMask();
    recent[at + 4] = section.address();
    recent[at + 5] = section.result();
  }

  private List<String> recentTexts() {
    List<String> texts = new ArrayList<>();
    for (long i = Math.max(0, nrRecent - RECENT); i < nrRecent; i++) {
      int at = (int) (i % RECENT) * 6;
      texts.add(
          ObjSection.text(
              (int) recent[at],
              (int) recent[at + 1],
              recent[at + 2],
              (int) recent[at + 3],
              recent[at + 4],
              recent[at + 5]));
    }
    return texts;
  }
}
