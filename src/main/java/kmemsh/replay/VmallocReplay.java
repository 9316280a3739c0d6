package kmemsh.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kmemsh.capture.BadRecording;
import kmemsh.capture.RecordedMachine;
import kmemsh.capture.VmallocSection;
import kmemsh.machine.VmallocRange;
import kmemsh.view.ReplayReport;
import kmemsh.view.VmapState;

/**
 * Performs the operations of one VMALLOC section and compares every address, the count of lazily
 * freed pages and every list of areas, up to the first difference.
 *
 * <p>With one CPU the worker that purges runs at known points. With several it runs on another CPU
 * at any time, and only the count of lazy pages tells; so all the states are kept that the worker
 * can have led to and that agree with everything recorded so far.
 */
final class VmallocReplay {
  private static final int RECENT = 8;
  private static final int MOST_STATES = 256;
  private static final long PAGE_BYTES = 4096;
  private static final int[] FLAGS = {
    VmallocRange.VM_ALLOC, VmallocRange.VM_ALLOC, 0, VmallocRange.VM_MAP, VmallocRange.VM_IOREMAP
  };

  private final String file;
  private final boolean manyCpus;
  private final long[] bounds;
  private final int maxAlignShift;
  private final int wordBytes;

  /** Pages of RAM: for more at once no call even looks for addresses. */
  private final long totalramPages;

  private final PageReplay.Cancel cancel;
  private final String[] recent = new String[RECENT];

  /** The array of pages of each area that has one outside of kmalloc; 0 for the others. */
  private final Map<Long, Long> held = new HashMap<>();

  private VmallocSection section;
  private VmallocRange range;
  private List<VmallocRange.State> states = new ArrayList<>();
  private long compared;
  private int nrRecent;
  private ReplayReport.Difference difference;

  VmallocReplay(String file, RecordedMachine recorded, PageReplay.Cancel cancel)
      throws BadRecording {
    this.file = file;
    this.cancel = cancel;
    boolean i386 = recorded.arch().equals("i386");
    manyCpus = recorded.nrCpus() > 1;
    wordBytes = i386 ? 4 : 8;
    totalramPages = totalram(recorded);
    maxAlignShift = i386 ? (recorded.option("pae") ? 21 : 22) : 30;
    bounds =
        new long[] {
          layout(recorded, "VMALLOC_START"),
          layout(recorded, "VMALLOC_END"),
          i386 ? 0xffffffffL : -1L
        };
  }

