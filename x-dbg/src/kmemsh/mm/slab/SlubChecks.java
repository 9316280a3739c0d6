package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;

import java.util.BitSet;

/**
 * The checks of debug caches: when an object is taken, when it is freed, when a slab goes, and when
 * somebody asks. What is wrong is reported and put right.
 *
 * <p>Spec: slab-allocators.md 3.13, 3.17
 */
final class SlubChecks {
  private final Slub slub;
  private final SlubSlabs slabs;
  private final SlubContents inSlabs;
  private final ObjectBytes bytes;
  final SlubLayout layout;
  final SlubReporter reporter;

  /** While {@link #problem} looks: nothing is reported or put right. */
  private boolean quiet;

  private String found = "";

  SlubChecks(Slub slub, SlabLog log) {
    this.slub = slub;
    this.slabs = slub.slabs;
    this.inSlabs = slub.inSlabs;
    this.bytes = inSlabs.bytes;
    this.layout = new SlubLayout(bytes);
    this.reporter = new SlubReporter(slub, layout, log);
  }

  /** A slab that was found bad: its objects are lost. */
  boolean isBad(int slab) {
    return slabs.isFrozen(slab);
  }

  // What the allocator does.

  /** Fills a new slab before its objects are linked. */
  void newSlab(SlubCache cache, int slab) {
    long start = (long) slabs.pfn(slab) << SlabAllocator.PAGE_SHIFT;
    if (SlubLayout.hasPoison(cache)) {
      bytes.fill(start, blockBytes(slab), SlubLayout.POISON_INUSE);
    }
    for (int i = 0; i < slabs.objects(slab); i++) {
      long object = inSlabs.address(cache, slab, i);
      layout.init(cache, object, SlubLayout.RED_INACTIVE);
      layout.clearTracks(cache, object);
    }
  }

  private long blockBytes(int slab) {
    return (long) SlabAllocator.PAGE_BYTES << slabs.order(slab);
  }

  /** An object came off the freelist: false when it or its slab is bad, which is lost then. */
  boolean taken(SlubCache cache, int slab, int number) {
    long object = inSlabs.address(cache, slab, number);
    if (cache.checks()
        && !(slab(cache, slab) && object(cache, slab, object, SlubLayout.RED_INACTIVE))) {
      reporter.fix(cache, "Marking all objects used");
      return false;
    }
    layout.setTrack(cache, object, false, slub.machine.cpu());
    layout.setAskedBytes(cache, object, cache.objectSize);
    if (cache.traces()) {
      reporter.traced(cache, slab, object, false);
    }
    layout.init(cache, object, SlubLayout.RED_ACTIVE);
    // The recorded kernel's objects in use hold no free pointer (x86_64-smp right_overrun).
    if (SlubLayout.pointerIsBehind(cache)) {
      bytes.setWord(object + cache.offset, 0);
    }
    return true;
  }

  /** Objects are about to be freed, linked from {@code head} to {@code tail}: false if not. */
  boolean freed(SlubCache cache, int slab, int head, int tail, int nr) {
    int base = slabs.linkBase(slab);
    boolean sound = !cache.checks() || slab(cache, slab);
    if (sound && slabs.inuse(slab) < nr) {
      reporter.slab(
          cache,
          slab,
          "Slab has " + slabs.inuse(slab) + " allocated objects but " + nr + " are to be freed\n");
      sound = false;
    }
    for (int i = head; sound && cache.checks(); i = slabs.links.get(base + i)) {
      sound = freeable(cache, slab, inSlabs.address(cache, slab, i), i);
      if (i == tail) {
        break;
      }
    }
    if (!sound) {
      reporter.fix(
          cache, "Object at " + reporter.hex(inSlabs.address(cache, slab, head)) + " not freed");
      return false;
    }
    for (int i = head; ; i = slabs.links.get(base + i)) {
      long object = inSlabs.address(cache, slab, i);
      layout.setTrack(cache, object, true, slub.machine.cpu());
      if (cache.traces()) {
        reporter.traced(cache, slab, object, true);
      }
      layout.init(cache, object, SlubLayout.RED_INACTIVE);
      if (i == tail) {
        return true;
      }
    }
  }

