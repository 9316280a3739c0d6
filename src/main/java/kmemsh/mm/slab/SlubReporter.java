package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import kmemsh.view.LogEntry;
import kmemsh.view.SlubReport;

/** Puts SLUB's reports together. Spec: slab-allocators.md 3.14 */
final class SlubReporter {
  private static final int BEFORE_BYTES = 16;
  private static final int MOST_BYTES = 4096;

  private final Slub slub;
  private final SlubSlabs slabs;
  private final SlubContents inSlabs;
  private final ObjectBytes bytes;
  private final SlubLayout layout;
  private final SlabLog log;

  /** Reports so far. */
  int nrReports;

  SlubReporter(Slub slub, SlubLayout layout, SlabLog log) {
    this.slub = slub;
    this.slabs = slub.slabs;
    this.inSlabs = slub.inSlabs;
    this.bytes = inSlabs.bytes;
    this.layout = layout;
    this.log = log;
  }

  private boolean wide() {
    return bytes.wordBytes() == Long.BYTES;
  }

  /** An address as reports write it, 0x in front. */
  String hex(long phys) {
    String digits = Long.toHexString(bytes.virtual(phys));
    return "0x" + "0".repeat(Math.max(0, 2 * bytes.wordBytes() - digits.length())) + digits;
  }

  private void send(SlubReport report) {
    nrReports++;
    log.report(report);
  }

  void fix(SlubCache cache, String text) {
    log.report(new LogEntry.SlubFix(cache.name, text));
  }

  void traced(SlubCache cache, int slab, long object, boolean isFree) {
    long fp = firstFree(cache, slab);
    int inuse = slabs.inuse(slab);
    log.report(
        new LogEntry.SlubTrace(cache.name, isFree, wide(), bytes.virtual(object), inuse, fp));
  }

  void wrongCache(SlubCache asked, SlubCache owner, long object) {
    nrReports++;
    log.report(
        new LogEntry.WrongCache(
            slub.machine.cpu(), asked.name, owner.name, track(owner, object, false)));
  }

  /** Bytes {@code first} to {@code last} are not {@code expected}: {@code what} overwritten. */
  void damage(
      SlubCache cache, int slab, long object, String what, long first, long last, int expected) {
    SlubReport.Damage damage =
        new SlubReport.Damage(
            bytes.virtual(first),
            bytes.virtual(last),
            first - start(slab),
            bytes.get8(first),
            expected);
    send(report(cache, slab, object, what + " overwritten", damage));
    restored(cache, what, first, last, expected);
  }

  /** The bytes are made what they should be. */
  void restored(SlubCache cache, String what, long first, long last, int expected) {
    bytes.fill(first, last - first + 1, expected);
    fix(
        cache,
        "Restoring "
            + what
            + " "
            + hex(first)
            + "-"
            + hex(last)
            + "=0x"
            + Integer.toHexString(expected));
  }

  /** Something is wrong with an object, of which the bytes are shown. */
  void object(SlubCache cache, int slab, long object, String text) {
    send(report(cache, slab, object, text, null));
  }

  /** No object begins at {@code address}. */
  void invalid(SlubCache cache, int slab, long address, String text) {
    SlubReport.Dump dump = new SlubReport.Dump(bytes.virtual(address), false, 0, 0, List.of());
    slab(cache, slab, text, dump);
  }

  /** Something is wrong with a slab. */
  void slab(SlubCache cache, int slab, String text) {
    slab(cache, slab, text, null);
  }

  private void slab(SlubCache cache, int slab, String text, SlubReport.Dump dump) {
    int cpu = slub.machine.cpu();
    SlubReport.Slab line = line(cache, slab);
    send(new SlubReport(cache.name, text, cpu, wide(), null, null, null, line, dump));
  }

  /** A cache is to be destroyed and {@code slab} has objects in use. */
  void remaining(SlubCache cache, int slab) {
    slab(cache, slab, "Objects remaining in " + cache.name + " on __kmem_cache_shutdown()");
    BitSet free = new BitSet();
    for (int i : slabs.listFrom(slab, slabs.freelist(slab))) {
      free.set(i);
    }
    for (int i = free.nextClearBit(0); i < slabs.objects(slab); i = free.nextClearBit(i + 1)) {
      long object = inSlabs.address(cache, slab, i);
      log.report(
          new LogEntry.SlubRemaining(
              wide(),
              bytes.virtual(object),
              object - start(slab),
              track(cache, object, false),
              track(cache, object, true)));
    }
  }

  private SlubReport report(
      SlubCache cache, int slab, long object, String text, SlubReport.Damage damage) {
    SlubReport.Dump dump =
        new SlubReport.Dump(
            bytes.virtual(object),
            true,
            object - start(slab),
            bytes.word(object + cache.offset),
            sections(cache, slab, object));
    return new SlubReport(
        cache.name,
        text,
        slub.machine.cpu(),
        wide(),
        damage,
        track(cache, object, false),
        track(cache, object, true),
        line(cache, slab),
        dump);
  }

  private SlubReport.Track track(SlubCache cache, long object, boolean freed) {
    int cpu = layout.trackCpu(cache, object, freed);
    return cpu < 0 ? null : new SlubReport.Track(cpu);
  }

  private long start(int slab) {
    return (long) slabs.pfn(slab) << SlabAllocator.PAGE_SHIFT;
  }

  private long firstFree(SlubCache cache, int slab) {
    int first = slabs.freelist(slab);
    return first == NO_OBJECT ? 0 : bytes.virtual(inSlabs.address(cache, slab, first));
  }

  private SlubReport.Slab line(SlubCache cache, int slab) {
    return log.slab(
        slabs.pfn(slab),
        slabs.order(slab),
        slabs.objects(slab),
        slabs.inuse(slab),
        firstFree(cache, slab));
  }

  private List<SlubReport.Section> sections(SlubCache cache, int slab, long object) {
    List<SlubReport.Section> sections = new ArrayList<>();
    boolean redZone = SlubLayout.hasRedZone(cache);
    if (redZone) {
      add(sections, "Redzone  ", object - cache.redLeftPad, cache.redLeftPad);
    } else if (object > start(slab) + BEFORE_BYTES) {
      add(sections, "Bytes b4 ", object - BEFORE_BYTES, BEFORE_BYTES);
    }
    add(sections, "Object   ", object, Math.min(cache.objectSize, MOST_BYTES));
    if (redZone) {
      add(sections, "Redzone  ", object + cache.objectSize, cache.inuse - cache.objectSize);
    }
    int end = layout.metadataEnd(cache);
    add(sections, "Padding  ", object + end, SlubLayout.slotEnd(cache) - end);
    return sections;
  }

  private void add(List<SlubReport.Section> to, String label, long phys, int sizeBytes) {
    if (sizeBytes > 0) {
      byte[] shown = bytes.read(phys, sizeBytes);
      to.add(new SlubReport.Section(label, bytes.virtual(phys), shown));
    }
  }
}
