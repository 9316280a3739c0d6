package kmemsh.mm.slab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import kmemsh.mm.slab.SlabLooks.Row;
import kmemsh.view.Addr;
import kmemsh.view.CacheInfo;
import kmemsh.view.CachePicture;
import kmemsh.view.CachePicture.ObjectArray;
import kmemsh.view.CacheTable;
import kmemsh.view.KmallocCaches;
import kmemsh.view.KmemSlabs;
import kmemsh.view.ObjectPlace;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabInfo;
import kmemsh.view.SlabObjects;
import kmemsh.view.SlubFiles;

/** Snapshots of an object allocator for those who look at it. Reads only. */
public final class SlabQueries {
  private static final String HEAP = "the SLOB heap";

  private static final String[] MODES = {"obj", "off", "on"};

  private final SlabAllocator allocator;
  private final long pageOffset;

  /** Null for SLOB, which has no slabs. */
  private final SlabLooks looks;

  /**
   * @param pageOffset address of the first byte of physical memory
   */
  public SlabQueries(SlabAllocator allocator, long pageOffset) {
    this.allocator = allocator;
    this.pageOffset = pageOffset;
    if (allocator instanceof Slab slab) {
      looks = new SlabViews(slab, pageOffset);
    } else {
      looks = allocator instanceof Slub slub ? new SlubViews(slub, pageOffset) : null;
    }
  }

  /** slab, slub or slob. */
  public String kind() {
    return allocator.kind().option();
  }

  /** Whether there are slabs to look at: not with SLOB. */
  public boolean hasSlabs() {
    return looks != null;
  }

  /** Whether there is a cache called {@code name}. */
  public boolean has(String name) {
    return named(name) != null;
  }

  /** The name that the cache with this number was created with, or null. */
  public String nameOf(int cache) {
    KmemCache found = allocator.caches().get(cache);
    return found == null ? null : found.name;
  }

  /** How many slabs a cache has. */
  public int nrSlabs(String name) {
    return looks.slabs(named(name)).size();
  }

  /** The number of the slab around an address in the picture of its cache, or -1. */
  public int slabNumber(long phys) {
    KmemCache cache = looks == null ? null : allocator.cacheOf(phys);
    return cache == null ? -1 : slabNumber(cache, phys);
  }

  /** The name of the cache whose slab holds an address, or null. */
  public String cacheOf(long phys) {
    KmemCache cache = looks == null ? null : allocator.cacheOf(phys);
    return cache == null ? null : cache.name;
  }

  /** Whose slab the page of an address is: a cache's, SLOB's heap, or empty. */
  public String slabOwner(long phys) {
    String cache = cacheOf(phys);
    if (cache != null) {
      return cache;
    }
    return allocator instanceof Slob slob && slob.isHeapPage(phys) ? HEAP : "";
  }

  /** A cache with all of its objects. */
  public KmemSlabs kmem(String name) {
    List<SlabObjects> slabs = new ArrayList<>();
    KmemCache cache = named(name);
    int nr = looks.slabs(cache).size();
    for (int i = 0; i < nr; i++) {
      slabs.add(objects(name, i));
    }
    return new KmemSlabs(info(cache), slabs);
  }

  private KmemCache named(String name) {
    return allocator.caches().named(name);
  }

  /** Names of all caches, the newest first. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (KmemCache c = allocator.caches().newest(); c != null; c = c.older()) {
      names.add(c.name);
    }
    return names;
  }

  /** All caches, the newest first, as the kernel lists them. */
  public CacheTable table(String layout) {
    List<CacheInfo> caches = new ArrayList<>();
    for (KmemCache c = allocator.caches().newest(); c != null; c = c.older()) {
      caches.add(info(c));
    }
    return new CacheTable(layout, kind(), caches, heapPages());
  }

  /** Hands all caches, the newest first, to {@code sink}. */
  public void caches(ProcSnapshots.CacheSink sink) throws IOException {
    for (KmemCache c = allocator.caches().newest(); c != null; c = c.older()) {
      sink.cache(info(c));
    }
  }

  /** Pages of a cache's slabs on each node; there are slabs. */
  public long[] pagesByNode(String name, int nrNodes, IntUnaryOperator nodeOf) {
    long[] pages = new long[nrNodes];
    for (Row slab : looks.slabs(named(name))) {
      pages[nodeOf.applyAsInt(slab.pfn())] += 1L << slab.order();
    }
    return pages;
  }

