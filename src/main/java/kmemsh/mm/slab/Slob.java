package kmemsh.mm.slab;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kmemsh.base.IntColumn;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageMachine;
import kmemsh.trace.SlobStep;
import kmemsh.view.CacheGeometry;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlabState;

/**
 * SLOB: one heap of single pages for all caches and for kmalloc, first fit by address.
 *
 * <p>A block of kmalloc has its size in the 8 bytes before it. Objects of a page and more are whole
 * page blocks. Caches differ in size and alignment only; nothing knows which cache an object is of.
 *
 * <p>Objects of TYPESAFE_BY_RCU caches are free once the grace period ends: {@link
 * #endGracePeriod}. Spec: slab-allocators.md 4
 */
public final class Slob extends SlabAllocator {
  private static final int HEADER_BYTES = 8;
  private static final int MAX_BLOCK = PAGE_BYTES - HEADER_BYTES;
  private static final int NO_CACHE = -1;
  private static final int DESCRIPTOR_BYTES_32 = 44;
  private static final int DESCRIPTOR_BYTES_64 = 64;

  private final SlobHeap heap = new SlobHeap();
  private final IntColumn.State noOwners;

  /** The cache of cache descriptors, which is in no list. */
  private final SlobCache descriptors;

  /** Objects that wait for a grace period, and the bytes of each. */
  private long[] pending = new long[0];

  private int[] pendingBytes = new int[0];
  private int nrPending;

  /** Without any cache. A method, so that a process never loads the kinds it does not use. */
  public static SlabAllocator create(SlabConfig config, PageMachine machine) {
    return new Slob(config, machine);
  }

  Slob(SlabConfig config, PageMachine machine) {
    super(config, machine);
    noOwners = owners.checkpoint();
    boolean wide = config.wordBytes() == Long.BYTES;
    int bytes = wide ? DESCRIPTOR_BYTES_64 : DESCRIPTOR_BYTES_32;
    CacheSpec spec = new CacheSpec("kmem_cache", bytes, 0, 0, false);
    descriptors = new SlobCache(NO_CACHE, spec, SlabConfig.MIN_ALIGN, 0);
    sizes(descriptors);
  }

  @Override
  public SlabKind kind() {
    return SlabKind.SLOB;
  }

  @Override
  protected void contentsChanged(SlabLog log) {
    heap.contents = contents;
  }

  // Caches.

  /** The only boot cache is there from the beginning; kmalloc has no caches. */
  @Override
  public void boot(SlabCommon common) {}

  @Override
  public long takeDescriptor() {
    return alloc(descriptors, Gfp.GFP_KERNEL, NO_NODE);
  }

  @Override
  public void giveDescriptor(long descriptor) {
    if (descriptor != NULL) {
      free(descriptors, descriptor);
    }
  }

  @Override
  public int supportedFlags() {
    return SlobGeometry.SUPPORTED_FLAGS;
  }

  @Override
  public KmemCache newCache(int id, CacheSpec spec, int align, int flags) {
    return new SlobCache(id, spec, align, flags);
  }

  @Override
  public int sizes(KmemCache cache) {
    CacheGeometry.Slob geometry =
        SlobGeometry.of(config, cache.objectSize, cache.align, cache.flags);
    cache.size = geometry.size();
    return 0;
  }

  @Override
  public int setUp(KmemCache cache) {
    return 0;
  }

  @Override
  public int shrink(KmemCache cache) {
    return 0;
  }

  /** Objects that remain are not noticed. */
  @Override
  public boolean shutdown(KmemCache cache) {
    return true;
  }

  @Override
  public void release(KmemCache cache) {}

  // Objects.

  @Override
  public long alloc(KmemCache cache, int gfpMask, int nid) {
    long object =
        cache.size < PAGE_BYTES
            ? allocBlock(cache.size, cache.align, 0, gfpMask, nid)
            : allocWholePages(cache.size, gfpMask, nid);
    if (cache.size < PAGE_BYTES) {
      clear(object, cache.size, gfpMask);
    }
    if (tracing) {
      trace.kmemCacheAlloc(cache.id, object, cache.objectSize, cache.size, gfpMask, nid);
    }
    return object;
  }

  private long allocWholePages(int size, int gfpMask, int nid) {
    int order = SlabSizes.getOrder(size);
    int pfn = order < KmallocTable.NR_ORDERS ? allocPages(gfpMask, order, nid) : -1;
    return pfn == PageAllocator.NO_PFN ? NULL : (long) pfn << PAGE_SHIFT;
  }

