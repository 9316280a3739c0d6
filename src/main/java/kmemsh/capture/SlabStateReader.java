package kmemsh.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.view.SlabState;
import kmemsh.view.SlabState.ArrayCache;
import kmemsh.view.SlabState.SlubSlab;

/** Reads a SLABSTATE record, from behind the word SLABSTATE to ENDSLABSTATE. */
final class SlabStateReader {
  private static final int MAX_WORD = 64;
  private static final int MAX_CACHES = 1 << 20;
  private static final int MAX_OBJECTS = 32767;
  private static final int MAX_ENTRIES = 1 << 20;
  private static final int MAX_COUNTERS = 16;
  private static final int MAX_SLOB_BLOCKS = 2048;
  private static final int PAGE_BYTES = 4096;

  /** Of the page or node being read. */
  private final int[] offsets = new int[MAX_SLOB_BLOCKS];

  private final int[] lengths = new int[MAX_SLOB_BLOCKS];
  private final long[] counters = new long[MAX_COUNTERS];

  private final RecordingInput in;
  private final int lastPfn;
  private List<ArrayCache> arrays = new ArrayList<>();
  private List<SlabState.Node> nodes = new ArrayList<>();
  private List<SlabState.Slab> slabs = new ArrayList<>();
  private List<SlubSlab> slubs = new ArrayList<>();
  private List<SlabState.SlobPage> pages = new ArrayList<>();

  SlabStateReader(RecordingInput in, int lastPfn) {
    this.in = in;
    this.lastPfn = lastPfn;
  }

  RecordedSlabState read() throws BadRecording {
    long line = in.line();
    in.blank();
    String why = in.word(MAX_WORD);
    in.endLine();
    arrays = new ArrayList<>();
    nodes = new ArrayList<>();
    slabs = new ArrayList<>();
    slubs = new ArrayList<>();
    pages = new ArrayList<>();
    String tag = in.tag(MAX_WORD);
    while (!tag.equals("ENDSLABSTATE")) {
      record(tag);
      tag = in.tag(MAX_WORD);
    }
    in.endLine();
    return new RecordedSlabState(why, line, new SlabState(arrays, nodes, slabs, slubs, pages));
  }

  private void record(String tag) throws BadRecording {
    switch (tag) {
      case "AC" -> readArray();
      case "SN" -> readNode();
      case "SL" -> readSlab();
      case "SU" -> readSlubSlab();
      case "SB" -> readSlobPage();
      default -> {
        if (tag.isEmpty()) {
          throw in.unexpected("a record of a SLABSTATE");
        }
        throw in.bad("'" + RecordingInput.shown(tag) + "' is not a record of a SLABSTATE");
      }
    }
  }

  private int cache() throws BadRecording {
    in.blank();
    return in.number(MAX_CACHES);
  }

  private int keyed(int max) throws BadRecording {
    in.blank();
    in.key();
    return in.number(max);
  }

  /** Takes letters, such as {@code cpu} or {@code shared}, up to a digit. */
  private String letters() throws BadRecording {
    StringBuilder text = new StringBuilder();
    while (in.peek() >= 'a' && in.peek() <= 'z' && text.length() < MAX_WORD) {
      text.append((char) in.peek());
      in.expect((char) in.peek());
    }
    return text.toString();
  }

  private BadRecording unknownList(String word) {
    return in.bad("'" + RecordingInput.shown(word) + "' is not a list of the allocator");
  }

  // SLAB.

  private void readArray() throws BadRecording {
    int cache = cache();
    in.blank();
    String word = letters();
    int owner = in.number(StateReader.MAX_CPUS);
    int other = -1;
    int kind;
    switch (word) {
      case "cpu" -> kind = ArrayCache.CPU;
      case "shared" -> kind = ArrayCache.SHARED;
      case "alien" -> {
        kind = ArrayCache.ALIEN;
        in.expect('>');
        other = in.number(StateReader.MAX_CPUS);
      }
      default -> throw unknownList(word);
    }
    int avail = keyed(MAX_ENTRIES);
    int limit = keyed(MAX_ENTRIES);
    in.blank();
    in.key();
    long batch = in.decimal(StateReader.MAX_COUNT);
    int touched = keyed(Integer.MAX_VALUE);
    long[] entries = readEntries(avail);
    arrays.add(new ArrayCache(cache, kind, owner, other, avail, limit, batch, touched, entries));
  }