  /** Pages of SLOB's heap, 0 for the others. */
  public long heapPages() {
    return allocator instanceof Slob slob ? slob.nrHeapPages() : 0;
  }

  private CacheInfo info(KmemCache cache) {
    return looks == null ? slobInfo(cache) : looks.info(cache);
  }

  private CacheInfo slobInfo(KmemCache cache) {
    return new CacheInfo(
        cache.name,
        SlabQueries.descriptor(cache, pageOffset),
        cache.objectSize,
        cache.size,
        cache.align,
        cache.flags & 0xffffffffL,
        0,
        cache.ctor,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  static Addr descriptor(KmemCache cache, long pageOffset) {
    boolean image = cache.descriptor == SlabAllocator.NULL;
    return image ? null : new Addr(pageOffset + cache.descriptor);
  }

  /** Which cache serves which kmalloc. */
  public KmallocCaches kmallocCaches() {
    List<KmallocCaches.Row> rows = new ArrayList<>();
    if (looks != null) {
      KmallocTable table = allocator.kmallocTable();
      int from = 1;
      while (from <= KmallocTable.MAX_CACHE_BYTES) {
        int index = table.index(from);
        int to = KmallocTable.bytes(index);
        List<CacheInfo> caches = new ArrayList<>();
        for (int type = 0; type < KmallocTable.NR_TYPES; type++) {
          KmemCache cache = table.get(type, index);
          if (cache != null) {
            caches.add(info(cache));
          }
        }
        rows.add(new KmallocCaches.Row(from, to, caches));
        from = to + 1;
      }
    }
    return new KmallocCaches(kind(), KmallocTable.MAX_BYTES, rows);
  }

  /** Files of /sys/kernel/slab, the newest cache first; empty unless this is SLUB. */
  public List<SlubFiles> files() {
    List<SlubFiles> files = new ArrayList<>();
    if (looks instanceof SlubViews views) {
      for (KmemCache c = allocator.caches().newest(); c != null; c = c.older()) {
        files.add(views.files(c));
      }
    }
    return files;
  }

  // Pictures.

  /** The cache with everything on its lists. There must be slabs. */
  public CachePicture picture(String name) {
    KmemCache cache = named(name);
    List<SlabInfo> slabs = new ArrayList<>();
    for (Row row : looks.slabs(cache)) {
      slabs.add(slab(slabs.size(), row));
    }
    SlabCache slab = cache instanceof SlabCache c ? c : null;
    SlubCache slub = cache instanceof SlubCache c ? c : null;
    return new CachePicture(
        kind(),
        info(cache),
        slab == null ? "" : MODES[slab.freelist.ordinal()],
        slab == null ? 0 : slab.colour,
        slab == null ? 0 : slab.colourOff,
        slub == null ? 0 : slub.minPartial,
        slub == null ? 0 : slub.cpuPartialSlabs,
        looks.arrays(cache),
        slabs);
  }

  private SlabInfo slab(int nr, Row row) {
    char[] states = new char[row.objects()];
    Arrays.fill(states, SlabInfo.USED);
    mark(states, row.freelist(), SlabInfo.FREE);
    mark(states, row.waiting(), SlabInfo.WAITING);
    return new SlabInfo(
        nr,
        row.list(),
        row.owner(),
        row.pfn(),
        new Addr(pageOffset + start(row)),
        row.order(),
        row.offset(),
        row.objects(),
        count(states, SlabInfo.USED),
        count(states, SlabInfo.WAITING),
        count(states, SlabInfo.FREE),
        new String(states));
  }

  private static void mark(char[] states, int[] objects, char state) {
    for (int object : objects) {
      if (object >= 0 && object < states.length) {
        states[object] = state;
      }
    }
  }

  private static int count(char[] states, char state) {
    int nr = 0;
    for (char c : states) {
      nr += c == state ? 1 : 0;
    }
    return nr;
  }

  private static long start(Row row) {
    return (long) row.pfn() << SlabAllocator.PAGE_SHIFT;
  }

  /** Slab number {@code nr} of the picture, or null when there are not so many. */
  public SlabObjects objects(String name, int nr) {
    KmemCache cache = named(name);
    List<Row> rows = looks.slabs(cache);
    if (nr < 0 || nr >= rows.size()) {
      return null;
    }
    Row row = rows.get(nr);
    int index = looks.indexBytes(cache);
    int bytes = SlabAllocator.PAGE_BYTES << row.order();
    int first = cache instanceof SlubCache ? 0 : row.offset();
    int waste = bytes - first - row.objects() * cache.size - index;
    return new SlabObjects(
        kind(),
        cache.name,
        slab(nr, row),
        cache.size,
        cache.objectSize,
        looks.index(cache, row),
        index,
        waste,
        cache instanceof SlubCache slub ? redBytes(slub) : 0,
        row.freelist(),
        row.waiting());
  }

  private static int redBytes(SlubCache cache) {
    boolean red = cache.has(SlabFlags.SLAB_RED_ZONE);
    return red ? cache.redLeftPad + cache.inuse - cache.objectSize : 0;
  }

  /** The number of the slab of the picture that holds {@code phys}, or -1. */
  private int slabNumber(KmemCache cache, long phys) {
    List<Row> rows = looks.slabs(cache);
    for (int nr = 0; nr < rows.size(); nr++) {
      if (holds(rows.get(nr), phys)) {
        return nr;
      }
    }
    return -1;
  }

  private static boolean holds(Row row, long phys) {
    long end = start(row) + ((long) SlabAllocator.PAGE_BYTES << row.order());
    return phys >= start(row) && phys < end;
  }

  // Addresses.

  /** The object or the large block that {@code phys} lies in, or null when it is neither. */
  public ObjectPlace place(long phys) {
    KmemCache cache = looks == null ? null : allocator.cacheOf(phys);
    if (cache == null) {
      return largeBlock(phys);
    }
    int nr = slabNumber(cache, phys);
    return nr < 0 ? null : place(cache, looks.slabs(cache).get(nr), nr, phys);
  }

  private ObjectPlace largeBlock(long phys) {
    for (int order = 0; order < KmallocTable.NR_ORDERS; order++) {
      long bytes = (long) SlabAllocator.PAGE_BYTES << order;
      long start = phys & -bytes;
      if (allocator.largeOrder(start) == order) {
        return new ObjectPlace(
            "",
            null,
            0,
            new Addr(pageOffset + start),
            (int) (phys - start),
            (int) bytes,
            "used",
            "",
            -1,
            "",
            "");
      }
    }
    return null;
  }

  private ObjectPlace place(KmemCache cache, Row row, int nr, long phys) {
    SlabInfo slab = slab(nr, row);
    long first = start(row) + row.offset();
    long distance = phys - first;
    int object = (int) Math.floorDiv(distance, cache.size);
    boolean inside = object >= 0 && object < row.objects();
    if (!inside) {
      object = object < 0 ? 0 : row.objects() - 1;
    }
    long start = first + (long) object * cache.size;
    String state = word(slab.states(), object);
    return new ObjectPlace(
        cache.name,
        slab,
        object,
        new Addr(pageOffset + start),
        inside ? (int) (phys - start) : -1,
        cache.size,
        state,
        state.equals("waiting") ? holder(cache, row, start) : slab.list(),
        position(cache, row, object, start),
        word(slab.states(), object - 1),
        word(slab.states(), object + 1));
  }

  private static String word(String states, int object) {
    if (object < 0 || object >= states.length()) {
      return "";
    }
    char state = states.charAt(object);
    if (state == SlabInfo.FREE) {
      return "free";
    }
    return state == SlabInfo.WAITING ? "waiting" : "used";
  }

  private String holder(KmemCache cache, Row row, long start) {
    for (ObjectArray array : looks.arrays(cache)) {
      if (indexOf(array, start) >= 0) {
        boolean cpu = array.kind().equals("cpu");
        return (cpu ? "array of cpu " : array.kind() + " array of node ") + array.owner();
      }
    }
    return row.holder();
  }

  private int indexOf(ObjectArray array, long start) {
    for (int i = 0; i < array.entries().length; i++) {
      if (array.entries()[i].value() == pageOffset + start) {
        return i;
      }
    }
    return -1;
  }

  private int position(KmemCache cache, Row row, int object, long start) {
    for (ObjectArray array : looks.arrays(cache)) {
      int at = indexOf(array, start);
      if (at >= 0) {
        return at;
      }
    }
    int waiting = indexOf(row.waiting(), object);
    return waiting >= 0 ? waiting : indexOf(row.freelist(), object);
  }

  private static int indexOf(int[] objects, int object) {
    for (int i = 0; i < objects.length; i++) {
      if (objects[i] == object) {
        return i;
      }
    }
    return -1;
  }
}