  @Override
  public void free(KmemCache cache, long object) {
    if (tracing) {
      trace.kmemCacheFree(cache.id, object);
    }
    if (cache.has(SlabFlags.SLAB_TYPESAFE_BY_RCU)) {
      defer(object, cache.size);
    } else {
      freeNow(object, cache.size);
    }
  }

  private void freeNow(long object, int size) {
    if (size < PAGE_BYTES) {
      freeBlock(object, size);
    } else {
      pages.freePages((int) (object >>> PAGE_SHIFT), SlabSizes.getOrder(size));
    }
  }

  private void defer(long object, int size) {
    if (nrPending == pending.length) {
      int room = Math.max(16, 2 * nrPending);
      pending = Arrays.copyOf(pending, room);
      pendingBytes = Arrays.copyOf(pendingBytes, room);
    }
    pending[nrPending] = object;
    pendingBytes[nrPending++] = size;
  }

  /** Frees what waits for a grace period, in the order in which it was given back. */
  @Override
  public void endGracePeriod() {
    for (int i = 0; i < nrPending; i++) {
      freeNow(pending[i], pendingBytes[i]);
    }
    nrPending = 0;
  }

  /** Nothing knows: blocks of all caches share pages. */
  @Override
  public KmemCache cacheOf(long address) {
    return null;
  }

  @Override
  public long nrSlabs() {
    return 0;
  }

  @Override
  public long[] counts(KmemCache cache) {
    return new long[NR_COUNTS];
  }

  @Override
  public int stateOf(long address) {
    return isHeapPage(address) ? INSIDE : NO_SLAB_PAGE;
  }

  @Override
  public long objectStart(long address) {
    return NULL;
  }

  @Override
  public long firstObject(long address) {
    return address;
  }

  @Override
  public int slabPfn(long address) {
    return -1;
  }

  @Override
  public long guarded(long from, long end) {
    int row = owners.get((int) (from >>> PAGE_SHIFT));
    return row > 0 ? heap.guarded(row, from, end) : -1;
  }

  @Override
  public String guardedBy() {
    return "the length or the link";
  }

  @Override
  protected int usableBytes(KmemCache cache) {
    return cache.size;
  }

  /** Whether the page of {@code address} is one of the heap. */
  public boolean isHeapPage(long address) {
    return owners.get((int) (address >>> PAGE_SHIFT)) > 0;
  }

  /** Pages of the heap, those without free units included. */
  public int nrHeapPages() {
    int nr = 0;
    for (int row = 0; row < heap.nrRows(); row++) {
      nr += heap.isInUse(row) ? 1 : 0;
    }
    return nr;
  }

  // kmalloc.

  @Override
  public long kmallocNode(long size, int gfpMask, int nid) {
    if (size == 0) {
      return ZERO_SIZE_PTR;
    }
    if (size >= MAX_BLOCK) {
      return kmallocPages(size, gfpMask, nid);
    }
    int bytes = (int) size;
    int align = SlabSizes.isPowerOfTwo(bytes) ? Math.max(HEADER_BYTES, bytes) : HEADER_BYTES;
    long block = allocBlock(bytes + HEADER_BYTES, align, HEADER_BYTES, gfpMask, nid);
    if (block != NULL) {
      clear(block, bytes + HEADER_BYTES, gfpMask);
      heap.writeHeader(owners.get((int) (block >>> PAGE_SHIFT)), unitOf(block), bytes);
    }
    long object = block == NULL ? NULL : block + HEADER_BYTES;
    if (tracing) {
      trace.kmalloc(object, size, size + HEADER_BYTES, gfpMask, nid);
    }
    return object;
  }

  private long kmallocPages(long size, int gfpMask, int nid) {
    int order = SlabSizes.getOrder(size);
    int gfp = order > 0 ? gfpMask | Gfp.__GFP_COMP : gfpMask;
    long object = takeLargeBlock(order, gfp, nid);
    if (tracing) {
      trace.kmalloc(object, size, (long) PAGE_BYTES << order, gfpMask, nid);
    }
    return object;
  }