  private boolean freeable(SlubCache cache, int slab, long object, int number) {
    if (walk(cache, slab).get(number)) {
      reporter.object(cache, slab, object, "Object already free");
      return false;
    }
    return object(cache, slab, object, SlubLayout.RED_ACTIVE);
  }

  /** {@code address} is to be freed but no object of the cache begins there. */
  void notAnObject(SlubCache cache, int slab, long address) {
    reporter.invalid(cache, slab, address, "Invalid object pointer " + reporter.hex(address));
    reporter.fix(cache, "Object at " + reporter.hex(address) + " not freed");
  }

  /** A slab goes back to the page allocator. */
  void released(SlubCache cache, int slab) {
    if (cache.checks() && !isBad(slab)) {
      padding(cache, slab);
      for (int i = 0; i < slabs.objects(slab); i++) {
        object(cache, slab, inSlabs.address(cache, slab, i), SlubLayout.RED_INACTIVE);
      }
    }
  }

  /** Checks every slab on the node's lists, as if 1 were written to the cache's validate file. */
  void validate(SlubCache cache) {
    for (SlubNode node : cache.nodes) {
      for (int slab = node.partialHead; slab != SlubSlabs.NO_SLAB; slab = slabs.next(slab)) {
        validate(cache, slab);
      }
      for (int slab = node.fullHead; slab != SlubSlabs.NO_SLAB; slab = slabs.next(slab)) {
        validate(cache, slab);
      }
    }
  }

  private void validate(SlubCache cache, int slab) {
    if (!slab(cache, slab)) {
      return;
    }
    BitSet free = walk(cache, slab);
    for (int i = 0; i < slabs.objects(slab); i++) {
      int red = free.get(i) ? SlubLayout.RED_INACTIVE : SlubLayout.RED_ACTIVE;
      object(cache, slab, inSlabs.address(cache, slab, i), red);
    }
  }

  /** What a check of {@code slab} would report, without doing so; or empty. */
  String problem(SlubCache cache, int slab) {
    found = "";
    quiet = true;
    if (!isBad(slab)) {
      padding(cache, slab);
    }
    BitSet free = new BitSet();
    for (int i : slabs.listFrom(slab, slabs.freelist(slab))) {
      free.set(i);
    }
    for (int i = 0; !isBad(slab) && i < slabs.objects(slab) && found.isEmpty(); i++) {
      int red = free.get(i) ? SlubLayout.RED_INACTIVE : SlubLayout.RED_ACTIVE;
      object(cache, slab, inSlabs.address(cache, slab, i), red);
    }
    quiet = false;
    return found;
  }

  // What is checked.

  private boolean slab(SlubCache cache, int slab) {
    if (isBad(slab)) {
      reporter.slab(cache, slab, "Slab disabled since SLUB metadata consistency check failed");
      return false;
    }
    padding(cache, slab);
    return true;
  }

  /** The bytes behind the last object. */
  private void padding(SlubCache cache, int slab) {
    long start = (long) slabs.pfn(slab) << SlabAllocator.PAGE_SHIFT;
    long end = start + blockBytes(slab);
    long first = start + (long) slabs.objects(slab) * cache.size;
    if (!SlubLayout.hasPoison(cache)) {
      return;
    }
    long wrong = firstWrong(first, end, SlubLayout.POISON_INUSE);
    if (wrong < end && quiet) {
      found = "Padding overwritten";
    } else if (wrong < end) {
      long last = lastWrong(wrong, end, SlubLayout.POISON_INUSE);
      reporter.slab(
          cache,
          slab,
          "Padding overwritten. "
              + reporter.hex(wrong)
              + "-"
              + reporter.hex(last)
              + " @offset="
              + (wrong - start));
      reporter.restored(cache, "slab padding", wrong, last, SlubLayout.POISON_INUSE);
    }
  }

  private long firstWrong(long from, long end, int expected) {
    long at = from;
    while (at < end && bytes.get8(at) == expected) {
      at++;
    }
    return at;
  }