  private static long totalram(RecordedMachine recorded) {
    try {
      return Long.parseLong(recorded.machine().getOrDefault("totalram_pages", ""));
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private long layout(RecordedMachine recorded, String key) throws BadRecording {
    try {
      return Long.parseUnsignedLong(recorded.layout().getOrDefault(key, ""), 16);
    } catch (NumberFormatException e) {
      throw new BadRecording(file, 0, "the LAYOUT line has no " + key);
    }
  }

  long operations() {
    return section == null ? 0 : section.operations();
  }

  long compared() {
    return compared;
  }

  /** The first difference, or null. */
  ReplayReport.Difference difference() {
    return difference;
  }

  /** Replays to the end or to the first difference, or until cancelled. */
  void run(VmallocSection areas) throws BadRecording {
    section = areas;
    while (difference == null && !cancel.isCancelled()) {
      switch (section.next()) {
        case VmallocSection.AREAS -> areas();
        case VmallocSection.TAKE, VmallocSection.GIVE -> operation();
        case VmallocSection.FLUSH -> flush();
        default -> {
          return;
        }
      }
      recent[nrRecent++ % RECENT] = section.text();
    }
  }

  private BadRecording bad(String what) {
    return new BadRecording(file, section.line(), what);
  }

  private void requireAreas() throws BadRecording {
    if (range == null) {
      throw bad("there is no list of areas before this line");
    }
  }

  private void differ(Mismatch found) {
    List<String> before = new ArrayList<>();
    for (int i = Math.max(0, nrRecent - RECENT); i < nrRecent; i++) {
      before.add(recent[i % RECENT]);
    }
    difference =
        new ReplayReport.Difference(
            found.what(),
            section.operations(),
            section.line(),
            section.text(),
            found.expected(),
            found.got(),
            before,
            found.around());
  }

  // Lists of areas.

  private void areas() throws BadRecording {
    if (range == null) {
      range = VmallocRange.of(bounds, maxAlignShift, section.areas());
      if (range == null) {
        throw bad("the lists of areas cannot be: they overlap or are no red-black tree");
      }
      states.add(range.checkpoint());
      return;
    }
    List<VmallocRange.State> agreeing = new ArrayList<>();
    Mismatch first = null;
    for (VmallocRange.State state : states) {
      range.restore(state);
      Mismatch found = compare(section.areas(), range.state());
      if (found == null) {
        agreeing.add(state);
      } else if (first == null) {
        first = found;
      }
    }
    keep(agreeing, first);
  }

  private void keep(List<VmallocRange.State> agreeing, Mismatch first) {
    if (agreeing.isEmpty()) {
      differ(first);
    } else {
      states = agreeing;
      range.restore(states.get(0));
    }
  }

  private Mismatch compare(VmapState expected, VmapState got) {
    Mismatch found = compare("VB", expected.busy(), got.busy());
    found = found == null ? compare("VF", expected.free(), got.free()) : found;
    found = found == null ? compare("VP", expected.lazy(), got.lazy()) : found;
    compared++;
    if (found == null && expected.lazyPages() != got.lazyPages()) {
      found = new Mismatch("lazy", expected.lazyPages(), got.lazyPages());
    }
    return found;
  }

  private Mismatch compare(String what, long[][] expected, long[][] got) {
    for (int i = 0; i < Math.max(expected.length, got.length); i++) {
      String left = i < expected.length ? row(what, expected[i]) : "no more";
      String right = i < got.length ? row(what, got[i]) : "no more";
      compared++;
      if (!left.equals(right)) {
        return new Mismatch(what + " entry " + (i + 1), left, right, List.of());
      }
    }
    return null;
  }

  private static String row(String what, long[] row) {
    String range = Long.toHexString(row[0]) + " " + Long.toHexString(row[1]);
    return switch (what) {
      case "VB" -> range + " " + Long.toHexString(row[2]) + " " + Long.toHexString(row[3]);
      case "VF" -> range + " " + row[2] + (row[3] != 0 ? " r" : " b");
      default -> range;
    };
  }

  // Operations.

  private void flush() throws BadRecording {
    requireAreas();
    compared++;
    List<VmallocRange.State> purged = new ArrayList<>();
    Map<String, Boolean> seen = new HashMap<>();
    for (VmallocRange.State state : states) {
      range.restore(state);
      range.purge();
      if (isNew(seen)) {
        purged.add(range.checkpoint());
      }
    }
    states = purged;
    range.restore(states.get(0));
    if (section.lazyPages() != range.lazyPages()) {
      differ(new Mismatch("lazy", section.lazyPages(), range.lazyPages()));
    }
  }

  private void operation() throws BadRecording {
    requireAreas();
    Step step = step();
    if (!manyCpus || (states.size() == 1 && !range.workerWanted() && quiet(step))) {
      VmallocRange.State before = states.get(0);
      step.run(range);
      compared += 2;
      Mismatch found = step.mismatch(range);
      if (found != null && step.mayHaveNoTables()) {
        range.restore(before);
        step.withoutTables = true;
        step.run(range);
        found = step.mismatch(range);
      }
      if (found == null && states.size() == 1) {
        states.set(0, range.checkpoint());
      } else if (found != null) {
        differ(found);
      }
    } else {
      search(step);
    }
  }

  /** Whether the worker can have nothing to do in this operation either. */
  private boolean quiet(Step step) {
    return step.given == 0 && step.address != 0;
  }

  /** The operation's steps, with what must come of them. */
  private Step step() throws BadRecording {
    Step step = new Step();
    step.api = section.api();
    step.lazyPages = section.lazyPages();
    step.take = section.isTake();
    if (step.take) {
      step.bytes = section.bytes();
      step.address = section.address();
      step.array = section.arrayAddress();
      if (step.address != 0) {
        held.put(step.address, step.array);
      }
      return step;
    }
    Long array = held.remove(section.address());
    if (array == null) {
      throw bad(VmallocSection.shown(section.address()) + " is freed, but no va line gave it");
    }
    step.given = section.address();
    step.array = array;
    return step;
  }

  /** Follows every way the worker can have gone, from every state, through the operation. */
  private void search(Step step) {
    List<VmallocRange.State> agreeing = new ArrayList<>();
    Map<String, Boolean> seen = new HashMap<>();
    Mismatch first = null;
    for (VmallocRange.State state : states) {
      range.restore(state);
      step.at = 0;
      Mismatch found = explore(step, agreeing, seen);
      first = first == null ? found : first;
    }
    compared += 2;
    keep(agreeing, first);
  }

  /** From the range's present state, before part {@code step.at}: without the worker, and with. */
  private Mismatch explore(
      Step step, List<VmallocRange.State> agreeing, Map<String, Boolean> seen) {
    Step here = step.copy();
    VmallocRange.State before = range.checkpoint();
    Mismatch found = goOn(here.copy(), agreeing, seen);
    range.restore(before);
    long most = range.lazyPages() + here.pagesToCome(range) - here.lazyPages;
    while (range.workerWanted()) {
      boolean wasPurging = range.isPurging();
      long pages = range.lazyPages();
      range.workerStep();
      most -= pages - range.lazyPages();
      if (most < 0 || (!wasPurging && !range.isPurging())) {
        break;
      }
      if (!wasPurging || most == 0 || !range.isPurging()) {
        VmallocRange.State after = range.checkpoint();
        goOn(here.copy(), agreeing, seen);
        range.restore(after);
      }
    }
    return found;
  }

  private Mismatch goOn(Step step, List<VmallocRange.State> agreeing, Map<String, Boolean> seen) {
    if (step.runPart(range)) {
      return explore(step, agreeing, seen);
    }
    Mismatch found = step.mismatch(range);
    if (found == null && agreeing.size() < MOST_STATES && isNew(seen)) {
      agreeing.add(range.checkpoint());
    }
    return found;
  }

  private boolean isNew(Map<String, Boolean> seen) {
    VmapState state = range.state();
    StringBuilder text = new StringBuilder();
    for (long[] row : state.free()) {
      text.append(row("VF", row)).append('\n');
    }
    for (long[] row : state.lazy()) {
      text.append(row("VP", row)).append('\n');
    }
    text.append(range.workerWanted()).append(range.isPurging());
    return seen.put(text.toString(), true) == null;
  }

  /** One operation: up to two parts, between which the worker can run, and a point at the end. */
  private final class Step {
    private boolean take;
    private int api;
    private long bytes;
    private long given;

    /** What was recorded: the area, its array's area, lazy pages. */
    private long address;

    private long array;
    private long lazyPages;

    /** No page table is behind the area that is given back, so the worker cannot run there. */
    private boolean withoutTables;

    private int at;
    private long gotAddress;
    private long gotArray;

    private Step copy() {
      Step copy = new Step();
      copy.take = take;
      copy.api = api;
      copy.bytes = bytes;
      copy.given = given;
      copy.address = address;
      copy.array = array;
      copy.lazyPages = lazyPages;
      copy.at = at;
      copy.gotAddress = gotAddress;
      copy.gotArray = gotArray;
      return copy;
    }

    /** All parts; the worker runs where it does on a machine of one CPU. */
    private void run(VmallocRange range) {
      at = 0;
      boolean more = true;
      while (more) {
        more = runPart(range);
      }
      if (!manyCpus && take && isVmalloc() && gotAddress != 0) {
        range.drainPoint();
      }
    }

    /** Nothing was ever mapped in an area of get_vm_area; what was there before is unknown. */
    private boolean mayHaveNoTables() {
      return given != 0 && api == VmallocSection.API_IOREMAP;
    }

    private boolean isVmalloc() {
      return api <= VmallocSection.API_VZALLOC;
    }

    /** The next part; false when there was none. */
    private boolean runPart(VmallocRange range) {
      at++;
      if (take) {
        return takePart(range);
      }
      if (at == 1 || (at == 2 && array != 0)) {
        if (!manyCpus && !withoutTables) {
          range.drainPoint();
        }
        range.give(at == 1 ? given : array);
        if (!manyCpus && isVmalloc()) {
          range.drainPoint();
        }
        return true;
      }
      return false;
    }

    private boolean takePart(VmallocRange range) {
      long pages = (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
      if (at == 1) {
        boolean tooMany = api != VmallocSection.API_IOREMAP && pages > totalramPages;
        gotAddress = tooMany ? 0 : takeOrPurge(range, bytes, FLAGS[api]);
        return true;
      }
      long arrayBytes = pages * wordBytes;
      if (at == 2 && gotAddress != 0 && isVmalloc() && arrayBytes > PAGE_BYTES) {
        gotArray = takeOrPurge(range, arrayBytes, VmallocRange.VM_ALLOC);
        if (gotArray == 0) {
          range.give(gotAddress);
          gotAddress = 0;
        }
        return true;
      }
      return false;
    }

    private static long takeOrPurge(VmallocRange range, long size, int flags) {
      long got = range.take(size, flags);
      if (got == 0) {
        range.purge();
        got = range.take(size, flags);
      }
      return got;
    }

    /** Pages that the parts to come will add to the lazy ones. */
    private long pagesToCome(VmallocRange range) {
      long pages = 0;
      if (!take) {
        pages += at < 1 ? range.pagesOf(given) : 0;
        pages += at < 2 && array != 0 ? range.pagesOf(array) : 0;
      }
      return pages;
    }

    private Mismatch mismatch(VmallocRange range) {
      if (take && gotAddress != address) {
        return mismatch("address", address, gotAddress);
      }
      if (take && gotArray != array && gotAddress != 0) {
        return mismatch("arr", array, gotArray);
      }
      return lazyPages == range.lazyPages()
          ? null
          : new Mismatch("lazy", lazyPages, range.lazyPages());
    }

    private Mismatch mismatch(String what, long expected, long got) {
      return new Mismatch(
          what, VmallocSection.shown(expected), VmallocSection.shown(got), List.of());
    }
  }
}