  @Override
  public void kfree(long address) {
    if (tracing) {
      trace.kfree(address);
    }
    if (address <= ZERO_SIZE_PTR) {
      return;
    }
    int pfn = (int) (address >>> PAGE_SHIFT);
    int owner = owners.get(pfn);
    if (owner > 0) {
      long block = address - HEADER_BYTES;
      freeBlock(block, heap.header(owner, unitOf(block)) + HEADER_BYTES);
    } else if (owner < 0) {
      freeLargeBlock(pfn, -1 - owner);
    }
  }

  @Override
  public long ksize(long address) {
    if (address <= ZERO_SIZE_PTR) {
      return 0;
    }
    int owner = owners.get((int) (address >>> PAGE_SHIFT));
    if (owner > 0) {
      int bytes = heap.header(owner, unitOf(address - HEADER_BYTES));
      return SlabSizes.align(bytes, SlobGeometry.UNIT_BYTES);
    }
    return owner < 0 ? (long) PAGE_BYTES << (-1 - owner) : 0;
  }

  // Blocks.

  private static int unitOf(long address) {
    return (int) (address & (PAGE_BYTES - 1)) >>> 1;
  }

  private long address(int row, int unit) {
    return ((long) heap.pfn(row) << PAGE_SHIFT) + 2L * unit;
  }

  /** Takes a block below a page, or {@link #NULL}. Spec: 4.3 */
  private long allocBlock(int bytes, int align, int alignOffset, int gfpMask, int nid) {
    int units = SlobHeap.unitsOf(bytes);
    int list = SlobHeap.listFor(bytes);
    if (tracing) {
      trace.slabStep(SlobStep.WALK, NO_CACHE, list, bytes);
    }
    for (int row = heap.next(list); row != list; row = heap.next(row)) {
      if (heap.units(row) < units) {
        skipped(SlobStep.TOO_FEW_UNITS, row);
        continue;
      }
      if (nid != NO_NODE && config.numa() && nid != machine.nodeOf(heap.pfn(row))) {
        continue;
      }
      int unit = heap.take(row, units, align, alignOffset);
      if (unit == SlobHeap.NOTHING) {
        skipped(SlobStep.NO_FIT, row);
        continue;
      }
      taken(row, unit, list);
      return address(row, unit);
    }
    return allocFromNewPage(units, list, align, alignOffset, gfpMask, nid);
  }

  private void skipped(int step, int row) {
    if (tracing) {
      trace.slabStep(step, NO_CACHE, heap.pfn(row), heap.units(row));
    }
  }

  /** A page that gave a block and has more comes to the front of its list. */
  private void taken(int row, int unit, int list) {
    if (tracing) {
      trace.slabStep(SlobStep.TAKE, NO_CACHE, heap.pfn(row), unit);
    }
    if (heap.list(row) == SlobHeap.NO_LIST) {
      if (tracing) {
        trace.slabStep(SlobStep.PAGE_FULL, NO_CACHE, heap.pfn(row), list);
      }
      return;
    }
    if (heap.next(list) != row) {
      heap.rotateToFront(row);
      if (tracing) {
        trace.slabStep(SlobStep.ROTATE, NO_CACHE, heap.pfn(row), list);
      }
    }
  }

  private long allocFromNewPage(
      int units, int list, int align, int alignOffset, int gfpMask, int nid) {
    int pfn = allocPages(gfpMask & ~Gfp.__GFP_ZERO, 0, nid);
    if (pfn == PageAllocator.NO_PFN) {
      return NULL;
    }
    int row = newPage(pfn, list);
    int unit = heap.take(row, units, align, alignOffset);
    if (unit == SlobHeap.NOTHING) {
      // The alignment leaves no room in any page: the kernel stops with a BUG here.
      removePage(row);
      return NULL;
    }
    taken(row, unit, list);
    return address(row, unit);
  }

  private int newPage(int pfn, int list) {
    int stale = owners.get(pfn);
    if (stale > 0) {
      heap.removePage(stale);
    }
    int row = heap.addPage(pfn, list);
    owners.set(pfn, row);
    if (tracing) {
      trace.slabStep(SlobStep.NEW_PAGE, NO_CACHE, pfn, list);
    }
    return row;
  }

  private void removePage(int row) {
    int pfn = heap.pfn(row);
    if (tracing) {
      int list = heap.list(row);
      trace.slabStep(SlobStep.FREE_PAGE, NO_CACHE, pfn, list == SlobHeap.NO_LIST ? -1 : list);
    }
    heap.removePage(row);
    owners.set(pfn, 0);
    pages.freePages(pfn, 0);
  }