  private long lastWrong(long from, long end, int expected) {
    long at = end - 1;
    while (at > from && bytes.get8(at) == expected) {
      at--;
    }
    return at;
  }

  /** Whether bytes are as expected; if not, it is reported and they are made so. */
  private boolean range(
      SlubCache cache, int slab, long object, String what, int from, int end, int expected) {
    long wrong = firstWrong(object + from, object + end, expected);
    if (wrong >= object + end) {
      return true;
    }
    if (quiet) {
      found = what + " overwritten at " + reporter.hex(wrong);
      return false;
    }
    long last = lastWrong(wrong, object + end, expected);
    reporter.damage(cache, slab, object, what, wrong, last, expected);
    return false;
  }

  /** Checks one object, free or in use as its red zones should say. */
  private boolean object(SlubCache cache, int slab, long object, int red) {
    int size = cache.objectSize;
    if (SlubLayout.hasRedZone(cache)) {
      if (!range(cache, slab, object, "Left Redzone", -cache.redLeftPad, 0, red)
          || !range(cache, slab, object, "Right Redzone", size, cache.inuse, red)) {
        return false;
      }
    } else if (SlubLayout.hasPoison(cache) && size < cache.inuse) {
      int inuse = SlubLayout.POISON_INUSE;
      range(cache, slab, object, "Alignment padding", size, cache.inuse, inuse);
    }
    if (SlubLayout.hasPoison(cache)) {
      boolean free = red == SlubLayout.RED_INACTIVE;
      if (free
          && SlubLayout.poisonsObject(cache)
          && (!range(cache, slab, object, "Poison", 0, size - 1, SlubLayout.POISON_FREE)
              || !range(
                  cache, slab, object, "End Poison", size - 1, size, SlubLayout.POISON_END))) {
        return false;
      }
      int end = layout.metadataEnd(cache);
      int slotEnd = SlubLayout.slotEnd(cache);
      range(cache, slab, object, "Object padding", end, slotEnd, SlubLayout.POISON_INUSE);
    }
    return pointer(cache, slab, object, red);
  }

  private boolean pointer(SlubCache cache, int slab, long object, int red) {
    if (!SlubLayout.pointerIsBehind(cache) && red == SlubLayout.RED_ACTIVE) {
      return true;
    }
    int number = slub.objectNumber(cache, slab, object);
    if (inSlabs.decode(cache, slab, number) != SlubContents.WILD) {
      return true;
    }
    if (quiet) {
      found = "Freepointer corrupt at " + reporter.hex(object + cache.offset);
      return false;
    }
    reporter.object(cache, slab, object, "Freepointer corrupt");
    cut(cache, slab, number);
    return false;
  }

  /** The rest of the chain is lost. */
  private void cut(SlubCache cache, int slab, int number) {
    bytes.setWord(inSlabs.address(cache, slab, number) + cache.offset, 0);
    slabs.links.set(slabs.linkBase(slab) + number, NO_OBJECT);
  }

  /** The objects of a slab's freelist as memory has it; what is wrong with it is put right. */
  private BitSet walk(SlubCache cache, int slab) {
    BitSet free = new BitSet();
    int objects = slabs.objects(slab);
    int nr = 0;
    for (int i = slabs.freelist(slab); i != NO_OBJECT && nr <= objects; nr++) {
      free.set(i);
      int next = inSlabs.decode(cache, slab, i);
      if (next == SlubContents.WILD) {
        reporter.object(cache, slab, inSlabs.address(cache, slab, i), "Freechain corrupt");
        cut(cache, slab, i);
        next = NO_OBJECT;
      }
      i = next;
    }
    int counted = objects - nr;
    if (slabs.inuse(slab) != counted) {
      reporter.slab(
          cache,
          slab,
          "Wrong object count. Counter is " + slabs.inuse(slab) + " but counted were " + counted);
      slabs.setCounts(slab, Math.max(counted, 0), false);
      reporter.fix(cache, "Object count adjusted");
    }
    return free;
  }
}