  private long[] readEntries(int nr) throws BadRecording {
    in.blank();
    in.expect(':');
    long[] entries = new long[nr];
    for (int i = 0; i < nr; i++) {
      in.blank();
      entries[i] = in.address(lastPfn);
    }
    if (!in.atLineEnd()) {
      in.blank();
    }
    in.endLine();
    return entries;
  }

  private void readNode() throws BadRecording {
    int cache = cache();
    in.blank();
    int nid = in.number(MachineReader.MAX_NODES - 1);
    int nr = 0;
    while (!in.atLineEnd() && nr < MAX_COUNTERS) {
      in.blank();
      in.key();
      counters[nr++] = in.signed(StateReader.MAX_COUNT);
    }
    in.endLine();
    nodes.add(new SlabState.Node(cache, nid, Arrays.copyOf(counters, nr)));
  }

  private void readSlab() throws BadRecording {
    int cache = cache();
    in.blank();
    int nid = in.number(MachineReader.MAX_NODES - 1);
    in.blank();
    int list = in.peek();
    if (list != 'p' && list != 'f' && list != 'e') {
      throw in.unexpected("p, f or e");
    }
    in.expect((char) list);
    in.blank();
    int pfn = in.number(lastPfn);
    int smem = keyed(PAGE_BYTES << 10);
    int active = keyed(MAX_OBJECTS);
    in.blank();
    in.key();
    long freelist = in.address(lastPfn);
    in.blank();
    in.expect(':');
    in.runs(0, MAX_OBJECTS, MAX_OBJECTS);
    slabs.add(
        new SlabState.Slab(
            cache,
            nid,
            (char) list,
            pfn,
            smem,
            active,
            freelist == 0 ? -1 : freelist,
            in.copyOfList()));
  }

  // SLUB.

  private void readSlubSlab() throws BadRecording {
    int cache = cache();
    in.blank();
    String word = letters();
    int owner = in.number(StateReader.MAX_CPUS);
    int from = 0;
    int list;
    switch (word) {
      case "cpu" -> list = SlubSlab.CPU_SLAB;
      case "cpup" -> {
        list = SlubSlab.CPU_PARTIAL;
        in.expect('/');
        from = in.number(MAX_ENTRIES);
      }
      case "part" -> list = SlubSlab.PARTIAL;
      case "full" -> list = SlubSlab.FULL;
      default -> throw unknownList(word);
    }
    in.blank();
    int pfn = in.number(lastPfn);
    int inuse = keyed(MAX_OBJECTS);
    int objects = keyed(MAX_OBJECTS);
    int frozen = keyed(1);
    int last = Math.max(0, objects - 1);
    int[] cpuFreelist = {};
    in.blank();
    if (list == SlubSlab.CPU_SLAB) {
      label("cfl:");
      in.runsBefore(';', 0, last, objects);
      cpuFreelist = in.copyOfList();
      in.blank();
    }
    label("fl:");
    in.runs(0, last, objects);
    slubs.add(
        new SlubSlab(
            cache, list, owner, from, pfn, inuse, objects, frozen, cpuFreelist, in.copyOfList()));
  }

  private void label(String text) throws BadRecording {
    for (int i = 0; i < text.length(); i++) {
      in.expect(text.charAt(i));
    }
  }

  // SLOB.

  private void readSlobPage() throws BadRecording {
    in.blank();
    int list = in.peek();
    if (list != 's' && list != 'm' && list != 'l') {
      throw in.unexpected("s, m or l");
    }
    in.expect((char) list);
    in.blank();
    int pfn = in.number(lastPfn);
    int units = keyed(PAGE_BYTES);
    in.blank();
    in.expect(':');
    int nr = 0;
    while (!in.atLineEnd()) {
      in.blank();
      if (in.atLineEnd()) {
        break;
      }
      if (nr == MAX_SLOB_BLOCKS) {
        throw in.bad("a page has at most " + MAX_SLOB_BLOCKS + " free blocks");
      }
      offsets[nr] = in.number(PAGE_BYTES);
      in.expect('+');
      lengths[nr++] = in.number(PAGE_BYTES);
    }
    in.endLine();
    pages.add(
        new SlabState.SlobPage(
            (char) list, pfn, units, Arrays.copyOf(offsets, nr), Arrays.copyOf(lengths, nr)));
  }
}