  /** Gives a block back; an address outside the heap is passed over. Spec: 4.6 */
  private void freeBlock(long address, int bytes) {
    int row = owners.get((int) (address >>> PAGE_SHIFT));
    if (row <= 0) {
      return;
    }
    int units = SlobHeap.unitsOf(bytes);
    if (heap.units(row) + units == SlobHeap.PAGE_UNITS) {
      removePage(row);
      return;
    }
    int unit = unitOf(address);
    if (heap.list(row) == SlobHeap.NO_LIST) {
      int list = SlobHeap.listFor(bytes);
      heap.freeFirst(row, unit, units, list);
      if (tracing) {
        trace.slabStep(SlobStep.PAGE_LISTED, NO_CACHE, heap.pfn(row), list);
      }
      return;
    }
    heap.freeAnother(row, unit, units);
    if (tracing) {
      trace.slabStep(SlobStep.FREE_BLOCK, NO_CACHE, heap.pfn(row), heap.units(row));
    }
  }

  // State.

  @Override
  public KmemCache loadCache(SlabState.Cache recorded) {
    int objectSize = (int) recorded.number("osize", 0);
    int align = (int) recorded.number("align", SlabConfig.MIN_ALIGN);
    int flags = (int) recorded.number("flags", 0);
    boolean ctor = recorded.number("ctor", 0) != 0;
    CacheSpec spec = new CacheSpec(recorded.name(), objectSize, align, flags, ctor);
    SlobCache cache = new SlobCache(recorded.id(), spec, align, flags);
    cache.size = (int) recorded.number("size", objectSize);
    cache.refcount = (int) recorded.number("refcount", 1);
    return cache;
  }

  @Override
  public Map<String, Long> cacheNumbers(KmemCache cache) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    numbers.put("osize", (long) cache.objectSize);
    numbers.put("size", (long) cache.size);
    numbers.put("align", (long) cache.align);
    numbers.put("flags", cache.flags & 0xffffffffL);
    numbers.put("refcount", (long) cache.refcount);
    numbers.put("ctor", cache.ctor ? 1L : 0L);
    return numbers;
  }

  /** Pages that are known and not listed in {@code state} have no free units then. */
  @Override
  public void loadState(SlabState state, boolean keepUnlisted) {
    if (keepUnlisted) {
      heap.fillAll();
    } else {
      heap.clear();
      owners.restore(noOwners);
    }
    // What waited for a grace period has gone back by now, or will while nobody looks.
    nrPending = 0;
    for (SlabState.SlobPage page : state.pages()) {
      int known = Math.max(0, owners.get(page.pfn()));
      owners.set(page.pfn(), heap.load(page, known));
    }
  }

  @Override
  public SlabState saveState() {
    return new SlabState(List.of(), List.of(), List.of(), List.of(), heap.save());
  }

  @Override
  public List<String> problems() {
    SlabProblems problems = new SlabProblems();
    for (int row = 0; row < heap.nrRows(); row++) {
      if (!heap.isInUse(row)) {
        continue;
      }
      int pfn = heap.pfn(row);
      String problem =
          owners.get(pfn) == row ? heap.problem(row) : "it is not known as a page of the heap";
      if (!problem.isEmpty()) {
        problems.add("page of the heap, pfn " + pfn + ": " + problem);
      }
    }
    return problems.all();
  }

  @Override
  public SlabAllocator.State checkpoint() {
    return new State(this);
  }

  @Override
  public void restore(SlabAllocator.State state) {
    State saved = (State) state;
    saved.restoreCommon(this);
    heap.restore(saved.heap);
    pending = saved.pending.clone();
    pendingBytes = saved.pendingBytes.clone();
    nrPending = pending.length;
  }

  private static final class State extends SlabAllocator.State {
    private final SlobHeap.State heap;
    private final long[] pending;
    private final int[] pendingBytes;

    State(Slob slob) {
      super(slob);
      heap = slob.heap.checkpoint();
      pending = Arrays.copyOf(slob.pending, slob.nrPending);
      pendingBytes = Arrays.copyOf(slob.pendingBytes, slob.nrPending);
    }
  }

  /** A cache of SLOB: nothing but sizes. */
  private static final class SlobCache extends KmemCache {
    SlobCache(int id, CacheSpec spec, int align, int flags) {
      super(id, spec, align, flags);
    }
  }
}
